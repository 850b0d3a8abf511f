/** How many cells of the training images hold an object's centre, and how many do not. */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { formatCount, formatDecimal } from "../../format.js";
import { t } from "../../i18n/index.js";

/** @import { Split } from "bce-playground" */
/** @import { Finder } from "./finder.js" */
/** @import { Session } from "../../session.js" */

export class CellBalance extends PageElement {
  /** @type {Session} */
  session = UNSET;
  /** @type {Finder} */
  finder = UNSET;

  /** What was counted. @type {Split | null} */
  #split = null;
  #count = { positive: 0, negative: 0 };

  render() {
    this.#look();
    const { positive, negative } = this.#count;
    if (positive === 0) return "";
    const share = (positive / (positive + negative)) * 100;
    return html`<p class="balance-text">${t("detection.balance", { ratio: formatDecimal(negative / positive, 1) })}</p>
      <div class="balance" aria-hidden="true"><span .style=${`inline-size:${share}%`}></span></div>
      <dl class="balance-counts">
        <div><dt><span class="balance-sample positive"></span>${t("detection.positive")}</dt><dd class="figure" data-cells="positive">${formatCount(positive)}</dd></div>
        <div><dt><span class="balance-sample"></span>${t("detection.negative")}</dt><dd class="figure" data-cells="negative">${formatCount(negative)}</dd></div>
      </dl>`;
  }

  firstUpdated() {
    this.listen(this.session, "plane", () => this.requestUpdate());
  }

  #look() {
    const { session: { split }, finder: { images } } = this;
    if (split === this.#split || !split || !images) return;
    this.#split = split;
    const { data } = split.targets;
    const width = 1 + images.classes + 4;
    let positive = 0;
    for (let k = 0; k < data.length; k += width) positive += data[k];
    this.#count = { positive, negative: data.length / width - positive };
  }
}

customElements.define("bce-cell-balance", CellBalance);
