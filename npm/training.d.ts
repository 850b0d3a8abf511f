// What goes into a Trainer and its methods, and the records that come out.

import type { Config, Formula, NumberArray, StateDict, Tensor, TensorInput } from "./index.js";

/** What a Trainer learns from. A data set, or a split of one, may be given as it is. */
export interface TrainingDataInput {
  /** (rows, in) */
  inputs: TensorInput;
  /** (rows, out) */
  targets: TensorInput;
  /** (rows, 1) or (rows, out), multiplied with the loss's `weight` while training. Default none. */
  sample_weight?: TensorInput | null;
  /** (test rows, in); both or none. Default none. */
  test_inputs?: TensorInput | null;
  /** (test rows, out) */
  test_targets?: TensorInput | null;
}

/** The same after conversion. */
export interface TrainingData {
  inputs: Tensor;
  targets: Tensor;
  sample_weight?: Tensor;
  test_inputs?: Tensor;
  test_targets?: Tensor;
}

export type Part = "train" | "test";

export interface ScriptOptions {
  /**
   * `"start"`: with the weights that the run began with, or would begin with as it is configured
   * now; `"now"`: with the present ones, optimizer and schedule anew. Default `"start"`.
   */
  from?: "start" | "now";
  /** Default: as many as are done, from the start; else 100. */
  epochs?: number;
}

/** What a script of a run begins with. */
export interface RunStart {
  config: Config;
  parameters: StateDict;
  /** Whole epochs done. */
  epoch: number;
}

export interface EpochOptions {
  /**
   * After each epoch (the default), or after the last one only: the others' values are null then.
   */
  evaluate?: "each" | "last";
}

export interface EpochRecord {
  /** 1 for the first. */
  epoch: number;
  /** The rate that the epoch was trained with. */
  lr: number;
  /** There only where the schedule cycles it. */
  momentum?: number;
  /**
   * Of the batches as they were trained, weighted by rows; without the penalty. Null without a
   * batch.
   */
  train_loss: number | null;
  /** The same with the penalty. */
  train_objective: number | null;
  /** `evaluate("train").loss` after the epoch. */
  eval_loss: number | null;
  /** `evaluate("test").loss` after the epoch; null without test data. */
  test_loss: number | null;
  /** Share of the training data's elements on the right side of 0.5, after the epoch. */
  accuracy: number | null;
  /** Share of the training data's rows with every output right, after the epoch. */
  subset_accuracy: number | null;
}

export interface TrainForOptions {
  /** Ends when so many whole epochs are done, counted from the run's beginning. */
  until_epoch?: number;
  /** Ends after so many steps. */
  steps?: number;
  /**
   * Ends after so many steps, each on the next single row of the epoch's order. A batch that is
   * begun so is finished by the next step, with the rows that are left of it.
   */
  samples?: number;
}

/** The first quantity of a step that is not finite, in the order in which they are computed. */
export interface NonFinite {
  /** Whole epochs before the step, and steps before it in its epoch. */
  epoch: number;
  step: number;
  /**
   * For people: `"loss"`, `"logit"`, `"0.weight"`, `"gradient of 2.bias"`,
   * `"activation of layers[0]"`, …
   */
  quantity: string;
  /**
   * A NaN or an infinity up to `"penalty"` is found before the update, which leaves the parameters
   * as they were; a gradient, weight or bias after it.
   */
  kind:
    | "input"
    | "weight"
    | "bias"
    | "pre-activation"
    | "logit"
    | "activation"
    | "loss"
    | "penalty"
    | "gradient";
  /** Of the configuration's `layers`, from 0; null for loss and penalty. */
  layer: number | null;
  /** stateDict()'s name of the weight, the bias, or what the gradient is of; else null. */
  name: string | null;
}

/** How a network stands on the training rows: units that learn no more, outputs that say nothing. */
export interface Health {
  /**
   * Binary cross-entropy of the probabilities in nats, whatever the configured loss. Math.LN2
   * (0.693) is what 0.5 for every row has.
   */
  log_loss: number;
  /**
   * The least that a constant can reach: the entropy of the share of positives in nats, the mean
   * over outputs. A network that has learnt no more than this share has a log_loss of as much.
   */
  entropy: number;
  /** Each layer but the last; null where the activation has no such state. */
  layers: {
    /** Share of relu units that are 0 for every row. */
    dead: number | null;
    /** Share of sigmoid or tanh units within 0.01 of a bound for at least 95 % of the rows. */
    saturated: number | null;
  }[];
  /** Each output; shares are of the rows. */
  outputs: {
    /** The targets' mean. */
    positives: number;
    /** Share with a probability of at least 0.5; 0 or 1: all predictions are one class. */
    predicted: number;
    /** Share with a probability within 0.001 of 0 or 1. */
    saturated: number;
    /** The same, on the wrong side. */
    saturated_wrong: number;
    /** Of the probabilities, and their standard deviation. */
    mean: number;
    std: number;
  }[];
}

export interface TrainForResult {
  /** Whole epochs done since the run's beginning. */
  epoch: number;
  /** Steps done in the epoch after those. */
  step: number;
  /** Rows of the next batch that single-row steps have taken already. */
  sample: number;
  /** Steps of the whole run. */
  total_steps: number;
  /** The training row that the next step takes first. */
  next_row: number;
  /**
   * Mean of the epoch so far; null before its first step; right after an epoch's end that epoch's.
   */
  train_loss: number | null;
  train_objective: number | null;
  lr: number;
  /**
   * Whether it ended by `until_epoch` or `steps`, not by the time or a value that is not finite.
   */
  reached: boolean;
  non_finite: NonFinite | null;
}

export interface Evaluation {
  /**
   * With `sample_weight` for the training rows, test rows having none; with reduction `"sum"`
   * divided by the rows.
   */
  loss: number;
  /** Share of elements on the right side of 0.5. */
  accuracy: number;
  /** Share of rows with every output right. */
  subset_accuracy: number;
  /** The smallest |p − 0.5|: where it is tiny, rounding may flip the accuracy. */
  margin: number;
  /** With DetectionLoss, where the shares above are of labels only: the mean over all labels. */
  label_loss?: number;
  /** With DetectionLoss: the mean over the cells' first labels, which say whether there is an object. */
  objectness_loss?: number;
  /** With DetectionLoss: the mean over all other labels, those of the classes. */
  class_loss?: number;
  /** With DetectionLoss: the mean over the boxes of cells with an object, without `box_weight`. */
  box_loss?: number;
}

/** What metrics take, for each row of a part of the data, in its order. */
export interface Scores {
  /** (rows, out): probabilities. */
  scores: Tensor;
  /** (rows, out): 1 where the target is at least 0.5, else 0. */
  labels: Tensor;
}

/**
 * How the network's inputs follow from the columns of a row; by default they are these, as they
 * are.
 */
export interface InputOptions {
  /** One for each input of the network, over x1, x2, …: the columns. */
  formulas?: Formula[] | null;
  /** Of each input, subtracted after the formulas: a split's `mean`. */
  mean?: NumberArray | null;
  /** By which it is then divided: a split's `std`. */
  std?: NumberArray | null;
}

/**
 * A rectangle of two columns of a row, to be drawn. Without InputOptions the columns are the
 * network's inputs.
 */
export interface PlaneOptions extends InputOptions {
  /** Pixels. */
  width: number;
  height: number;
  /** What the picture spans; samples are at the pixels' centres. */
  x: [number, number];
  y: [number, number];
  /** The columns that x and y are. Default `[0, 1]`. */
  features?: [number, number];
  /** All columns, for the values of the others. Default: there are two. */
  at?: NumberArray;
}

export interface GridOptions extends PlaneOptions {
  /** Which output. Default 0. */
  output?: number;
  /**
   * A unit in place of the output: what its activation gives, not made a probability. Layer and
   * unit are counted from 0; the last layer's units are the outputs.
   */
  unit?: { layer: number; index: number } | null;
}
