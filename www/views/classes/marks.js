/** How each class looks: a colour, a shape for its points, a pattern for its region. */
import { token } from "../../colours.js";

/** @typedef {(x: number, y: number) => boolean} Pattern of pixels that are darker */

/** @type {Pattern[]} */
export const patterns = [
  () => false,
  (x, y) => (x + y) % 12 === 0,
  (x) => x % 10 === 0,
  (_, y) => y % 10 === 0,
  (x, y) => x % 8 < 2 && y % 8 < 2,
];

/** Where several classes claim a place: crossed lines, close together. @type {Pattern} */
export const crossed = (x, y) => (x + y) % 7 < 2 || (x - y + 7000) % 7 < 2;

/** @param {number} k */
export const colourOf = (k) => token(`--kind-${k + 1}`);

/** Red, green and blue of a token of style.css, however its colour is written. @param {string} name */
export function rgb(name) {
  const canvas = new OffscreenCanvas(1, 1);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.fillStyle = token(name);
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
}

/** Corners of a shape, in units of its radius; none for a disc. @type {[number, number][][]} */
const corners = [
  [],
  [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]],
  [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4],
    [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
];

/** The outline of a class's mark. @param {number} k @param {number} x @param {number} y @param {number} radius */
export function markOf(k, x, y, radius) {
  const path = new Path2D();
  const shape = corners[k % corners.length];
  if (shape.length === 0) path.arc(x, y, radius, 0, 2 * Math.PI);
  shape.forEach(([dx, dy]) => path.lineTo(x + dx * radius, y + dy * radius));
  path.closePath();
  return path;
}

/** The same as the text of an SVG path, about (8, 8). @param {number} k */
export function markText(k) {
  const shape = corners[k % corners.length];
  if (shape.length === 0) return "M3 8a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z";
  return `M${shape.map(([x, y]) => `${8 + x * 5} ${8 + y * 5}`).join("L")}z`;
}
