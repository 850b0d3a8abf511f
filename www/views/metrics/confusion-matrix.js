/**
 * The confusion matrix: counts, and each row's shares. A cell looks as its points do on the boundary:
 * the ground is the predicted class, the mark the true one, and what is wrong is hatched.
 */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { formatCount, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";

/** @import { Measurement } from "./measurement.js" */

/** @typedef {"tp" | "fp" | "tn" | "fn"} Cell */

/** Rows are true classes, columns predicted ones, as in scikit-learn. @type {[Cell, Cell][]} */
const ROWS = [["tn", "fp"], ["fn", "tp"]];

export class ConfusionMatrix extends PageElement {
  /** @type {Measurement} */
  measurement = UNSET;

  render() {
    return html`<table class="confusion">
      <caption class="unseen">${t("metrics.confusion")}</caption>
      <thead><tr>
        <td></td>
        ${[0, 1].map((label) => html`<th scope="col">${t("metrics.predicted", { label })}</th>`)}
      </tr></thead>
      <tbody>${ROWS.map((row, label) => html`<tr>
        <th scope="row"><span>${t("metrics.actual", { label })}</span></th>
        ${row.map((cell, predicted) => this.#cell(cell, label, predicted))}
      </tr>`)}</tbody>
    </table>`;
  }

  /** @param {Cell} cell @param {number} actual @param {number} predicted */
  #cell(cell, actual, predicted) {
    const { metrics, part } = this.measurement.measured ?? {};
    const right = actual === predicted ? "right" : "wrong";
    return html`<td class="cell ${right} predicted-${predicted}" data-cell=${cell}>
      <span class="cell-name"><span class="cell-mark ${part ?? "train"} class-${actual}"></span>
        <abbr title=${t(`metrics.${cell}`)}>${cell.toUpperCase()}</abbr></span>
      <b class="figure" data-value=${cell}>${metrics ? formatCount(metrics[cell]) : ""}</b>
      <span class="figure cell-share">${metrics ? formatShare(this.#share(cell)) : ""}</span>
    </td>`;
  }

  /** The cell's share of its row; NaN of an empty row. @param {Cell} cell */
  #share(cell) {
    const { metrics } = this.measurement.measured ?? {};
    if (!metrics) return NaN;
    const row = ROWS.find((each) => each.includes(cell)) ?? [];
    return metrics[cell] / row.reduce((sum, each) => sum + metrics[each], 0);
  }

  firstUpdated() {
    this.listen(this.measurement, "measured", () => this.requestUpdate());
  }

  updated() {
    for (const cell of ROWS.flat()) {
      this.find(`[data-cell=${cell}]`).style.setProperty("--share", String(this.#share(cell) || 0));
    }
  }
}

customElements.define("bce-confusion-matrix", ConfusionMatrix);
