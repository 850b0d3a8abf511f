/**
 * Some of the numbers of `definitions.js`, named by the attribute `names`: each with its sentence and
 * its formula on demand, and a reason where it has no value.
 */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { help } from "../../components/help.js";
import { t } from "../../i18n/index.js";
import { definitions, missing, shownValue } from "./definitions.js";

/** @import { MetricName } from "./definitions.js" */
/** @import { Measurement } from "./measurement.js" */

export class MetricFigures extends PageElement {
  /** @type {Measurement} */
  measurement = UNSET;

  /** @returns {MetricName[]} */
  get #names() {
    return /** @type {MetricName[]} */ ((this.getAttribute("names") ?? "").split(" "));
  }

  render() {
    const names = this.#names;
    return html`<dl class="figures">${names.map((name) => this.#figure(name))}</dl>
      <p class="figures-note">${this.#reasons(names)}</p>`;
  }

  /** @param {MetricName} name */
  #figure(name) {
    const { metrics } = this.measurement.measured ?? {};
    const label = `metric.${name}`;
    const named = { key: `metric-${name}`, argument: definitions[name].known_as, label, help: `${label}.help` };
    return html`<div class="field">
      <dt class="field-label">${t(label)}${help(named, this.#formula(name))}</dt>
      <dd class="figure" data-value=${name}>${metrics ? shownValue(name, metrics) : ""}</dd>
    </div>`;
  }

  /** The formula, then the same with the numbers in it, or why there is no value. @param {MetricName} name */
  #formula(name) {
    const { metrics } = this.measurement.measured ?? {};
    const { formula, filled } = definitions[name];
    const reason = metrics && missing(name, metrics);
    return html`<span class="help-formula">${formula}</span>
      ${metrics && (filled || reason) ? html`<span class="help-formula">
        ${filled ? `= ${filled(metrics)}` : ""}
        ${reason ? html`<span>${t("metrics.undefined", { reason: { key: `metrics.missing.${reason}` } })}</span>`
          : `= ${shownValue(name, metrics)}`}</span>` : ""}`;
  }

  /** Each reason once, with the numbers that it takes away. @param {MetricName[]} names */
  #reasons(names) {
    const { metrics } = this.measurement.measured ?? {};
    if (!metrics) return "";
    const reasons = new Set(names.map((name) => missing(name, metrics)).filter((reason) => reason !== null));
    return [...reasons].map((reason) => t("metrics.undefined", { reason: { key: `metrics.missing.${reason}` } }));
  }

  firstUpdated() {
    this.listen(this.measurement, "measured", () => this.requestUpdate());
  }
}

customElements.define("bce-metric-figures", MetricFigures);
