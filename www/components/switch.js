/** On or off. */
import { html } from "lit";
import { live } from "lit/directives/live.js";

import { labelOf } from "../i18n/index.js";
import { FieldElement } from "./element.js";
import { help } from "./help.js";

export class Switch extends FieldElement {
  /** @param {{ target: HTMLInputElement }} event */
  #toggle = ({ target }) => this.change(target.checked);

  render() {
    const { declared, controlId, helpId } = this;
    return html`<div class="field switch">
      <label><input type="checkbox" role="switch" id=${controlId} .checked=${live(this.value)}
          aria-describedby=${helpId}
          @change=${this.#toggle}>
        <span>${labelOf(declared)}</span></label>${help(declared)}
      ${this.complaint()}
    </div>`;
  }
}

customElements.define("bce-switch", Switch);
