/** What the bar says of detection: the rest comes with its stage. */
export default {
  "choice.task.detection": "Detection",
  "preset.detection": "Find the shapes",
  "preset.detection.about": "Discs, squares and triangles among lines and spots: BCE on every cell of a 4 × 4 grid.",
  "preset.detection_easy": "Find the shapes, easily",
  "preset.detection_easy.about": "No noise, no distractors, fewer images and a smaller network: seconds to learn.",
  "preset.detection_focal": "Rare cells, focal loss",
  "preset.detection_focal.about": "An 8 × 8 grid, where one cell in thirty has an object, under the focal loss.",
};
