/** The fields of what is made small: the loss, and the penalty that is added to it. */
import { choice, list, number } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */

/** As many outputs as a task may have. */
const MOST_OUTPUTS = 64;

const FACTORS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** @type {(...names: string[]) => Condition} */
const lossIs = (...names) => ({ loss }) => names.includes(loss);
/** @type {Condition} */
const penalised = ({ penalty }) => penalty !== "none";

export default /** @satisfies {Table} */ ({
  loss: choice(["BCELoss", "BCEWithLogitsLoss", "sigmoid_focal_loss", "MSELoss", "SmoothL1Loss"],
    { effect: "live", pinned: true }),
  reduction: choice(["mean", "sum"], { effect: "live", control: "segments" }),
  // A number for each output, or one for all; 1 is PyTorch's None.
  weight: list([1], [1, MOST_OUTPUTS], { type: "number", min: 0, max: 1000 },
    { effect: "live", when: lossIs("BCELoss", "BCEWithLogitsLoss"), control: "slider", ladder: FACTORS }),
  pos_weight: list([1], [1, MOST_OUTPUTS], { type: "number", min: 0, max: 1000 },
    { effect: "live", when: lossIs("BCEWithLogitsLoss"), control: "slider", ladder: FACTORS }),
  focal_alpha: number(0.25, -1, 1, { effect: "live", when: lossIs("sigmoid_focal_loss"),
    argument: "alpha" }),
  focal_gamma: number(2, 0, 10, { effect: "live", when: lossIs("sigmoid_focal_loss"),
    argument: "gamma", step: 0.1 }),
  smooth_l1_beta: number(1, 0, 100, { effect: "live", when: lossIs("SmoothL1Loss"), argument: "beta" }),

  penalty: choice(["none", "l1", "l2"], { effect: "live", control: "segments" }),
  lambda: number(0.001, 0, 10, { effect: "live", when: penalised,
    ladder: [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] }),
  penalty_on: choice(["weights", "all"], { effect: "live", when: penalised, argument: "on",
    control: "segments" }),
});
