/** Drawing of images, boxes and cells: what the pictures of this folder have in common. */
import { token } from "../../colours.js";
import { font } from "../canvas.js";
import { markOf } from "../classes/marks.js";

/** @import { DetectionDataset, Objects } from "bce-playground" */

/**
 * Where a picture is drawn: a square on a canvas, and how large a pixel of the image is there.
 *
 * @typedef {{ context: CanvasRenderingContext2D, side: number, scale: number }} Space
 */

/** A class's colour on an image, which is dark in every theme. @param {number} k */
export const colourOf = (k) => token(`--found-${k + 1}`);

/** @type {OffscreenCanvas | null} */
let small = null;

/**
 * Draws the pixels of an image as squares.
 *
 * @param {Space} space
 * @param {Float32Array} pixels
 * @param {DetectionDataset} images
 */
export function drawImage({ context, side }, pixels, { size, mean, std }) {
  if (small?.width !== size) small = new OffscreenCanvas(size, size);
  const data = new ImageData(size, size);
  const words = new Uint32Array(data.data.buffer);
  for (let k = 0; k < words.length; k += 1) {
    const grey = Math.max(0, Math.min(255, Math.round(255 * (pixels[k] * std + mean))));
    words[k] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  }
  /** @type {OffscreenCanvasRenderingContext2D} */ (small.getContext("2d")).putImageData(data, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, side, side);
}

/**
 * The boxes that are there: white and dashed.
 *
 * @param {Space} space
 * @param {Objects} objects
 * @param {number} image the number of the image among theirs
 */
export function drawTrue({ context, side, scale }, { images, boxes }, image) {
  context.save();
  context.strokeStyle = token("--true-box");
  context.lineWidth = Math.max(1.2, side / 160);
  context.setLineDash([side / 32, side / 40]);
  eachOf(images, image, (k) => {
    const [x1, y1, x2, y2] = boxes.data.subarray(4 * k, 4 * k + 4);
    context.strokeRect(x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale);
  });
  context.restore();
}

/**
 * The boxes that are found: in the colour of their class, with its mark and how sure they are.
 *
 * @param {Space} space
 * @param {Objects & { scores: Float64Array }} found
 * @param {number} image
 */
export function drawFound({ context, side, scale }, { images, labels, boxes, scores }, image) {
  const text = Math.max(9, Math.min(14, side / 13));
  context.save();
  context.font = font(text, 650);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  // A cell may claim several classes for its box: their labels stand side by side, the surest first.
  /** @type {Map<string, number>} */
  const taken = new Map();
  eachOf(images, image, (k) => {
    const box = boxes.data.subarray(4 * k, 4 * k + 4);
    const [x1, y1, x2, y2] = box.map((at) => at * scale);
    const colour = colourOf(labels[k]);
    const before = taken.get(String(box)) ?? 0;
    context.lineWidth = Math.max(2, side / 90);
    context.strokeStyle = colour;
    if (before === 0) context.strokeRect(x1, y1, x2 - x1, y2 - y1);
    const written = scores[k].toFixed(2).replace("0.", ".");
    const width = context.measureText(written).width + text * 1.35;
    const height = text * 1.3;
    const left = Math.max(0, Math.min(side - width, x1 - context.lineWidth / 2 + before));
    const top = y1 > height ? y1 - height : Math.min(side - height, y2);
    taken.set(String(box), before + width + 1);
    context.fillStyle = colour;
    context.fillRect(left, top, width, height);
    context.fillStyle = token("--on-found");
    context.fill(markOf(labels[k], left + text * 0.65, top + height / 2, text * 0.34));
    context.fillText(written, left + text * 1.15, top + height / 2 + 0.5);
  });
  context.restore();
}

/** @param {ArrayLike<number>} images @param {number} image @param {(k: number) => void} use */
function eachOf(images, image, use) {
  for (let k = 0; k < images.length; k += 1) if (images[k] === image) use(k);
}

/**
 * What each cell says: its objectness as a tint and a number, its classes as bars.
 *
 * @param {Space} space
 * @param {Float32Array} outputs of the image
 * @param {{ grid: number, classes: number }} coding
 */
export function drawCells({ context, side }, outputs, { grid, classes }) {
  const cell = side / grid;
  const width = outputs.length / grid ** 2;
  const text = Math.max(8, Math.min(13, cell / 5));
  const bar = Math.max(2, Math.min(5, cell / 14));
  context.save();
  context.font = font(text, 650);
  context.textBaseline = "top";
  for (let k = 0; k < grid ** 2; k += 1) {
    const [x, y] = [(k % grid) * cell, Math.floor(k / grid) * cell];
    const labels = outputs.subarray(k * width, k * width + 1 + classes);
    context.globalAlpha = 0.5 * labels[0];
    context.fillStyle = token("--objectness");
    context.fillRect(x, y, cell, cell);
    context.globalAlpha = 1;
    if (cell >= 36) outlined(context, probability(labels[0]), x + cell * 0.08, y + cell * 0.08);
    context.globalAlpha = 0.15 + 0.85 * labels.reduce((most, p) => Math.max(most, p), 0);
    for (let label = 0; label < classes; label += 1) {
      const top = y + cell - (classes - label) * (bar + 1.5) - cell * 0.06;
      context.fillStyle = token("--bar-ground");
      context.fillRect(x + cell * 0.08, top, cell * 0.84, bar);
      context.fillStyle = colourOf(label);
      context.fillRect(x + cell * 0.08, top, cell * 0.84 * labels[1 + label], bar);
    }
    context.globalAlpha = 1;
  }
  context.strokeStyle = token("--cell-line");
  context.lineWidth = 1;
  context.beginPath();
  for (let k = 1; k < grid; k += 1) {
    const at = Math.round(k * cell) + 0.5;
    context.moveTo(at, 0);
    context.lineTo(at, side);
    context.moveTo(0, at);
    context.lineTo(side, at);
  }
  context.stroke();
  context.restore();
}

/** Two decimals, without the 0 that all have. @param {number} p */
const probability = (p) => (p.toFixed(2) === "1.00" ? "1.0" : p.toFixed(2).slice(1));

/** Text that is legible on every grey. @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y */
function outlined(context, text, x, y) {
  context.lineWidth = 3;
  context.strokeStyle = token("--on-found");
  context.strokeText(text, x, y);
  context.fillStyle = token("--true-box");
  context.fillText(text, x, y);
}
