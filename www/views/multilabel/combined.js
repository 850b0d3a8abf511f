/** Which labels are predicted where, in one picture: each subset has its own colour and pattern. */
import { token } from "../../colours.js";
import { t } from "../../i18n/index.js";
import { halves, labelsOf, ofEachLabel, subsetOf } from "../../labels.js";
import { SIDE, interpolate } from "../../mesh.js";
import { state } from "../../state.js";
import { markOf } from "../classes/marks.js";
import { PlaneView, drawRing } from "./plane-view.js";
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
        interpolate(mesh, labels, x, y, here);
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

customElements.define("bce-labels-combined", LabelsCombined);
