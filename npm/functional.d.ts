// Options and results of the losses, which are torch.nn.functional's and torchvision.ops's.

import type { Reduction } from "./config.js";
import type { Tensor, TensorInput } from "./index.js";

export interface LossOptions {
  /** Default `"mean"`, which divides by the number of elements, never by the sum of weights. */
  reduction?: Reduction;
  /** The upstream gradient, of the output's shape; default ones. */
  grad_output?: TensorInput;
}

export interface BCEOptions extends LossOptions {
  /** For each element; may broadcast to the input, but not enlarge it. Default none. */
  weight?: TensorInput | null;
}

export interface BCEWithLogitsOptions extends BCEOptions {
  /**
   * The weight of positive targets; may broadcast to the input, but not enlarge it. Default none.
   */
  pos_weight?: TensorInput | null;
}

export interface FocalOptions extends LossOptions {
  /** Default `"none"`, as in torchvision. */
  reduction?: Reduction;
  /** The weight of positives; −1 for none. Default 0.25. */
  alpha?: number;
  /** How fast the loss fades for what is right. Default 2. */
  gamma?: number;
}

export interface SmoothL1Options extends LossOptions {
  /** Where squared becomes absolute. Default 1. */
  beta?: number;
}

export interface CrossEntropyOptions {
  /**
   * Default `"mean"`: over samples; for class indices over the weights of their classes.
   */
  reduction?: Reduction;
  /** A number for each class, of shape (C). Default none. */
  weight?: TensorInput | null;
  /** How much of every target is spread over all classes, 0 to 1. Default 0. */
  label_smoothing?: number;
  /** Samples of this class count for nothing; for class indices only. Default −100. */
  ignore_index?: number;
  /** The upstream gradient, of the output's shape; default ones. */
  grad_output?: TensorInput;
}

export interface LossResult {
  /** Shape `[]`, or the input's with reduction `"none"`. */
  output: Tensor;
  /** With respect to the input, of its shape. */
  grad: Tensor;
  /** Messages, there only where PyTorch warns. */
  warnings?: string[];
}
