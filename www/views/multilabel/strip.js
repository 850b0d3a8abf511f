/**
 * One label of data without a plane: every row at its probability, above the line who has the label and
 * below who has not. To the right of the threshold it is predicted; what is on the wrong side is an error.
 */
import { html } from "lit";

import { onTheme, token } from "../../colours.js";
import { formatCount } from "../../format.js";
import { t } from "../../i18n/index.js";
import { nameOf, ofEachLabel } from "../../labels.js";
import { state } from "../../state.js";
import { begin, font, keepSharp } from "../canvas.js";
import { colourOf, markOf } from "../classes/marks.js";
import { ReadingView } from "./reading-view.js";

/** @import { Measured } from "./reading.js" */

/** Room at the edges, in CSS pixels: for half a mark, and below for the axis. */
const EDGE = 7;
const AXIS = 18;
/** How rows are spread in their half: by the golden ratio, no two beside each other at one height. */
const GOLDEN = 0.6180339887498949;

export class LabelStrip extends ReadingView {
  render() {
    const name = nameOf(this.session.dataset?.target_names[this.label] ?? "");
    return html`<div class="strip" role="img" aria-label=${t("multilabel.strip_summary", { label: name })}>
      <canvas></canvas></div>`;
  }

  firstUpdated() {
    this.untilGone(keepSharp([this.find("canvas")], () => this.#draw()));
    this.untilGone(onTheme(() => this.#draw()));
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const canvas = this.find("canvas");
    const { measured } = this.reading;
    if (!canvas?.clientWidth || !measured || measured.split !== this.session.split) return;
    const { context, width, height } = begin(canvas);
    const [threshold] = ofEachLabel(state.values.multilabel_thresholds, this.label + 1).slice(-1);
    const box = { left: EDGE, width: width - 2 * EDGE, middle: (height - AXIS) / 2, half: (height - AXIS) / 2 - EDGE };
    const toX = (/** @type {number} */ p) => box.left + p * box.width;
    drawGround(context, toX, threshold, box, height);
    this.#drawRows(context, measured, toX, box);
    this.#drawCounts(context, measured, box);
  }

  /** @param {CanvasRenderingContext2D} context @param {Measured} measured @param {(p: number) => number} toX @param {Box} box */
  #drawRows(context, { truth, scores, labels, thresholds }, toX, { middle, half }) {
    const rows = scores.length / labels.length;
    const radius = Math.max(1.8, Math.min(4, 42 / Math.sqrt(rows)));
    context.lineWidth = 1;
    for (let row = 0; row < rows; row += 1) {
      const at = row * labels.length + this.label;
      const has = truth[at] === 1;
      const wrong = has !== scores[at] >= thresholds[this.label];
      const off = radius * 1.6 + ((row * GOLDEN) % 1) * (half - radius * 2.4);
      const mark = markOf(has ? this.label : 0, toX(scores[at]), has ? middle - off : middle + off, wrong ? radius * 1.25 : radius);
      context.fillStyle = has ? colourOf(this.label) : token("--panel");
      context.strokeStyle = token(wrong ? "--contour" : has ? "--point-outline" : "--ink-soft");
      context.lineWidth = wrong ? 2 : 1;
      context.fill(mark);
      context.stroke(mark);
    }
  }

  /** How many rows are in each corner. @param {CanvasRenderingContext2D} context @param {Measured} measured @param {Box} box */
  #drawCounts(context, { metrics }, { left, width, middle, half }) {
    const { tp, fp, tn, fn } = metrics.per_label[this.label];
    context.font = font(11, 600);
    context.fillStyle = token("--ink");
    context.strokeStyle = token("--panel");
    context.lineWidth = 3;
    context.lineJoin = "round";
    const corners = /** @type {const} */ ([[`✗ ${formatCount(fn)}`, false, true], [`✓ ${formatCount(tp)}`, true, true],
      [`✓ ${formatCount(tn)}`, false, false], [`✗ ${formatCount(fp)}`, true, false]]);
    for (const [text, right, up] of corners) {
      context.textAlign = right ? "right" : "left";
      context.textBaseline = up ? "top" : "bottom";
      const [tx, ty] = [right ? left + width + 3 : left - 3, up ? middle - half - 3 : middle + half + 4];
      context.strokeText(text, tx, ty);
      context.fillText(text, tx, ty);
    }
  }
}

/** @typedef {{ left: number, width: number, middle: number, half: number }} Box */

/** @param {CanvasRenderingContext2D} context @param {(p: number) => number} toX @param {number} threshold @param {Box} box @param {number} height */
function drawGround(context, toX, threshold, { left, width, middle, half }, height) {
  context.fillStyle = token("--field");
  context.fillRect(left - EDGE, middle - half - EDGE, toX(threshold) - left + EDGE, half + EDGE);
  context.fillRect(toX(threshold), middle, left + width + EDGE - toX(threshold), half + EDGE);
  context.lineWidth = 1;
  context.strokeStyle = token("--line-strong");
  context.strokeRect(left - EDGE + 0.5, middle - half - EDGE + 0.5, width + 2 * EDGE - 1, 2 * half + 2 * EDGE - 1);
  context.beginPath();
  context.moveTo(left - EDGE, middle);
  context.lineTo(left + width + EDGE, middle);
  context.stroke();
  context.strokeStyle = token("--contour");
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(toX(threshold), middle - half - EDGE);
  context.lineTo(toX(threshold), middle + half + EDGE);
  context.stroke();
  context.font = font(11);
  context.fillStyle = token("--ink-soft");
  context.textBaseline = "bottom";
  for (const [p, align] of /** @type {const} */ ([[0, "left"], [0.5, "center"], [1, "right"]])) {
    context.textAlign = align;
    context.fillText(String(p), p === 0 ? left - EDGE : p === 1 ? left + width + EDGE : toX(p), height);
  }
}

customElements.define("bce-label-strip", LabelStrip);
