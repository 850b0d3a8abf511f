/** A slider for one label's number of a list: the others, and labels that have none yet, keep theirs. */
import { html } from "lit";

import { formatNumber, t } from "../i18n/index.js";
import { nameOf, ofEachLabel } from "../labels.js";
import { FieldElement } from "./element.js";
import { fill, trackOf } from "./track.js";

/** @import { NumberItem } from "../fields/declare.js" */

export class LabelSlider extends FieldElement {
  static properties = { label: { type: Number }, names: { attribute: false }, text: {}, what: {} };

  constructor() {
    super();
    /** Which label. */
    this.label = 0;
    /** Of all labels. @type {string[]} */
    this.names = [];
    /** What stands before the slider, and what it is called. */
    this.text = "";
    this.what = "";
  }

  get #number() {
    return ofEachLabel(this.value, this.names.length)[this.label];
  }

  get #item() {
    return /** @type {NumberItem} */ (this.declared.item);
  }

  /** @param {number} number */
  #set(number) {
    this.change(ofEachLabel(this.value, this.names.length).map((old, k) => (k === this.label ? number : old)));
  }

  /** The position of the value on the slider, and the slider's bounds. */
  #track() {
    return trackOf(this.declared, this.#item, this.#number);
  }

  /** @param {{ target: HTMLInputElement }} event */
  #slide = ({ target }) => {
    const { ladder } = this.declared;
    this.#set(ladder ? ladder[Number(target.value)] : Number(target.value));
  };

  /** @param {{ target: HTMLInputElement }} event */
  #type = ({ target }) => {
    this.#set(target.valueAsNumber);
    target.value = String(this.#number);
  };

  render() {
    const { min, max, step, position } = this.#track();
    const name = t("multilabel.of_label", { what: this.what || this.text, label: nameOf(this.names[this.label] ?? "") });
    return html`<div class="label-slider">
      <span class="label-slider-text" aria-hidden="true" title=${t(this.declared.help)}>${this.text}</span>
      <input type="range" min=${min} max=${max} step=${step} .value=${String(position)} aria-label=${name}
        title=${t(this.declared.help)} aria-valuetext=${formatNumber(this.#number)} @input=${this.#slide}>
      <input type="number" class="figure" step="any" min=${this.#item.min} max=${this.#item.max} .value=${String(this.#number)}
        aria-label=${t("slider.exact", { label: name })} @change=${this.#type}>
      ${this.complaint()}
    </div>`;
  }

  updated() {
    fill(this.find("[type=range]"), this.#track());
  }
}

customElements.define("bce-label-slider", LabelSlider);
