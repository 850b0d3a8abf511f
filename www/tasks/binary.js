/** One output, two classes, seen on a plane of two features. */
import { configuration, makeData } from "../configuration.js";
import { formulasOf } from "../inputs.js";
import { gridRequest, makePlane } from "../plane.js";

/** @import { Plane } from "../plane.js" */
/** @import { Task } from "./index.js" */

/** @type {Task} */
export default {
  makeData,
  formulas: formulasOf,
  configuration: (values, in_features) => configuration(values, in_features),
  makePlane: ({ dataset, split }, values) => makePlane(dataset, split, values),
  planeKeys: ["x_feature", "y_feature"],
  frame: ({ plane, unit }, parameters) =>
    ({ grid: { ...gridRequest(/** @type {Plane} */ (plane), parameters), unit } }),
};
