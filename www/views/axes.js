/** The frame of the plane: ticks in the data's own units, and the features' names. */
import { font } from "./canvas.js";
import { roundTicks } from "../format.js";
import { token } from "../colours.js";

/** @import { Plane } from "../plane.js" */

/**
 * Where the plane lies on its canvas, in CSS pixels.
 *
 * @typedef {object} Box
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {number} size of the font
 */
/** @typedef {ReturnType<typeof placing>} Placing */

/**
 * Room for ticks and names, in units of the font's size; the plane keeps the rest, as a square.
 *
 * @param {number} width of the canvas
 * @param {number} height
 * @param {number} size of the font
 * @returns {Box}
 */
function planeBox(width, height, size) {
  const side = Math.min(width, height) - size * 4.6;
  return { left: size * 3.9, top: size * 0.5, width: side, height: side, size };
}

/** The box on a canvas, with the font at the size that suits it. @param {HTMLCanvasElement} canvas */
export function boxOn({ clientWidth, clientHeight }) {
  return planeBox(clientWidth, clientHeight, Math.max(11, Math.min(16, clientWidth / 40)));
}

/**
 * From values on the axes to places on the canvas, and back.
 *
 * @param {Plane} plane
 * @param {Box} box
 */
export function placing(plane, box) {
  const [x0, x1] = plane.x;
  const [y0, y1] = plane.y;
  return {
    /** @param {number} x */
    toX: (x) => box.left + ((x - x0) / (x1 - x0)) * box.width,
    /** @param {number} y */
    toY: (y) => box.top + ((y1 - y) / (y1 - y0)) * box.height,
    /** @param {number} px */
    fromX: (px) => x0 + ((px - box.left) / box.width) * (x1 - x0),
    /** @param {number} py */
    fromY: (py) => y1 - ((py - box.top) / box.height) * (y1 - y0),
  };
}

/**
 * Ticks and names along the left and the bottom of the plane.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {Box} box
 */
export function drawAxes(context, plane, box) {
  const { toX, toY } = placing(plane, box);
  const bottom = box.top + box.height;
  const { size } = box;
  context.fillStyle = token("--ink-soft");
  context.strokeStyle = token("--line-strong");
  context.lineWidth = 1;
  context.font = font(size);

  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { at, text } of ticks(plane, 0)) {
    const x = Math.round(toX(at)) + 0.5;
    stroke(context, x, bottom, x, bottom + size * 0.35);
    context.fillText(text, x, bottom + size * 0.6);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of ticks(plane, 1)) {
    const y = Math.round(toY(at)) + 0.5;
    stroke(context, box.left - size * 0.35, y, box.left, y);
    context.fillText(text, box.left - size * 0.6, y);
  }
  drawNames(context, plane, box);
}

/** @param {CanvasRenderingContext2D} context @param {Plane} plane @param {Box} box */
function drawNames(context, plane, box) {
  const { size } = box;
  context.fillStyle = token("--ink");
  context.font = font(size, 600);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const middle = box.top + box.height / 2;
  context.fillText(plane.names[0], box.left + box.width / 2, box.top + box.height + size * 2.7);
  context.save();
  context.translate(size, middle);
  context.rotate(-Math.PI / 2);
  context.fillText(plane.names[1], 0, 0);
  context.restore();
}

/**
 * The ticks of axis 0 or 1: where they are on the plane, and what they say.
 *
 * @param {Plane} plane
 * @param {number} axis
 */
function ticks(plane, axis) {
  const { scale, offset } = plane;
  const [low, high] = axis === 0 ? plane.x : plane.y;
  /** @param {number} z */
  const original = (z) => z * scale[axis] + offset[axis];
  return roundTicks(original(low), original(high), 8)
    .map(({ value, text }) => ({ at: (value - offset[axis]) / scale[axis], text }));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function stroke(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
