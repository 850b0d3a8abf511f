/** Objects in images: a grid of cells, each with labels (an object, its class) and a box. */
import { configuration } from "../configuration.js";
import { TEST_IMAGES } from "../fields/detection.js";

/** @import { DetectionDataset, DetectionLossConfig, Objects } from "bce-playground" */
/** @import { Values } from "../fields.js" */
/** @import { Data, Task } from "./index.js" */

/** @typedef {DetectionDataset & { test_objects: Objects }} Images the training images, and what is in the test images */

/** The number of the first test image: so high that no training image has it. */
const FIRST_TEST = 1_000_000;

/**
 * What the outputs stand for: what boxes are decoded with.
 *
 * @param {DetectionDataset} images
 */
export const codingOf = ({ grid, classes, size }) => ({ grid, classes, size });

/** @param {Values} values @returns {DetectionLossConfig} */
export function detectionLoss(values) {
  const { shapes_grid: grid, detection_alpha: alpha, detection_gamma: gamma, box_weight, box_beta: beta } = values;
  const bce = /** @type {const} */ ("BCEWithLogitsLoss");
  const label_loss = {
    BCE: { name: bce },
    focal: { name: /** @type {const} */ ("sigmoid_focal_loss"), alpha, gamma },
    pos_weight: { name: bce, pos_weight: [values.detection_pos_weight] },
  }[values.detection_loss];
  return { name: "DetectionLoss", grid, label_loss, box_loss: { name: "SmoothL1Loss", beta }, box_weight };
}

/** @type {Task} */
export default {
  async makeData(source, values) {
    const { shapes_noise: noise, shapes_distractors: distractors, shapes_grid: grid, data_seed: seed } = values;
    const options = { noise, distractors, grid, seed };
    const [images, test] = await Promise.all([
      source.makeDetection({ ...options, n_samples: values.shapes_samples }),
      source.makeDetection({ ...options, n_samples: TEST_IMAGES, first: FIRST_TEST }),
    ]);
    const split = { inputs: images.inputs, targets: images.targets, test_inputs: test.inputs, test_targets: test.targets };
    // What the session shows of its data is columns on a plane: images have none.
    return /** @type {Data} */ (/** @type {unknown} */ ({ dataset: { ...images, test_objects: test.objects }, split }));
  },
  formulas: () => null,
  configuration(values, in_features, outputs) {
    const own = { ...values, loss: /** @type {const} */ ("BCEWithLogitsLoss"), output_activation: /** @type {const} */ ("identity"),
      hidden_layer_sizes: values.detection_layers, activation: values.detection_activation, layer_activations: [],
      layer_dropouts: [], lr: values.detection_lr, batch_size: values.detection_batch };
    const { layers, ...rest } = configuration(own, in_features);
    const last = { ...layers[layers.length - 1], out: outputs };
    return { ...rest, layers: [...layers.slice(0, -1), last], loss: detectionLoss(values) };
  },
  makePlane: () => null,
  planeKeys: [],
  rate: "detection_lr",
  evaluate: "test",
  // All that costs a pass over thousands of images is left out.
  frame: () => ({ figures: "recorded", health: false, units: null, parameters: false, gradients: false }),
};
