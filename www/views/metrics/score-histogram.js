/**
 * The scores of both classes, mirrored, with the threshold between what is called 0 and 1: its four
 * quarters are the cells of the confusion matrix, in the same places. Dragging moves the threshold.
 */
import { html } from "lit";

import { token } from "../../colours.js";
import { control } from "../../components/control.js";
import { formatCount } from "../../format.js";
import { t } from "../../i18n/index.js";
import { hidden } from "../../lesson.js";
import { state } from "../../state.js";
import { font } from "../canvas.js";
import { DrawnView } from "./drawn-view.js";
import { histogram } from "./histogram.js";
import { drawFrame, hatch, line, plotBox, scales, unitAxis } from "./plot.js";

/** @import { BinaryMetrics } from "bce-playground" */
/** @import { Space } from "./drawn-view.js" */
/** @import { Histogram } from "./histogram.js" */
/** @import { Measured } from "./measurement.js" */
/** @import { Axis, Box, Scales } from "./plot.js" */

/** The cells of each class's half: left of the threshold, and right of it. */
const HALVES = /** @type {const} */ ([["tn", "fp"], ["fn", "tp"]]);
const ROOM = { left: 4.5 };

export class ScoreHistogram extends DrawnView {
  render() {
    return html`
      ${control("threshold")}
      <canvas role="img" aria-label=${t("metrics.histogram_summary")}
        @pointerdown=${this.#grab} @pointermove=${this.#drag}></canvas>`;
  }

  /** @param {Space} space @param {Measured} measured */
  draw(space, { scores, labels, metrics }) {
    const { context } = space;
    const box = plotBox(space, { room: ROOM });
    const bars = histogram(scores, labels);
    const x = unitAxis(t("metrics.probability"), box.width);
    const y = countAxis(bars.top);
    const places = scales(box, x, y);
    drawFrame(context, box, x, y);
    for (const label of [0, 1]) drawBars(context, bars, label, { box, ...places });
    context.strokeStyle = token("--ink");
    context.lineWidth = 1;
    line(context, [[box.left, places.toY(0)], [box.left + box.width, places.toY(0)]]);
    drawThreshold(context, box, places);
    drawCounts(context, metrics, { box, ...places });
  }

  redraw() {
    super.redraw();
    // The slider's thumb stands above the line.
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width) return;
    const box = plotBox({ width, height }, { room: ROOM });
    this.style.setProperty("--plot-left", `${box.left}px`);
    this.style.setProperty("--plot-right", `${width - box.left - box.width}px`);
  }

  #grab = (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0 || hidden("threshold")) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.#drag(event);
  };

  #drag = (/** @type {PointerEvent} */ event) => {
    if (!this.canvas.hasPointerCapture(event.pointerId)) return;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const { left, width: across } = plotBox({ width, height }, { room: ROOM });
    const threshold = Math.round(((event.offsetX - left) / across) * 100) / 100;
    state.set({ threshold: Math.max(0, Math.min(1, threshold)) });
  };
}

/**
 * Counts upwards for class 0 and downwards for class 1, on a scale of square roots: among hundreds of
 * sure predictions the few doubtful ones are still seen.
 *
 * @param {number} top
 * @returns {Axis}
 */
function countAxis(top) {
  const ticks = [1, 0.5, 0, -0.5, -1].map((at) => ({ at, text: formatCount(top * at * at) }));
  return { low: -1, high: 1, ticks, name: t("metrics.samples_root") };
}

/**
 * One class's bars: solid where they are on their own side of the threshold, hatched where not.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Histogram} bars
 * @param {number} label
 * @param {Scales & { box: Box }} places
 */
function drawBars(context, { bins, counts, top }, label, { box, toX, toY }) {
  const path = new Path2D();
  counts[label].forEach((count, bin) => {
    if (count === 0) return;
    const end = Math.sqrt(count / top) * (label === 0 ? 1 : -1);
    const left = toX(bin / bins);
    const width = Math.max(1, toX((bin + 1) / bins) - left - 0.75);
    path.rect(left + 0.375, toY(Math.max(0, end)), width, Math.max(2, Math.abs(toY(end) - toY(0))));
  });
  const colour = token(`--class-${label}`);
  const cut = toX(state.values.threshold);
  const { left, top: y, width, height } = box;
  const sides = [{ x: left, across: cut - left }, { x: cut, across: left + width - cut }];
  sides.forEach(({ x, across }, side) => {
    context.save();
    context.beginPath();
    context.rect(x, y, Math.max(0, across), height);
    context.clip();
    context.fillStyle = colour;
    if (side === label) context.fill(path);
    else hatch(context, path, colour, box);
    context.restore();
  });
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {Scales} places */
function drawThreshold(context, { top, height, size }, { toX }) {
  const x = toX(state.values.threshold);
  context.strokeStyle = token("--ink");
  context.fillStyle = token("--ink");
  context.lineWidth = 2;
  line(context, [[x, top - size * 0.4], [x, top + height]]);
}

/**
 * The four counts beside the line, each in its quarter; where there is no room the matrix has them.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {BinaryMetrics} metrics
 * @param {Scales & { box: Box }} places
 */
function drawCounts(context, metrics, { box, toX }) {
  const { left, top, width, height, size } = box;
  const cut = toX(state.values.threshold);
  context.font = font(size, 600);
  context.textBaseline = "middle";
  HALVES.forEach((half, label) => half.forEach((cell, side) => {
    const text = `${cell.toUpperCase()} ${formatCount(metrics[cell])}`;
    const across = context.measureText(text).width + size * 1.2;
    const start = side === 0 ? cut - across : cut;
    if (start < left || start + across > left + width) return;
    const y = label === 0 ? top + size * 0.9 : top + height - size * 0.9;
    context.save();
    context.globalAlpha = 0.85;
    context.fillStyle = token("--panel");
    context.fillRect(start + 2, y - size * 0.75, across - 4, size * 1.5);
    context.restore();
    context.fillStyle = token("--ink");
    context.textAlign = "center";
    context.fillText(text, start + across / 2, y);
  }));
}

customElements.define("bce-score-histogram", ScoreHistogram);
