/** What belongs to the page and not to the run: undo, the link to it, lessons, language, light and dark. */
import { html } from "lit";

import { fields } from "../fields.js";
import { history } from "../history.js";
import { languages, loadLanguage, t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
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

  /** @param {"en" | "zh"} language */
  async #speak(language) {
    await loadLanguage(language);
    state.set({ language });
  }

  #nextTheme = () => {
    const { choices } = fields.theme;
    const next = choices[(choices.indexOf(state.values.theme) + 1) % choices.length];
    state.set({ theme: next });
  };

  render() {
    const { theme, language } = state.values;
    const other = language === "en" ? "zh" : "en";
    const themeName = `${t("field.theme")}: ${t(`choice.theme.${theme}`)}`;
    const buttons = [
      hidden("history") ? "" : this.#tool("undo", () => undo(this.notices), !history.canUndo),
      hidden("history") ? "" : this.#tool("redo", () => redo(this.notices), !history.canRedo),
      hidden("link") ? "" : this.#tool("link", this.#copy),
      hidden("lesson") ? "" : this.#tool("lesson", this.#editLesson),
      hidden("language") ? "" : html`<button type="button" class="button language" lang=${other}
        aria-label=${languages[other]} @click=${() => this.#speak(other)}>
        ${languages[other]}</button>`,
      hidden("theme") ? "" : html`<button type="button" class="icon-button theme" aria-label=${themeName}
        title=${themeName} @click=${this.#nextTheme}>${icon(theme)}</button>`,
    ];
    return html`${buttons}`;
  }

  /** A button with an icon of its own name. @param {string} name @param {() => void} run @param {boolean} [disabled] */
  #tool(name, run, disabled = false) {
    return html`<button type="button" class="icon-button" aria-label=${t(`tools.${name}`)}
      title=${t(`tools.${name}_help`)} ?disabled=${disabled} @click=${run}>${icon(name)}</button>`;
  }

  #editLesson = () => this.dispatchEvent(new CustomEvent("edit-lesson", { bubbles: true }));

  firstUpdated() {
    this.untilGone(history.subscribe(() => this.requestUpdate()));
  }
}

/** @param {Notices} notices */
export function undo(notices) {
  const label = history.undo();
  if (label) notices.say("notice.undone", { label }, { id: "history" });
}

/** @param {Notices} notices */
export function redo(notices) {
  const label = history.redo();
  if (label) notices.say("notice.redone", { label }, { id: "history" });
}

customElements.define("bce-tools", Tools);
