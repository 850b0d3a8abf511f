/** Where the units of the diagram stand, and which link the pointer is near. */

/** Units that stand one below the other; more take further rows beside them. */
const ROWS = 12;
/** More units than this are folded: the first and the last are drawn. */
const MOST_UNITS = 32;
const LARGEST = 34;
const SMALLEST = 7;
const GAP = 3;
/** How near the pointer has to be to a link, in CSS pixels. */
const NEAR = 5;

/** @typedef {{ unit: number, x: number, y: number }} Place the middle of a unit's picture */
/**
 * @typedef {object} Column
 * @property {number} layer 0 is the inputs
 * @property {number} size how many units the layer has
 * @property {boolean} folded whether some of them are not drawn
 * @property {Place[]} places
 * @property {number} side of the pictures
 */

/**
 * @param {number[]} sizes of inputs, hidden layers and outputs
 * @param {number} width
 * @param {number} height
 * @returns {Column[]}
 */
export function layout(sizes, width, height) {
  const drawn = sizes.map(drawnUnits);
  const rows = Math.min(ROWS, Math.max(...drawn.map((units) => units.length)));
  const beside = drawn.map((units) => Math.ceil(units.length / ROWS));
  const across = beside.reduce((sum, count) => sum + count, 0);
  const fits = Math.min(height / rows - GAP, (width / across) * 0.55);
  const side = Math.floor(Math.max(SMALLEST, Math.min(LARGEST, fits)));
  const free = Math.max(0, width - across * (side + GAP) - 2 * GAP);
  const between = sizes.length > 1 ? free / (sizes.length - 1) : 0;
  let left = GAP;
  return drawn.map((units, layer) => {
    const x = left + side / 2;
    left += beside[layer] * (side + GAP) + between;
    const size = sizes[layer];
    return { layer, size, folded: units.length < size, side, places: places(units, x, height, side) };
  });
}

/** @param {number} size @returns {number[]} */
function drawnUnits(size) {
  if (size <= MOST_UNITS) return Array.from({ length: size }, (_, unit) => unit);
  const half = ROWS / 2;
  return Array.from({ length: ROWS }, (_, k) => (k < half ? k : size - ROWS + k));
}

/** @param {number[]} units @param {number} x @param {number} height @param {number} side @returns {Place[]} */
function places(units, x, height, side) {
  const beside = Math.ceil(units.length / ROWS);
  const rows = Math.ceil(units.length / beside);
  const step = Math.min(side * 1.6, (height - side - 2 * GAP) / Math.max(rows - 1, 1));
  return units.map((unit, k) => ({
    unit,
    x: x + Math.floor(k / rows) * (side + GAP),
    y: height / 2 + ((k % rows) - (rows - 1) / 2) * step,
  }));
}

/**
 * The ends of a link, and the points that bend it.
 *
 * @param {Place} from
 * @param {Place} to
 * @param {number} side
 * @returns {[number, number, number, number, number, number, number, number]}
 */
export function bend(from, to, side) {
  const [x0, x1] = [from.x + side / 2, to.x - side / 2];
  const middle = (x0 + x1) / 2;
  return [x0, from.y, middle, from.y, middle, to.y, x1, to.y];
}

/** @typedef {{ layer: number, from: number, to: number }} Link layer counts the columns: 1 is the first hidden */

/**
 * The link that the pointer is near.
 *
 * @param {Column[]} columns
 * @param {number} x
 * @param {number} y
 * @returns {Link | null}
 */
export function linkAt(columns, x, y) {
  let nearest = NEAR;
  /** @type {Link | null} */
  let found = null;
  for (let layer = 1; layer < columns.length; layer += 1) {
    for (const to of columns[layer].places) {
      for (const from of columns[layer - 1].places) {
        const [x0, y0, , , , , x1, y1] = bend(from, to, columns[layer].side);
        if (x < x0 || x > x1) continue;
        // The curve is a cubic with its bends in the middle: its x is nearly that of a straight line.
        const s = (x - x0) / (x1 - x0);
        const distance = Math.abs(y0 + (y1 - y0) * s * s * (3 - 2 * s) - y);
        if (distance < nearest) {
          nearest = distance;
          found = { layer, from: from.unit, to: to.unit };
        }
      }
    }
  }
  return found;
}

/**
 * Where a layer's parameters begin among all of them: weight (out, in), then bias (out).
 *
 * @param {number[]} sizes
 * @param {number} layer 1 is the first hidden one
 */
export function offsetOf(sizes, layer) {
  let offset = 0;
  for (let k = 1; k < layer; k += 1) offset += (sizes[k - 1] + 1) * sizes[k];
  return offset;
}

/** The place of a weight among all parameters. @param {number[]} sizes @param {Link} link */
export const weightIndex = (sizes, { layer, from, to }) =>
  offsetOf(sizes, layer) + to * sizes[layer - 1] + from;

/** The place of a unit's bias. @param {number[]} sizes @param {number} layer @param {number} unit */
export const biasIndex = (sizes, layer, unit) =>
  offsetOf(sizes, layer) + sizes[layer - 1] * sizes[layer] + unit;
