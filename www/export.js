/**
 * What a view shows as a file of the person's own: its picture as PNG, its numbers as CSV. Files are
 * made in the page and handed over by a link to a Blob, which the page's policy allows.
 */
import { token } from "./colours.js";
import { font } from "./views/canvas.js";

/** @typedef {HTMLCanvasElement | SVGSVGElement} Layer */
/** @typedef {ArrayLike<number | string | boolean | null>} Column */
/**
 * One entry of the key above a picture: what is drawn in this colour, and how.
 *
 * @typedef {{ text: string, colour?: string, dash?: number[] }} KeyEntry
 */

const MARGIN = 16;
const TITLE_SIZE = 17;
const KEY_SIZE = 13;
const SAMPLE = 22;
/** Pictures have at least so many pixels for each CSS pixel: sharp on paper and on a projector. */
export const LEAST_RATIO = 2;

/** What of a style decides how a piece of SVG looks; its style sheet does not go with it. */
const SVG_STYLE = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
  "stroke-linejoin", "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor",
  "dominant-baseline", "visibility", "display"];

/**
 * Saves a view's picture on the ground of the page's panels: one canvas or SVG, or several that lie
 * over each other, each where it stands on the screen.
 *
 * @param {Layer | Layer[]} picture
 * @param {string} name of the file, without its ending
 * @param {{ title?: string, key?: KeyEntry[] }} [above] what is written above it
 */
export async function savePNG(picture, name, { title = "", key = [] } = {}) {
  const layers = [picture].flat();
  const boxes = layers.map(boxOf);
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;

  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const rows = keyRows(context, key, width);
  const head = (title ? TITLE_SIZE * 1.7 : 0) + rows.length * KEY_SIZE * 1.7;
  const ratio = Math.max(LEAST_RATIO, devicePixelRatio);
  canvas.width = Math.round((width + 2 * MARGIN) * ratio);
  canvas.height = Math.round((height + head + 2 * MARGIN) * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = token("--panel");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(MARGIN, MARGIN);
  drawHead(context, title, rows);
  for (const [k, layer] of layers.entries()) {
    const image = layer instanceof SVGSVGElement ? await imageOf(layer) : layer;
    const { left: x, top: y, width: w, height: h } = boxes[k];
    if (w > 0 && h > 0) context.drawImage(image, x - left, y - top + head, w, h);
  }
  const blob = await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done, "image/png"));
  if (blob) save(blob, `${name}.png`);
}

/**
 * Where a layer stands on the screen. A canvas that is not on the page was drawn for the file, with as
 * many pixels for each CSS pixel as pictures have at least.
 *
 * @param {Layer} layer
 */
function boxOf(layer) {
  if (layer.isConnected || layer instanceof SVGSVGElement) return layer.getBoundingClientRect();
  return new DOMRect(0, 0, layer.width / LEAST_RATIO, layer.height / LEAST_RATIO);
}

/**
 * Saves columns of numbers or words as a CSV with a row of names. Numbers keep all their digits;
 * shorter columns and nulls leave their places empty.
 *
 * @param {Record<string, Column>} columns by their names, in their order
 * @param {string} name of the file, without its ending
 */
export function saveCSV(columns, name) {
  save(new Blob([csvText(columns)], { type: "text/csv;charset=utf-8" }), `${name}.csv`);
}

/** The text that `saveCSV` saves. @param {Record<string, Column>} columns */
export function csvText(columns) {
  const names = Object.keys(columns);
  const length = Math.max(0, ...names.map((name) => columns[name].length));
  const lines = [names.map(field).join(",")];
  for (let row = 0; row < length; row += 1) {
    lines.push(names.map((name) => field(columns[name][row])).join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** One value as RFC 4180 has it. @param {number | string | boolean | null | undefined} value */
function field(value) {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold of the Blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The key's entries with their widths, in as many rows as they need. */
function keyRows(/** @type {CanvasRenderingContext2D} */ context, /** @type {KeyEntry[]} */ key,
  /** @type {number} */ width) {
  /** @type {(KeyEntry & { x: number })[][]} */
  const rows = [];
  context.font = font(KEY_SIZE);
  let x = 0;
  for (const entry of key) {
    const needed = (entry.colour ? SAMPLE + 7 : 0) + context.measureText(entry.text).width + 18;
    if (rows.length === 0 || x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ ...entry, x });
    x += needed;
  }
  return rows;
}

/** @param {CanvasRenderingContext2D} context @param {string} title @param {ReturnType<typeof keyRows>} rows */
function drawHead(context, title, rows) {
  context.save();
  context.textBaseline = "middle";
  if (title) {
    context.font = font(TITLE_SIZE, 650);
    context.fillStyle = token("--ink");
    context.fillText(title, 0, TITLE_SIZE * 0.6);
    context.translate(0, TITLE_SIZE * 1.7);
  }
  context.font = font(KEY_SIZE);
  for (const row of rows) {
    const middle = KEY_SIZE * 0.6;
    for (const { text, colour, dash = [], x } of row) {
      context.fillStyle = token("--ink");
      context.fillText(text, x + (colour ? SAMPLE + 7 : 0), middle);
      if (!colour) continue;
      context.strokeStyle = colour;
      context.lineWidth = 2.2;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(x, middle);
      context.lineTo(x + SAMPLE, middle);
      context.stroke();
    }
    context.translate(0, KEY_SIZE * 1.7);
  }
  context.restore();
}

/** An SVG of the page as an image that looks the same without the page's style sheet. @param {SVGSVGElement} svg */
async function imageOf(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const originals = [svg, ...svg.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  for (const [k, original] of originals.entries()) {
    const style = getComputedStyle(original);
    // As attributes, for the page's policy refuses inline styles.
    for (const property of SVG_STYLE) copies[k].setAttribute(property, style.getPropertyValue(property));
    copies[k].removeAttribute("style");
    copies[k].removeAttribute("class");
  }
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const text = new XMLSerializer().serializeToString(copy);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}
