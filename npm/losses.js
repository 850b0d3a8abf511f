// The losses and activations of torch.nn.functional, on the calling thread. One loss is one line
// here: its name in the raw module.

import { floats, lossOptions, options as optionsOf, shown, tensor, typeError } from "./tensor.js";
import { call, raw } from "./wasm.js";

/** @import { ActivationParams, LossResult, NumberArray, TensorInput } from "./index.js" */

/**
 * @param {"binaryCrossEntropy" | "binaryCrossEntropyWithLogits" | "sigmoidFocalLoss" | "mseLoss"
 *   | "smoothL1Loss"} name
 * @returns {(input: TensorInput, target: TensorInput, options?: object) => LossResult}
 */
const loss = (name) => (input, target, options) => {
  const x = tensor(input, "input");
  const y = tensor(target, "target");
  const rest = lossOptions(options);
  return call(() => raw[name](x, y, rest));
};

/** @type {typeof import("./index.js").binaryCrossEntropy} */
export const binaryCrossEntropy = loss("binaryCrossEntropy");

/** @type {typeof import("./index.js").binaryCrossEntropyWithLogits} */
export const binaryCrossEntropyWithLogits = loss("binaryCrossEntropyWithLogits");

/** @type {typeof import("./index.js").sigmoidFocalLoss} */
export const sigmoidFocalLoss = loss("sigmoidFocalLoss");

/** @type {typeof import("./index.js").mseLoss} */
export const mseLoss = loss("mseLoss");

/** @type {typeof import("./index.js").smoothL1Loss} */
export const smoothL1Loss = loss("smoothL1Loss");

/**
 * @param {string} name
 * @param {NumberArray} x
 * @param {ActivationParams} [params]
 * @returns {{ output: Float32Array, grad: Float32Array }}
 */
export function activation(name, x, params) {
  if (typeof name !== "string") {
    throw typeError(`an activation's name must be a string, got ${shown(name)}`, "name");
  }
  const values = floats(x, "x");
  const rest = optionsOf(params, "params");
  return call(() => raw.activation(name, values, rest));
}
