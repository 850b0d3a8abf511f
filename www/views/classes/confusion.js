/** How many test rows of each class are taken for which. */
import { html } from "lit";

import { formatCount, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { SeenView, mark } from "./seen-view.js";

export class ClassConfusion extends SeenView {
  render() {
    const { problem } = this;
    const metrics = this.seen(this.name)?.metrics;
    if (!problem || !metrics) return "";
    const { classes } = problem;
    const most = Math.max(...metrics.confusion.flat());
    return html`<table class="class-confusion" data-confusion=${this.name}>
      <caption>${t("classes.confusion", { rows: formatCount(metrics.samples), accuracy: formatShare(metrics.accuracy) })}</caption>
      <thead><tr><td></td>${classes.map((name, k) => html`<th scope="col" title=${name}>${mark(k)}<span>${shortened(name)}</span></th>`)}</tr></thead>
      <tbody>${metrics.confusion.map((row, i) => html`<tr>
        <th scope="row" title=${classes[i]}>${mark(i)}<span>${shortened(classes[i])}</span></th>
        ${row.map((count, j) => html`<td class=${i === j ? "right" : count > 0 ? "wrong" : ""}
          .style=${`--share: ${Math.round((100 * count) / most)}%`}>${formatCount(count)}</td>`)}</tr>`)}</tbody>
    </table>`;
  }
}

/** @param {string} name */
const shortened = (name) => (name.length > 6 ? `${name.slice(0, 4)}.` : name);

customElements.define("bce-class-confusion", ClassConfusion);
