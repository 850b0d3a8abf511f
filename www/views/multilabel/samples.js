/** The rows of a part as a report shows them: measurements, true labels, predicted ones, and the errors. */
import { html } from "lit";

import { formatCount, formatDecimal } from "../../format.js";
import { t } from "../../i18n/index.js";
import { nameOf } from "../../labels.js";
import { state } from "../../state.js";
import { mark } from "../classes/seen-view.js";
import { colourOf } from "../classes/marks.js";
import { ReadingView } from "./reading-view.js";

/** @import { Dataset } from "bce-playground" */
/** @import { Measured } from "./reading.js" */

/** More rows than anybody reads; the numbers are of all of them. */
const MOST_ROWS = 60;

export class LabelSamples extends ReadingView {
  render() {
    const { dataset } = this.session;
    const { measured } = this.reading;
    if (!dataset || !measured || measured.split !== this.session.split) {
      return html`<p class="multilabel-waiting">${t("multilabel.waiting")}</p>`;
    }
    const { labels, split, part } = measured;
    const numbers = part === "train" ? split.train_rows : split.test_rows;
    const all = Array.from(numbers, (_, row) => row);
    const errors = all.filter((row) => labels.some((_, k) => isWrong(measured, row, k)));
    const rows = state.values.multilabel_errors ? errors : all;
    const digits = dataset.feature_names.map((_, k) => digitsOf(dataset, k));
    return html`<div class="multilabel-scroll" tabindex="0" role="group" aria-label=${t("multilabel.samples_caption")}>
      <table class="samples"><caption class="unseen">${t("multilabel.samples_caption")}</caption>
        <thead><tr><th scope="col">${t("multilabel.row")}</th>
          ${dataset.feature_names.map((name) => html`<th scope="col">${nameOf(name)}</th>`)}
          ${labels.map((name, k) => html`<th scope="col" class="sample-label">${mark(k)}${nameOf(name)}</th>`)}</tr></thead>
        <tbody>${rows.slice(0, MOST_ROWS).map((row) => sample(dataset, digits, measured, row, numbers[row]))}</tbody>
      </table></div>
      <p class="samples-count">${t("multilabel.samples_count", { errors: formatCount(errors.length), rows: formatCount(all.length),
        part: { key: `part.${part}` } })}</p>`;
  }
}

/** @param {Measured} measured @param {number} row @param {number} k */
function isWrong({ truth, scores, labels, thresholds }, row, k) {
  const at = row * labels.length + k;
  return (truth[at] === 1) !== scores[at] >= thresholds[k];
}

/** How many decimals a column has: none where its first values are whole. @param {Dataset} dataset @param {number} column */
const digitsOf = ({ inputs: { shape: [rows, features], data } }, column) =>
  (Array.from({ length: Math.min(rows, 20) }, (_, row) => data[row * features + column]).every(Number.isInteger) ? 0 : 1);

/** @param {Dataset} dataset @param {number[]} digits @param {Measured} measured @param {number} row of the part @param {number} number of the data set */
function sample({ inputs }, digits, measured, row, number) {
  const features = inputs.shape[1];
  const values = Array.from(inputs.data.subarray(number * features, (number + 1) * features));
  return html`<tr><th scope="row" class="figure">${formatCount(number + 1)}</th>
    ${values.map((value, k) => html`<td class="figure">${formatDecimal(value, digits[k])}</td>`)}
    ${measured.labels.map((_, k) => cell(measured, row, k))}</tr>`;
}

/** @param {Measured} measured @param {number} row @param {number} k */
function cell(measured, row, k) {
  const { truth, scores, labels, thresholds } = measured;
  const at = row * labels.length + k;
  const [has, predicted] = [truth[at] === 1, scores[at] >= thresholds[k]];
  const wrong = has !== predicted;
  const says = t(wrong ? has ? "multilabel.missed" : "multilabel.false_alarm" : has ? "multilabel.found" : "multilabel.rightly_not");
  return html`<td class=${wrong ? "sample-cell wrong" : "sample-cell"} title=${says}>
    <span class="sample-true ${has ? "has" : ""}" .style=${`--kind: ${colourOf(k)}`}
      role="img" aria-label=${t(has ? "multilabel.has" : "multilabel.has_not")}></span>
    <span class="sample-bar" .style=${`--share: ${(100 * scores[at]).toFixed(1)}%; --threshold: ${100 * thresholds[k]}%; --kind: ${colourOf(k)}`}></span>
    <span class="figure">${formatDecimal(scores[at], 2)}</span>
    <span class="sample-error">${wrong ? html`<span aria-hidden="true">✗</span><span class="unseen">${says}</span>` : ""}</span></td>`;
}

customElements.define("bce-label-samples", LabelSamples);
