/** The fields of the data: which points there are, and which of them are trained on. */
import { choice, integer, list, number, text } from "./declare.js";
import { MOST_POINTS, POINTS_TEXT } from "../points.js";

/** @import { Condition, Table } from "./declare.js" */

/**
 * The data sets on offer. `features` are the two that a picture of more than two starts with.
 *
 * @type {Record<string, { kind: "generated" | "real" | "drawn" | "own", features?: [number, number] }>}
 */
export const datasets = {
  spiral: { kind: "generated" },
  moons: { kind: "generated" },
  circle: { kind: "generated" },
  xor: { kind: "generated" },
  gauss: { kind: "generated" },
  iris: { kind: "real", features: [2, 3] },
  breast_cancer: { kind: "real", features: [27, 21] },
  points: { kind: "drawn" },
  csv: { kind: "own" },
};

/** @type {Condition} */
const generated = ({ dataset }) => datasets[dataset].kind === "generated";
/** Points drawn by hand are what they are: nothing about them is drawn by lot. @type {Condition} */
const given = ({ dataset }) => datasets[dataset].kind === "drawn";
/** @type {Condition} */
const own = ({ dataset }) => dataset === "csv";

export default /** @satisfies {Table} */ ({
  // What is learnt: each task has a stage of its own in www/stages.
  task: choice(["binary", "imbalance", "multilabel", "classes", "losses", "detection"], { effect: "data" }),
  dataset: choice(Object.keys(datasets), { effect: "data", pinned: true }),
  n_samples: integer(500, 20, 5000, { effect: "data", pinned: true, when: generated,
    ladder: [20, 50, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000] }),
  noise: number(5, 0, 50, { effect: "data", pinned: true, when: generated, step: 1, unit: "%" }),
  ratio: number(0.5, 0.005, 0.995, { effect: "data", pinned: true, when: generated, percent: true,
    ladder: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995] }),
  label_noise: number(0, 0, 1, { effect: "data", step: 0.01, percent: true,
    when: (values) => !given(values) }),
  label_smoothing: number(0, 0, 1, { effect: "data", step: 0.02, when: (values) => !given(values) }),
  positive: choice(["virginica", "versicolor", "setosa"], { effect: "data", pinned: true,
    when: ({ dataset }) => dataset === "iris" }),
  train_size: number(0.5, 0.1, 0.9, { effect: "data", pinned: true, step: 0.05, percent: true,
    when: (values) => !given(values) }),
  data_seed: integer(1, 0, 2 ** 32 - 1, { effect: "data", pinned: true, control: "seed",
    when: (values) => !given(values) }),
  points: text(4 * MOST_POINTS, { effect: "rows", pattern: POINTS_TEXT, when: given }),
  csv: text(4_000_000, { effect: "data", when: own }),
  csv_header: choice(["auto", "true", "false"], { effect: "data", when: own }),
  csv_delimiter: choice(["auto", ",", ";", "\t"], { effect: "data", when: own }),
  csv_decimal: choice(["auto", ".", ","], { effect: "data", when: own }),
  // The label's column, counted from 0; null is the last one.
  csv_label: integer(null, 0, 9999, { effect: "data", when: own, optional: true }),
  // The columns that are inputs; none are all but the label's.
  csv_features: list([], [0, 4096], { type: "integer", min: 0, max: 9999 }, { effect: "data", when: own }),
  csv_missing: choice(["refuse", "drop", "mean"], { effect: "data", when: own }),
  csv_positive: text(1000, { effect: "data", when: own }),
});
