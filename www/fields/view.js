/** The fields of what is seen, and how fast: none of them changes a number of the run. */
import { choice, flag, integer, list, number } from "./declare.js";

/** @import { Table } from "./declare.js" */

/** The tabs below the network. */
export const tabs = ["training", "regularisation", "schedule", "weights", "metrics"];

/** The panels, and the parts of the bar: what a lesson may hide beside tabs and single controls. */
export const panels = ["data", "network", "boundary", "curve", "settings"];
export const barParts = ["presets", "reset", "steps", "run", "history", "link", "lesson"];

export default /** @satisfies {Table} */ ({
  speed: choice(["sample", "1", "3", "10", "30", "100", "300", "1000", "3000", "max"], { effect: "view",
    default: "1000", undoable: false }),
  tab: choice(tabs, { effect: "view", undoable: false }),
  // The choices are all parts and all fields; fields.js, which knows them, fills them in.
  hide: list([], [0, 200], { type: "choice", choices: [] }, { effect: "view" }),
  x_feature: integer(null, 0, 9999, { effect: "view", optional: true }),
  y_feature: integer(null, 0, 9999, { effect: "view", optional: true }),
  show_test: flag(true, { effect: "view" }),
  log_scale: flag(false, { effect: "view" }),
  log_epoch: flag(false, { effect: "view" }),
  smoothing: number(0, 0, 0.99, { effect: "view", step: 0.01 }),
  show_parts: flag(false, { effect: "view" }),
  show_accuracy: flag(false, { effect: "view" }),
  // Class 1 is predicted where the probability is not below it.
  threshold: number(0.5, 0, 1, { effect: "view", step: 0.01 }),
  show_gradients: flag(false, { effect: "view" }),
  contours: flag(false, { effect: "view" }),
  discretize: flag(false, { effect: "view" }),
  metrics_part: choice(["test", "train"], { effect: "view", control: "segments" }),
  metrics_view: choice(["threshold", "ranking", "calibration"], { effect: "view", control: "segments",
    undoable: false }),
  language: choice(["en", "zh"], { effect: "view", keep: "browser" }),
  theme: choice(["auto", "light", "dark"], { effect: "view", keep: "browser" }),
});
