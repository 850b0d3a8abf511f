/** The fields of how a gradient becomes a step: torch.optim's arguments, and the batches. */
import { choice, flag, integer, list, number } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */

/** @type {(...names: string[]) => Condition} */
const optimizerIs = (...names) => ({ optimizer }) => names.includes(optimizer);
const sgd = optimizerIs("SGD");
const adam = optimizerIs("Adam", "AdamW");
const rmsprop = optimizerIs("RMSprop");
const adagrad = optimizerIs("Adagrad");

export default /** @satisfies {Table} */ ({
  optimizer: choice(["Adam", "SGD", "AdamW", "RMSprop", "Adagrad"], { effect: "live", pinned: true }),
  lr: number(0.01, 1e-6, 1000, { effect: "live", pinned: true,
    ladder: [0.00001, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] }),
  momentum: number(0, 0, 0.999, { effect: "live", when: optimizerIs("SGD", "RMSprop") }),
  dampening: number(0, 0, 1, { effect: "live", when: sgd }),
  nesterov: flag(false, { effect: "live", when: sgd }),
  betas: list([0.9, 0.999], [2, 2], { type: "number", min: 0, max: 1 }, { effect: "live", when: adam }),
  eps: number(1e-8, 0, 1, { effect: "live", when: optimizerIs("Adam", "AdamW", "RMSprop") }),
  amsgrad: flag(false, { effect: "live", when: adam }),
  rmsprop_alpha: number(0.99, 0, 1, { effect: "live", when: rmsprop, argument: "alpha" }),
  centered: flag(false, { effect: "live", when: rmsprop }),
  lr_decay: number(0, 0, 10, { effect: "live", when: adagrad }),
  initial_accumulator_value: number(0, 0, 100, { effect: "live", when: adagrad }),
  adagrad_eps: number(1e-10, 0, 1, { effect: "live", when: adagrad, argument: "eps" }),
  weight_decay: number(0, 0, 10, { effect: "live",
    when: optimizerIs("SGD", "Adam", "RMSprop", "Adagrad") }),
  // AdamW's default is another one.
  adamw_weight_decay: number(0.01, 0, 10, { effect: "live", when: optimizerIs("AdamW"),
    argument: "weight_decay", label: "field.weight_decay" }),
  maximize: flag(false, { effect: "live" }),
  batch_size: integer(10, 1, 5000, { effect: "live", pinned: true,
    ladder: [1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1000] }),
  shuffle: flag(true, { effect: "live" }),
});
