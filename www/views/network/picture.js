/** The diagram on its canvas: links, the pictures of units, biases. */
import { probabilityShades, token } from "../../colours.js";
import { begin, font } from "../canvas.js";
import { bend, biasIndex, weightIndex } from "./layout.js";

/** @import { Column, Link } from "./layout.js" */

/**
 * @typedef {object} Drawn
 * @property {number[]} sizes
 * @property {Column[]} columns
 * @property {Float32Array | null} values what the links show: parameters, or their gradients
 * @property {boolean} relative whether the largest value decides the widths
 * @property {Float32Array[][]} pictures of each column's units, in shades 0 … 1
 * @property {Link | null} link the one that is pointed at
 * @property {{ layer: number, unit: number } | null} unit likewise
 */

/** Weights beyond this are drawn no wider. */
const LARGE = 6;

export function createPicture() {
  const heat = new OffscreenCanvas(1, 1);
  const heatContext = /** @type {OffscreenCanvasRenderingContext2D} */ (heat.getContext("2d"));
  let shades = probabilityShades();

  return {
    /** After a change of theme. */
    recolour() {
      shades = probabilityShades();
    },

    /** @param {HTMLCanvasElement} canvas @param {Drawn} drawn */
    draw(canvas, drawn) {
      const { context } = begin(canvas);
      drawLinks(context, drawn);
      for (const column of drawn.columns) {
        drawColumn(context, column, drawn, (values) => paint(values));
      }
    },
  };

  /** One unit's picture, at one pixel a sample. @param {Float32Array} values */
  function paint(values) {
    const side = Math.round(Math.sqrt(values.length));
    if (heat.width !== side) [heat.width, heat.height] = [side, side];
    const image = heatContext.createImageData(side, side);
    const pixels = new Uint32Array(image.data.buffer);
    const top = shades.length - 1;
    for (let k = 0; k < values.length; k += 1) {
      pixels[k] = shades[Math.round(Math.min(1, Math.max(0, values[k] || 0)) * top)];
    }
    heatContext.putImageData(image, 0, 0);
    return heat;
  }
}

/** @param {CanvasRenderingContext2D} context @param {Drawn} drawn */
function drawLinks(context, { sizes, columns, values, relative, link }) {
  const colours = [token("--class-0"), token("--class-1"), token("--line-strong")];
  const largest = relative && values ? values.reduce((most, x) => Math.max(most, Math.abs(x) || 0), 0) : 0;
  const scale = largest > 0 ? 4 / largest : 1;
  for (let layer = 1; layer < columns.length; layer += 1) {
    for (const to of columns[layer].places) {
      for (const from of columns[layer - 1].places) {
        const value = values?.[weightIndex(sizes, { layer, from: from.unit, to: to.unit })] ?? 0;
        const size = Number.isFinite(value) ? Math.min(Math.abs(value) * scale, LARGE) : 0;
        const chosen = link?.layer === layer && link.from === from.unit && link.to === to.unit;
        context.strokeStyle = values ? colours[value > 0 ? 1 : 0] : colours[2];
        context.globalAlpha = chosen ? 1 : values ? Math.min(0.95, 0.12 + size * 0.5) : 0.5;
        context.lineWidth = (chosen ? 2 : 0.5) + size * 0.55;
        const [x0, y0, ...rest] = bend(from, to, columns[layer].side);
        context.beginPath();
        context.moveTo(x0, y0);
        context.bezierCurveTo(.../** @type {[number, number, number, number, number, number]} */ (rest));
        context.stroke();
      }
    }
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Column} column
 * @param {Drawn} drawn
 * @param {(values: Float32Array) => CanvasImageSource} paint
 */
function drawColumn(context, { layer, places, side, folded, size }, drawn, paint) {
  const [ink, panel] = [token("--ink"), token("--panel")];
  const half = side / 2;
  for (const { unit, x, y } of places) {
    const values = drawn.pictures[layer]?.[unit];
    context.fillStyle = panel;
    context.fillRect(x - half, y - half, side, side);
    context.imageSmoothingEnabled = true;
    if (values) context.drawImage(paint(values), x - half, y - half, side, side);
    const chosen = drawn.unit?.layer === layer && drawn.unit.unit === unit;
    context.strokeStyle = ink;
    context.lineWidth = chosen ? 3 : 1;
    context.strokeRect(x - half, y - half, side, side);
    if (layer > 0) drawBias(context, drawn, layer, unit, x - half, y + half, side);
  }
  if (folded) drawFold(context, places, size, ink);
}

/**
 * A small square at the unit's corner, its colour the bias's sign, its size the size.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Drawn} drawn
 * @param {number} layer
 * @param {number} unit
 * @param {number} x
 * @param {number} y
 * @param {number} side
 */
function drawBias(context, { sizes, values }, layer, unit, x, y, side) {
  const bias = values?.[biasIndex(sizes, layer, unit)] ?? 0;
  const size = Math.max(2, side * 0.12) + Math.min(Math.abs(bias) || 0, 2) * side * 0.06;
  context.fillStyle = token(bias > 0 ? "--class-1" : "--class-0");
  context.strokeStyle = token("--panel");
  context.lineWidth = 1;
  context.fillRect(x - size / 2, y - size / 2, size, size);
  context.strokeRect(x - size / 2, y - size / 2, size, size);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number }[]} places
 * @param {number} size
 * @param {string} ink
 */
function drawFold(context, places, size, ink) {
  const [above, below] = [places[places.length / 2 - 1], places[places.length / 2]];
  const text = `⋮ ${size}`;
  context.font = font(11, 600);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const y = (above.y + below.y) / 2;
  context.lineWidth = 4;
  context.strokeStyle = token("--panel");
  context.strokeText(text, above.x, y);
  context.fillStyle = ink;
  context.fillText(text, above.x, y);
}
