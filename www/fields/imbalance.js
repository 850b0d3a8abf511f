/** The fields of the imbalance workbench: its data, who takes part, and what each of them does. */
import { choice, flag, integer, number } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */

/** @type {Condition} */
const here = ({ task }) => task === "imbalance";
/** @type {(key: "with_pos_weight" | "with_focal") => Condition} */
const takesPart = (key) => (values) => here(values) && values[key];

export default /** @satisfies {Table} */ ({
  rare_data: choice(["circle", "gauss", "moons", "xor", "spiral"], { effect: "data", when: here }),
  rare_share: number(0.01, 0.005, 0.5, { effect: "data", when: here, percent: true, pinned: true,
    ladder: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5] }),
  rare_samples: integer(5000, 1000, 5000, { effect: "data", when: here, ladder: [1000, 2000, 3000, 5000] }),
  rare_noise: number(30, 0, 50, { effect: "data", when: here, step: 1, unit: "%" }),
  with_bce: flag(true, { effect: "live", when: here }),
  with_pos_weight: flag(true, { effect: "live", when: here }),
  with_weight: flag(true, { effect: "live", when: here }),
  with_focal: flag(true, { effect: "live", when: here }),
  with_resampling: flag(true, { effect: "live", when: here }),
  // How many times negatives / positives.
  rare_pos_weight: number(1, 0.01, 100, { effect: "live", when: takesPart("with_pos_weight"), unit: "×",
    ladder: [0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10] }),
  rare_alpha: number(0.9, 0, 1, { effect: "live", when: takesPart("with_focal"), step: 0.01, argument: "alpha" }),
  rare_gamma: number(2, 0, 10, { effect: "live", when: takesPart("with_focal"), step: 0.1, argument: "gamma" }),
  side_curve: choice(["test_loss", "eval_loss", "test_accuracy"], { effect: "view", control: "segments",
    when: ({ task }) => task === "imbalance" || task === "losses" }),
  least_precision: number(0.5, 0.01, 1, { effect: "view", when: here, step: 0.01 }),
});
