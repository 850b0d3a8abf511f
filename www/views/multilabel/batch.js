/** A batch element by element: what each loses, what `weight` multiplies, and what `mean` divides by. */
import { html } from "lit";

import "../../components/label-slider.js";
import { control } from "../../components/control.js";
import { fields } from "../../fields.js";
import { formatDecimal, formatLoss } from "../../format.js";
import { t } from "../../i18n/index.js";
import { nameOf, ofEachLabel } from "../../labels.js";
import { hidden } from "../../lesson.js";
import { state } from "../../state.js";
import { colourOf } from "../classes/marks.js";
import { mark } from "../classes/seen-view.js";
import { ReadingView } from "./reading-view.js";

/** @import { Values } from "../../fields.js" */
/** @import { Batch } from "./reading.js" */

const WEIGHTS = /** @type {const} */ (["multilabel_weight", "multilabel_pos_weight"]);

export class LabelBatch extends ReadingView {
  render() {
    const { batch, measured } = this.reading;
    if (!batch || !measured) return html`<p class="multilabel-waiting">${t("multilabel.waiting")}</p>`;
    const { labels } = measured;
    const [rows, columns] = batch.targets.shape;
    const divisor = state.values.multilabel_reduction === "sum" ? 1 : rows * columns;
    const steepest = Math.max(...batch.slopes.map(Math.abs)) / divisor;
    return html`<div class="batch">
      <div class="batch-sum">${control("multilabel_reduction")}${reduced(batch)}${control("multilabel_rows")}</div>
      <p class="multilabel-says">${t(`multilabel.${state.values.multilabel_reduction}.says`, { rows, count: rows * columns })}</p>
      <div class="multilabel-scroll" tabindex="0" role="group" aria-label=${t("multilabel.batch_caption", { rows, labels: columns })}>
      <table class="batch-matrix"><caption class="unseen">${t("multilabel.batch_caption", { rows, labels: columns })}</caption>
        <thead><tr><td></td>${labels.map((name, k) => html`<th scope="col">${mark(k)}${nameOf(name)}
          ${WEIGHTS.map((field) => weightOf(field, k, labels))}</th>`)}</tr></thead>
        <tbody>${Array.from({ length: rows }, (_, row) => html`<tr><th scope="row">${row + 1}</th>
          ${labels.map((_, k) => element(batch, row * columns + k, k, divisor, steepest))}</tr>`)}</tbody>
      </table>
      <p class="multilabel-says">${t("multilabel.element.says")} ${fields.multilabel_weight.when(state.values) ? ""
        : t("multilabel.no_weight", { loss: state.values.loss })}</p></div>
    </div>`;
  }
}

/** @param {typeof WEIGHTS[number]} field @param {number} label @param {string[]} names */
function weightOf(field, label, names) {
  if (!fields[field].when(state.values) || hidden(field)) return "";
  return html`<bce-label-slider field=${field} label=${label} .names=${names} text=${fields[field].argument}></bce-label-slider>`;
}

/** @param {Batch} batch @param {number} at @param {number} label @param {number} divisor @param {number} steepest */
function element({ targets, probabilities, plain, weighted, slopes }, at, label, divisor, steepest) {
  const has = targets.data[at] === 1;
  const slope = slopes[at] / divisor;
  const share = steepest > 0 ? (50 * slope) / steepest : 0;
  return html`<td>
    <span class="element-line"><span class="sample-true ${has ? "has" : ""}" .style=${`--kind: ${colourOf(label)}`}
        role="img" aria-label=${t(has ? "multilabel.has" : "multilabel.has_not")}></span>
      <span class="element-p figure">${formatDecimal(probabilities.data[at], 2)}</span>
      <span class="element-loss figure">${formatDecimal(plain[at], 3)}${factors(label, has)}<b>${formatDecimal(weighted[at], 3)}</b></span></span>
    <span class="element-line"><span class="element-slope" .style=${`--from: ${50 + Math.min(0, share)}%; --to: ${50 + Math.max(0, share)}%`}></span>
      <span class="element-gradient figure">${formatDecimal(Math.abs(slope) < 5e-5 ? 0 : slope, 4)}</span></span></td>`;
}

/** What the loss of an element is multiplied by. @param {number} label @param {boolean} has */
function factors(label, has) {
  const { loss } = state.values;
  const at = (/** @type {typeof WEIGHTS[number]} */ field) =>
    (fields[field].when(state.values) ? ofEachLabel(state.values[field], label + 1)[label] : 1);
  const pos = loss === "BCEWithLogitsLoss" && has ? at("multilabel_pos_weight") : 1;
  const both = [at("multilabel_weight"), pos].filter((factor, k) => k === 0 || factor !== 1);
  return html` × ${both.join(" × ")} = `;
}

/** The sum and the mean of the elements, and which of them the loss is. @param {Batch} batch */
function reduced({ targets, weighted }) {
  const [rows, labels] = targets.shape;
  const { multilabel_reduction: reduction } = state.values;
  const sum = weighted.reduce((all, each) => all + each, 0);
  const count = rows * labels;
  const line = (/** @type {Values["multilabel_reduction"]} */ name, /** @type {string} */ value) => html`<div
    class=${name === reduction ? "chosen" : ""} data-reduction=${name}><dt>${name}</dt><dd class="figure">${value}</dd>
    <dd class="multilabel-says">${t(`multilabel.${name}.of`, { rows, labels, count })}</dd></div>`;
  return html`<dl class="batch-reduced">
    ${reduction === "none" ? line("none", `(${rows}, ${labels})`) : line("sum", formatLoss(sum))}
    ${line("mean", formatLoss(sum / count))}</dl>`;
}

customElements.define("bce-label-batch", LabelBatch);
