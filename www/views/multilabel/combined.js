/** Which labels are predicted where, in one picture: each subset has its own colour and pattern. */
import { token } from "../../colours.js";
import { t } from "../../i18n/index.js";
import { halves, labelsOf, ofEachLabel, subsetOf } from "../../labels.js";
import { state } from "../../state.js";
import { markOf } from "../classes/marks.js";
import { PlaneView, SIDE, drawRing } from "./plane-view.js";
import { MESH } from "./reading.js";
import { colourOfSubset, isLine, shadesOfSubsets } from "./subsets.js";

/** @import { Measured } from "./reading.js" */

/** A point's shape says how many labels it has: a disc one, a diamond two, a triangle three. */
const SHAPES = [0, 0, 3, 2];

export class LabelsCombined extends PlaneView {
  /** @type {ReturnType<typeof shadesOfSubsets> | null} */
  #shades = null;

  get about() {
    return t("multilabel.combined_summary");
  }

  forget() {
    this.#shades = null;
  }

  /** @param {Uint32Array} pixels @param {Float32Array} mesh @param {number} labels */
  paint(pixels, mesh, labels) {
    const shades = this.#shades ??= shadesOfSubsets(labels);
    const thresholds = ofEachLabel(state.values.multilabel_thresholds, labels);
    const here = new Float32Array(labels);
    for (let y = 0, pixel = 0; y < SIDE; y += 1) {
      for (let x = 0; x < SIDE; x += 1, pixel += 1) {
        between(mesh, labels, x, y, here);
        const bits = subsetOf(here, 0, thresholds);
        const { plain, lined } = shades[bits];
        pixels[pixel] = isLine(bits, x, y) ? lined : plain;
      }
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Measured} measured @param {number} row @param {[number, number, number]} place */
  drawPoint(context, { truth, scores, labels, thresholds }, row, place) {
    const start = row * labels.length;
    const has = subsetOf(truth, start, halves(labels.length));
    if (has !== subsetOf(scores, start, thresholds)) drawRing(context, place);
    const mark = markOf(SHAPES[labelsOf(has, labels.length).length] ?? 1, ...place);
    context.fillStyle = token(colourOfSubset(has));
    context.strokeStyle = token(has === 0 ? "--ink-soft" : "--point-outline");
    context.fill(mark);
    context.stroke(mark);
  }
}

/** The samples that the pixels of a row or a column lie between. */
const BETWEEN = Array.from({ length: SIDE }, (_, pixel) => {
  const place = Math.max(0, Math.min(MESH - 1, ((pixel + 0.5) * MESH) / SIDE - 0.5));
  const low = Math.floor(place);
  return { low, high: Math.min(MESH - 1, low + 1), share: place - low };
});

/**
 * The probabilities at a pixel, interpolated.
 *
 * @param {Float32Array} mesh
 * @param {number} labels
 * @param {number} x
 * @param {number} y
 * @param {Float32Array} to
 */
function between(mesh, labels, x, y, to) {
  const { low: upper, high: lower, share: v } = BETWEEN[y];
  const { low: left, high: right, share: u } = BETWEEN[x];
  const a = (upper * MESH + left) * labels;
  const b = (upper * MESH + right) * labels;
  const c = (lower * MESH + left) * labels;
  const d = (lower * MESH + right) * labels;
  for (let k = 0; k < labels; k += 1) {
    const above = mesh[a + k] + (mesh[b + k] - mesh[a + k]) * u;
    const below = mesh[c + k] + (mesh[d + k] - mesh[c + k]) * u;
    to[k] = above + (below - above) * v;
  }
}

customElements.define("bce-labels-combined", LabelsCombined);
