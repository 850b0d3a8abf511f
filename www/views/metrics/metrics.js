/**
 * The classification views: how good the scores of the train or the test part are. Which of them are
 * seen at a time, for the room that there is, is the style sheet's to say (`metrics.css`).
 */
import { html } from "lit";

import "../../i18n/metrics-texts.js";
import "./confusion-matrix.js";
import "./figures.js";
import "./file-menu.js";
import "./ranking-curve.js";
import "./reliability.js";
import "./score-histogram.js";
import { control } from "../../components/control.js";
import { PageElement, UNSET } from "../../components/element.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { loadStyle } from "../../styles.js";
import { Measurement } from "./measurement.js";

/** @import { Session } from "../../session.js" */
/** @import { Problem } from "./measurement.js" */

await loadStyle(new URL("../../styles/metrics.css", import.meta.url).href);

export class MetricsPanel extends PageElement {
  /** @type {Session} */
  session = UNSET;
  /** @type {Measurement} made with the session, before anything is drawn */
  measurement = UNSET;

  /** @type {Problem | null} the one that is shown */
  #problem = null;

  willUpdate() {
    this.measurement ??= new Measurement(this.session);
  }

  render() {
    const { problem } = this.measurement;
    this.#problem = problem;
    return html`
      <header class="metrics-head">
        ${control("metrics_view")}
        <div class="metrics-beside">
          ${control("metrics_part")}
          <bce-metric-files .measurement=${this.measurement}></bce-metric-files>
        </div>
      </header>
      <div class="metrics-stage">
        <p class="metrics-problem" role="status">${problem ? t(problem.key, problem.parameters) : ""}</p>
        <div class="metrics-views ${problem ? "absent" : ""}" data-view=${state.values.metrics_view}>
          ${this.#view("threshold", html`
            <bce-score-histogram .measurement=${this.measurement}></bce-score-histogram>
            <bce-confusion-matrix .measurement=${this.measurement} .session=${this.session}></bce-confusion-matrix>
            ${this.#figures("accuracy balanced_accuracy precision recall specificity f1 mcc")}`)}
          ${this.#view("ranking", html`
            <bce-ranking-curve kind="roc" .measurement=${this.measurement}></bce-ranking-curve>
            <bce-ranking-curve kind="pr" .measurement=${this.measurement}></bce-ranking-curve>`)}
          ${this.#view("calibration", html`
            <bce-reliability .measurement=${this.measurement}></bce-reliability>
            ${this.#figures("ece mce brier log_loss")}`)}
        </div>
      </div>`;
  }

  /** @param {string} name @param {unknown} body */
  #view(name, body) {
    return html`<section class="metrics-view ${name}" aria-label=${t(`choice.metrics_view.${name}`)}>${body}</section>`;
  }

  /** @param {string} names */
  #figures(names) {
    return html`<bce-metric-figures names=${names} .measurement=${this.measurement}></bce-metric-figures>`;
  }

  firstUpdated() {
    const { measurement } = this;
    this.listen(measurement, "measured", () => this.#follow());
    this.untilGone(measurement.follow());
    const observer = new IntersectionObserver((entries) => measurement.watch(Boolean(entries.at(-1)?.isIntersecting)));
    observer.observe(this);
    this.untilGone(() => observer.disconnect());
  }

  /** The views draw themselves; here only what can be said instead of them. */
  #follow() {
    if (this.#problem !== this.measurement.problem) this.requestUpdate();
  }
}

customElements.define("bce-metrics", MetricsPanel);
