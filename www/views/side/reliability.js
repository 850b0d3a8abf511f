/** Whether probabilities come true: the reliability curves of all contestants in one picture. */
import { html } from "lit";

import { t } from "../../i18n/index.js";
import { drawFrame, plotBox, scales, unitAxis } from "../metrics/plot.js";
import { drawDiagonal } from "../metrics/reliability.js";
import { ContestView, drawnAs } from "./contest-view.js";

/** @import { Space } from "../metrics/drawn-view.js" */

export class SideReliability extends ContestView {
  get follows() {
    return "measured";
  }

  render() {
    return html`<canvas role="img" aria-label=${t("side.reliability_summary")}></canvas>`;
  }

  /** @param {Space} space */
  draw(space) {
    const { context } = space;
    const box = plotBox(space);
    const places = scales(box, { low: 0, high: 1 }, { low: 0, high: 1 });
    const { toX, toY } = places;
    drawFrame(context, box, unitAxis(t("metrics.probability"), box.width),
      unitAxis(t("metrics.positive_share"), box.height));
    drawDiagonal(context, places);
    for (const { standing: { name }, metrics } of this.contest.measured ?? []) {
      const { filled } = metrics.calibration;
      drawnAs(context, name, () => {
        context.beginPath();
        for (const { mean_score, positive_fraction } of filled) context.lineTo(toX(mean_score), toY(positive_fraction));
        context.stroke();
        for (const { mean_score, positive_fraction } of filled) {
          context.beginPath();
          context.arc(toX(mean_score), toY(positive_fraction), box.size * 0.24, 0, 2 * Math.PI);
          context.fill();
        }
      });
    }
  }
}

customElements.define("bce-side-reliability", SideReliability);
