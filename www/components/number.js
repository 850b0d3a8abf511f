/** A number to type. With the attribute `index` it is one item of a list, with a label of its own. */
import { html } from "lit";

import { labelOf, t } from "../i18n/index.js";
import { FieldElement } from "./element.js";
import { labelled } from "./help.js";

/** @import { NumberItem } from "../fields/declare.js" */

export class NumberBox extends FieldElement {
  /** Which item of a list; null if the field is one number. */
  get #index() {
    const index = this.getAttribute("index");
    return index === null ? null : Number(index);
  }

  #factor() {
    return this.declared.percent ? 100 : 1;
  }

  #shown() {
    const value = this.#index === null ? this.value : this.value[this.#index];
    return value === null ? "" : String(Number((value * this.#factor()).toPrecision(12)));
  }

  /** @param {{ target: HTMLInputElement }} event */
  #type = ({ target }) => {
    const typed = Number((target.valueAsNumber / this.#factor()).toPrecision(12));
    const emptied = this.declared.optional && target.value === "" && !target.validity.badInput;
    const value = emptied ? null : typed;
    this.change(this.#index === null ? value : this.value.with(this.#index, value));
    target.value = this.#shown();
  };

  render() {
    const index = this.#index;
    const { min, max } = index === null ? this.declared : /** @type {NumberItem} */ (this.declared.item);
    const id = index === null ? this.controlId : `${this.controlId}-${index}`;
    const label = index === null ? labelOf(this.declared) : t(`${this.declared.label}.${index}`);
    return html`<div class="field number">
      ${!index ? labelled(this.declared, id, label)
        : html`<span class="field-label"><label for=${id}>${label}</label></span>`}
      <input type="number" class="box figure" id=${id} .value=${this.#shown()}
        min=${min * this.#factor()} max=${max * this.#factor()} step="any"
        placeholder=${this.declared.optional ? t("value.never") : ""} aria-describedby=${this.helpId} @change=${this.#type}>
      ${this.complaint()}
    </div>`;
  }
}

customElements.define("bce-number", NumberBox);
