/** The fields of the task of several labels: its data, what each label weighs, and where it begins. */
import { choice, flag, integer, list, number } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */

/** As many labels as a task may have. */
const MOST_LABELS = 64;

/** @type {Condition} */
const here = ({ task }) => task === "multilabel";
/** @type {(...names: string[]) => Condition} */
const lossIs = (...names) => (values) => here(values) && names.includes(values.loss);
/** @type {Condition} */
const reports = (values) => here(values) && values.multilabel_data === "health_reports";
const FACTORS = [0.01, 0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20];

export default /** @satisfies {Table} */ ({
  multilabel_data: choice(["overlapping_regions", "health_reports"], { effect: "data", when: here, pinned: true,
    control: "segments" }),
  multilabel_samples: integer(400, 50, 3000, { effect: "data", when: here, pinned: true,
    ladder: [50, 100, 200, 300, 400, 600, 1000, 2000, 3000] }),
  multilabel_noise: number(2, 0, 50, { effect: "data", when: here, pinned: true, step: 1, unit: "%" }),
  // A number for each label, or one for all: fields of their own, since other tasks have other labels.
  multilabel_weight: list([1], [1, MOST_LABELS], { type: "number", min: 0, max: 1000 },
    { effect: "live", when: lossIs("BCELoss", "BCEWithLogitsLoss"), ladder: FACTORS, argument: "weight", label: "field.weight" }),
  multilabel_pos_weight: list([1], [1, MOST_LABELS], { type: "number", min: 0, max: 1000 },
    { effect: "live", when: lossIs("BCEWithLogitsLoss"), ladder: FACTORS, argument: "pos_weight",
      label: "field.pos_weight" }),
  multilabel_reduction: choice(["mean", "sum", "none"], { effect: "live", when: here, control: "segments",
    argument: "reduction", label: "field.reduction" }),
  multilabel_thresholds: list([0.5], [1, MOST_LABELS], { type: "number", min: 0, max: 1 },
    { effect: "view", when: here, step: 0.01 }),
  multilabel_view: choice(["metrics", "together", "batch", "shapes"], { effect: "view", when: here, control: "segments",
    undoable: false }),
  multilabel_errors: flag(false, { effect: "view", when: reports }),
  // Rows of the batch that is shown element by element.
  multilabel_rows: integer(4, 2, 12, { effect: "view", when: here, control: "slider" }),
  multilabel_argument: choice(["weight", "pos_weight", "target"], { effect: "view", when: here, control: "segments" }),
  // With N rows and K labels.
  multilabel_shape: choice(["K", "Nx1", "N", "NxK", "1xK"], { effect: "view", when: here, control: "segments" }),
});
