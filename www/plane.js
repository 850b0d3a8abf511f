/**
 * The plane of the decision boundary: which two features it shows, which part of it, and the
 * points on it. Coordinates are the network's inputs (standardised where the data are).
 */
import { makeDataset } from "./configuration.js";
import { datasets, defaults } from "./fields.js";
import { formulasOf } from "./inputs.js";
import { state } from "./state.js";

/** @import { Dataset, Formula, GridOptions, Split, Tensor } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Values } from "./fields.js" */

/** @typedef {[number, number]} Pair */
/** @typedef {{ x: Float32Array, y: Float32Array, label: Uint8Array, rows: number }} Points */
/**
 * @typedef {object} Plane
 * @property {Pair} features the columns that x and y are
 * @property {string[]} names of those two
 * @property {number} held how many other features there are
 * @property {Pair} x what the plane spans, as the network sees it
 * @property {Pair} y
 * @property {number[]} scale with `offset`, from there to the data's own units
 * @property {number[]} offset
 * @property {number[]} at the values of all features away from the plane
 * @property {Formula[] | null} formulas how the network's inputs follow; null: they are the columns
 * @property {Points} train
 * @property {Points} test
 */

/** @type {Points} */
const NO_POINTS = { x: new Float32Array(), y: new Float32Array(), label: new Uint8Array(), rows: 0 };
/** What the thumbnails of generated data are made with. */
const PREVIEW = { n_samples: 200, noise: 3 };
/** Samples along each side of the picture; fewer where a forward pass costs much. */
const GRID = 200;
const GRID_OF_BIG_NETWORKS = 120;
const BIG_NETWORK = 3000;

/**
 * The two features that the values pick, within what the data have.
 *
 * @param {Values} values
 * @param {number} count
 * @returns {Pair}
 */
export function pickedFeatures(values, count) {
  if (count === 1) return [0, 0];
  const start = datasets[values.dataset].features ?? [0, 1];
  /** @type {(value: number | null, fallback: number) => number} */
  const pick = (value, fallback) => Math.min(value ?? fallback, count - 1);
  const x = pick(values.x_feature, start[0]);
  const y = pick(values.y_feature, start[1]);
  return x === y ? [x, x === 0 ? 1 : 0] : [x, y];
}

/**
 * The plane for this data set and split, seen along the two features that the values pick.
 *
 * @param {Dataset} dataset
 * @param {Split} split
 * @param {Values} values
 * @returns {Plane}
 */
export function makePlane(dataset, split, values) {
  const count = dataset.inputs.shape[1];
  const features = pickedFeatures(values, count);
  const train = points(split.inputs, split.targets, features);
  const test = points(split.test_inputs, split.test_targets, features);
  const square = ["generated", "drawn"].includes(datasets[values.dataset].kind);
  /** @type {[Pair, Pair]} */
  const ranges = square
    ? squareRange([train, test])
    : [range([train.x, test.x]), range([train.y, test.y])];
  return {
    features,
    names: features.map((feature) => dataset.feature_names[feature]),
    held: count - new Set(features).size,
    x: ranges[0],
    y: ranges[1],
    // Ticks are written in the data's own units: z * std + mean.
    scale: features.map((feature) => split.std?.[feature] ?? 1),
    offset: features.map((feature) => split.mean?.[feature] ?? 0),
    // Standardised columns have the mean 0, so that all others stand at their mean.
    at: new Array(count).fill(0),
    formulas: formulasOf(values),
    train,
    test,
  };
}

/**
 * What `client.frame` is to compute for this plane.
 *
 * @param {Plane} plane
 * @param {number} parameters how many the network has
 * @returns {GridOptions}
 */
export function gridRequest({ features, x, y, at, formulas }, parameters) {
  const side = parameters > BIG_NETWORK ? GRID_OF_BIG_NETWORKS : GRID;
  return { width: side, height: side, x, y, features, at, formulas, output: 0 };
}

/**
 * The data's columns (1, features) at a place on the plane.
 *
 * @param {Plane} plane
 * @param {{ x: number, y: number }} place
 * @returns {Tensor}
 */
export function probeInputs({ features, at }, { x, y }) {
  const row = Float32Array.from(at);
  [row[features[0]], row[features[1]]] = [x, y];
  return { shape: [1, row.length], data: row };
}

/**
 * The points of a data set along the two features that its picture starts with; null if there are
 * none (an own CSV that cannot be read).
 *
 * @param {TrainerClient["datasets"]} source
 * @param {string} name
 */
export async function previewPoints(source, name) {
  const own = ["own", "drawn"].includes(datasets[name].kind) ? state.values : defaults();
  const values = { ...own, ...PREVIEW, dataset: name, x_feature: null, y_feature: null };
  try {
    const { inputs, targets } = await makeDataset(source, values);
    return points(inputs, targets, pickedFeatures(values, inputs.shape[1]));
  } catch {
    return null;
  }
}

/**
 * Rows seen along two features; none where there is no test part.
 *
 * @param {Tensor | null} inputs
 * @param {Tensor | null} targets
 * @param {Pair} features
 * @returns {Points}
 */
function points(inputs, targets, [i, j]) {
  if (!inputs || !targets) return NO_POINTS;
  const [rows, columns] = inputs.shape;
  /** @type {(k: number) => Float32Array} */
  const column = (k) => Float32Array.from({ length: rows }, (_, row) => inputs.data[row * columns + k]);
  const label = Uint8Array.from({ length: rows }, (_, row) => (targets.data[row] >= 0.5 ? 1 : 0));
  return { x: column(i), y: column(j), label, rows };
}

/**
 * [-6, 6] twice, as people know it from such playgrounds; wider if noise has carried a point out.
 *
 * @param {Points[]} parts
 * @returns {[Pair, Pair]}
 */
function squareRange(parts) {
  let reach = 6;
  for (const { x, y } of parts) {
    for (const value of x) reach = Math.max(reach, Math.abs(value) * 1.03);
    for (const value of y) reach = Math.max(reach, Math.abs(value) * 1.03);
  }
  return [[-reach, reach], [-reach, reach]];
}

/** @param {Float32Array[]} columns @returns {Pair} */
function range(columns) {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (const value of column) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const margin = (high - low) * 0.06 || 1;
  return [low - margin, high + margin];
}
