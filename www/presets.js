/** Named sets of values: what they do not name has its default. `preset.<name>` is the title's text. */
import { defaults, fields } from "./fields.js";
import { state } from "./state.js";

/** @import { Values } from "./fields.js" */

/** @type {Record<string, Partial<Values>>} */
export const presets = {
  start: {},
  // Two features, one label, two Linear layers and a sigmoid, all points in every step.
  tutorial: { dataset: "gauss", n_samples: 200, noise: 20, hidden_layer_sizes: [4], activation: "identity",
    loss: "BCELoss", optimizer: "SGD", lr: 0.1, batch_size: 100 },
  logistic: { dataset: "gauss", noise: 20, hidden_layer_sizes: [], loss: "BCEWithLogitsLoss",
    optimizer: "SGD", lr: 0.1 },
  xor: { dataset: "xor", hidden_layer_sizes: [], optimizer: "SGD", lr: 0.1 },
  // Saturating units in many layers and a plain, slow optimizer: the mean loss stays at ln 2.
  stuck: { dataset: "circle", hidden_layer_sizes: [8, 8, 8], activation: "sigmoid", optimizer: "SGD",
    lr: 0.01 },
  // 5 % positives in noise, and a patient optimizer: for hundreds of epochs no point is called positive.
  imbalanced: { dataset: "circle", n_samples: 1000, noise: 50, ratio: 0.05, hidden_layer_sizes: [8],
    loss: "BCEWithLogitsLoss", optimizer: "SGD", lr: 0.01 },
  focal: { dataset: "circle", n_samples: 1000, noise: 50, ratio: 0.05, hidden_layer_sizes: [8],
    loss: "sigmoid_focal_loss", focal_alpha: 0.9, optimizer: "SGD", lr: 0.1 },
  double_sigmoid: { dataset: "moons", hidden_layer_sizes: [8], loss: "BCEWithLogitsLoss",
    output_activation: "sigmoid" },
  overfitting: { dataset: "moons", n_samples: 100, noise: 40, train_size: 0.3,
    hidden_layer_sizes: [32, 32], batch_size: 5 },
  imbalance: { task: "imbalance", hidden_layer_sizes: [8], batch_size: 50 },
  // So little data is learnt by heart, if nothing holds the weights small.
  regions: { task: "multilabel", hidden_layer_sizes: [16, 8], lr: 0.01, batch_size: 20, weight_decay: 0.001, speed: "300" },
  health: { task: "multilabel", multilabel_data: "health_reports", multilabel_samples: 600, hidden_layer_sizes: [8],
    lr: 0.01, batch_size: 20, weight_decay: 0.001, speed: "300" },
  label_weights: { task: "multilabel", hidden_layer_sizes: [16, 8], lr: 0.01, batch_size: 20, weight_decay: 0.001,
    multilabel_weight: [5, 1, 1], multilabel_view: "batch", speed: "300" },
  classes: { task: "classes", hidden_layer_sizes: [], lr: 0.03 },
  iris_classes: { task: "classes", classes_data: "iris", hidden_layer_sizes: [8], lr: 0.01 },
  losses: { task: "losses", hidden_layer_sizes: [8], speed: "300" },
  // Initial weights so large that the answers are confidently wrong.
  why_not_mse: { task: "losses", compared_data: "gauss", compared_noise: 20, hidden_layer_sizes: [8],
    init: "xavier_normal", gain: 20, optimizer: "SGD", lr: 0.1, seed: 1, side_curve: "test_accuracy",
    speed: "300" },
  detection: { task: "detection", speed: "max" },
  detection_easy: { task: "detection", shapes_samples: 5000, shapes_noise: 0, shapes_distractors: 0,
    detection_layers: [128], detection_lr: 0.003, speed: "max" },
  detection_focal: { task: "detection", shapes_grid: 8, detection_loss: "focal", detection_alpha: 0.8, speed: "max" },
  dead_relu: { dataset: "circle", hidden_layer_sizes: [8, 8], activation: "relu", optimizer: "SGD",
    lr: 3, speed: "100" },
  overflow: { dataset: "moons", hidden_layer_sizes: [8, 8, 8], activation: "relu",
    loss: "BCEWithLogitsLoss", reduction: "sum", optimizer: "SGD", lr: 10, speed: "10" },
};

/**
 * Sets every value of the run to what the preset says, or to its default. What is seen of the page
 * (the tab, hidden parts, language, colours) stays.
 *
 * @param {keyof typeof presets} name
 */
export function choosePreset(name) {
  const kept = Object.values(fields).filter(({ keep, key }) => keep === "browser" || key === "tab" || key === "hide");
  const stay = Object.fromEntries(kept.map(({ key }) => [key, state.values[key]]));
  state.set({ ...defaults(), ...presets[name], ...stay });
}
