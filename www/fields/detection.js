/** The fields of the detection task: its images, its network and loss, what counts as found, and an image of one's own. */
import { choice, integer, list, number, text } from "./declare.js";
import { activations } from "./network.js";

/** @import { Condition, Table } from "./declare.js" */

/** @type {Condition} */
const here = ({ task }) => task === "detection";
/** @type {(name: string) => Condition} */
const lossIs = (name) => (values) => here(values) && values.detection_loss === name;
/** @type {Condition} */
const drawing = (values) => here(values) && values.detection_view === "own";

/** The images that no training sees. */
export const TEST_IMAGES = 500;
/** The width and height of an image in pixels; a drawing is a hexadecimal digit for each. */
export const SIDE = 24;

/** The network is another one than for points, and so are its fields: neither would learn with the other's. */
export default /** @satisfies {Table} */ ({
  shapes_samples: integer(10000, 100, 10000, { effect: "data", pinned: true, when: here,
    ladder: [100, 200, 500, 1000, 2000, 5000, 10000] }),
  shapes_noise: number(5, 0, 50, { effect: "data", when: here, step: 1, unit: "%" }),
  shapes_distractors: integer(2, 0, 4, { effect: "data", when: here, control: "slider" }),
  shapes_grid: integer(4, 2, 8, { effect: "data", when: here, control: "slider" }),
  detection_layers: list([256, 128], [0, 4], { type: "integer", min: 1, max: 512 },
    { effect: "network", pinned: true, when: here }),
  detection_activation: choice(activations, { effect: "network", pinned: true, default: "relu", when: here }),
  detection_lr: number(0.001, 1e-6, 10, { effect: "live", pinned: true, when: here, argument: "lr",
    ladder: [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] }),
  detection_batch: integer(64, 1, 5000, { effect: "live", pinned: true, when: here, argument: "batch_size",
    ladder: [8, 16, 32, 64, 128, 256, 512] }),
  detection_loss: choice(["BCE", "focal", "pos_weight"], { effect: "live", pinned: true, when: here }),
  detection_pos_weight: number(5, 0, 100, { effect: "live", when: lossIs("pos_weight"),
    ladder: [0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 50], argument: "pos_weight" }),
  detection_alpha: number(0.25, -1, 1, { effect: "live", when: lossIs("focal"), argument: "alpha", step: 0.05 }),
  detection_gamma: number(2, 0, 10, { effect: "live", when: lossIs("focal"), argument: "gamma", step: 0.1 }),
  box_weight: number(1, 0, 10, { effect: "live", pinned: true, when: here, step: 0.1 }),
  box_beta: number(0.2, 0, 2, { effect: "live", pinned: true, when: here, argument: "beta", step: 0.05 }),

  // What is below is not found; what overlaps a surer box of its class by more is not found either.
  detection_score: number(0.3, 0.01, 0.99, { effect: "view", when: here, step: 0.01 }),
  detection_nms: number(0.45, 0, 1, { effect: "view", when: here, step: 0.05 }),
  detection_view: choice(["test", "own"], { effect: "view", when: here, control: "segments", undoable: false }),
  detection_image: integer(0, 0, TEST_IMAGES - 1, { effect: "view", when: here, undoable: false }),
  detection_tool: choice(["pen", "eraser", "disc", "square", "triangle"], { effect: "view", when: drawing, undoable: false }),
  drawing: text(SIDE * SIDE, { effect: "view", when: drawing, pattern: /^([0-9a-f]{576})?$/ }),
});
