/** The precision-recall curves of all contestants in one picture, each with its dot at the threshold. */
import { html } from "lit";

import { token } from "../../colours.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { prCurve } from "../metrics/curves.js";
import { drawFrame, line, plotBox, scales, unitAxis } from "../metrics/plot.js";
import { drawCurve } from "../metrics/ranking-curve.js";
import { ContestView, drawnAs } from "./contest-view.js";

/** @import { Space } from "../metrics/drawn-view.js" */

export class SidePrCurves extends ContestView {
  get follows() {
    return "measured";
  }

  render() {
    return html`<canvas role="img" aria-label=${t("side.pr_summary")}></canvas>`;
  }

  /** @param {Space} space */
  draw(space) {
    const { context } = space;
    const box = plotBox(space);
    const places = scales(box, { low: 0, high: 1 }, { low: 0, high: 1 });
    const { toX, toY } = places;
    drawFrame(context, box, unitAxis(t("metrics.recall"), box.width), unitAxis(t("metrics.precision"), box.height));
    const { measured } = this.contest;
    if (!measured) return;
    const wanted = toY(state.values.least_precision);
    context.save();
    context.strokeStyle = token("--ink-soft");
    context.lineWidth = 1.25;
    context.setLineDash([5, 4]);
    line(context, [[box.left, wanted], [box.left + box.width, wanted]]);
    context.restore();
    for (const { standing: { name }, metrics } of measured) {
      const curve = prCurve(metrics);
      const [x, y] = curve.dot;
      drawnAs(context, name, () => {
        drawCurve(context, curve, true, places);
        context.setLineDash([]);
        context.strokeStyle = token("--panel");
        context.beginPath();
        context.arc(toX(x), toY(y), box.size * 0.4, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      });
    }
  }
}

customElements.define("bce-side-pr-curves", SidePrCurves);
