// This project: the npm package's Trainer with the wasm that is shipped.

import { Trainer } from "bce-playground";

/** @import { Config } from "bce-playground" */
/** @import { Model } from "../measure.js" */
/** @import { Task } from "../tasks.js" */

/**
 * @param {Task} task
 * @returns {Model}
 */
export function create(task) {
  const [first, last] = [task.layers[0], task.layers[task.layers.length - 1]];
  const rows = task.kind === "train" ? task.rows : 1;
  /** @type {Config} */
  const config = {
    layers: task.layers,
    loss: { name: "BCELoss" },
    optimizer: { name: "SGD", lr: task.lr },
    batch_size: task.batch,
    shuffle: false,
  };
  const trainer = new Trainer(config, {
    inputs: { shape: [rows, first.in], data: task.inputs.subarray(0, rows * first.in) },
    targets: {
      shape: [rows, last.out],
      data: task.kind === "train" ? task.targets : new Float32Array(last.out),
    },
  });
  const start = stateDict(task);
  const grid = task.grid ?? { width: 1, height: 1, x: [0, 0], y: [0, 0] };
  return {
    reset: () => trainer.loadStateDict(start),
    // What the worker calls: any number of steps in one call. Evaluation is not part of it, as it
    // is not part of the others.
    train(epochs) {
      const { train_loss } = trainer.trainFor(Infinity, { until_epoch: trainer.epoch + epochs });
      return train_loss ?? NaN;
    },
    predict: () => trainer.predictGrid(/** @type {any} */ (grid)),
    free: () => trainer.free(),
  };
}

/** @param {Task} task */
function stateDict({ layers, parameters }) {
  return Object.fromEntries(
    parameters.flatMap(({ weight, bias }, i) => [
      // Linear and activation each take a place in torch.nn.Sequential.
      [`${2 * i}.weight`, { shape: [layers[i].out, layers[i].in], data: weight }],
      [`${2 * i}.bias`, { shape: [layers[i].out], data: bias }],
    ]),
  );
}
