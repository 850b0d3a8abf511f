/**
 * The ROC curve or, with `kind="pr"`, the precision-recall curve: every threshold at once. The dot is
 * the threshold of the page; pressing on the curve moves it there.
 */
import { html } from "lit";

import { token } from "../../colours.js";
import { formatDecimal } from "../../format.js";
import { t } from "../../i18n/index.js";
import { hidden } from "../../lesson.js";
import { state } from "../../state.js";
import { font } from "../canvas.js";
import { nearestPoint, prCurve, rocCurve } from "./curves.js";
import { missing } from "./definitions.js";
import { DrawnView } from "./drawn-view.js";
import { drawFrame, drawNote, line, plotBox, scales, unitAxis } from "./plot.js";

/** @import { BinaryMetrics } from "bce-playground" */
/** @import { RankingCurve } from "./curves.js" */
/** @import { MetricName } from "./definitions.js" */
/** @import { Space } from "./drawn-view.js" */
/** @import { Measured } from "./measurement.js" */
/** @import { Box, Scales } from "./plot.js" */

/**
 * What differs between the two. PR curves are steps: between two thresholds precision does not
 * follow the straight line (Davis and Goadrich, 2006), and average precision is the area of the steps.
 *
 * @type {Record<"roc" | "pr", { x: string, y: string, area: MetricName, steps: boolean,
 *   note: "left" | "right", curve: (metrics: BinaryMetrics) => RankingCurve }>}
 */
const KINDS = {
  roc: { x: "metrics.fpr", y: "metrics.tpr", area: "roc_auc", steps: false, note: "right", curve: rocCurve },
  pr: { x: "metrics.recall", y: "metrics.precision", area: "average_precision", steps: true, note: "left",
    curve: prCurve },
};

export class RankingCurveView extends DrawnView {
  /** @type {RankingCurve | null} what is drawn */
  curve = null;

  /** @type {[number, number] | null} where the pointer is, in the curve's units */
  #pointer = null;

  get #kind() {
    return this.getAttribute("kind") === "pr" ? "pr" : "roc";
  }

  render() {
    const kind = this.#kind;
    const { area } = KINDS[kind];
    return html`<header class="chart-head"><h3>${t(`metrics.${kind}`)}</h3>
        <bce-metric-figures names=${area} .measurement=${this.measurement}></bce-metric-figures></header>
      <canvas role="img" aria-label=${t(`metrics.${kind}_summary`)} @pointermove=${this.#point}
        @pointerleave=${this.#unpoint} @click=${this.#choose}></canvas>`;
  }

  /** @param {Space} space @param {Measured} measured */
  draw(space, { metrics }) {
    const { context } = space;
    const { x: across, y: up, area, steps, note, curve: from } = KINDS[this.#kind];
    this.curve = missing(area, metrics) ? null : from(metrics);
    const box = plotBox(space, { square: true });
    const x = unitAxis(t(across), box.width);
    const y = unitAxis(t(up), box.height);
    const places = scales(box, x, y);
    drawFrame(context, box, x, y);
    if (!this.curve) return;
    drawBaseline(context, box, this.curve, places);
    context.strokeStyle = token("--class-1");
    context.lineWidth = 2.2;
    context.lineJoin = "round";
    drawCurve(context, this.curve, steps, places);
    const pointed = this.#pointer && nearestPoint(this.curve, ...this.#pointer);
    if (pointed !== null) drawDot(context, [this.curve.x[pointed], this.curve.y[pointed]], places, box.size * 0.3);
    drawDot(context, this.curve.dot, places, box.size * 0.45);
    drawNote(context, box, note, this.#note(pointed));
  }

  /** What stands in the chart: the point under the pointer, or else the dot. @param {number | null} pointed */
  #note(pointed) {
    const { x, y } = KINDS[this.#kind];
    const curve = /** @type {RankingCurve} */ (this.curve);
    const [px, py] = pointed === null ? curve.dot : [curve.x[pointed], curve.y[pointed]];
    const threshold = pointed === null ? state.values.threshold : curve.thresholds[pointed];
    const above = threshold === Infinity ? t("metrics.above_all") : formatDecimal(threshold, pointed === null ? 2 : 3);
    return [`${t("metrics.threshold")} ${above}`, `${t(y)} ${formatDecimal(py, 3)}`, `${t(x)} ${formatDecimal(px, 3)}`];
  }

  #point = (/** @type {PointerEvent} */ event) => {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const box = plotBox({ width, height }, { square: true });
    const x = (event.offsetX - box.left) / box.width;
    const y = 1 - (event.offsetY - box.top) / box.height;
    const near = x > -0.1 && x < 1.1 && y > -0.1 && y < 1.1;
    this.#pointer = near ? [x, y] : null;
    this.redraw();
  };

  #unpoint = () => {
    this.#pointer = null;
    this.redraw();
  };

  #choose = () => {
    if (!this.#pointer || !this.curve || hidden("threshold")) return;
    const threshold = this.curve.thresholds[nearestPoint(this.curve, ...this.#pointer)];
    state.set({ threshold: Math.min(1, threshold) });
  };
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {RankingCurve} curve @param {Scales} places */
function drawBaseline(context, { size }, { baseline: [start, end] }, { toX, toY }) {
  context.save();
  context.strokeStyle = token("--ink-soft");
  context.lineWidth = 1.25;
  context.setLineDash([5, 4]);
  line(context, [[toX(0), toY(start)], [toX(1), toY(end)]]);
  // Where the curve is not: it ends at the upper right.
  const level = start === end;
  const at = level ? 0.03 : 0.8;
  context.translate(toX(at), toY(start + (end - start) * at));
  context.rotate(Math.atan2(toY(end) - toY(start), toX(1) - toX(0)));
  context.fillStyle = token("--ink-soft");
  context.font = font(size);
  context.textAlign = level ? "left" : "right";
  context.textBaseline = "bottom";
  context.fillText(t("metrics.guessing"), 0, -2);
  context.restore();
}

/**
 * The curve as a line, as the context is set.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {RankingCurve} curve
 * @param {boolean} steps
 * @param {Scales} places
 */
export function drawCurve(context, { x, y }, steps, { toX, toY }) {
  context.beginPath();
  x.forEach((each, k) => {
    // Precision holds from the point before, up to this recall.
    if (steps && k > 0) context.lineTo(toX(x[k - 1]), toY(y[k]));
    context.lineTo(toX(each), toY(y[k]));
  });
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {[number, number]} at @param {Scales} places @param {number} radius */
function drawDot(context, [x, y], { toX, toY }, radius) {
  context.beginPath();
  context.arc(toX(x), toY(y), radius, 0, 2 * Math.PI);
  context.fillStyle = token("--ink");
  context.strokeStyle = token("--panel");
  context.lineWidth = 2;
  context.stroke();
  context.fill();
}

customElements.define("bce-ranking-curve", RankingCurveView);
