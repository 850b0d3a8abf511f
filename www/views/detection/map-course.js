/** Mean average precision over the epochs, as far as it was measured. */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { token } from "../../colours.js";
import { formatCount, roundTicks } from "../../format.js";
import { t } from "../../i18n/index.js";
import { begin, keepSharp } from "../canvas.js";
import { drawFrame, plotBox, scales, unitAxis } from "../metrics/plot.js";

/** @import { Finder } from "./finder.js" */

export class MapCourse extends PageElement {
  /** @type {Finder} */
  finder = UNSET;

  render() {
    return html`<canvas role="img" aria-label=${t("detection.map_summary")}></canvas>`;
  }

  firstUpdated() {
    this.listen(this.finder, "measured", () => this.#draw());
    this.untilGone(keepSharp([this.find("canvas")], () => this.#draw()));
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const canvas = this.find("canvas");
    if (!canvas.clientWidth || !canvas.clientHeight) return;
    const space = begin(canvas);
    const { context } = space;
    const { course } = this.finder;
    const last = Math.max(1, course.at(-1)?.epoch ?? 0);
    const box = plotBox(space);
    const x = { low: 0, high: last, name: t("transport.epoch"),
      ticks: roundTicks(0, last, Math.max(2, box.width / 50)).filter(({ value }) => Number.isInteger(value))
        .map(({ value }) => ({ at: value, text: formatCount(value) })) };
    const y = unitAxis(t("detection.map_axis"), box.height);
    const { toX, toY } = scales(box, x, y);
    drawFrame(context, box, x, y);
    context.strokeStyle = token("--test");
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.beginPath();
    for (const { epoch, map } of course) context.lineTo(toX(epoch), toY(map));
    context.stroke();
  }
}

customElements.define("bce-map-course", MapCourse);
