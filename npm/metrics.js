// Metrics of predictions, in float64: vectors and matrices on their way into wasm. The formulas are
// the core's.

import { doubles, isObject, options as optionsOf, tensorOf, valueError } from "./tensor.js";
import { call, raw } from "./wasm.js";

/** @import { metrics as Metrics } from "./index.js" */

/** @type {typeof Metrics} */
export const metrics = {
  binary(scores, labels, options) {
    const x = vector(scores, "scores");
    const y = vector(labels, "labels");
    const rest = optionsOf(options);
    return call(() => raw.metricsBinary(x, y, rest));
  },

  multilabel(scores, labels, options) {
    const x = matrix(scores, "scores");
    const y = matrix(labels, "labels");
    const rest = optionsOf(options);
    if (x.shape[1] !== y.shape[1]) {
      throw valueError(`scores have ${x.shape[1]} labels a sample, labels ${y.shape[1]}`, "labels");
    }
    return call(() => raw.metricsMultilabel(x.data, y.data, x.shape[1], rest));
  },

  coOccurrence(scores, options) {
    const x = matrix(scores, "scores");
    const labels = x.shape[1];
    const counts = Array.from(call(() => raw.metricsCoOccurrence(x.data, labels, optionsOf(options))));
    return Array.from({ length: labels }, (_, i) => counts.slice(i * labels, (i + 1) * labels));
  },

  multiclass(scores, labels) {
    const x = matrix(scores, "scores");
    const y = matrix(labels, "labels");
    if (x.shape[1] !== y.shape[1]) {
      throw valueError(`scores are of ${x.shape[1]} classes, labels of ${y.shape[1]}`, "labels");
    }
    return call(() => raw.metricsMulticlass(x.data, y.data, x.shape[1]));
  },
};

/**
 * One number a sample. A column, (samples, 1), is what a network with one output gives.
 *
 * @param {unknown} value
 * @param {string} what
 * @returns {Float64Array}
 */
function vector(value, what) {
  if (!isObject(value)) return doubles(value, what);
  const { shape, data } = tensorOf(doubles, value, what);
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) return data;
  throw valueError(
    `${what} must have the shape (samples) or (samples, 1), got [${shape.join(", ")}]`,
    what,
  );
}

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {{ shape: number[], data: Float64Array }}
 */
function matrix(value, what) {
  const given = tensorOf(doubles, value, what);
  if (given.shape.length === 2) return given;
  throw valueError(
    `${what} must have the shape (samples, labels), got [${given.shape.join(", ")}]`,
    what,
  );
}
