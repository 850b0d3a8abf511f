// The baseline: what one writes in JavaScript without a library, with care. Loops over typed arrays,
// samples row-major, every buffer made once, nothing allocated while training.

/** @import { Model } from "../measure.js" */
/** @import { Task } from "../tasks.js" */

/**
 * A layer with its buffers, for batches of up to so many samples.
 *
 * @typedef {object} Dense
 * @property {number} inputs
 * @property {number} outputs
 * @property {string} activation
 * @property {Float32Array} weight (out, in)
 * @property {Float32Array} bias (out)
 * @property {Float32Array} dweight (out, in)
 * @property {Float32Array} dbias (out)
 * @property {Float32Array} y (batch, out), after the activation
 * @property {Float32Array} dz (batch, out), the loss's gradient before the activation
 */

/**
 * @param {Task} task
 * @returns {Model}
 */
export function create(task) {
  const { rows, batch, lr } = task;
  const layers = task.layers.map((layer, i) => dense(layer, task.parameters[i], batch));
  const last = layers[layers.length - 1];

  /** One step on the rows from `first`. @param {number} first @param {number} samples */
  function step(first, samples) {
    forward(layers, task.inputs, first, samples);
    const loss = bceLoss(last, task.targets, first, samples);
    for (let i = layers.length - 1; i > 0; i--) {
      parameterGradients(layers[i], layers[i - 1].y, 0, samples);
      inputGradients(layers[i], layers[i - 1], samples);
    }
    parameterGradients(layers[0], task.inputs, first, samples);
    for (let i = 0; i < layers.length; i++) {
      descend(layers[i].weight, layers[i].dweight, lr);
      descend(layers[i].bias, layers[i].dbias, lr);
    }
    return loss;
  }

  return {
    reset() {
      layers.forEach((layer, i) => {
        layer.weight.set(task.parameters[i].weight);
        layer.bias.set(task.parameters[i].bias);
      });
    },
    train(epochs) {
      let sum = 0;
      for (let epoch = 0; epoch < epochs; epoch++) {
        sum = 0;
        for (let first = 0; first < rows; first += batch) {
          const samples = Math.min(batch, rows - first);
          sum += step(first, samples) * samples;
        }
      }
      return sum / rows;
    },
    predict() {
      forward(layers, task.inputs, 0, rows);
      return last.y;
    },
    free() {},
  };
}

/**
 * @param {Task["layers"][number]} layer
 * @param {Task["parameters"][number]} parameters
 * @param {number} batch
 * @returns {Dense}
 */
function dense({ in: inputs, out: outputs, activation }, { weight, bias }, batch) {
  return {
    inputs,
    outputs,
    activation,
    weight: weight.slice(),
    bias: bias.slice(),
    dweight: new Float32Array(weight.length),
    dbias: new Float32Array(bias.length),
    y: new Float32Array(batch * outputs),
    dz: new Float32Array(batch * outputs),
  };
}

/**
 * @param {Dense[]} layers
 * @param {Float32Array} inputs
 * @param {number} first row of `inputs`
 * @param {number} samples
 */
function forward(layers, inputs, first, samples) {
  linear(layers[0], inputs, first, samples);
  activate(layers[0], samples);
  for (let i = 1; i < layers.length; i++) {
    linear(layers[i], layers[i - 1].y, 0, samples);
    activate(layers[i], samples);
  }
}

/**
 * y = x · weightᵀ + bias
 *
 * @param {Dense} layer
 * @param {Float32Array} x
 * @param {number} first row of `x`
 * @param {number} samples
 */
function linear({ inputs, outputs, weight, bias, y }, x, first, samples) {
  for (let s = 0; s < samples; s++) {
    const row = (first + s) * inputs;
    for (let o = 0; o < outputs; o++) {
      const w = o * inputs;
      let sum = bias[o];
      for (let i = 0; i < inputs; i++) sum += weight[w + i] * x[row + i];
      y[s * outputs + o] = sum;
    }
  }
}

/** @param {Dense} layer @param {number} samples */
function activate({ outputs, activation, y }, samples) {
  const count = samples * outputs;
  if (activation === "tanh") {
    for (let i = 0; i < count; i++) y[i] = Math.tanh(y[i]);
  } else if (activation === "relu") {
    for (let i = 0; i < count; i++) y[i] = y[i] > 0 ? y[i] : 0;
  } else {
    for (let i = 0; i < count; i++) y[i] = 1 / (1 + Math.exp(-y[i]));
  }
}

/**
 * Mean binary cross-entropy of the last layer's probabilities, logarithms held at −100 as in PyTorch;
 * its gradient goes to `dz`, where sigmoid's derivative cancels the loss's denominator.
 *
 * @param {Dense} layer
 * @param {Float32Array} targets
 * @param {number} first row of `targets`
 * @param {number} samples
 */
function bceLoss({ outputs, y, dz }, targets, first, samples) {
  const count = samples * outputs;
  const from = first * outputs;
  const scale = 1 / count;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const p = y[i];
    const t = targets[from + i];
    sum -= t * Math.max(Math.log(p), -100) + (1 - t) * Math.max(Math.log(1 - p), -100);
    dz[i] = (p - t) * scale;
  }
  return sum * scale;
}

/**
 * dweight = dzᵀ · x and dbias = Σ dz
 *
 * @param {Dense} layer
 * @param {Float32Array} x
 * @param {number} first row of `x`
 * @param {number} samples
 */
function parameterGradients({ inputs, outputs, dweight, dbias, dz }, x, first, samples) {
  dweight.fill(0);
  dbias.fill(0);
  for (let s = 0; s < samples; s++) {
    const row = (first + s) * inputs;
    for (let o = 0; o < outputs; o++) {
      const d = dz[s * outputs + o];
      const w = o * inputs;
      dbias[o] += d;
      for (let i = 0; i < inputs; i++) dweight[w + i] += d * x[row + i];
    }
  }
}

/**
 * Through a layer and the activation before it: dz_before = (dz · weight) ∘ activation′
 *
 * @param {Dense} layer
 * @param {Dense} before
 * @param {number} samples
 */
function inputGradients({ inputs, outputs, weight, dz }, before, samples) {
  const count = samples * inputs;
  const { y, dz: dx } = before;
  for (let s = 0; s < samples; s++) {
    const row = s * inputs;
    for (let i = 0; i < inputs; i++) dx[row + i] = 0;
    for (let o = 0; o < outputs; o++) {
      const d = dz[s * outputs + o];
      const w = o * inputs;
      for (let i = 0; i < inputs; i++) dx[row + i] += d * weight[w + i];
    }
  }
  if (before.activation === "tanh") {
    for (let i = 0; i < count; i++) dx[i] *= 1 - y[i] * y[i];
  } else {
    for (let i = 0; i < count; i++) if (!(y[i] > 0)) dx[i] = 0;
  }
}

/** SGD. @param {Float32Array} parameters @param {Float32Array} gradients @param {number} lr */
function descend(parameters, gradients, lr) {
  for (let i = 0; i < parameters.length; i++) parameters[i] -= lr * gradients[i];
}
