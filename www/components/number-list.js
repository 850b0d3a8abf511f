/** Several numbers to type, with commas between them. */
import { html } from "lit";

import { FieldElement } from "./element.js";
import { labelled } from "./help.js";

export class NumberList extends FieldElement {
  #shown() {
    return this.value.join(", ");
  }

  /** @param {{ target: HTMLInputElement }} event */
  #type = ({ target }) => {
    const typed = target.value.split(/[\s,;，、]+/).filter(Boolean);
    this.change(typed.map(Number));
    target.value = this.#shown();
  };

  render() {
    const { declared, controlId, helpId } = this;
    return html`<div class="field number">
      ${labelled(declared, controlId)}
      <input type="text" inputmode="decimal" autocomplete="off" class="box figure" id=${controlId}
        .value=${this.#shown()} aria-describedby=${helpId} @change=${this.#type}>
      ${this.complaint()}
    </div>`;
  }
}

customElements.define("bce-number-list", NumberList);
