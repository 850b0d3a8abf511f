/** The values of all fields of the state, by key: what the tables beside this file declare. */

export type HiddenActivation =
  | "tanh" | "relu" | "sigmoid" | "identity" | "leaky_relu" | "elu" | "gelu" | "silu" | "softplus"
  | "logsigmoid";

export type LossName =
  "BCELoss" | "BCEWithLogitsLoss" | "sigmoid_focal_loss" | "MSELoss" | "SmoothL1Loss";

export type OptimizerName = "Adam" | "SGD" | "AdamW" | "RMSprop" | "Adagrad";

/** The schedules that need no other schedule. */
export type PlainScheduler =
  | "StepLR" | "MultiStepLR" | "ExponentialLR" | "CosineAnnealingLR" | "LinearLR" | "ConstantLR"
  | "PolynomialLR";

/** What can be learnt; each has a module in www/tasks and a stage in www/stages. */
export type TaskName = "binary" | "imbalance" | "multilabel" | "classes" | "losses" | "detection";

interface DataValues {
  task: TaskName;
  dataset: string;
  n_samples: number;
  noise: number;
  ratio: number;
  positive: string;
  label_noise: number;
  label_smoothing: number;
  train_size: number;
  data_seed: number;
  points: string;
  csv: string;
  csv_header: string;
  csv_delimiter: string;
  csv_decimal: string;
  csv_label: number | null;
  csv_features: readonly number[];
  csv_missing: string;
  csv_positive: string;
}

interface NetworkValues {
  /** May be empty where `formulas` is not. */
  inputs: readonly string[];
  formulas: string;
  hidden_layer_sizes: readonly number[];
  activation: HiddenActivation;
  /** One for each hidden layer; a layer with null, or that it does not reach, has `activation`. */
  layer_activations: readonly (HiddenActivation | null)[];
  negative_slope: number;
  elu_alpha: number;
  approximate: "none" | "tanh";
  softplus_beta: number;
  softplus_threshold: number;
  dropout: number;
  /** One for each hidden layer; a layer with null, or that it does not reach, has `dropout`. */
  layer_dropouts: readonly (number | null)[];
  output_activation: "auto" | "sigmoid" | "identity";
  init: string;
  gain: number;
  a: number;
  mode: "fan_in" | "fan_out";
  nonlinearity: string;
  seed: number;
}

interface LossValues {
  loss: LossName;
  reduction: "mean" | "sum";
  weight: readonly number[];
  pos_weight: readonly number[];
  focal_alpha: number;
  focal_gamma: number;
  smooth_l1_beta: number;
  penalty: "none" | "l1" | "l2";
  lambda: number;
  penalty_on: "weights" | "all";
}

interface OptimizerValues {
  optimizer: OptimizerName;
  lr: number;
  momentum: number;
  dampening: number;
  nesterov: boolean;
  betas: readonly number[];
  eps: number;
  amsgrad: boolean;
  rmsprop_alpha: number;
  centered: boolean;
  lr_decay: number;
  initial_accumulator_value: number;
  adagrad_eps: number;
  weight_decay: number;
  adamw_weight_decay: number;
  maximize: boolean;
  batch_size: number;
  shuffle: boolean;
}

interface ScheduleValues {
  scheduler: "none" | PlainScheduler | "SequentialLR" | "OneCycleLR" | "ReduceLROnPlateau";
  first_scheduler: PlainScheduler;
  second_scheduler: PlainScheduler;
  switch_epoch: number;
  step_size: number;
  milestones: readonly number[];
  gamma: number;
  exponential_gamma: number;
  T_max: number;
  eta_min: number;
  start_factor: number;
  end_factor: number;
  linear_iters: number;
  constant_factor: number;
  constant_iters: number;
  polynomial_iters: number;
  power: number;
  max_lr: number;
  one_cycle_epochs: number;
  pct_start: number;
  anneal_strategy: "cos" | "linear";
  cycle_momentum: boolean;
  base_momentum: number;
  max_momentum: number;
  div_factor: number;
  final_div_factor: number;
  three_phase: boolean;
  plateau_mode: "min" | "max";
  plateau_factor: number;
  patience: number;
  plateau_threshold: number;
  threshold_mode: "rel" | "abs";
  cooldown: number;
  min_lr: number;
  plateau_eps: number;
}

interface RunValues {
  n_epochs: number;
  train_loss_below: number | null;
  test_loss_below: number | null;
  accuracy_from: number | null;
  test_accuracy_from: number | null;
  no_gain_for: number | null;
  until_epoch: number | null;
}

interface ViewValues {
  speed: string;
  tab: string;
  hide: readonly string[];
  x_feature: number | null;
  y_feature: number | null;
  show_test: boolean;
  log_scale: boolean;
  log_epoch: boolean;
  smoothing: number;
  show_parts: boolean;
  show_accuracy: boolean;
  threshold: number;
  show_gradients: boolean;
  contours: boolean;
  discretize: boolean;
  metrics_part: "test" | "train";
  metrics_view: "threshold" | "ranking" | "calibration";
  language: "en" | "zh";
  theme: "auto" | "light" | "dark";
}

interface ImbalanceValues {
  rare_data: string;
  rare_share: number;
  rare_samples: number;
  rare_noise: number;
  with_bce: boolean;
  with_pos_weight: boolean;
  with_weight: boolean;
  with_focal: boolean;
  with_resampling: boolean;
  rare_pos_weight: number;
  rare_alpha: number;
  rare_gamma: number;
  least_precision: number;
}

interface LossesValues {
  compared_data: string;
  compared_samples: number;
  compared_noise: number;
  compared_label_noise: number;
  with_bce_loss: boolean;
  with_focal_loss: boolean;
  with_mse: boolean;
  with_smooth_l1: boolean;
  compared_alpha: number;
  compared_gamma: number;
  compared_beta: number;
}

interface ClassesValues {
  classes_data: "blobs" | "iris";
  classes_samples: number;
  classes_noise: number;
  classes_x: string;
  classes_y: string;
  classes_smoothing: number;
  classes_threshold: number;
  classes_across: number;
  classes_up: number;
}

interface DetectionValues {
  shapes_samples: number;
  shapes_noise: number;
  shapes_distractors: number;
  shapes_grid: number;
  detection_layers: readonly number[];
  detection_activation: HiddenActivation;
  detection_lr: number;
  detection_batch: number;
  detection_loss: "BCE" | "focal" | "pos_weight";
  detection_pos_weight: number;
  detection_alpha: number;
  detection_gamma: number;
  box_weight: number;
  box_beta: number;
  detection_score: number;
  detection_nms: number;
  detection_view: "test" | "own";
  detection_image: number;
  detection_tool: "pen" | "eraser" | "disc" | "square" | "triangle";
  drawing: string;
}

interface MultilabelValues {
  multilabel_data: "overlapping_regions" | "health_reports";
  multilabel_samples: number;
  multilabel_noise: number;
  multilabel_weight: readonly number[];
  multilabel_pos_weight: readonly number[];
  multilabel_reduction: "mean" | "sum" | "none";
  multilabel_thresholds: readonly number[];
  multilabel_view: "metrics" | "together" | "batch" | "shapes";
  multilabel_errors: boolean;
  multilabel_rows: number;
  multilabel_argument: "weight" | "pos_weight" | "target";
  multilabel_shape: "K" | "Nx1" | "N" | "NxK" | "1xK";
}

interface SideValues {
  side_curve: "test_loss" | "eval_loss" | "test_accuracy";
}

export interface Values
  extends DetectionValues, ImbalanceValues, LossesValues, ClassesValues, MultilabelValues, SideValues, DataValues, NetworkValues, LossValues, OptimizerValues, ScheduleValues, RunValues, ViewValues {}
