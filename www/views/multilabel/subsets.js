/** How each subset of labels looks: a colour of its own, and the lines of all its labels together. */
import { rgb } from "../classes/marks.js";

/** @typedef {(x: number, y: number) => boolean} Lines the pixels that are darker */

/** The lines of each label: slanting, upright, level, slanting the other way. @type {Lines[]} */
const lines = [
  (x, y) => (x + y) % 14 < 2,
  (x) => x % 12 < 2,
  (_, y) => y % 12 < 2,
  (x, y) => (x - y + 14_000) % 14 < 2,
];

/** By bits, the first label being the lowest: of three labels each subset has its own. */
const TOKENS = ["--panel", "--kind-1", "--kind-2", "--kind-4", "--kind-3", "--kind-6", "--kind-5", "--ink"];
/** How much of the colour is in the region, and on its lines. */
const TINT = 0.3;
const LINE = 0.72;

/** @param {number} bits */
export const colourOfSubset = (bits) => TOKENS[bits % TOKENS.length];

/** @param {number} bits @param {number} x @param {number} y */
export function isLine(bits, x, y) {
  for (let k = 0; k < lines.length; k += 1) if ((bits & (1 << k)) !== 0 && lines[k](x, y)) return true;
  return false;
}

/**
 * The words of pixels of each subset, beside its lines and on them.
 *
 * @param {number} labels
 * @returns {{ plain: number, lined: number }[]}
 */
export function shadesOfSubsets(labels) {
  const ground = rgb("--panel");
  const mixed = (/** @type {number[]} */ colour, /** @type {number} */ share) => {
    const [r, g, b] = ground.map((from, k) => Math.round(from + (colour[k] - from) * share));
    return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
  };
  return Array.from({ length: 2 ** labels }, (_, bits) => {
    const colour = rgb(colourOfSubset(bits));
    return { plain: mixed(colour, TINT), lined: mixed(colour, LINE) };
  });
}

/**
 * Fills a canvas with a subset's look: its sample in a legend.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} bits
 * @param {{ plain: number, lined: number }[]} shades
 */
export function paintSample(canvas, bits, shades) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const { plain, lined } = shades[bits];
  for (let k = 0; k < pixels.length; k += 1) {
    pixels[k] = isLine(bits, k % canvas.width, Math.floor(k / canvas.width)) ? lined : plain;
  }
  context.putImageData(image, 0, 0);
}
