/** The points of the data: colour says the class, shape says the part. */

/** @import { Points } from "../plane.js" */
/** @import { Placing } from "./axes.js" */

/** @typedef {(path: Path2D, x: number, y: number, radius: number) => void} Shape */

/** Of more points every second is drawn, every third, …: the picture is as full, and as quick. */
const MOST_POINTS = 5000;

/**
 * How each part's points look: train points are full discs, test points are hollow diamonds.
 *
 * @type {Record<"train" | "test", { shape: Shape, hollow: boolean }>}
 */
export const looks = {
  train: { shape: disc, hollow: false },
  test: { shape: diamond, hollow: true },
};

/** @type {Shape} */
function disc(path, x, y, radius) {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

/** @type {Shape} */
function diamond(path, x, y, radius) {
  const reach = radius * 1.15;
  path.moveTo(x, y - reach);
  path.lineTo(x + reach, y);
  path.lineTo(x, y + reach);
  path.lineTo(x - reach, y);
  path.closePath();
}

/**
 * Draws one part's points.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Points} points
 * @param {{ shape: Shape, hollow: boolean }} look
 * @param {Pick<Placing, "toX" | "toY"> & { radius: number, colours: string[] }} how `colours` of the
 *   ground, of class 0 and of class 1
 */
export function drawPoints(context, points, { shape, hollow }, { toX, toY, radius, colours }) {
  const [ground, ...classes] = colours;
  const skip = Math.ceil(points.rows / MOST_POINTS);
  context.lineWidth = Math.max(1, radius * (hollow ? 0.42 : 0.3));
  for (const label of [0, 1]) {
    context.fillStyle = hollow ? ground : classes[label];
    context.strokeStyle = hollow ? classes[label] : ground;
    for (let k = 0; k < points.rows; k += skip) {
      if (points.label[k] !== label) continue;
      const path = new Path2D();
      shape(path, toX(points.x[k]), toY(points.y[k]), radius);
      context.fill(path);
      context.stroke(path);
    }
  }
}

/**
 * Some of the points, by their rows.
 *
 * @param {Points} points
 * @param {number[]} rows
 * @returns {Points}
 */
export function pointsAt({ x, y, label, rows: count }, rows) {
  const there = rows.filter((row) => row < count);
  return {
    x: Float32Array.from(there, (row) => x[row]),
    y: Float32Array.from(there, (row) => y[row]),
    label: Uint8Array.from(there, (row) => label[row]),
    rows: there.length,
  };
}

/**
 * A cross behind each of the points, which it looks out from on four sides: a wrong one.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Points} points
 * @param {Pick<Placing, "toX" | "toY"> & { radius: number, colour: string }} how
 */
export function drawCrosses(context, points, { toX, toY, radius, colour }) {
  const reach = radius * 2.2;
  context.beginPath();
  for (let k = 0; k < points.rows; k += 1) {
    const [x, y] = [toX(points.x[k]), toY(points.y[k])];
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x + reach, y - reach);
    context.lineTo(x - reach, y + reach);
  }
  context.lineWidth = Math.max(1.5, radius * 0.5);
  context.strokeStyle = colour;
  context.stroke();
}
