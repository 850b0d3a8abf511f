/** Loss or accuracy of both networks over the epochs. */
import { html } from "lit";

import { formatCount, roundTicks } from "../../format.js";
import { t } from "../../i18n/index.js";
import { drawFrame, plotBox, scales, unitAxis } from "../metrics/plot.js";
import { ContestView, drawnAs } from "../side/contest-view.js";

/** @import { Space } from "../metrics/drawn-view.js" */
/** @import { Seen } from "../../side/classes.js" */

/** Of each line at most so many points are drawn. */
const POINTS = 500;

export class ClassCourse extends ContestView {
  static properties = { kind: {} };

  /** @type {"loss" | "accuracy"} */
  kind = "loss";

  render() {
    return html`<canvas role="img" aria-label=${t(`classes.${this.kind}_summary`)}></canvas>`;
  }

  /** @param {Space} space */
  draw(space) {
    const lines = this.contest.standings.map((standing) => {
      const course = /** @type {Seen | null} */ (standing.extra)?.course ?? [];
      const points = this.kind === "accuracy"
        ? course.map(({ epoch, accuracy }) => ({ epoch, value: accuracy }))
        : [...standing.curve.column("epoch")].map((epoch, k) => ({ epoch, value: standing.curve.column("test_loss")[k] }));
      return { name: standing.name, points };
    });
    const { context } = space;
    const last = Math.max(1, ...lines.map(({ points }) => points.at(-1)?.epoch ?? 0));
    const box = plotBox(space);
    const ticks = roundTicks(0, last, Math.max(2, box.width / 70)).filter(({ value }) => Number.isInteger(value));
    const x = { low: 0, high: last, name: t("transport.epoch"),
      ticks: ticks.map(({ value }) => ({ at: value, text: formatCount(value) })) };
    const name = t(`classes.${this.kind}`);
    const y = this.kind === "accuracy" ? unitAxis(name, box.height) : lossAxis(name, lines, box.height);
    const { toX, toY } = scales(box, x, y);
    drawFrame(context, box, x, y);
    context.beginPath();
    context.rect(box.left, box.top - 2, box.width, box.height + 4);
    context.clip();
    for (const { name, points } of lines) {
      const skip = Math.ceil(points.length / POINTS);
      drawnAs(context, name, () => {
        context.beginPath();
        points.forEach(({ epoch, value }, k) => {
          const drawn = k % skip === 0 || k === points.length - 1;
          if (drawn && Number.isFinite(value)) context.lineTo(toX(epoch), toY(value));
        });
        context.stroke();
      });
    }
  }
}

/** @param {string} name @param {{ points: { value: number }[] }[]} lines @param {number} pixels */
function lossAxis(name, lines, pixels) {
  const high = 1.05 * lines.flatMap(({ points }) => points).reduce((most, { value }) => (value > most ? value : most), 1e-6);
  return { low: 0, high, name,
    ticks: roundTicks(0, high, Math.max(2, pixels / 40)).map(({ value, text }) => ({ at: value, text })) };
}

customElements.define("bce-class-course", ClassCourse);
