// losses.json, `cases`: outputs and gradients of the losses.

import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  mseLoss,
  sigmoidFocalLoss,
  smoothL1Loss,
} from "bce-playground";
import { differInKind, numbers, optionalTensor, tensor } from "./files.js";
import { Report } from "./report.js";

/** @import { LossResult, Tensor } from "bce-playground" */
/** @import { Case } from "./files.js" */

export const TOLERANCE = 1e-5;

/** @type {Record<string, (input: any, target: any, options: any) => LossResult>} */
const LOSSES = {
  BCELoss: binaryCrossEntropy,
  BCEWithLogitsLoss: binaryCrossEntropyWithLogits,
  sigmoid_focal_loss: sigmoidFocalLoss,
  MSELoss: mseLoss,
  SmoothL1Loss: smoothL1Loss,
};

/**
 * The call of a case or of an error case.
 *
 * @param {Case} golden
 */
export function call({ loss, input, target, params, reduction, ...rest }) {
  return LOSSES[loss](tensor(input), tensor(target), {
    ...params,
    reduction,
    weight: optionalTensor(rest.weight),
    pos_weight: optionalTensor(rest.pos_weight),
    grad_output: optionalTensor(rest.grad_output),
  });
}

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function check({ cases }) {
  const outputs = new Report("losses: outputs", TOLERANCE);
  const grads = new Report("losses: gradients", TOLERANCE);
  for (const golden of cases) {
    outputs.case();
    grads.case();
    try {
      const { output, grad } = call(golden);
      compare(outputs, golden, "output", output);
      compare(grads, golden, "grad", grad);
    } catch (error) {
      outputs.fail(golden.id, "call", error, "a result");
    }
  }
  return [outputs, grads];
}

/**
 * @param {Report} report
 * @param {Case} golden
 * @param {"output" | "grad"} what
 * @param {Tensor} got
 */
function compare(report, golden, what, got) {
  const float32 = numbers(golden.f32[what].data);
  const { shape, data } = tensor(golden.f64[what]);
  const focalGrad = what === "grad" && golden.loss === "sigmoid_focal_loss";
  report.same(golden.id, `shape of ${what}`, got.shape, shape);
  report.compare(golden.id, what, got.data, data, (i) => {
    if (focalGrad && (Number.isNaN(float32[i]) || Number.isNaN(data[i]))) {
      return "PyTorch's focal gradient is NaN there";
    }
    if (differInKind(float32[i], data[i])) {
      return "PyTorch's float32 and float64 differ in NaN or infinity";
    }
    return null;
  });
}
