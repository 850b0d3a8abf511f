// The package in pages and bundles. In Node, node.js stands in its place.

import breast_cancer from "./data/breast_cancer.js";
import iris from "./data/iris.js";
import { datasetsFrom } from "./datasets.js";

export * from "./api.js";
export { init } from "./init.js";
export const datasets = datasetsFrom({ breast_cancer, iris });
