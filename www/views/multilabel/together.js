/** How often labels come together: among the true labels, and beside that among the predicted ones. */
import { html } from "lit";

import { formatCount } from "../../format.js";
import { t } from "../../i18n/index.js";
import { nameOf } from "../../labels.js";
import { mark } from "../classes/seen-view.js";
import { ReadingView } from "./reading-view.js";

export class LabelsTogether extends ReadingView {
  render() {
    const { measured } = this.reading;
    if (!measured) return html`<p class="multilabel-waiting">${t("multilabel.waiting")}</p>`;
    const { labels, together, scores, part } = measured;
    const rows = scores.length / labels.length;
    return html`<p class="multilabel-says">${t("multilabel.together_says", { rows: formatCount(rows), part: { key: `part.${part}` } })}</p>
      <div class="together">${/** @type {const} */ (["true", "predicted"]).map((kind) =>
        matrix(kind, labels, together[kind], rows))}</div>`;
  }
}

/** @param {"true" | "predicted"} kind @param {string[]} labels @param {number[][]} counts @param {number} rows */
const matrix = (kind, labels, counts, rows) => html`<table class="together-matrix" data-together=${kind}>
  <caption>${t(`multilabel.${kind}`)}</caption>
  <thead><tr><td></td>${labels.map((name, k) => html`<th scope="col">${mark(k)}<span>${nameOf(name)}</span></th>`)}</tr></thead>
  <tbody>${counts.map((row, i) => html`<tr><th scope="row">${mark(i)}<span>${nameOf(labels[i])}</span></th>
    ${row.map((count, j) => html`<td class=${i === j ? "figure own" : "figure"}
      .style=${`--share: ${Math.round((100 * count) / Math.max(1, rows))}%`}>${formatCount(count)}</td>`)}</tr>`)}</tbody>
</table>`;

customElements.define("bce-labels-together", LabelsTogether);
