/**
 * Points drawn by hand: a list of them, its compact text for state and link, and what can be done to
 * it. Nothing here draws or asks; every function returns a new list.
 *
 * In the text a point is four characters of base64url: 24 bits, of which 11 are x, 11 are y, one is
 * the class and one tells test points from train points. So every text of 4 n such characters is a
 * set of n points, and each point keeps its part whatever becomes of the others.
 */

/** @import { Dataset, Split, Tensor } from "bce-playground" */
/** @import { Plane, Points } from "./plane.js" */

/** @typedef {{ x: number, y: number, label: 0 | 1, test: boolean }} Point */

/** The plane is [-6, 6) twice, as that of the made sets. */
export const EXTENT = 6;
/** A multiple of 1 / 512: coordinates are exact in float32. */
const STEP = (2 * EXTENT) / 2048;
/** So many are 20,000 characters of a link. */
export const MOST_POINTS = 5000;

const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** What a set of points is written like. */
export const POINTS_TEXT = /^([\w-]{4})*$/;

/** A coordinate as the text can hold it: the nearest within the plane. @param {number} value */
export function snapped(value) {
  return stepOf(value) * STEP - EXTENT;
}

/** @param {number} value */
function stepOf(value) {
  return Math.min(2047, Math.max(0, Math.round((value + EXTENT) / STEP)));
}

/** @param {readonly Point[]} points */
export function encodePoints(points) {
  return points.map(({ x, y, label, test }) => {
    const bits = (stepOf(x) << 13) | (stepOf(y) << 2) | (label << 1) | Number(test);
    return [18, 12, 6, 0].map((shift) => CHARACTERS[(bits >> shift) & 63]).join("");
  }).join("");
}

/** @param {string} text as POINTS_TEXT says @returns {Point[]} */
export function decodePoints(text) {
  return Array.from({ length: text.length / 4 }, (_, k) => {
    const bits = [0, 1, 2, 3].reduce((sum, i) => (sum << 6) | CHARACTERS.indexOf(text[4 * k + i]), 0);
    return {
      x: (bits >> 13) * STEP - EXTENT,
      y: ((bits >> 2) & 2047) * STEP - EXTENT,
      label: /** @type {0 | 1} */ ((bits >> 1) & 1),
      test: (bits & 1) === 1,
    };
  });
}

/**
 * The points that a plane shows, to go on with by hand; of very many the first ones of each part.
 *
 * @param {Plane} plane
 * @returns {Point[]}
 */
export function pointsOfPlane({ train, test }) {
  const rows = train.rows + test.rows;
  const share = Math.min(1, MOST_POINTS / rows);
  /** @type {(part: Points, isTest: boolean) => Point[]} */
  const of = (part, isTest) => Array.from({ length: Math.floor(part.rows * share) }, (_, k) => ({
    x: snapped(part.x[k]),
    y: snapped(part.y[k]),
    label: /** @type {0 | 1} */ (part.label[k]),
    test: isTest,
  }));
  return [...of(train, false), ...of(test, true)];
}

/**
 * The points as a data set, whose split is the one that they themselves name.
 *
 * @param {readonly Point[]} points
 * @returns {{ dataset: Dataset, split: Split }}
 */
export function dataOfPoints(points) {
  const rows = points.map((_, row) => row);
  const [train_rows, test_rows] = [false, true].map((test) =>
    Uint32Array.from(rows.filter((row) => points[row].test === test)));
  /** @type {(rows: ArrayLike<number>) => { inputs: Tensor, targets: Tensor }} */
  const tensors = (chosen) => {
    const list = Array.from(chosen, (row) => points[row]);
    return {
      inputs: { shape: [list.length, 2], data: Float32Array.from(list.flatMap(({ x, y }) => [x, y])) },
      targets: { shape: [list.length, 1], data: Float32Array.from(list, ({ label }) => label) },
    };
  };
  const [train, test] = [tensors(train_rows), tensors(test_rows)];
  const tested = test_rows.length > 0;
  return {
    dataset: {
      name: "points", ...tensors(rows), feature_names: ["x1", "x2"], target_names: ["0", "1"],
    },
    split: {
      ...train,
      test_inputs: tested ? test.inputs : null,
      test_targets: tested ? test.targets : null,
      mean: null,
      std: null,
      train_rows,
      test_rows,
    },
  };
}

/**
 * The place in the list of the point nearest to a place on the plane; -1 if none is within `reach`.
 *
 * @param {readonly Point[]} points
 * @param {{ x: number, y: number }} place
 * @param {number} [reach]
 */
export function nearestPoint(points, { x, y }, reach = Infinity) {
  let nearest = -1;
  let least = reach;
  for (const [k, point] of points.entries()) {
    const distance = Math.hypot(point.x - x, point.y - y);
    // Of equally near ones the last, which is drawn on top.
    if (distance > least) continue;
    nearest = k;
    least = distance;
  }
  return nearest;
}

/**
 * `count` places within a disc, spread as the seeds of a sunflower, beginning with the `first`-th.
 *
 * @param {{ x: number, y: number }} centre
 * @param {number} radius
 * @param {number} first
 * @param {number} count
 */
export function spray(centre, radius, first, count) {
  const golden = Math.PI * (3 - Math.sqrt(5));
  return Array.from({ length: count }, (_, i) => {
    const k = first + i;
    // The fraction of k times the golden ratio: even over the disc after any number of points.
    const distance = radius * Math.sqrt((k * 0.6180339887498949) % 1);
    return { x: centre.x + distance * Math.cos(k * golden), y: centre.y + distance * Math.sin(k * golden) };
  });
}
