/** Play and pause, single steps, reset, and where training stands. */
import { html } from "lit";

import { formatCount } from "../format.js";
import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import "./run-menu.js";
import { PageElement, UNSET } from "./element.js";
import { icon } from "./icons.js";

/**
 * What the bar asks of whoever trains: the session, or what a stage has in its place. Its events: "status"
 * (`status` or `player.playing` is another), "figures" (`frame` is, as often as one can read).
 *
 * @typedef {EventTarget & {
 *   status: "starting" | "ready" | "failed",
 *   frame: { epoch: number, step: number, steps_per_epoch: number, sample: number } | null,
 *   player: { playing: boolean, toggle(): unknown, stepSample(): unknown, stepBatch(): unknown,
 *     stepEpoch(): unknown, playEpochs(count: number): unknown },
 *   reset(): unknown,
 * }} Driver
 */

export class Transport extends PageElement {
  /** @type {Driver} */
  driver = UNSET;

  render() {
    const { driver } = this;
    const ready = driver.status === "ready";
    /** @type {(name: string, run: () => void, content: unknown) => unknown} */
    const button = (name, run, content) => html`<button type="button" class="button ${name}"
      title=${t(`help.${name}`)} ?disabled=${!ready} @click=${run}>${content}</button>`;
    const wording = t(driver.player.playing ? "transport.pause" : "transport.play");
    return html`
      <div class="buttons" role="group" aria-label=${t("transport.label")}>
        ${hidden("reset") ? "" : button("reset", () => driver.reset(),
          html`${icon("reset")}<span>${t("transport.reset")}</span>`)}
        <button type="button" class="play" aria-label=${wording} title=${t("help.play")}
          ?disabled=${!ready} @click=${() => driver.player.toggle()}>
          ${icon(driver.player.playing ? "pause" : "play")}
        </button>
        ${hidden("steps") ? "" : [
          button("step-batch", () => driver.player.stepBatch(),
            html`${icon("step")}<span>${t("transport.step_batch")}</span>`),
          button("step-epoch", () => driver.player.stepEpoch(),
            html`${icon("steps")}<span>${t("transport.step_epoch")}</span>`),
        ]}
        ${hidden("run") ? "" : html`<bce-run-menu .driver=${driver}></bce-run-menu>`}
      </div>
      <dl class="progress">
        <div class="epoch"><dt>${t("transport.epoch")}</dt><dd class="figure" data-value="epoch">0</dd></div>
        <div class="step"><dt>${t("transport.batch")} <span data-value="sample"></span></dt><dd class="figure" data-value="step">0</dd></div>
      </dl>`;
  }

  firstUpdated() {
    this.listen(this.driver, "figures", () => this.#show());
    this.listen(this.driver, "status", () => this.requestUpdate());
  }

  #show() {
    const { frame } = this.driver;
    if (!frame) return;
    const { epoch, step, steps_per_epoch, sample } = frame;
    this.find("[data-value=epoch]").textContent = formatCount(epoch);
    const total = formatCount(steps_per_epoch);
    const now = formatCount(step).padStart(total.length, "\u2007");
    this.find("[data-value=step]").textContent = `${now} / ${total}`;
    this.find("[data-value=sample]").textContent = sample > 0 ? t("transport.samples", { sample }) : "";
  }
}

customElements.define("bce-transport", Transport);
