/**
 * A loss as a function of the logit z, or with `kind="slope"` its gradient: one line for each target,
 * and every training sample as a dot where it stands. Samples that are beyond the picture stand at its
 * edge.
 */
import { html } from "lit";

import { token } from "../../colours.js";
import { roundTicks } from "../../format.js";
import { t } from "../../i18n/index.js";
import { drawFrame, line, plotBox, scales } from "../metrics/plot.js";
import { ContestView } from "./contest-view.js";

/** @import { Dots, LossCurves } from "../../side/losses.js" */
/** @import { Space } from "../metrics/drawn-view.js" */

const CLASSES = ["--class-0", "--class-1"];
/** Of more samples every second is drawn, every third, … */
const MOST_DOTS = 400;

export class LossFunction extends ContestView {
  static properties = { curves: { attribute: false }, range: { attribute: false }, kind: {}, name: {} };

  constructor() {
    super();
    /** @type {LossCurves | null} */
    this.curves = null;
    /** What the axes span: z from -reach to reach, and the values. */
    this.range = { reach: 8, low: 0, high: 8 };
    /** @type {"loss" | "slope"} */
    this.kind = "loss";
    this.name = "";
  }

  render() {
    const label = t(`side.${this.kind}_summary`, { name: { key: `side.${this.name}` } });
    return html`<canvas role="img" aria-label=${label}></canvas>`;
  }

  /** @param {Space} space */
  draw({ context, width, height }) {
    const { reach, low, high } = this.range;
    const box = plotBox({ width, height }, { room: { left: 3.9, top: 0.5, bottom: 2.9 } });
    const ticks = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ count) =>
      roundTicks(from, to, count).map(({ value, text }) => ({ at: value, text }));
    const x = { low: -reach, high: reach, name: "z", ticks: ticks(-reach, reach, 4) };
    const y = { low, high, name: this.kind === "loss" ? "L" : "dL/dz", ticks: ticks(low, high, Math.max(2, box.height / 32)) };
    const { toX, toY } = scales(box, x, y);
    drawFrame(context, box, x, y);
    const { curves } = this;
    if (!curves) return;
    context.beginPath();
    context.rect(box.left - 4, box.top - 4, box.width + 8, box.height + 8);
    context.clip();
    context.lineWidth = 2;
    context.lineJoin = "round";
    curves[this.kind].forEach((values, label) => {
      context.strokeStyle = token(CLASSES[label]);
      line(context, curves.z.map((z, k) => [toX(z), toY(values[k])]));
    });
    this.#drawDots(context, box.size * 0.26, { toX, toY });
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} radius
   * @param {Pick<ReturnType<typeof scales>, "toX" | "toY">} places
   */
  #drawDots(context, radius, { toX, toY }) {
    const dots = this.dots;
    if (!dots) return;
    const { reach, low, high } = this.range;
    const skip = Math.ceil(dots.z.length / MOST_DOTS);
    context.lineWidth = 1;
    context.strokeStyle = token("--panel");
    for (let k = 0; k < dots.z.length; k += skip) {
      const z = Math.max(-reach, Math.min(reach, dots.z[k]));
      const value = Math.max(low, Math.min(high, dots[this.kind][k]));
      context.fillStyle = token(CLASSES[dots.labels[k]]);
      context.beginPath();
      context.arc(toX(z), toY(value), radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  /** The training samples, as they stand. @returns {Dots | null} */
  get dots() {
    return this.contest.standings.find(({ name }) => name === this.name)?.extra ?? null;
  }
}

customElements.define("bce-loss-function", LossFunction);
