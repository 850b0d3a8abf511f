/** A recorded number of all contestants over the epochs. */
import { html } from "lit";

import { formatCount, roundTicks } from "../../format.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { drawFrame, plotBox, scales, unitAxis } from "../metrics/plot.js";
import { ContestView, drawnAs } from "./contest-view.js";

/** @import { Space } from "../metrics/drawn-view.js" */

/** Of each line at most so many points are drawn. */
const POINTS = 600;

export class SideCurves extends ContestView {
  render() {
    const column = t(`choice.side_curve.${state.values.side_curve}`);
    return html`<canvas role="img" aria-label=${t("side.curves_summary", { column })}></canvas>`;
  }

  /** @param {Space} space */
  draw(space) {
    const { context } = space;
    const column = state.values.side_curve;
    const lines = this.contest.standings.map(({ name, curve }) =>
      ({ name, epochs: curve.column("epoch"), values: curve.column(column) }));
    const last = Math.max(1, ...lines.map(({ epochs }) => epochs.at(-1) ?? 0));
    const box = plotBox(space);
    const name = t(`choice.side_curve.${column}`);
    const x = { low: 0, high: last, name: t("transport.epoch"),
      ticks: roundTicks(0, last, Math.max(2, box.width / 70)).filter(({ value }) => Number.isInteger(value))
        .map(({ value }) => ({ at: value, text: formatCount(value) })) };
    const y = column === "test_accuracy" ? unitAxis(name, box.height) : lossAxis(name, lines, box.height);
    const { toX, toY } = scales(box, x, y);
    drawFrame(context, box, x, y);
    context.beginPath();
    context.rect(box.left, box.top - 2, box.width, box.height + 4);
    context.clip();
    for (const each of lines) {
      drawnAs(context, each.name, () => {
        const skip = Math.ceil(each.epochs.length / POINTS);
        context.beginPath();
        each.epochs.forEach((epoch, k) => {
          const drawn = k % skip === 0 || k === each.epochs.length - 1;
          if (drawn && Number.isFinite(each.values[k])) context.lineTo(toX(epoch), toY(each.values[k]));
        });
        context.stroke();
      });
    }
  }
}

/** From 0 to a little above the highest value. @param {string} name @param {{ values: Float64Array }[]} lines
 * @param {number} pixels */
function lossAxis(name, lines, pixels) {
  const all = lines.flatMap(({ values }) => [...values].filter(Number.isFinite));
  const high = Math.max(1e-6, ...all) * 1.05;
  return { low: 0, high, name,
    ticks: roundTicks(0, high, Math.max(2, pixels / 40)).map(({ value, text }) => ({ at: value, text })) };
}

customElements.define("bce-side-curves", SideCurves);
