/** One label on the plane: its probability in shades of its colour, and the line at its threshold. */
import { token } from "../../colours.js";
import { t } from "../../i18n/index.js";
import { nameOf, ofEachLabel } from "../../labels.js";
import { MESH, SIDE } from "../../mesh.js";
import { state } from "../../state.js";
import { colourOf, markOf, rgb } from "../classes/marks.js";
import { contourLines, pathOf } from "../contours.js";
import { PlaneView, drawRing } from "./plane-view.js";

/** @import { Measured } from "./reading.js" */

/** How much of the label's colour a probability of 1 has. */
const FULL = 0.75;
const SHADES = 256;

export class LabelBoundary extends PlaneView {
  /** The colours of the probabilities 0 … 1, as words of pixels. @type {Uint32Array | null} */
  #shades = null;
  /** This label's part of the mesh. */
  #grid = new Float32Array(MESH * MESH);
  #known = false;

  get #name() {
    return nameOf(this.session.dataset?.target_names[this.label] ?? "");
  }

  get about() {
    return t("multilabel.boundary_summary", { label: this.#name });
  }

  forget() {
    this.#shades = null;
  }

  /** @param {Uint32Array} pixels @param {Float32Array} mesh @param {number} labels */
  paint(pixels, mesh, labels) {
    const shades = this.#shades ??= shadesOf(this.label);
    for (let k = 0; k < this.#grid.length; k += 1) this.#grid[k] = mesh[k * labels + this.label];
    this.#known = this.#grid.every(Number.isFinite);
    const size = SIDE / MESH;
    for (let y = 0, pixel = 0; y < SIDE; y += 1) {
      const row = Math.floor(y / size) * MESH;
      for (let x = 0; x < SIDE; x += 1, pixel += 1) {
        pixels[pixel] = shades[Math.round(this.#grid[row + Math.floor(x / size)] * (SHADES - 1))];
      }
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {number} width */
  drawLines(context, width) {
    if (!this.#known) return;
    const [threshold] = ofEachLabel(state.values.multilabel_thresholds, this.label + 1).slice(-1);
    const scale = width / MESH;
    context.save();
    context.scale(scale, scale);
    context.lineWidth = Math.max(1.6, width / 110) / scale;
    context.strokeStyle = token("--contour");
    context.stroke(pathOf(contourLines(this.#grid, MESH, MESH, threshold)));
    context.restore();
  }

  /** @param {CanvasRenderingContext2D} context @param {Measured} measured @param {number} row @param {[number, number, number]} place */
  drawPoint(context, { truth, scores, labels, thresholds }, row, place) {
    const at = row * labels.length + this.label;
    const has = truth[at] === 1;
    if (has !== scores[at] >= thresholds[this.label]) drawRing(context, place);
    const [x, y, radius] = place;
    const mark = markOf(has ? this.label : 0, x, y, has ? radius : radius * 0.6);
    context.fillStyle = has ? colourOf(this.label) : token("--panel");
    context.strokeStyle = has ? token("--point-outline") : token("--ink-soft");
    context.fill(mark);
    context.stroke(mark);
  }
}

/** @param {number} label */
function shadesOf(label) {
  const ground = rgb("--panel");
  const colour = rgb(`--kind-${label + 1}`);
  return Uint32Array.from({ length: SHADES }, (_, k) => {
    const share = (FULL * k) / (SHADES - 1);
    const [r, g, b] = ground.map((from, channel) => Math.round(from + (colour[channel] - from) * share));
    return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
  });
}

customElements.define("bce-label-boundary", LabelBoundary);
