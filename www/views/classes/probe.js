/** The probabilities at one point: of a softmax they sum to 1, of sigmoids they need not. */
import { html } from "lit";

import { formatDecimal } from "../../format.js";
import { t } from "../../i18n/index.js";
import { probedPoint } from "../../side/classes.js";
import { state } from "../../state.js";
import { SeenView, mark } from "./seen-view.js";
import { colourOf } from "./marks.js";

const NETWORKS = ["one_vs_rest", "softmax"];

export class ClassProbe extends SeenView {
  render() {
    const { problem } = this;
    if (!problem) return "";
    const [x, y] = probedPoint(state.values, problem);
    const found = NETWORKS.map((name) => this.seen(name)?.probe);
    if (found.some((probe) => !probe)) return "";
    const [x_name, y_name] = problem.names;
    return html`<table class="class-probe">
      <caption>${t("classes.probe_at", { x_name, y_name, x: formatDecimal(x, 2), y: formatDecimal(y, 2) })}</caption>
      <thead><tr><td></td>${NETWORKS.map((name) => html`<th scope="col">${t(`side.${name}`)}</th>`)}</tr></thead>
      <tbody>${problem.classes.map((name, k) => html`<tr><th scope="row">${mark(k)}${name}</th>
        ${found.map((probe) => bar(probe?.[k] ?? 0, k))}</tr>`)}</tbody>
      <tfoot><tr><th scope="row">${t("classes.sum")}</th>
        ${NETWORKS.map((name, k) => html`<td class="figure" data-sum=${name}>${formatDecimal(sum(found[k] ?? []), 3)}</td>`)}
      </tr></tfoot>
    </table>`;
  }
}

/** @param {number} probability @param {number} k */
const bar = (probability, k) => html`<td class="figure"><span class="probe-bar"
  .style=${`--share: ${(100 * probability).toFixed(1)}%; --kind: ${colourOf(k)}`}></span>${formatDecimal(probability, 3)}</td>`;

/** @param {ArrayLike<number>} values */
const sum = (values) => Array.from(values).reduce((total, value) => total + value, 0);

customElements.define("bce-class-probe", ClassProbe);
