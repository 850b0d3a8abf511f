/** What is said of the tasks that have their texts with their stages, before they are opened. */
export default {
  "choice.task.imbalance": "Imbalance",
  "choice.task.losses": "Losses",
  "preset.imbalance": "Imbalance 1 %",
  "preset.imbalance.about": "One in a hundred: plain BCE beside pos_weight, weights, focal loss and resampling.",
  "preset.why_not_mse": "Why not MSE?",
  "preset.why_not_mse.about": "Weights so large that the answers are confidently wrong: BCE recovers, MSE is stuck.",
  "preset.losses": "Choosing a loss",
  "preset.losses.about": "BCE, focal loss, MSE and Smooth L1 on the same points: loss and gradient of each of them.",
  "choice.task.classes": "Several classes",
  "preset.classes": "Five classes",
  "preset.classes.about": "A single layer: the softmax finds the class in the middle, sigmoids against the rest leave it out.",
  "preset.iris_classes": "Iris, three classes",
  "preset.iris_classes.about": "Three species by two measurements: one sigmoid for each, and a softmax beside it.",
};
