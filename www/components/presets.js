/** The menu of presets: a name and a sentence each. */
import { html } from "lit";

import { choiceLabel, fields } from "../fields.js";
import { t } from "../i18n/index.js";
import { choosePreset, presets } from "../presets.js";
import { PageElement } from "./element.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";

/** The presets in the order of the tasks that they are for. */
const tasksWithPresets = fields.task.choices.map((task) => ({
  task,
  names: Object.keys(presets).filter((name) => (presets[name].task ?? fields.task.default) === task),
})).filter(({ names }) => names.length > 0);

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
      body: tasksWithPresets.map(({ task, names }) => html`
        ${tasksWithPresets.length > 1 ? html`<h2>${t(choiceLabel(fields.task, task))}</h2>` : ""}
        <ul class="choices">${names.map((name) => html`<li>
          <button type="button" @click=${() => this.#choose(name)}>
            <strong>${t(`preset.${name}`)}</strong><span>${t(`preset.${name}.about`)}</span>
          </button></li>`)}</ul>`),
    });
  }
}

customElements.define("bce-presets", Presets);
