/** The legend of the subsets: how each looks, and how many rows have it, truly and by prediction. */
import { html } from "lit";

import { formatCount } from "../../format.js";
import { t } from "../../i18n/index.js";
import { halves, subsetName, subsetOf } from "../../labels.js";
import { ReadingView } from "./reading-view.js";
import { paintSample, shadesOfSubsets } from "./subsets.js";

export class SubsetKey extends ReadingView {
  render() {
    const { measured } = this.reading;
    const labels = this.session.dataset?.target_names ?? [];
    const here = measured && measured.labels.length === labels.length ? measured : null;
    const truth = here ? countsOf(here.truth, halves(labels.length)) : [];
    const predicted = here ? countsOf(here.scores, here.thresholds) : [];
    return html`<table class="subset-key"><caption>${t("multilabel.subsets")}</caption>
      <thead><tr><td></td><th scope="col">${t("multilabel.true")}</th><th scope="col">${t("multilabel.predicted")}</th></tr></thead>
      <tbody>${Array.from({ length: 2 ** labels.length }, (_, bits) => html`<tr data-subset=${bits}>
        <th scope="row"><canvas class="subset-sample" width="36" height="22" aria-hidden="true"></canvas>${subsetName(bits, labels)}</th>
        <td class="figure">${formatCount(truth[bits] ?? 0)}</td><td class="figure">${formatCount(predicted[bits] ?? 0)}</td>
      </tr>`)}</tbody></table>`;
  }

  updated() {
    const shades = shadesOfSubsets(this.session.dataset?.target_names.length ?? 0);
    this.querySelectorAll("canvas").forEach((canvas, bits) => paintSample(canvas, bits, shades));
  }
}

/** How many rows have each subset. @param {Float32Array} values @param {number[]} thresholds */
function countsOf(values, thresholds) {
  const labels = thresholds.length;
  const counts = new Array(2 ** labels).fill(0);
  for (let start = 0; start < values.length; start += labels) counts[subsetOf(values, start, thresholds)] += 1;
  return counts;
}

customElements.define("bce-subset-key", SubsetKey);
