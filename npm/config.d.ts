// The configuration of a run. Keys, defaults and limits are PyTorch's; where a default is not
// PyTorch's it stands here.

import type { NumberArray } from "./index.js";

export type ActivationName =
  | "identity"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leaky_relu"
  | "elu"
  | "gelu"
  | "silu"
  | "softplus"
  | "logsigmoid";

export interface ActivationParams {
  /** leaky_relu. Default 0.01. */
  negative_slope?: number;
  /** elu. Default 1. */
  alpha?: number;
  /** gelu. Default `"none"`. */
  approximate?: "none" | "tanh";
  /** softplus. Default 1. */
  beta?: number;
  /** softplus. Default 20. */
  threshold?: number;
}

/** Linear, then the activation, then dropout. */
export interface LayerConfig {
  /** in_features, 1 to 4096: the `out` of the layer before. */
  in: number;
  /** out_features, 1 to 4096. */
  out: number;
  /** Default `"identity"`. */
  activation?: ActivationName;
  activation_params?: ActivationParams | null;
  /** The probability of a unit to be dropped in training. Default 0. */
  dropout?: number;
}

export type InitName =
  "default" | "zeros" | "xavier_uniform" | "xavier_normal" | "kaiming_uniform" | "kaiming_normal";

/** How weights begin; biases stay nn.Linear's, except that `"zeros"` sets both. */
export type InitConfig =
  | InitName
  | { name: "default" | "zeros" }
  | {
      name: "xavier_uniform" | "xavier_normal";
      /** Default 1. */
      gain?: number;
    }
  | {
      name: "kaiming_uniform" | "kaiming_normal";
      /** The negative slope for `nonlinearity: "leaky_relu"`. Default 0. */
      a?: number;
      /** Default `"fan_in"`. */
      mode?: "fan_in" | "fan_out";
      /** Default `"leaky_relu"`. */
      nonlinearity?: "linear" | "sigmoid" | "tanh" | "relu" | "leaky_relu" | "selu";
    };

export type Reduction = "none" | "mean" | "sum";

/**
 * `reduction`: default `"mean"`, for sigmoid_focal_loss `"none"`; training needs `"mean"` or
 * `"sum"`. `weight` and `pos_weight`: a number for each output, or one for all; default none.
 */
export type LossConfig =
  | { name: "BCELoss"; reduction?: Reduction; weight?: NumberArray | null }
  | {
      name: "BCEWithLogitsLoss";
      reduction?: Reduction;
      weight?: NumberArray | null;
      pos_weight?: NumberArray | null;
    }
  | {
      name: "sigmoid_focal_loss";
      reduction?: Reduction;
      /** The weight of positives; −1 for none. Default 0.25. */
      alpha?: number;
      /** Default 2. */
      gamma?: number;
    }
  | { name: "MSELoss"; reduction?: Reduction }
  | {
      name: "SmoothL1Loss";
      reduction?: Reduction;
      /** Where squared becomes absolute. Default 1. */
      beta?: number;
    }
  | {
      /**
       * For classes of which a row has exactly one: targets (rows, classes) are class probabilities,
       * one-hot as a rule. Let the network end in `"identity"`: predict() then gives the softmax,
       * and `accuracy` is the share of rows whose most probable class is right.
       */
      name: "CrossEntropyLoss";
      reduction?: Reduction;
      /** A number for each class. */
      weight?: NumberArray | null;
      /** How much of every target is spread over all classes, 0 to 1. Default 0. */
      label_smoothing?: number;
    }
  | DetectionLossConfig;

/**
 * Detection as multi-label classification: `label_loss` of all labels of all cells, averaged over
 * them, plus `box_weight` times Smooth L1 of the boxes of cells with an object, averaged over their
 * numbers. What outputs and targets stand for is told at detection.encode(); let the network end in
 * `"identity"`. It takes no `reduction` and no `sample_weight`.
 */
export interface DetectionLossConfig {
  name: "DetectionLoss";
  /** Cells along a side, 1 to 16. Default 4. */
  grid?: number;
  /** 1 to 32. Default 3. The network gives grid² · (1 + classes + 4) values. */
  classes?: number;
  /** Weights: a number for each label of a cell (object, then the classes), or one for all. */
  label_loss:
    | { name: "BCEWithLogitsLoss"; weight?: NumberArray | null; pos_weight?: NumberArray | null }
    | { name: "sigmoid_focal_loss"; alpha?: number; gamma?: number };
  /** Default beta 1. */
  box_loss?: { name: "SmoothL1Loss"; beta?: number };
  /** At least 0. Default 1. */
  box_weight?: number;
}

/** Arguments and defaults of torch.optim; `lr` is 0.001, for RMSprop and Adagrad 0.01. */
export type OptimizerConfig = { lr?: number; weight_decay?: number; maximize?: boolean } & (
  | { name: "SGD"; momentum?: number; dampening?: number; nesterov?: boolean }
  | { name: "Adam" | "AdamW"; betas?: number[]; eps?: number; amsgrad?: boolean }
  | { name: "RMSprop"; alpha?: number; eps?: number; momentum?: number; centered?: boolean }
  | { name: "Adagrad"; lr_decay?: number; initial_accumulator_value?: number; eps?: number }
);

/** Arguments and defaults of torch.optim.lr_scheduler; in a Trainer it steps once an epoch. */
export type SchedulerConfig =
  | { name: "StepLR"; step_size: number; gamma?: number }
  | { name: "MultiStepLR"; milestones: number[]; gamma?: number }
  | { name: "ExponentialLR"; gamma: number }
  | { name: "CosineAnnealingLR"; T_max: number; eta_min?: number }
  | { name: "LinearLR"; start_factor?: number; end_factor?: number; total_iters?: number }
  | { name: "ConstantLR"; factor?: number; total_iters?: number }
  | { name: "PolynomialLR"; total_iters?: number; power?: number }
  | { name: "SequentialLR"; schedulers: SchedulerConfig[]; milestones: number[] }
  | {
      name: "OneCycleLR";
      max_lr: number;
      /** Or `epochs` and `steps_per_epoch`. */
      total_steps?: number | null;
      epochs?: number | null;
      steps_per_epoch?: number | null;
      pct_start?: number;
      anneal_strategy?: "cos" | "linear";
      cycle_momentum?: boolean;
      base_momentum?: number;
      max_momentum?: number;
      div_factor?: number;
      final_div_factor?: number;
      three_phase?: boolean;
    }
  | {
      name: "ReduceLROnPlateau";
      mode?: "min" | "max";
      factor?: number;
      patience?: number;
      threshold?: number;
      threshold_mode?: "rel" | "abs";
      cooldown?: number;
      min_lr?: number;
      eps?: number;
    };

/** lambda × sum |w| (l1) or lambda × sum w² (l2), added to the loss. */
export interface PenaltyConfig {
  kind: "l1" | "l2";
  lambda: number;
  /** Whether biases are meant too. Default `"weights"`. */
  on?: "weights" | "all";
}

/** A run as data: with the same configuration and data every number is the same, everywhere. */
export interface Config {
  /** Default 1. Data, initialisation, order and dropout have streams of their own. */
  seed?: number;
  /** 1 to 32 of them. */
  layers: LayerConfig[];
  /** Default `"default"`: nn.Linear's. */
  init?: InitConfig;
  loss: LossConfig;
  optimizer: OptimizerConfig;
  /** Default null: the optimizer's rate throughout. */
  scheduler?: SchedulerConfig | null;
  /** Default null: none. */
  penalty?: PenaltyConfig | null;
  /** Rows of a step; the last of an epoch may have fewer. Default 10. */
  batch_size?: number;
  /** Whether each epoch has an order of its own. Default true. */
  shuffle?: boolean;
}
