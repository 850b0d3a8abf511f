/** The numbers on the probability's contours: one on each, along it, clear of the others and of the edge. */

/** @import { Line } from "./contours.js" */

/** @typedef {{ level: number, lines: Line[] }} Contour in CSS pixels */
/** @typedef {{ text: string, x: number, y: number, angle: number }} Label its middle, and how it is turned */
/** @typedef {{ x: number, y: number, angle: number, far: number }} Place */

/** In units of the font's size: a number's length, the least distance between two and to the edge. */
const LENGTH = 2;
const APART = 3;
const MARGIN = 1.6;
/** Contours that are shorter have no number. */
const SHORTEST = 6;
/** Places that are looked at along a contour, and how much it may bend under a number. */
const PLACES = 24;
const STRAIGHT = 0.94;

/**
 * Where each contour's number stands: as near as can be to where it stood last, else to the middle of the
 * longest line. A contour without a free place has none.
 *
 * @param {Contour[]} contours
 * @param {{ width: number, height: number }} box
 * @param {number} size of the font
 * @param {Map<string, Label>} [before]
 * @returns {Map<string, Label>}
 */
export function placeLabels(contours, { width, height }, size, before = new Map()) {
  /** @type {Map<string, Label>} */
  const placed = new Map();
  /** @param {Place} place */
  const inside = ({ x, y }) => Math.min(x, y, width - x, height - y) >= MARGIN * size;
  /** @param {Place} place */
  const free = ({ x, y }) =>
    [...placed.values()].every((other) => Math.hypot(x - other.x, y - other.y) >= APART * size);
  for (const { level, lines } of contours) {
    const text = String(level);
    const last = before.get(text);
    const places = lines.flatMap((line) => placesOn(line, size)).filter((place) => inside(place) && free(place));
    /** @param {Place} place */
    const far = (place) => (last ? Math.hypot(place.x - last.x, place.y - last.y) : place.far);
    places.sort((a, b) => far(a) - far(b));
    if (places.length > 0) placed.set(text, { text, x: places[0].x, y: places[0].y, angle: places[0].angle });
  }
  return placed;
}

/**
 * Places along a line where it is nearly straight over a number's length; `far` is less in the middle,
 * and less on longer lines.
 *
 * @param {Line} line
 * @param {number} size
 * @returns {Place[]}
 */
function placesOn(line, size) {
  const along = [0];
  for (let k = 1; k < line.length; k += 1) {
    along.push(along[k - 1] + Math.hypot(line[k][0] - line[k - 1][0], line[k][1] - line[k - 1][1]));
  }
  const length = along[along.length - 1];
  if (length < SHORTEST * size) return [];
  const reach = (LENGTH * size) / 2;
  const places = [];
  for (let place = 1; place < PLACES; place += 1) {
    const at = (length * place) / PLACES;
    if (at < reach || at > length - reach) continue;
    const [x0, y0] = pointAt(line, along, at - reach);
    const [x1, y1] = pointAt(line, along, at + reach);
    const straight = Math.hypot(x1 - x0, y1 - y0) / (2 * reach);
    if (straight < STRAIGHT) continue;
    const [x, y] = pointAt(line, along, at);
    // Never upside down.
    const angle = Math.atan((y1 - y0) / (x1 - x0 || 1e-9));
    places.push({ x, y, angle, far: Math.abs(at - length / 2) - length });
  }
  return places;
}

/** @param {Line} line @param {number[]} along the length up to each of its points @param {number} at */
function pointAt(line, along, at) {
  let k = 1;
  while (k < along.length - 1 && along[k] < at) k += 1;
  const share = (at - along[k - 1]) / (along[k] - along[k - 1] || 1);
  return [line[k - 1][0] + share * (line[k][0] - line[k - 1][0]), line[k - 1][1] + share * (line[k][1] - line[k - 1][1])];
}

/**
 * Draws the numbers, each on a ground that interrupts its line.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Iterable<Label>} labels
 * @param {{ size: number, font: string, ink: string, ground: string }} how
 */
export function drawLabels(context, labels, { size, font, ink, ground }) {
  context.save();
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = size / 3;
  context.strokeStyle = ground;
  context.fillStyle = ink;
  for (const { text, x, y, angle } of labels) {
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.strokeText(text, 0, 0);
    context.fillText(text, 0, 0);
    context.restore();
  }
  context.restore();
}
