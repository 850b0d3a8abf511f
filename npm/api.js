// What the calling thread gets, in the browser and in Node alike. init() and the shipped data
// differ, and stand in index.js and node.js.

export { detection } from "./detection.js";
export { PlaygroundError } from "./errors.js";
export {
  activation,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  lossOfLogits,
  mseLoss,
  sigmoidFocalLoss,
  smoothL1Loss,
} from "./losses.js";
export { metrics } from "./metrics.js";
export { Optimizer, learningRates } from "./optimizer.js";
export { readSafetensors } from "./safetensors.js";
export { Trainer } from "./exporting.js";
