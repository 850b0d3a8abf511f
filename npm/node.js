// The package in Node: index.js with an init() that reads the wasm from the disk.

import breast_cancer from "./data/breast_cancer.js";
import iris from "./data/iris.js";
import { datasetsFrom } from "./datasets.js";

export * from "./api.js";
export { init } from "./init-node.js";
export const datasets = datasetsFrom({ breast_cancer, iris });
