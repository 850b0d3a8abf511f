/** The learning rate that a schedule gives, over the epochs, as the core computes it. */
import { html } from "lit";

import { token } from "../colours.js";
import { PageElement, UNSET } from "../components/element.js";
import { scheduler } from "../configuration.js";
import { later } from "../components/later.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";
import { begin, keepSharp } from "./canvas.js";

/** @import { Values } from "../fields.js" */
/** @import { Session } from "../session.js" */

const files = later(() => import("./picture-files.js"));

const MARGIN = 4;
/** Epochs in the picture of a schedule that names none itself. */
const EPOCHS = 100;
const MOST_EPOCHS = 20_000;

/**
 * As many epochs as show the whole schedule, and a little of what comes after.
 *
 * @param {Values} values
 */
function horizon(values) {
  /** @param {string} name @returns {number} */
  const of = (name) => {
    switch (name) {
      case "StepLR": return values.step_size * 4;
      case "MultiStepLR": return Math.max(EPOCHS / 2, ...values.milestones) * 1.25;
      case "ExponentialLR": return EPOCHS * 3;
      case "CosineAnnealingLR": return values.T_max;
      case "LinearLR": return values.linear_iters * 1.5;
      case "ConstantLR": return values.constant_iters * 2;
      case "PolynomialLR": return values.polynomial_iters * 1.2;
      case "SequentialLR": return values.switch_epoch + of(values.second_scheduler);
      case "OneCycleLR": return values.one_cycle_epochs;
      default: return EPOCHS;
    }
  };
  return Math.round(Math.min(MOST_EPOCHS, Math.max(of(values.scheduler), 10)));
}

export class ScheduleCurve extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** @type {Float64Array | null} the rates of the schedule in `#asked` */
  #rates = null;
  #asked = "";
  #message = "";

  get rates() {
    return this.#rates;
  }

  render() {
    if (state.values.scheduler === "ReduceLROnPlateau") return html`<p>${t("schedule.plateau")}</p>`;
    if (this.#message) return html`<p class="complaint">${this.#message}</p>`;
    const rates = this.#rates ?? [];
    const [first, last] = [rates[0] ?? 0, rates[rates.length - 1] ?? 0].map(rounded);
    const summary = t("schedule.rate", { epochs: rates.length, first, last });
    return html`<canvas class="schedule-picture" role="img" aria-label=${summary}></canvas>
      <p class="schedule-summary figure"><span aria-hidden="true">${summary}</span>
        <span data-value="lr"></span>
        ${files(() => html`<bce-picture-files of="schedule" .session=${this.session}></bce-picture-files>`)}</p>`;
  }

  firstUpdated() {
    this.listen(this.session, "status", () => this.#ask());
    this.listen(this.session, "frame", () => this.#draw());
  }

  updated() {
    this.#ask();
    const canvas = this.find("canvas");
    if (canvas && canvas !== this.#kept) {
      this.#kept = canvas;
      this.untilGone(keepSharp([canvas], () => this.#draw()));
    }
    this.#draw();
  }

  /** @type {Element | null} the canvas that is watched */
  #kept = null;

  /** Asks the core for the rates of a schedule that is not drawn yet. */
  async #ask() {
    const { values } = state;
    const config = scheduler(values);
    const asked = JSON.stringify([config, values.lr]);
    if (asked === this.#asked || config?.name === "ReduceLROnPlateau" || this.session.status !== "ready") return;
    this.#asked = asked;
    try {
      const rates = await this.session.client.learningRates(config, values.lr, horizon(values));
      if (asked !== this.#asked) return;
      this.#rates = rates;
      this.#message = "";
    } catch (error) {
      this.#message = /** @type {Error} */ (error).message;
    }
    this.requestUpdate();
  }

  #draw() {
    const canvas = this.find("canvas");
    const rates = this.#rates;
    if (!canvas?.width || !rates) return;
    const { context, width, height } = begin(canvas);
    const highest = rates.reduce((most, rate) => Math.max(most, rate), 0) || 1;
    /** @param {number} rate */
    const toY = (rate) => height - MARGIN - (rate / highest) * (height - 2 * MARGIN);
    context.strokeStyle = token("--line-strong");
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, width - 1, height - 1);
    context.strokeStyle = token("--ink");
    context.lineWidth = 1.8;
    context.beginPath();
    // The rate of an epoch holds for the whole epoch: steps, not slopes.
    rates.forEach((rate, epoch) => {
      context.lineTo((epoch / rates.length) * width, toY(rate));
      context.lineTo(((epoch + 1) / rates.length) * width, toY(rate));
    });
    context.stroke();
    this.#drawNow(context, rates.length, width, toY);
  }

  /**
   * Where training stands.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} epochs in the picture
   * @param {number} width
   * @param {(rate: number) => number} toY
   */
  #drawNow(context, epochs, width, toY) {
    const { frame } = this.session;
    if (!frame) return;
    const { epoch, lr } = frame;
    this.find("[data-value=lr]").textContent = t("schedule.now", { epoch, lr: rounded(lr) });
    if (epoch >= epochs) return;
    context.fillStyle = token("--class-1");
    context.beginPath();
    context.arc(((epoch + 0.5) / epochs) * width, toY(lr), 4, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A rate with three digits. @param {number} rate */
const rounded = (rate) => Number(rate.toPrecision(3));

customElements.define("bce-schedule-curve", ScheduleCurve);
