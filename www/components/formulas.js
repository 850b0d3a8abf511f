/** Inputs that are typed as formulas: a box for the next one, and those that are there. */
import { html } from "lit";

import { fields } from "../fields.js";
import { MOST_FORMULAS } from "../fields/network.js";
import { t } from "../i18n/index.js";
import { readFormula } from "../read-formula.js";
import { state } from "../state.js";
import { formulaTexts, joinFormulas } from "../typed-formulas.js";
import { FieldElement } from "./element.js";
import { labelled } from "./help.js";
import { icon } from "./icons.js";

export class Formulas extends FieldElement {
  #pictured = fields.inputs;

  get #texts() {
    return formulaTexts(this.value);
  }

  render() {
    const texts = this.#texts;
    const { inputs } = state.values;
    const full = texts.length >= MOST_FORMULAS;
    return html`
      <div class="formula-new">
        ${labelled(this.declared, this.controlId)}
        <input type="text" class="box" id=${this.controlId} autocomplete="off" autocapitalize="off"
          spellcheck="false" maxlength="200" aria-describedby=${this.helpId} ?disabled=${full}
          placeholder=${t(full ? "formula.full" : "formula.example", { most: MOST_FORMULAS })} @change=${this.#add}>
      </div>
      ${this.complaint()}
      ${texts.length === 0 ? "" : html`<ul class="formula-list">${texts.map((text, k) => html`<li>
        <span>${text}</span>
        <button type="button" class="formula-remove" aria-label=${t("formula.remove", { formula: text })}
          ?disabled=${texts.length + inputs.length === 1} @click=${() => this.#remove(k)}>${icon("close")}</button>
      </li>`)}</ul>`}`;
  }

  /** @param {{ target: HTMLInputElement }} event */
  #add = ({ target }) => {
    if (target.value.trim() === "") return;
    const read = readFormula(target.value);
    if ("why" in read) {
      this.refuse(target.value, read.why);
      target.setSelectionRange(read.place - 1, read.place);
      return;
    }
    target.value = "";
    this.#switchOn(read.text);
  };

  /** What has a picture of its own is switched on there. @param {string} text */
  #switchOn(text) {
    const { choices } = /** @type {{ choices: readonly string[] }} */ (this.#pictured.item);
    if (choices.includes(text)) {
      const { inputs } = state.values;
      state.set({ inputs: choices.filter((input) => input === text || inputs.includes(input)) });
    } else if (!this.#texts.includes(text)) {
      this.change(joinFormulas([...this.#texts, text]));
    }
  }

  /** The focus stays in reach. @param {number} k */
  #remove(k) {
    this.change(joinFormulas(this.#texts.toSpliced(k, 1)));
    this.updateComplete.then(() => this.find(`#${this.controlId}`).focus());
  }
}

customElements.define("bce-formulas", Formulas);
