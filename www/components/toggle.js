/** A switch as one small button, for toolbars: the short form of its name is all that is seen of it. */
import { html } from "lit";

import { labelOf, t } from "../i18n/index.js";
import { FieldElement } from "./element.js";

export class Toggle extends FieldElement {
  #toggle = () => this.change(!this.value);

  render() {
    const { declared, controlId, value } = this;
    return html`<button type="button" role="switch" class="toggle" id=${controlId} aria-checked=${value}
      title=${t(declared.help)} @click=${this.#toggle}>
      <span aria-hidden="true">${t(`${declared.label}.short`)}</span>
      <span class="unseen">${labelOf(declared)}</span></button>`;
  }
}

customElements.define("bce-toggle", Toggle);
