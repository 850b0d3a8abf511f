/** Each label's loss and metrics at its threshold, their averages, and what counts a row as a whole. */
import { html } from "lit";

import { formatCount, formatDecimal, formatLoss, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { nameOf } from "../../labels.js";
import { mark } from "../classes/seen-view.js";
import { ReadingView } from "./reading-view.js";

/** @import { MultilabelMetrics } from "bce-playground" */

const COUNTS = /** @type {const} */ (["tp", "fp", "fn", "tn"]);
const SCORES = /** @type {const} */ (["precision", "recall", "f1"]);
const AVERAGES = /** @type {const} */ (["micro", "macro", "weighted", "samples"]);

export class LabelMetrics extends ReadingView {
  render() {
    const { measured } = this.reading;
    if (!measured) return html`<p class="multilabel-waiting">${t("multilabel.waiting")}</p>`;
    const { metrics, labels, part } = measured;
    return html`<dl class="multilabel-headline">
        ${headline("subset_accuracy", formatShare(metrics.subset_accuracy))}
        ${headline("hamming_loss", formatDecimal(metrics.hamming_loss, 4))}
      </dl>
      <div class="multilabel-scroll" tabindex="0" role="group" aria-label=${t("multilabel.scores_caption")}>
      <table class="multilabel-scores"><caption class="unseen">${t("multilabel.scores_caption")}</caption>
        <thead><tr><th scope="col">${t(`part.${part}`)}</th><th scope="col">${t("multilabel.loss")}</th>
          ${COUNTS.map((count) => html`<th scope="col" title=${t(`multilabel.${count}`)}>${count.toUpperCase()}</th>`)}
          <th scope="col">${t("multilabel.accuracy")}</th>
          ${SCORES.map((score) => html`<th scope="col">${t(`multilabel.${score}`)}</th>`)}</tr></thead>
        <tbody>${labels.map((name, k) => labelRow(name, k, metrics))}</tbody>
        <tbody>${AVERAGES.map((kind) => averageRow(kind, metrics))}</tbody>
      </table></div>`;
  }
}

/** @param {"subset_accuracy" | "hamming_loss"} what @param {string} value */
const headline = (what, value) => html`<div><dt>${t(`multilabel.${what}`)}</dt>
  <dd class="figure" data-value=${what}>${value}</dd><dd class="multilabel-says">${t(`multilabel.${what}.says`)}</dd></div>`;

/** @param {string} name @param {number} k @param {MultilabelMetrics} metrics */
function labelRow(name, k, { per_label }) {
  const each = per_label[k];
  return html`<tr data-label=${k}><th scope="row">${mark(k)}${nameOf(name)}</th>
    <td class="figure">${formatLoss(each.log_loss_torch_bce)}</td>
    ${COUNTS.map((count) => html`<td class="figure">${formatCount(each[count])}</td>`)}
    <td class="figure">${formatShare(each.accuracy)}</td>
    ${SCORES.map((score) => html`<td class="figure">${formatDecimal(each[score], 3)}</td>`)}</tr>`;
}

/** @param {typeof AVERAGES[number]} kind @param {MultilabelMetrics} metrics */
function averageRow(kind, metrics) {
  const scores = metrics.average[kind];
  if (!scores) return "";
  return html`<tr data-average=${kind}><th scope="row">${t(`multilabel.${kind}`)}</th>
    ${kind === "micro" ? allElements(metrics) : html`<td class="multilabel-says" colspan="6">${t(`multilabel.average.${kind}`)}</td>`}
    ${SCORES.map((score) => html`<td class="figure">${formatDecimal(scores[score], 3)}</td>`)}</tr>`;
}

/** Of all elements as one label there are a loss, counts and an accuracy too. @param {MultilabelMetrics} metrics */
const allElements = ({ micro_confusion, element_accuracy, log_loss_torch_bce }) => html`
  <td class="figure">${formatLoss(log_loss_torch_bce)}</td>
  ${COUNTS.map((count) => html`<td class="figure">${formatCount(micro_confusion[count])}</td>`)}
  <td class="figure">${formatShare(element_accuracy)}</td>`;

customElements.define("bce-label-metrics", LabelMetrics);
