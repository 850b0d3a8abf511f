/** Play and pause, single steps, reset, and where training stands. */
import { html } from "lit";

import { formatCount } from "../format.js";
import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import "./run-menu.js";
import { PageElement, UNSET } from "./element.js";
import { icon } from "./icons.js";

/** @import { Session } from "../session.js" */

export class Transport extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const { session } = this;
    const ready = session.status === "ready";
    /** @type {(name: string, run: () => void, content: unknown) => unknown} */
    const button = (name, run, content) => html`<button type="button" class="button ${name}"
      title=${t(`help.${name}`)} ?disabled=${!ready} @click=${run}>${content}</button>`;
    const wording = t(session.player.playing ? "transport.pause" : "transport.play");
    return html`
      <div class="buttons" role="group" aria-label=${t("transport.label")}>
        ${hidden("reset") ? "" : button("reset", () => session.reset(),
          html`${icon("reset")}<span>${t("transport.reset")}</span>`)}
        <button type="button" class="play" aria-label=${wording} title=${t("help.play")}
          ?disabled=${!ready} @click=${() => session.player.toggle()}>
          ${icon(session.player.playing ? "pause" : "play")}
        </button>
        ${hidden("steps") ? "" : [
          button("step-batch", () => session.player.stepBatch(),
            html`${icon("step")}<span>${t("transport.step_batch")}</span>`),
          button("step-epoch", () => session.player.stepEpoch(),
            html`${icon("steps")}<span>${t("transport.step_epoch")}</span>`),
        ]}
        ${hidden("run") ? "" : html`<bce-run-menu .session=${session}></bce-run-menu>`}
      </div>
      <dl class="progress">
        <div class="epoch"><dt>${t("transport.epoch")}</dt><dd class="figure" data-value="epoch">0</dd></div>
        <div class="step"><dt>${t("transport.batch")} <span data-value="sample"></span></dt><dd class="figure" data-value="step">0</dd></div>
      </dl>`;
  }

  firstUpdated() {
    this.listen(this.session, "figures", () => this.#show());
    this.listen(this.session, "status", () => this.requestUpdate());
  }

  #show() {
    const { frame } = this.session;
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
