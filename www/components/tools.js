/** What belongs to the page and not to the run: the link to it, the language, light and dark. */
import { html } from "lit";

import { fields } from "../fields.js";
import { languages, t } from "../i18n/index.js";
import { state } from "../state.js";
import { PageElement, UNSET } from "./element.js";
import { icon } from "./icons.js";

/** @import { Notices } from "../notices.js" */

export class Tools extends PageElement {
  /** @type {Notices} */
  notices = UNSET;

  #copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      this.notices.say("notice.link_copied", {}, { id: "link" });
    } catch {
      // Not allowed, or not over https: the address bar has the same link.
      this.notices.say("notice.link_in_address", {}, { id: "link" });
    }
  };

  #nextTheme = () => {
    const { choices } = fields.theme;
    const next = choices[(choices.indexOf(state.values.theme) + 1) % choices.length];
    state.set({ theme: next });
  };

  render() {
    const { theme, language } = state.values;
    const other = language === "en" ? "zh" : "en";
    const themeName = `${t("field.theme")}: ${t(`choice.theme.${theme}`)}`;
    return html`
      <button type="button" class="button" title=${t("tools.link_help")} @click=${this.#copy}>
        ${icon("link")}<span>${t("tools.link")}</span></button>
      <button type="button" class="button language" lang=${other} aria-label=${languages[other]}
        @click=${() => state.set({ language: other })}>${languages[other]}</button>
      <button type="button" class="icon-button theme" aria-label=${themeName} title=${themeName}
        @click=${this.#nextTheme}>${icon(theme)}</button>`;
  }
}

customElements.define("bce-tools", Tools);
