/**
 * An image drawn by hand: 24 × 24 greys, a hexadecimal digit each, row by row from the top; "" is an empty one.
 * A stroke is one change of the field `drawing`, so that undo takes it back.
 */
import { SIDE } from "./fields/detection.js";

/** @import { DetectionDataset } from "bce-playground" */
/** @typedef {"pen" | "eraser" | "disc" | "square" | "triangle"} Tool */

const BRIGHTEST = 15;
/** The ground of a drawing is as bright as that of a made image, and so is the brightest stroke. */
const GROUND = 0.1;
const LIGHT = 0.85;
/** Half the width of the pen and of the eraser, and of a stamp, in pixels. */
const PEN = 1.5;
const ERASER = 1.8;
const STAMP = 4.5;
/** Half the width of a tool's mark, in pixels. @param {Tool} tool */
export const halfOf = (tool) => (tool === "pen" ? PEN : tool === "eraser" ? ERASER : STAMP);

/** Points along a side of a pixel at which a shape is looked for. */
const FINENESS = 4;

/** The greys, 0 to 15. @param {string} text */
export const greysOf = (text) =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, k) => (text ? Number.parseInt(text[k], 16) : 0));

/** @param {Uint8Array} greys */
export const textOf = (greys) => (greys.some((grey) => grey > 0) ? Array.from(greys, (grey) => grey.toString(16)).join("") : "");

/** The drawing as the network sees an image. @param {string} text @param {DetectionDataset} images */
export const pixelsOf = (text, { mean, std }) =>
  Float32Array.from(greysOf(text), (grey) => (GROUND + (LIGHT - GROUND) * grey / BRIGHTEST - mean) / std);

/** Whether a point is in a shape about (0, 0) of half the width `half`. @type {Record<string, (dx: number, dy: number, half: number) => boolean>} */
const inside = {
  disc: (dx, dy, half) => dx * dx + dy * dy <= half * half,
  square: (dx, dy, half) => Math.abs(dx) <= half && Math.abs(dy) <= half,
  // The tip above, the base below.
  triangle: (dx, dy, half) => Math.abs(dy) <= half && Math.abs(dx) <= (dy + half) / 2,
};

/**
 * Lays a tool's mark over the greys, its middle at (x, y) in pixels.
 *
 * @param {Uint8Array} greys
 * @param {Tool} tool
 * @param {number} x
 * @param {number} y
 */
export function apply(greys, tool, x, y) {
  const half = halfOf(tool);
  const within = inside[tool] ?? inside.disc;
  const grey = tool === "eraser" ? 0 : BRIGHTEST;
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      let hits = 0;
      for (let k = 0; k < FINENESS * FINENESS; k += 1) {
        const dx = column + (k % FINENESS + 0.5) / FINENESS - x;
        const dy = row + (Math.floor(k / FINENESS) + 0.5) / FINENESS - y;
        hits += Number(within(dx, dy, half));
      }
      const place = row * SIDE + column;
      const covered = hits / FINENESS ** 2;
      const laid = Math.round(greys[place] + covered * (grey - greys[place]));
      // A pen that goes over a place again leaves it as bright as it is.
      greys[place] = tool === "eraser" ? laid : Math.max(greys[place], laid);
    }
  }
}

/** Lays a tool's mark along a line. @param {Uint8Array} greys @param {Tool} tool @param {[number, number]} from @param {[number, number]} to */
export function stroke(greys, tool, [x1, y1], [x2, y2]) {
  const steps = Math.max(1, Math.ceil(2 * Math.hypot(x2 - x1, y2 - y1)));
  for (let k = 1; k <= steps; k += 1) apply(greys, tool, x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps);
}

/** Whether a tool draws along the pointer's way; the others stamp once. @param {Tool} tool */
export const draws = (tool) => tool === "pen" || tool === "eraser";
