/** The fields of the learning rate's schedule: torch.optim.lr_scheduler's arguments. */
import { choice, flag, integer, list, number } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */
/** @import { PlainScheduler } from "./values.d.ts" */

/** @type {PlainScheduler[]} */
const plain = ["StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR", "LinearLR", "ConstantLR",
  "PolynomialLR"];

/**
 * Whether one of these schedules is in use, as a part of SequentialLR too.
 *
 * @type {(...names: string[]) => Condition}
 */
const scheduled = (...names) => ({ scheduler, first_scheduler, second_scheduler }) =>
  names.includes(scheduler)
  || (scheduler === "SequentialLR"
    && (names.includes(first_scheduler) || names.includes(second_scheduler)));

const step = scheduled("StepLR");
const multi = scheduled("MultiStepLR");
const cosine = scheduled("CosineAnnealingLR");
const linear = scheduled("LinearLR");
const constant = scheduled("ConstantLR");
const polynomial = scheduled("PolynomialLR");
const sequential = scheduled("SequentialLR");
const cycle = scheduled("OneCycleLR");
const plateau = scheduled("ReduceLROnPlateau");
/** @type {Condition} */
const cyclesMomentum = (values) => cycle(values) && values.cycle_momentum;

export default /** @satisfies {Table} */ ({
  scheduler: choice(["none", ...plain, "SequentialLR", "OneCycleLR", "ReduceLROnPlateau"],
    { effect: "live" }),

  // SequentialLR, of two parts.
  first_scheduler: choice(plain, { effect: "live", when: sequential, default: "LinearLR",
    argument: "schedulers[0]" }),
  second_scheduler: choice(plain, { effect: "live", when: sequential, default: "CosineAnnealingLR",
    argument: "schedulers[1]" }),
  switch_epoch: integer(20, 1, 1_000_000, { effect: "live", when: sequential, argument: "milestones[0]" }),

  step_size: integer(30, 1, 1_000_000, { effect: "live", when: step }),
  milestones: list([100, 200], [0, 16], { type: "integer", min: 0, max: 1_000_000 },
    { effect: "live", when: multi }),
  gamma: number(0.1, 0, 10, { effect: "live", when: scheduled("StepLR", "MultiStepLR") }),
  exponential_gamma: number(0.99, 0, 10, { effect: "live", when: scheduled("ExponentialLR"),
    argument: "gamma" }),
  T_max: integer(200, 1, 1_000_000, { effect: "live", when: cosine }),
  eta_min: number(0, 0, 1000, { effect: "live", when: cosine }),
  start_factor: number(1 / 3, 1e-6, 1, { effect: "live", when: linear }),
  end_factor: number(1, 0, 1, { effect: "live", when: linear }),
  linear_iters: integer(5, 1, 1_000_000, { effect: "live", when: linear, argument: "total_iters" }),
  constant_factor: number(1 / 3, 0, 1, { effect: "live", when: constant, argument: "factor" }),
  constant_iters: integer(5, 0, 1_000_000, { effect: "live", when: constant, argument: "total_iters" }),
  polynomial_iters: integer(5, 1, 1_000_000, { effect: "live", when: polynomial,
    argument: "total_iters" }),
  power: number(1, 0, 100, { effect: "live", when: polynomial }),

  max_lr: number(0.1, 1e-6, 1000, { effect: "live", when: cycle }),
  one_cycle_epochs: integer(200, 1, 1_000_000, { effect: "live", when: cycle, argument: "total_steps" }),
  pct_start: number(0.3, 0, 1, { effect: "live", when: cycle }),
  anneal_strategy: choice(["cos", "linear"], { effect: "live", when: cycle, control: "segments" }),
  cycle_momentum: flag(true, { effect: "live", when: cycle }),
  base_momentum: number(0.85, 0, 0.999, { effect: "live", when: cyclesMomentum }),
  max_momentum: number(0.95, 0, 0.999, { effect: "live", when: cyclesMomentum }),
  div_factor: number(25, 1e-6, 1e9, { effect: "live", when: cycle }),
  final_div_factor: number(1e4, 1e-6, 1e12, { effect: "live", when: cycle }),
  three_phase: flag(false, { effect: "live", when: cycle }),

  plateau_mode: choice(["min", "max"], { effect: "live", when: plateau, argument: "mode",
    control: "segments" }),
  plateau_factor: number(0.1, 0, 1, { effect: "live", when: plateau, argument: "factor" }),
  patience: integer(10, 0, 1_000_000, { effect: "live", when: plateau }),
  plateau_threshold: number(1e-4, 0, 1000, { effect: "live", when: plateau, argument: "threshold" }),
  threshold_mode: choice(["rel", "abs"], { effect: "live", when: plateau, control: "segments" }),
  cooldown: integer(0, 0, 1_000_000, { effect: "live", when: plateau }),
  min_lr: number(0, 0, 1000, { effect: "live", when: plateau }),
  plateau_eps: number(1e-8, 0, 1, { effect: "live", when: plateau, argument: "eps" }),
});
