/** How fast training plays: from one batch a second to as fast as it goes. */
import { html } from "lit";

import { formatCount } from "../format.js";
import { t } from "../i18n/index.js";
import { FieldElement } from "./element.js";
import { labelled } from "./help.js";

export class Speed extends FieldElement {
  get #position() {
    return this.declared.choices.indexOf(this.value);
  }

  #text() {
    if (this.value === "sample") return t("speed.sample");
    return this.value === "max" ? t("speed.max") : t("speed.rate", { rate: formatCount(Number(this.value)) });
  }

  /** @param {{ target: HTMLInputElement }} event */
  #slide = ({ target }) => this.change(this.declared.choices[Number(target.value)]);

  render() {
    const { declared, controlId, helpId } = this;
    return html`<div class="field slider speed">
      ${labelled(declared, controlId)}
      <output class="value figure" for=${controlId}>${this.#text()}</output>
      <input type="range" id=${controlId} min="0" max=${declared.choices.length - 1} step="1"
        .value=${String(this.#position)} aria-describedby=${helpId} aria-valuetext=${this.#text()}
        @input=${this.#slide}>
    </div>`;
  }

  updated() {
    const filled = this.#position / (this.declared.choices.length - 1);
    this.find("input").style.setProperty("--filled", String(filled));
  }
}

customElements.define("bce-speed", Speed);
