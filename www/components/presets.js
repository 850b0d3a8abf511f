/** The menu of presets: a name and a sentence each. */
import { html } from "lit";

import { t } from "../i18n/index.js";
import { choosePreset, presets } from "../presets.js";
import { PageElement } from "./element.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";

export class Presets extends PageElement {
  /** @param {string} name */
  #choose(name) {
    choosePreset(name);
    this.find("[popover]").hidePopover();
  }

  render() {
    return menu({
      id: "presets",
      label: t("presets.label"),
      content: html`${icon("presets")}<span>${t("presets.button")}</span>`,
      body: html`<ul class="choices">${Object.keys(presets).map((name) => html`<li>
        <button type="button" @click=${() => this.#choose(name)}>
          <strong>${t(`preset.${name}`)}</strong><span>${t(`preset.${name}.about`)}</span>
        </button></li>`)}</ul>`,
    });
  }
}

customElements.define("bce-presets", Presets);
