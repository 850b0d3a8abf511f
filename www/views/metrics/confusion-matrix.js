/**
 * The confusion matrix: counts, and each row's shares. A cell looks as its points do on the boundary:
 * the ground is the predicted class, the mark the true one; what is wrong has a frame. Who points at
 * a cell sees its points there; a press keeps them in sight.
 */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { formatCount, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { drawConfusion } from "./confusion-picture.js";
import { pictureOf } from "./drawn-view.js";

/** @import { Session } from "../../session.js" */
/** @import { Measured, Measurement } from "./measurement.js" */

/** @typedef {"tp" | "fp" | "tn" | "fn"} Cell */

/** Rows are true classes, columns predicted ones, as in scikit-learn. @type {[Cell, Cell][]} */
const ROWS = [["tn", "fp"], ["fn", "tp"]];

/** The rows of the part that a cell counts. @param {Measured} measured @param {Cell} cell */
function rowsOf({ scores, labels, metrics: { threshold } }, cell) {
  const predicted = cell === "tp" || cell === "fp";
  const actual = cell === "tp" || cell === "fn" ? 1 : 0;
  return Array.from(labels.keys()).filter((k) => labels[k] === actual && scores[k] >= threshold === predicted);
}

export class ConfusionMatrix extends PageElement {
  /** @type {Measurement} */
  measurement = UNSET;
  /** @type {Session} */
  session = UNSET;

  /** @type {Cell | null} pointed at */
  #pointed = null;
  /** @type {Cell | null} pressed */
  #kept = null;

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
    return html`<td><button type="button" class="cell ${right} predicted-${predicted}" data-cell=${cell}
      title=${t(`metrics.${cell}`)} aria-pressed=${this.#kept === cell}
      @click=${() => this.#keep(cell)} @pointerenter=${() => this.#point(cell)} @pointerleave=${() => this.#point(null)}>
      <span class="cell-name"><span class="cell-mark ${part ?? "train"} class-${actual}"></span>
        ${cell.toUpperCase()}</span>
      <b class="figure" data-value=${cell}>${metrics ? formatCount(metrics[cell]) : ""}</b>
      <span class="figure cell-share">${metrics ? formatShare(this.#share(cell)) : ""}</span>
    </button></td>`;
  }

  /** @param {Cell} cell */
  #keep(cell) {
    this.#kept = this.#kept === cell ? null : cell;
    this.#mark();
    this.requestUpdate();
  }

  /** @param {Cell | null} cell */
  #point(cell) {
    this.#pointed = cell;
    this.#mark();
  }

  /** Has the boundary show the points of the cell that is pointed at, or else of the one that is kept. */
  #mark() {
    const { measured } = this.measurement;
    const cell = this.#pointed ?? this.#kept;
    if (!measured || !cell) {
      if (this.session.marked) this.session.mark(null);
      return;
    }
    this.session.mark({ part: measured.part, rows: rowsOf(measured, cell), wrong: cell === "fp" || cell === "fn" });
  }

  /** The cell's share of its row; NaN of an empty row. @param {Cell} cell */
  #share(cell) {
    const { metrics } = this.measurement.measured ?? {};
    if (!metrics) return NaN;
    const row = ROWS.find((each) => each.includes(cell)) ?? [];
    return metrics[cell] / row.reduce((sum, each) => sum + metrics[each], 0);
  }

  /** As a picture for a file. @param {Measured} measured @param {number} width @param {number} height */
  picture(measured, width, height) {
    return pictureOf((space) => drawConfusion(space, measured), width, height);
  }

  firstUpdated() {
    this.listen(this.measurement, "measured", () => {
      this.requestUpdate();
      this.#mark();
    });
    this.untilGone(() => this.session.mark(null));
  }

  updated() {
    for (const cell of ROWS.flat()) {
      this.find(`[data-cell=${cell}]`).style.setProperty("--share", String(this.#share(cell) || 0));
    }
  }
}

customElements.define("bce-confusion-matrix", ConfusionMatrix);
