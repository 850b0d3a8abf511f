/** One of several: a drop-down list, or where the field says "segments" all choices side by side. */
import { html } from "lit";
import { live } from "lit/directives/live.js";

import { hasText, labelOf, t } from "../i18n/index.js";
import { choiceLabel } from "../fields.js";
import { FieldElement } from "./element.js";
import { formula } from "./formula.js";
import { help, labelled } from "./help.js";

export class Choice extends FieldElement {
  /** What a choice is called: PyTorch's names stand for themselves. @param {string} value */
  #name(value) {
    const key = choiceLabel(this.declared, value);
    return hasText(key) ? t(key) : value;
  }

  /** @param {{ target: HTMLSelectElement }} event */
  #choose = ({ target }) => this.change(target.value);

  #list() {
    const { declared, controlId, helpId } = this;
    return html`<div class="field choice">
      ${labelled(declared, controlId, undefined, formula(declared, this.value))}
      <select class="box" id=${controlId} aria-describedby=${helpId}
        @change=${this.#choose}>
        ${declared.choices.map((value) => html`
          <option value=${value} .selected=${value === this.value}>${this.#name(value)}</option>`)}
      </select>
      ${this.complaint()}
    </div>`;
  }

  #segments() {
    const { declared, controlId, helpId } = this;
    return html`<div class="field choice" role="radiogroup" aria-labelledby=${`${controlId}-label`}
      aria-describedby=${helpId}>
      <span class="field-label">
        <span id=${`${controlId}-label`}>${labelOf(declared)}</span>${help(declared)}${formula(declared, this.value)}
      </span>
      <div class="segments">
        ${declared.choices.map((value) => html`<label class="segment">
          <input type="radio" name=${controlId} value=${value} .checked=${live(value === this.value)}
            @change=${() => this.change(value)}><span>${this.#name(value)}</span>
        </label>`)}
      </div>
      ${this.complaint()}
    </div>`;
  }

  render() {
    return this.declared.control === "segments" ? this.#segments() : this.#list();
  }
}

customElements.define("bce-choice", Choice);
