// The losses and activations of torch.nn.functional, on the calling thread. One loss is one line
// here: its name in the raw module.

import { floats, isObject, lossOptions, options as optionsOf, shown, tensor, typeError, valueError } from "./tensor.js";
import { call, raw } from "./wasm.js";

/** @import { ActivationParams, LossConfig, LossResult, NumberArray, Tensor, TensorInput } from "./index.js" */

/**
 * @param {"binaryCrossEntropy" | "binaryCrossEntropyWithLogits" | "sigmoidFocalLoss" | "mseLoss"
 *   | "smoothL1Loss" | "crossEntropy"} name
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

/** @type {typeof import("./index.js").crossEntropy} */
export const crossEntropy = loss("crossEntropy");

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

/** What each loss takes: probabilities, which are the sigmoid of the logits, or the logits. */
const OF_LOGITS = {
  BCELoss: { apply: binaryCrossEntropy, of_probabilities: true },
  BCEWithLogitsLoss: { apply: binaryCrossEntropyWithLogits, of_probabilities: false },
  sigmoid_focal_loss: { apply: sigmoidFocalLoss, of_probabilities: false },
  MSELoss: { apply: mseLoss, of_probabilities: true },
  SmoothL1Loss: { apply: smoothL1Loss, of_probabilities: true },
};

/**
 * @param {LossConfig} loss
 * @param {TensorInput} logits
 * @param {TensorInput} targets
 * @returns {{ output: Tensor, grad: Tensor }}
 */
export function lossOfLogits(loss, logits, targets) {
  if (!isObject(loss)) throw typeError(`loss must be an object, got ${shown(loss)}`, "loss");
  const { name, ...given } = /** @type {Record<string, any>} */ (loss);
  if (!Object.hasOwn(OF_LOGITS, name)) {
    throw valueError(`no loss is called ${shown(name)}`, "loss.name");
  }
  const { apply, of_probabilities } = OF_LOGITS[/** @type {keyof typeof OF_LOGITS} */ (name)];
  /** @type {any} */
  const options = { ...given, reduction: "none" };
  for (const key of ["weight", "pos_weight"]) {
    if (typeof given[key] === "object" && given[key] !== null) {
      options[key] = { shape: [given[key].length], data: given[key] };
    }
  }
  const z = tensor(logits, "logits");
  if (!of_probabilities) return apply(z, targets, options);
  const end = activation("sigmoid", z.data);
  const { output, grad } = apply({ shape: z.shape, data: end.output }, targets, options);
  // The chain rule: dL/dz = dL/dp · dp/dz.
  return { output, grad: { ...grad, data: grad.data.map((slope, k) => slope * end.grad[k]) } };
}
