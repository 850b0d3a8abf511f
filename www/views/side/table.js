/** The contestants' numbers on the test part, one row each; the last row is the best constant answer. */
import { html } from "lit";

import { token } from "../../colours.js";
import { PageElement, UNSET } from "../../components/element.js";
import { formatDecimal, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { looks } from "../../side/looks.js";
import { state } from "../../state.js";
import { shownValue } from "../metrics/definitions.js";

/** @import { BinaryMetrics } from "bce-playground" */
/** @import { SideBySide } from "../../side/side-by-side.js" */
/** @import { MetricName } from "../metrics/definitions.js" */

/** @type {MetricName[]} */
const BEFORE = ["accuracy", "recall", "precision", "f1", "average_precision"];
/** @type {MetricName[]} */
const AFTER = ["log_loss", "brier", "ece"];

export class SideTable extends PageElement {
  static properties = { constant: { attribute: false } };

  /** @type {SideBySide} */
  contest = UNSET;

  constructor() {
    super();
    /** @type {BinaryMetrics | null} of the same answer to every row */
    this.constant = null;
  }

  render() {
    const { threshold, least_precision } = state.values;
    const rows = this.contest.measured ?? [];
    return html`<table class="side-table">
      <caption class="unseen">${t("side.table_caption", { threshold })}</caption>
      <thead><tr><td></td>
        ${BEFORE.map((name) => html`<th scope="col" title=${t(`metric.${name}.help`)}>${t(`side.column.${name}`)}</th>`)}
        <th scope="col" title=${t("side.recall_at_help")}>${t("side.recall_at", { precision: least_precision })}</th>
        ${AFTER.map((name) => html`<th scope="col" title=${t(`metric.${name}.help`)}>${t(`side.column.${name}`)}</th>`)}
      </tr></thead>
      <tbody>
        ${rows.map(({ standing: { name }, metrics }) => this.#row(name, metrics, least_precision))}
        ${this.constant ? this.#row("constant", this.constant, least_precision) : ""}
      </tbody>
    </table>`;
  }

  /** @param {string} name @param {BinaryMetrics} metrics @param {number} least_precision */
  #row(name, metrics, least_precision) {
    const cell = (/** @type {MetricName} */ metric) => html`<td class="figure" data-metric=${metric}>
      ${metric === "accuracy" ? formatShare(metrics.accuracy) : shownValue(metric, metrics)}</td>`;
    return html`<tr data-row=${name}>
      <th scope="row">${swatch(name)}${t(`side.${name}`)}</th>
      ${BEFORE.map(cell)}
      <td class="figure" data-metric="recall_at">${formatDecimal(recallAt(metrics, least_precision), 3)}</td>
      ${AFTER.map(cell)}
    </tr>`;
  }

  firstUpdated() {
    this.listen(this.contest, "measured", () => this.requestUpdate());
  }
}

/** A piece of the contestant's line. @param {string} name */
export function swatch(name) {
  const look = looks[name];
  if (!look) return html`<span class="side-swatch" aria-hidden="true"></span>`;
  return html`<svg class="side-swatch" viewBox="0 0 22 4" aria-hidden="true"><line x1="0" y1="2" x2="22" y2="2"
    stroke=${token(look.colour)} stroke-width="3.2" stroke-dasharray=${look.dash.join(" ")}></line></svg>`;
}

/**
 * The largest recall at a threshold whose precision is at least this; 0 where there is none.
 *
 * @param {Pick<BinaryMetrics, "pr">} metrics
 * @param {number} precision
 */
export function recallAt({ pr }, precision) {
  return pr.recall.find((_, k) => k < pr.thresholds.length && pr.precision[k] >= precision) ?? 0;
}

customElements.define("bce-side-table", SideTable);
