/**
 * The reliability diagram: whether a probability of 0.8 comes true in 80 % of cases. Below it, how
 * many samples each bin has: a dot of three says little.
 */
import { html } from "lit";

import { token } from "../../colours.js";
import { formatCount, formatDecimal } from "../../format.js";
import { t } from "../../i18n/index.js";
import { DrawnView } from "./drawn-view.js";
import { topOf } from "./histogram.js";
import { drawFrame, drawNote, line, plotBox, scales, unitAxis } from "./plot.js";

/** @import { Calibration } from "bce-playground" */
/** @import { Space } from "./drawn-view.js" */
/** @import { Measured } from "./measurement.js" */
/** @import { Box, Scales } from "./plot.js" */

/** The strip of counts has this share of the height. */
const STRIP = 0.27;

export class ReliabilityDiagram extends DrawnView {
  /** @type {number | null} the bin under the pointer */
  #pointed = null;

  render() {
    return html`<canvas role="img" aria-label=${t("metrics.reliability_summary")}
      @pointermove=${this.#point} @pointerleave=${this.#unpoint}></canvas>`;
  }

  /** @param {Space} space @param {Measured} measured */
  draw(space, { metrics: { calibration } }) {
    const { context } = space;
    const box = diagramBox(space);
    const x = unitAxis("", box.width);
    const y = unitAxis(t("metrics.positive_share"), box.height);
    const places = scales(box, x, y);
    drawFrame(context, box, { ...x, ticks: x.ticks.map(({ at }) => ({ at, text: "" })) }, y);
    drawDiagonal(context, places);
    drawBins(context, calibration, box.size * 0.36, places);
    this.#drawCounts(space, calibration, box);
    const bin = calibration.filled.find((each) => each.bin === this.#pointed);
    if (!bin) return;
    drawNote(context, box, "right", [
      t("metrics.bin", { from: bin.bin / calibration.bins, to: (bin.bin + 1) / calibration.bins }),
      `${t("metrics.samples")} ${formatCount(bin.count)}`,
      `${t("metrics.mean_score")} ${formatDecimal(bin.mean_score, 3)}`,
      `${t("metrics.positive_share")} ${formatDecimal(bin.positive_fraction, 3)}`,
    ]);
  }

  /** The counts of the bins, with the axis that both pictures share. @param {Space} space
   * @param {Calibration} calibration @param {Box} above */
  #drawCounts({ context, height }, { bins, filled }, above) {
    const { size } = above;
    const top = above.top + above.height + size * 0.9;
    const box = { ...above, top, height: height - top - size * 3.2 };
    const most = topOf(Math.max(...filled.map(({ count }) => count)));
    const x = unitAxis(t("metrics.probability"), box.width);
    const y = { low: 0, high: most, name: "", ticks: [0, most].map((at) => ({ at, text: formatCount(at) })) };
    const { toX, toY } = scales(box, x, y);
    drawFrame(context, box, x, y);
    filled.forEach(({ bin, count }) => {
      context.fillStyle = token(bin === this.#pointed ? "--ink" : "--ink-soft");
      const left = toX(bin / bins) + 1;
      const up = Math.min(toY(count), toY(0) - 1.5);
      context.fillRect(left, up, toX((bin + 1) / bins) - left - 1, toY(0) - up);
    });
  }

  #point = (/** @type {PointerEvent} */ event) => {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const box = diagramBox({ width, height });
    const across = (event.offsetX - box.left) / box.width;
    const { bins = 10 } = this.measurement.measured?.metrics.calibration ?? {};
    this.#show(across >= 0 && across <= 1 ? Math.min(bins - 1, Math.floor(across * bins)) : null);
  };

  #unpoint = () => this.#show(null);

  /** @param {number | null} bin */
  #show(bin) {
    this.#pointed = bin;
    this.redraw();
  }
}

/** The diagram's place, above the strip of counts. @param {Pick<Space, "width" | "height">} space */
function diagramBox({ width, height }) {
  const whole = plotBox({ width, height }, { room: { left: 3.8 } });
  return { ...whole, height: whole.height * (1 - STRIP) - whole.size };
}

/** @param {CanvasRenderingContext2D} context @param {Scales} places */
export function drawDiagonal(context, { toX, toY }) {
  context.save();
  context.strokeStyle = token("--ink-soft");
  context.lineWidth = 1.25;
  context.setLineDash([5, 4]);
  line(context, [[toX(0), toY(0)], [toX(1), toY(1)]]);
  context.restore();
}

/**
 * Dots joined by a line, each with its distance from the diagonal: what ECE is the mean of.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Calibration} calibration
 * @param {number} radius
 * @param {Scales} places
 */
function drawBins(context, { filled }, radius, { toX, toY }) {
  context.save();
  context.strokeStyle = token("--class-0");
  context.lineWidth = radius * 0.9;
  for (const { mean_score, positive_fraction } of filled) {
    line(context, [[toX(mean_score), toY(mean_score)], [toX(mean_score), toY(positive_fraction)]]);
  }
  context.strokeStyle = token("--class-1");
  context.fillStyle = token("--class-1");
  context.lineWidth = 1.6;
  line(context, filled.map(({ mean_score, positive_fraction }) => [toX(mean_score), toY(positive_fraction)]));
  for (const { mean_score, positive_fraction } of filled) {
    context.beginPath();
    context.arc(toX(mean_score), toY(positive_fraction), radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
}

customElements.define("bce-reliability", ReliabilityDiagram);
