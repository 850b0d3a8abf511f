// TensorFlow.js on its wasm backend, single-threaded with SIMD, used as fast as its public API
// allows: batches are tensors made once, Linear and relu are one fused kernel, the loss is taken from
// the logits, and a step is optimizer.minimize in a tidy. (model.fit and trainOnBatch do the same
// and more around it.)

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";

/** @import { Model } from "../measure.js" */
/** @import { Task } from "../tasks.js" */

/** @param {string} wasm path or address of the backend's wasm with SIMD, and without threads */
export async function init(wasm) {
  const builds = ["", "-simd", "-threaded-simd"];
  setWasmPaths(Object.fromEntries(builds.map((b) => [`tfjs-backend-wasm${b}.wasm`, wasm])));
  tf.enableProdMode();
  if (!(await tf.setBackend("wasm"))) throw new Error("TensorFlow.js's wasm backend did not start.");
}

/**
 * @param {Task} task
 * @returns {Model}
 */
export function create(task) {
  const first = task.layers[0];
  const last = task.layers[task.layers.length - 1];
  // tf.layers.dense keeps kernels as (in, out), and so does this.
  const layers = task.layers.map((layer, i) => {
    const { weight, bias } = task.parameters[i];
    const kernel = tf.transpose(tf.tensor2d(weight, [layer.out, layer.in]));
    const start = { kernel, bias: tf.tensor1d(bias) };
    return {
      activation: layer.activation,
      start,
      kernel: tf.variable(kernel),
      bias: tf.variable(start.bias),
    };
  });
  const optimizer = tf.train.sgd(task.lr);
  const batches = task.kind === "train" ? makeBatches(task, first.in, last.out) : [];
  const grid = task.grid ? tf.tensor2d(task.inputs, [task.rows, first.in]) : null;

  /** @param {any} x @returns {any} */
  function logits(x) {
    for (const { activation, kernel, bias } of layers) {
      // The fused kernel knows relu, but not tanh.
      const fused = activation === "relu" ? "relu" : "linear";
      x = tf.fused.matMul({ a: x, b: kernel, bias, activation: fused });
      if (activation === "tanh") x = tf.tanh(x);
    }
    return x;
  }

  return {
    reset() {
      for (const { start, kernel, bias } of layers) {
        kernel.assign(start.kernel);
        bias.assign(start.bias);
      }
    },
    train(epochs) {
      let sum = 0;
      for (let epoch = 0; epoch < epochs; epoch++) {
        sum = 0;
        for (const { x, t, samples } of batches) {
          const loss = tf.tidy(() => {
            const cost = () => tf.losses.sigmoidCrossEntropy(t, logits(x));
            return optimizer.minimize(cost, true).dataSync()[0];
          });
          sum += loss * samples;
        }
      }
      return sum / task.rows;
    },
    predict: () => tf.tidy(() => tf.sigmoid(logits(grid)).dataSync()),
    free: () => tf.disposeVariables(),
  };
}

/** @param {Task} task @param {number} inputs @param {number} outputs */
function makeBatches({ rows, batch, ...task }, inputs, outputs) {
  const batches = [];
  for (let from = 0; from < rows; from += batch) {
    const to = Math.min(from + batch, rows);
    const samples = to - from;
    batches.push({
      samples,
      x: tf.tensor2d(task.inputs.subarray(from * inputs, to * inputs), [samples, inputs]),
      t: tf.tensor2d(task.targets.subarray(from * outputs, to * outputs), [samples, outputs]),
    });
  }
  return batches;
}
