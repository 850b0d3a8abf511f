/** A recorded number of all contestants over the epochs. */
import { html } from "lit";

import { formatCount, roundTicks } from "../../format.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { drawFrame, plotBox, scales, unitAxis } from "../metrics/plot.js";
import { ContestView, drawnAs } from "./contest-view.js";

/** @import { Space } from "../metrics/drawn-view.js" */

/** @typedef {{ name: string, epochs: ArrayLike<number>, values: ArrayLike<number> }} Course of a contestant */

/** Of each line at most so many points are drawn. */
const POINTS = 600;

export class SideCurves extends ContestView {
  render() {
    const column = t(`choice.side_curve.${state.values.side_curve}`);
    return html`<canvas role="img" aria-label=${t("side.curves_summary", { column })}></canvas>`;
  }

  /** @param {Space} space */
  draw(space) {
    const column = state.values.side_curve;
    const courses = this.contest.standings.map(({ name, curve }) =>
      ({ name, epochs: curve.column("epoch"), values: curve.column(column) }));
    drawCourses(space, courses, t(`choice.side_curve.${column}`), column === "test_accuracy");
  }
}

/**
 * A line for each contestant over the epochs.
 *
 * @param {Space} space
 * @param {Course[]} courses
 * @param {string} name of the values
 * @param {boolean} share whether they go from 0 to 1; else from 0 to a little above the highest
 */
export function drawCourses(space, courses, name, share) {
  const { context } = space;
  const last = Math.max(1, ...courses.map(({ epochs }) => epochs[epochs.length - 1] ?? 0));
  const box = plotBox(space);
  const x = { low: 0, high: last, name: t("transport.epoch"),
    ticks: roundTicks(0, last, Math.max(2, box.width / 70)).filter(({ value }) => Number.isInteger(value))
      .map(({ value }) => ({ at: value, text: formatCount(value) })) };
  const y = share ? unitAxis(name, box.height) : lossAxis(name, courses, box.height);
  const { toX, toY } = scales(box, x, y);
  drawFrame(context, box, x, y);
  context.beginPath();
  context.rect(box.left, box.top - 2, box.width, box.height + 4);
  context.clip();
  for (const { name: contestant, epochs, values } of courses) {
    drawnAs(context, contestant, () => {
      const skip = Math.ceil(epochs.length / POINTS);
      context.beginPath();
      for (let k = 0; k < epochs.length; k += 1) {
        const drawn = k % skip === 0 || k === epochs.length - 1;
        if (drawn && Number.isFinite(values[k])) context.lineTo(toX(epochs[k]), toY(values[k]));
      }
      context.stroke();
    });
  }
}

/** @param {string} name @param {Course[]} courses @param {number} pixels */
function lossAxis(name, courses, pixels) {
  const all = courses.flatMap(({ values }) => Array.from(values).filter(Number.isFinite));
  const high = all.length > 0 ? Math.max(1e-6, ...all) * 1.05 : 1;
  return { low: 0, high, name,
    ticks: roundTicks(0, high, Math.max(2, pixels / 40)).map(({ value, text }) => ({ at: value, text })) };
}

customElements.define("bce-side-curves", SideCurves);
