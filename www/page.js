/** The page as a whole: which panels there are, and what stands in each. */
import { html } from "lit";

import "./components/choice.js";
import "./components/layers.js";
import "./components/notice-list.js";
import "./components/number.js";
import "./components/seed.js";
import "./components/slider.js";
import "./components/speed.js";
import "./components/switch.js";
import "./components/tools.js";
import "./components/transport.js";
import "./views/boundary-key.js";
import "./views/csv-panel.js";
import "./views/data-about.js";
import "./views/data-thumbnails.js";
import "./views/decision-boundary.js";
import "./views/loss-curve.js";
import "./views/network.js";
import "./views/numbers.js";
import { PageElement, UNSET } from "./components/element.js";
import { panel } from "./components/panel.js";
import { datasets } from "./fields.js";
import { t } from "./i18n/index.js";
import { state } from "./state.js";

/** @import { CsvPanel } from "./views/csv-panel.js" */
/** @import { DecisionBoundary } from "./views/decision-boundary.js" */
/** @import { Session } from "./session.js" */
/** @import { Notices } from "./notices.js" */

export class Page extends PageElement {
  /** @type {Session} */
  session = UNSET;
  /** @type {Notices} */
  notices = UNSET;

  /** @returns {CsvPanel} */
  get csv() {
    return this.find("bce-csv-panel");
  }

  /** @returns {DecisionBoundary} */
  get boundary() {
    return this.find("bce-decision-boundary");
  }

  render() {
    const { session, notices } = this;
    return html`
      <header class="bar">
        <h1 class="brand">${t("page.name")}</h1>
        <bce-transport class="transport" .session=${session}></bce-transport>
        <bce-speed field="speed"></bce-speed>
        <bce-tools class="tools" .notices=${notices}></bce-tools>
      </header>
      <main class="stage">
        <div class="column setup">${this.#data()}${this.#network()}</div>
        <div class="column picture">${this.#boundary()}</div>
        <div class="column results">${this.#curve()}${this.#training()}</div>
      </main>
      <bce-notice-list .notices=${notices}></bce-notice-list>
      <bce-csv-panel .session=${session}></bce-csv-panel>`;
  }

  #data() {
    const generated = datasets[state.values.dataset].kind === "generated";
    return panel("data", html`
      <bce-data-thumbnails .session=${this.session}></bce-data-thumbnails>
      ${generated ? html`<div class="fields">
          <bce-slider field="noise"></bce-slider>
          <bce-slider field="n_samples"></bce-slider>
          <bce-slider field="ratio"></bce-slider>
          <bce-slider field="train_size"></bce-slider>
        </div>`
        : html`<bce-data-about .session=${this.session}></bce-data-about>
        <div class="fields">
          ${state.values.dataset === "iris" ? html`<bce-choice field="positive"></bce-choice>` : ""}
          <bce-slider field="train_size"></bce-slider>
        </div>`}
      <bce-seed field="data_seed"></bce-seed>`);
  }

  #network() {
    return panel("network", html`
      <bce-network .session=${this.session}></bce-network>
      <bce-layers field="hidden_layer_sizes"></bce-layers>
      <div class="fields">
        <bce-choice field="activation"></bce-choice>
        <bce-choice field="init"></bce-choice>
      </div>
      <bce-seed field="seed"></bce-seed>`);
  }

  #boundary() {
    return panel("boundary", html`
      <bce-decision-boundary .session=${this.session}></bce-decision-boundary>
      <bce-boundary-key .session=${this.session}></bce-boundary-key>`,
    html`<bce-switch field="contours"></bce-switch><bce-switch field="show_test"></bce-switch>`);
  }

  #curve() {
    return panel("curve", html`
      <bce-numbers .session=${this.session}></bce-numbers>
      <bce-loss-curve .session=${this.session}></bce-loss-curve>`,
    html`<bce-switch field="log_scale"></bce-switch>`);
  }

  #training() {
    const { optimizer } = state.values;
    return panel("training", html`<div class="fields">
      <bce-choice field="loss"></bce-choice>
      <bce-choice field="reduction" segments></bce-choice>
      <bce-choice field="optimizer" segments></bce-choice>
      <bce-slider field="lr"></bce-slider>
      <bce-slider field="batch_size"></bce-slider>
      ${optimizer === "SGD" ? html`<bce-number field="momentum"></bce-number>`
        : html`<bce-number field="betas" index="0"></bce-number>`}
    </div>
    <details class="more">
      <summary>${t("training.more")}</summary>
      <div class="fields">
        <bce-number field="weight_decay"></bce-number>
        ${optimizer === "SGD" ? html`<bce-switch field="nesterov"></bce-switch>`
          : html`<bce-number field="betas" index="1"></bce-number>`}
      </div>
    </details>`);
  }
}

customElements.define("bce-page", Page);
