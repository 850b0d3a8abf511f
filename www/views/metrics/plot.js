/** The frame of a small chart, and the way from its values to places on the canvas. */
import { token } from "../../colours.js";
import { font } from "../canvas.js";

/** @import { Space } from "./drawn-view.js" */

/**
 * @typedef {object} Axis
 * @property {number} low
 * @property {number} high
 * @property {{ at: number, text: string }[]} ticks
 * @property {string} name
 */
/**
 * Where the chart lies on its canvas, in CSS pixels.
 *
 * @typedef {object} Box
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {number} size of the font
 * @property {number} name_x where the upright name of the y axis stands
 */
/** @typedef {ReturnType<typeof scales>} Scales */

/** The room around a chart, in units of the font's size: ticks and a name to the left and below. */
const ROOM = { left: 3.4, right: 0.8, top: 0.7, bottom: 3.2 };

/**
 * The chart's place: all there is, or the largest square.
 *
 * @param {Pick<Space, "width" | "height">} space
 * @param {{ square?: boolean, room?: Partial<typeof ROOM> }} [shape]
 * @returns {Box}
 */
export function plotBox({ width, height }, { square = false, room = {} } = {}) {
  const size = Math.max(11, Math.min(15, Math.min(width, height * 1.4) / 26));
  const { left, right, top, bottom } = { ...ROOM, ...room };
  const across = width - (left + right) * size;
  const down = height - (top + bottom) * size;
  const side = Math.min(across, down);
  const spare = square ? (across - side) / 2 : 0;
  return {
    left: left * size + spare,
    top: top * size,
    width: Math.max(1, square ? side : across),
    height: Math.max(1, square ? side : down),
    size,
    name_x: size + spare,
  };
}

/**
 * From values to places, and back for x.
 *
 * @param {Box} box
 * @param {Pick<Axis, "low" | "high">} x
 * @param {Pick<Axis, "low" | "high">} y
 */
export function scales(box, x, y) {
  return {
    /** @param {number} value */
    toX: (value) => box.left + ((value - x.low) / (x.high - x.low)) * box.width,
    /** @param {number} value */
    toY: (value) => box.top + ((y.high - value) / (y.high - y.low)) * box.height,
    /** @param {number} px */
    fromX: (px) => x.low + ((px - box.left) / box.width) * (x.high - x.low),
  };
}

/** An axis from 0 to 1. @param {string} name @param {number} [pixels] how long it is drawn */
export function unitAxis(name, pixels = 0) {
  const steps = pixels > 130 ? 5 : 2;
  const ticks = Array.from({ length: steps + 1 }, (_, k) => ({ at: k / steps, text: String(k / steps) }));
  return { low: 0, high: 1, ticks, name };
}

/**
 * Draws grid, ticks and names.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {Axis} x
 * @param {Axis} y
 */
export function drawFrame(context, box, x, y) {
  const { toX, toY } = scales(box, x, y);
  const { left, top, width, height, size, name_x } = box;
  const bottom = top + height;
  context.lineWidth = 1;
  context.strokeStyle = token("--line");
  context.fillStyle = token("--ink-soft");
  context.font = font(size);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { at, text } of x.ticks) {
    line(context, [[toX(at), top], [toX(at), bottom]]);
    context.fillText(text, toX(at), bottom + size * 0.4);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of y.ticks) {
    line(context, [[left, toY(at)], [left + width, toY(at)]]);
    context.fillText(text, left - size * 0.4, toY(at));
  }
  context.font = font(size, 600);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(x.name, left + width / 2, bottom + size * 2.7);
  context.save();
  context.translate(name_x, top + height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(y.name, 0, 0);
  context.restore();
}

/**
 * A line through the points, as the context is set; points are moved onto whole pixels where the line
 * is upright or level, for it to be sharp.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number][]} points
 */
export function line(context, points) {
  const upright = points.every(([x]) => x === points[0][0]);
  const level = points.every(([, y]) => y === points[0][1]);
  context.beginPath();
  for (const [x, y] of points) {
    context.lineTo(upright ? Math.round(x) + 0.5 : x, level ? Math.round(y) + 0.5 : y);
  }
  context.stroke();
}

/**
 * Lines of text on a piece of the panel's ground, inside a corner of the chart.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {"left" | "right"} side
 * @param {string[]} lines from top to bottom, above the chart's lower edge
 */
export function drawNote(context, box, side, lines) {
  const { size } = box;
  context.font = font(size);
  const width = Math.max(...lines.map((text) => context.measureText(text).width)) + size;
  const height = lines.length * size * 1.35 + size * 0.5;
  const left = side === "left" ? box.left + size * 0.4 : box.left + box.width - width - size * 0.4;
  const top = box.top + box.height - height - size * 0.4;
  context.save();
  context.globalAlpha = 0.88;
  context.fillStyle = token("--panel");
  context.fillRect(left, top, width, height);
  context.restore();
  context.fillStyle = token("--ink");
  context.textAlign = "left";
  context.textBaseline = "top";
  lines.forEach((text, k) => context.fillText(text, left + size / 2, top + size * (0.35 + k * 1.35)));
}

/**
 * Fills a path with slanted lines: what is wrong, wherever it is drawn.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {string} colour
 * @param {Box} box where the path lies
 */
export function hatch(context, path, colour, { left, top, width, height }) {
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke(path);
  context.clip(path);
  context.lineWidth = 2;
  context.beginPath();
  for (let x = left - height; x < left + width; x += 5.5) {
    context.moveTo(x, top + height);
    context.lineTo(x + height, top);
  }
  context.stroke();
  context.restore();
}
