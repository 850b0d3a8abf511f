/** How good it is on all test images: average precision of each class, its mean, and the parts of the loss. */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { formatDecimal, formatLoss } from "../../format.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { mark } from "../classes/seen-view.js";

/** @import { ClassPrecision, Evaluation } from "bce-playground" */
/** @import { Finder } from "./finder.js" */

/** @param {number} value */
const share = (value) => (Number.isFinite(value) ? formatDecimal(value) : "–");

/**
 * Precision and recall of what is at least so sure.
 *
 * @param {ClassPrecision} of
 * @param {number} threshold
 */
export function atThreshold({ scores, right, objects }, threshold) {
  const below = scores.findIndex((score) => score < threshold);
  const count = below < 0 ? scores.length : below;
  const hits = right.slice(0, count).filter(Boolean).length;
  return { precision: hits / count, recall: hits / objects };
}

export class DetectionQuality extends PageElement {
  /** @type {Finder} */
  finder = UNSET;

  firstUpdated() {
    this.listen(this.finder, "measured", () => this.requestUpdate());
  }

  render() {
    const { measured, images } = this.finder;
    const { detection_score } = state.values;
    const names = images?.target_names ?? [];
    return html`<figure class="quality">
        <figcaption>${t("detection.map")}<strong class="figure" data-map>${share(measured?.detected.mean_average_precision ?? NaN)}</strong></figcaption>
        <table class="quality-table">
          <thead><tr><th scope="col">${t("detection.class")}</th><th scope="col" colspan="2">${t("detection.ap")}</th>
            <th scope="col">${t("detection.precision")}</th><th scope="col">${t("detection.recall")}</th></tr></thead>
          <tbody>${names.map((name, k) => this.#row(name, k, measured?.detected.classes[k]))}</tbody>
        </table>
        <p class="parts-sum">${t("detection.from", { score: formatDecimal(detection_score) })}</p>
      </figure>
      <figure class="parts">
        <figcaption>${t("detection.parts")}</figcaption>
        ${this.#parts(measured?.losses)}
      </figure>`;
  }

  /** @param {string} name @param {number} k @param {ClassPrecision | undefined} found */
  #row(name, k, found) {
    const ap = found?.average_precision ?? NaN;
    const at = found && atThreshold(found, state.values.detection_score);
    return html`<tr><th scope="row">${mark(k)}${t(`detection.class.${name}`)}</th>
      <td class="figure" data-ap=${name}>${share(ap)}</td>
      <td class="quality-bar"><span class="kind-${k + 1}" .style=${`inline-size:${Number.isFinite(ap) ? ap * 100 : 0}%`}></span></td>
      <td class="figure">${share(at?.precision ?? NaN)}</td><td class="figure">${share(at?.recall ?? NaN)}</td></tr>`;
  }

  /** @param {Evaluation | undefined} losses */
  #parts(losses) {
    const { label_loss = NaN, objectness_loss = NaN, class_loss = NaN, box_loss = NaN, loss = NaN } = losses ?? {};
    const classes = this.finder.images?.classes ?? 3;
    const { box_weight } = state.values;
    // Of the mean over a cell's labels, what the first one and what the others bring.
    const parts = [
      { name: "objectness", value: objectness_loss, brings: objectness_loss / (1 + classes) },
      { name: "classes", value: class_loss, brings: class_loss * classes / (1 + classes) },
      { name: "boxes", value: box_loss, brings: box_loss * box_weight },
    ];
    return html`
      <div class="parts-bar" aria-hidden="true">${parts.map(({ name, brings }) => html`<span class=${name}
        .style=${`flex-grow:${Number.isFinite(brings) ? 1000 * Math.max(brings, 0) : 0}`}></span>`)}</div>
      <dl class="parts-list">${parts.map(({ name, value }) => html`<div>
        <dt><span class="parts-sample ${name}"></span>${t(`detection.part.${name}`)}</dt>
        <dd class="figure" data-part=${name}>${formatLoss(Number.isFinite(value) ? value : null)}</dd></div>`)}
      </dl>
      <p class="parts-sum">${t("detection.sum", { loss: written(loss), labels: written(label_loss), weight: box_weight, boxes: written(box_loss) })}</p>`;
  }
}

/** @param {number} value */
const written = (value) => formatLoss(Number.isFinite(value) ? value : null);

customElements.define("bce-detection-quality", DetectionQuality);
