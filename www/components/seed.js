/** A seed: a number to type, and a button for the next one. */
import { html } from "lit";

import { t } from "../i18n/index.js";
import { FieldElement } from "./element.js";
import { labelled } from "./help.js";
import { icon } from "./icons.js";

export class Seed extends FieldElement {
  /** @param {{ target: HTMLInputElement }} event */
  #type = ({ target }) => {
    this.change(target.valueAsNumber);
    target.value = String(this.value);
  };

  // The next one and not a random one: whoever repeats the steps gets the same runs.
  #next = () => this.change(this.value === this.declared.max ? 0 : this.value + 1);

  render() {
    const { declared, controlId, helpId } = this;
    return html`<div class="field seed">
      ${labelled(declared, controlId)}
      <span class="joined">
        <input type="number" class="box figure" id=${controlId} .value=${String(this.value)}
          min=${declared.min} max=${declared.max} aria-describedby=${helpId} @change=${this.#type}>
        <button type="button" class="button" @click=${this.#next}>
          ${icon("again")}<span>${t(`${declared.label}.next`)}</span>
        </button>
      </span>
      ${this.complaint()}
    </div>`;
  }
}

customElements.define("bce-seed", Seed);
