/**
 * A slider with a box to type into. A field with a `ladder` slides over those steps and still takes
 * any number in its bounds; a `percent` field shows 50 for 0.5.
 */
import { html } from "lit";

import { formatNumber, labelOf, t } from "../i18n/index.js";
import { FieldElement } from "./element.js";
import { labelled } from "./help.js";
import { fill, trackOf } from "./track.js";

/** @import { NumberItem } from "../fields/declare.js" */

export class Slider extends FieldElement {
  /** A list that holds one number slides as that number does. */
  get #number() {
    return Array.isArray(this.value) ? this.value[0] : this.value;
  }

  get #bounds() {
    return Array.isArray(this.value) ? /** @type {NumberItem} */ (this.declared.item) : this.declared;
  }

  /** @param {number} number */
  #set(number) {
    this.change(Array.isArray(this.value) ? [number] : number);
  }

  #factor() {
    return this.declared.percent ? 100 : 1;
  }

  /** The position of the value on the slider, and the slider's bounds. */
  #track() {
    return trackOf(this.declared, this.#bounds, this.#number);
  }

  /** @param {{ target: HTMLInputElement }} event */
  #slide = ({ target }) => {
    const { ladder, step } = this.declared;
    const position = Number(target.value);
    // 0.1 + 0.2 has no place in a link: rounded to the step's own decimals.
    this.#set(ladder ? ladder[position] : Number((Math.round(position / step) * step).toFixed(6)));
  };

  /** @param {{ target: HTMLInputElement }} event */
  #type = ({ target }) => {
    const value = Number((target.valueAsNumber / this.#factor()).toPrecision(12));
    this.#set(value);
    target.value = this.#shown();
  };

  #shown() {
    return String(Number((this.#number * this.#factor()).toPrecision(12)));
  }

  render() {
    const { declared, controlId, helpId } = this;
    const { min, max, step, position } = this.#track();
    const unit = declared.percent ? "%" : declared.unit;
    const label = labelOf(declared);
    const text = `${formatNumber(Number(this.#shown()))}${unit ? ` ${unit}` : ""}`;
    return html`<div class="field slider">
      ${labelled(declared, controlId)}
      <span class="value">
        <input type="number" class="figure" .value=${this.#shown()}
          min=${this.#bounds.min * this.#factor()} max=${this.#bounds.max * this.#factor()} step="any"
          aria-label=${t("slider.exact", { label })} @change=${this.#type}>${unit
            ? html`<span class="unit" aria-hidden="true">${unit}</span>` : ""}
      </span>
      <input type="range" id=${controlId} min=${min} max=${max} step=${step} .value=${String(position)}
        aria-describedby=${helpId} aria-valuetext=${text}
        @input=${this.#slide}>
      ${this.complaint()}
    </div>`;
  }

  updated() {
    fill(this.find("[type=range]"), this.#track());
  }
}

customElements.define("bce-slider", Slider);
