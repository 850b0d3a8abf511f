/** Several classes: one sigmoid for each, against the rest, and a softmax beside it, from the same rows and seed. */
import { configuration } from "../configuration.js";
import { measurements } from "../fields/classes.js";
import { meshOf } from "../mesh.js";

/** @import { Dataset, LossConfig, MulticlassMetrics, Split, Tensor } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Values } from "../fields.js" */
/** @import { Contestant, Standing } from "./runner.js" */

/** Beside the points, in shares of what they span. */
const MARGIN = 0.06;

/** @typedef {[number, number]} Pair */
/**
 * @typedef {object} Problem
 * @property {string} key of the values that it is made of
 * @property {string[]} classes their names
 * @property {Split} split two columns of inputs, one-hot targets
 * @property {[string, string]} names of the axes
 * @property {[Pair, Pair]} ranges what the picture spans
 * @property {Tensor} mesh the places of its pixels, row by row from the top
 */
/** @typedef {{ none: number, one: number, several: number }} Claims shares of the plane */
/**
 * What is made of a network whenever it is shown.
 *
 * @typedef {object} Seen
 * @property {Float32Array} mesh a probability for each place and class
 * @property {MulticlassMetrics} metrics on test data
 * @property {Float32Array} probe the probabilities at the point that is looked at
 * @property {{ epoch: number, accuracy: number }[]} course of the accuracy so far
 */

/**
 * The data that the values name; those that are there already, if they are the same.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {Values} values
 * @param {Problem | null} before
 * @returns {Promise<Problem>}
 */
export async function classesProblem(source, values, before) {
  const { classes_data, classes_samples: n_samples, classes_noise: noise, classes_x, classes_y } = values;
  const { data_seed: seed, train_size } = values;
  const iris = classes_data === "iris";
  const key = JSON.stringify([classes_data, seed, train_size, ...(iris ? [classes_x, classes_y] : [n_samples, noise])]);
  if (key === before?.key) return before;
  const columns = pickedColumns(values);
  const dataset = iris
    ? withColumns(await source.load("iris", { targets: "one_hot" }), columns)
    : await source.make("blobs", { n_samples, noise, seed });
  const split = await source.split(dataset, { train_size, seed, stratify: true, standardize: false });
  const ranges = iris ? rangesOf(dataset.inputs) : /** @type {[Pair, Pair]} */ ([[-6, 6], [-6, 6]]);
  const names = /** @type {[string, string]} */ (dataset.feature_names);
  return { key, classes: dataset.target_names, split, names, ranges, mesh: meshOf(ranges) };
}

/** Two columns of iris, which are never the same. @param {Values} values @returns {Pair} */
function pickedColumns({ classes_x, classes_y }) {
  const x = measurements.indexOf(classes_x);
  const y = measurements.indexOf(classes_y);
  return [x, x === y ? (x + 1) % measurements.length : y];
}

/** @param {Dataset} dataset @param {Pair} columns @returns {Dataset} the data with these inputs alone */
function withColumns(dataset, columns) {
  const { shape: [rows, width], data } = dataset.inputs;
  const picked = Float32Array.from({ length: rows * 2 }, (_, k) => data[(k >> 1) * width + columns[k & 1]]);
  const feature_names = columns.map((column) => dataset.feature_names[column]);
  return { ...dataset, feature_names, inputs: { shape: [rows, 2], data: picked } };
}

/** @param {Tensor} inputs (rows, 2) @returns {[Pair, Pair]} */
function rangesOf({ data }) {
  const range = (/** @type {number} */ column) => {
    const values = data.filter((_, k) => k % 2 === column);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return /** @type {Pair} */ ([low - MARGIN * (high - low), high + MARGIN * (high - low)]);
  };
  return [range(0), range(1)];
}

/** The point that the values name, in the data's units. @param {Values} values @param {Problem} problem @returns {Pair} */
export function probedPoint({ classes_across, classes_up }, { ranges }) {
  const at = (/** @type {Pair} */ [low, high], /** @type {number} */ share) => low + ((share + 1) / 2) * (high - low);
  return [at(ranges[0], classes_across), at(ranges[1], classes_up)];
}

/**
 * Who takes part. Both networks begin with the same weights: only end and loss differ.
 *
 * @param {Values} values
 * @param {Problem} problem
 * @returns {Contestant[]}
 */
export function classesContestants(values, { split: data, classes }) {
  const plain = configuration({ ...values, loss: "BCELoss", output_activation: "auto", weight: [1] }, 2);
  const { reduction } = values;
  /** @type {(name: string, activation: "sigmoid" | "identity", loss: LossConfig) => Contestant} */
  const contestant = (name, activation, loss) => {
    const hidden = plain.layers.slice(0, -1);
    const last = { ...plain.layers[hidden.length], out: classes.length, activation };
    return { name, data, config: { ...plain, layers: [...hidden, last], loss } };
  };
  return [
    contestant("one_vs_rest", "sigmoid", { name: "BCELoss", reduction }),
    contestant("softmax", "identity",
      { name: "CrossEntropyLoss", reduction, label_smoothing: values.classes_smoothing }),
  ];
}

/**
 * Looks at a network: its regions, its metrics, the point in question.
 *
 * @param {Problem} problem
 * @param {() => Values} values those in force
 * @returns {(standing: Standing, client: TrainerClient) => Promise<Seen | null>}
 */
export const observing = (problem, values) => async ({ frame, data, extra }, client) => {
  const { test_inputs, test_targets } = problem.split;
  if (!test_inputs || !test_targets || data !== problem.split) return null;
  const point = { shape: [1, 2], data: probedPoint(values(), problem) };
  const [mesh, scores, probe] = await Promise.all([
    client.predict(problem.mesh), client.predict(test_inputs), client.predict(point),
  ]);
  const metrics = await client.metrics.multiclass(scores, test_targets);
  const epoch = frame?.epoch ?? 0;
  const before = /** @type {Seen | null} */ (extra)?.course ?? [];
  const course = [...before.filter((past) => past.epoch < epoch), { epoch, accuracy: metrics.accuracy }];
  return { mesh: mesh.data, metrics, probe: probe.data, course };
};

/**
 * Which classes claim a place: -1 for none, -2 for several, else the one whose probability is at
 * least the threshold.
 *
 * @param {ArrayLike<number>} probabilities
 * @param {number} start where the place's begin
 * @param {number} classes
 * @param {number} threshold
 */
export function claimOf(probabilities, start, classes, threshold) {
  let claim = -1;
  for (let k = 0; k < classes; k += 1) {
    if (!(probabilities[start + k] >= threshold)) continue;
    if (claim >= 0) return -2;
    claim = k;
  }
  return claim;
}

/** How much of the plane is claimed by how many. @param {Float32Array} mesh @param {number} classes @param {number} threshold @returns {Claims} */
export function claims(mesh, classes, threshold) {
  const places = mesh.length / classes;
  let none = 0;
  let several = 0;
  for (let place = 0; place < places; place += 1) {
    const claim = claimOf(mesh, place * classes, classes, threshold);
    if (claim === -1) none += 1;
    if (claim === -2) several += 1;
  }
  return { none: none / places, one: (places - none - several) / places, several: several / places };
}
