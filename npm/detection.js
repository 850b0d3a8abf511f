// Boxes for JavaScript: columns of them on their way into wasm. What a box is, how a grid codes it and
// how good it is, the core knows.

import {
  doubles,
  indices,
  isObject,
  options as optionsOf,
  shown,
  tensor,
  typeError,
} from "./tensor.js";
import { call, raw } from "./wasm.js";

/** @import { detection as Detection } from "./index.js" */

/** @type {typeof Detection} */
export const detection = {
  encode(objects, options) {
    const columns = columnsOf(objects, "objects");
    const rest = optionsOf(options);
    return call(() => raw.detectionEncode(columns, rest));
  },

  decode(outputs, options) {
    const values = tensor(outputs, "outputs");
    const rest = optionsOf(options);
    return call(() => raw.detectionDecode(values, rest));
  },

  iou(boxes, others) {
    const some = tensor(boxes, "boxes");
    const more = tensor(others, "others");
    return call(() => raw.detectionIou(some, more));
  },

  nonMaximumSuppression(detections, options) {
    const columns = columnsOf(detections, "detections");
    const rest = optionsOf(options);
    return call(() => raw.detectionNonMaximumSuppression(columns, rest));
  },

  averagePrecision(detections, objects, options) {
    const found = columnsOf(detections, "detections");
    const there = columnsOf(objects, "objects");
    const rest = optionsOf(options);
    return call(() => raw.detectionAveragePrecision(found, there, rest));
  },
};

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {Record<string, unknown>} those of the columns that there are
 */
function columnsOf(value, what) {
  if (!isObject(value)) throw typeError(`${what} must be an object, got ${shown(value)}`, what);
  const { images, labels, boxes, scores } = value;
  return {
    boxes: tensor(boxes, "boxes"),
    ...(images !== undefined && { images: indices(images, "images") }),
    ...(labels !== undefined && { labels: indices(labels, "labels") }),
    ...(scores !== undefined && { scores: doubles(scores, "scores") }),
  };
}
