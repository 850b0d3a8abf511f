/** Precision, recall and F1 of each class and their means, of both networks. */
import { html } from "lit";

import { formatDecimal } from "../../format.js";
import { t } from "../../i18n/index.js";
import { SeenView, mark } from "./seen-view.js";

const NETWORKS = ["one_vs_rest", "softmax"];
const SCORES = /** @type {const} */ (["precision", "recall", "f1"]);

export class ClassScores extends SeenView {
  render() {
    const { problem } = this;
    const all = NETWORKS.flatMap((name) => this.seen(name)?.metrics ?? []);
    if (!problem || all.length < NETWORKS.length) return "";
    const rows = [
      ...problem.classes.map((name, k) => ({ key: name, head: html`${mark(k)}${name}`,
        each: all.map(({ per_class }) => per_class[k]) })),
      { key: "macro", head: t("classes.macro"), each: all.map(({ average }) => average.macro) },
    ];
    return html`<table class="side-table class-scores">
      <caption class="unseen">${t("classes.scores_caption")}</caption>
      <thead>
        <tr><td></td>${NETWORKS.map((name) => html`<th scope="colgroup" colspan="3">${t(`side.${name}`)}</th>`)}</tr>
        <tr><td></td>${NETWORKS.map(() => SCORES.map((score) => html`<th scope="col">${t(`classes.${score}`)}</th>`))}
        </tr></thead>
      <tbody>${rows.map(({ key, head, each }) => html`<tr data-class=${key}><th scope="row">${head}</th>
        ${each.map((scores) => SCORES.map((score) => html`<td class="figure">${formatDecimal(scores[score], 2)}</td>`))}
      </tr>`)}</tbody>
    </table>`;
  }
}

customElements.define("bce-class-scores", ClassScores);
