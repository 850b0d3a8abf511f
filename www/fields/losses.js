/** The fields of the comparison of losses: its data, which of them take part, and their arguments. */
import { choice, flag, integer, number } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */

/** @type {Condition} */
const here = ({ task }) => task === "losses";
/** @type {(key: "with_focal_loss" | "with_smooth_l1") => Condition} */
const takesPart = (key) => (values) => here(values) && values[key];

export default /** @satisfies {Table} */ ({
  compared_data: choice(["moons", "circle", "gauss", "xor", "spiral"], { effect: "data", when: here }),
  compared_samples: integer(200, 20, 1000, { effect: "data", when: here,
    ladder: [20, 50, 100, 200, 300, 500, 1000] }),
  compared_noise: number(15, 0, 50, { effect: "data", when: here, step: 1, unit: "%" }),
  compared_label_noise: number(0, 0, 0.5, { effect: "data", when: here, step: 0.01, percent: true,
    label: "field.label_noise", help: "help.label_noise" }),
  with_bce_loss: flag(true, { effect: "live", when: here }),
  with_focal_loss: flag(true, { effect: "live", when: here }),
  with_mse: flag(true, { effect: "live", when: here }),
  with_smooth_l1: flag(true, { effect: "live", when: here }),
  // -1 is no weight: so that nothing but gamma tells it from BCE.
  compared_alpha: number(-1, -1, 1, { effect: "live", when: takesPart("with_focal_loss"), argument: "alpha" }),
  compared_gamma: number(2, 0, 10, { effect: "live", when: takesPart("with_focal_loss"), step: 0.1,
    argument: "gamma" }),
  compared_beta: number(1, 0, 100, { effect: "live", when: takesPart("with_smooth_l1"), argument: "beta" }),
});
