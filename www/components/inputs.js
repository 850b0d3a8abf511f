/** The network's inputs, each a picture to be switched on or off. */
import { html } from "lit";

import { t } from "../i18n/index.js";
import { inputName } from "../inputs.js";
import { FieldElement } from "./element.js";
import { help } from "./help.js";
import { afterFirstFrame, first_frame } from "./later.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";

const formulas = afterFirstFrame(() => import("./formulas.js"));
// The frames of the pictures are there from the start.
first_frame.then(() => import("./input-picture.js"));

/** @typedef {{ choices: readonly string[] }} ChoiceItem */

export class Inputs extends FieldElement {
  render() {
    const { declared, value } = this;
    const { choices } = /** @type {ChoiceItem} */ (declared.item);
    return html`<div class="field inputs" role="group" aria-label=${t(declared.label)}>
      <span class="field-label"><span>${t(declared.label)}</span>${help(declared)}</span>
      <div class="input-list">${choices.map((input) => html`<label>
        <input type="checkbox" .checked=${value.includes(input)}
          ?disabled=${value.length === 1 && value.includes(input) && !state.values.formulas}
          @change=${() => this.#toggle(input)}><bce-input-picture input=${input}></bce-input-picture>${inputName(input)}</label>`)}</div>
      ${this.complaint()}
      ${hidden("formulas") ? "" : formulas(() => html`<bce-formulas field="formulas"></bce-formulas>`)}
    </div>`;
  }

  /** In the order of the choices, so that the same inputs are the same link. @param {string} input */
  #toggle(input) {
    const { value } = this;
    const { choices } = /** @type {ChoiceItem} */ (this.declared.item);
    this.change(choices.filter((each) => value.includes(each) !== (each === input)));
  }
}

customElements.define("bce-inputs", Inputs);
