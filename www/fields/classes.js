/** The fields of the comparison of several classes: its data, its threshold, and the point that is looked at. */
import { choice, integer, number } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */

/** @type {Condition} */
const here = ({ task }) => task === "classes";
/** @type {Condition} */
const made = (values) => here(values) && values.classes_data === "blobs";
/** @type {Condition} */
const iris = (values) => here(values) && values.classes_data === "iris";
/** In the order of iris' columns. */
export const measurements = ["sepal_length", "sepal_width", "petal_length", "petal_width"];

export default /** @satisfies {Table} */ ({
  classes_data: choice(["blobs", "iris"], { effect: "data", control: "segments", when: here, pinned: true }),
  classes_samples: integer(500, 50, 3000, { effect: "data", when: made, ladder: [50, 100, 200, 300, 500, 1000, 2000, 3000] }),
  classes_noise: number(10, 0, 50, { effect: "data", when: made, step: 1, unit: "%" }),
  classes_x: choice(measurements, { effect: "data", when: iris, default: "petal_length" }),
  classes_y: choice(measurements, { effect: "data", when: iris, default: "petal_width" }),
  classes_smoothing: number(0, 0, 0.5, { effect: "live", when: here, step: 0.01, argument: "label_smoothing" }),
  classes_threshold: number(0.5, 0.05, 0.95, { effect: "view", when: here, step: 0.05 }),
  // The point that is looked at, in halves of the plane: 0, 0 is its middle.
  classes_across: number(0, -1, 1, { effect: "view", when: here, step: 0.01 }),
  classes_up: number(0, -1, 1, { effect: "view", when: here, step: 0.01 }),
});
