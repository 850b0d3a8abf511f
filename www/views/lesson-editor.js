/**
 * The dialog for a teacher: what a lesson hides is ticked off, and the link to the page without it is
 * copied. The page itself stays as it is until it is asked to show the lesson.
 */
import { html } from "lit";
import { live } from "lit/directives/live.js";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { fields, isField } from "../fields.js";
import { hasText, labelOf, t } from "../i18n/index.js";
import { lessonGroups } from "../lesson.js";
import { state } from "../state.js";
import { hashOf } from "../url.js";

/** @import { Notices } from "../notices.js" */
/** @import { Values } from "../fields.js" */

export class LessonEditor extends PageElement {
  /** @type {Notices} */
  notices = UNSET;

  /** @type {ReadonlySet<string>} what is to be hidden */
  #draft = new Set();

  /** Its many boxes are there only while it is open. */
  #opened = false;

  open() {
    this.#draft = new Set(state.values.hide);
    this.#opened = true;
    this.requestUpdate();
    this.#dialog.showModal();
  }

  /** @returns {HTMLDialogElement} */
  get #dialog() {
    return this.find("dialog");
  }

  /** @param {string} name @param {boolean} seen */
  #tick(name, seen) {
    const draft = new Set(this.#draft);
    if (seen) draft.delete(name);
    else draft.add(name);
    this.#draft = draft;
    this.requestUpdate();
  }

  #copy = async () => {
    const hash = await hashOf({ ...state.values, hide: [...this.#draft] });
    const { href } = new URL(hash, location.href);
    try {
      await navigator.clipboard.writeText(href);
      this.notices.say("notice.lesson_copied", {}, { id: "link" });
      this.#dialog.close();
    } catch {
      // Not allowed, or not over https: the address bar can be copied from.
      this.#show();
      this.notices.say("notice.link_in_address", {}, { id: "link" });
    }
  };

  #show = () => {
    state.set({ hide: [...this.#draft] });
    this.#dialog.close();
  };

  render() {
    const close = () => this.#dialog.close();
    return html`<dialog class="lesson" aria-labelledby="lesson-title"
      @close=${() => { this.#opened = false; this.requestUpdate(); }}>
      <header class="panel-head"><h2 id="lesson-title">${t("lesson.title")}</h2>
        <button type="button" class="icon-button" aria-label=${t("lesson.close")} @click=${close}>
          ${icon("close")}</button></header>
      <p class="dialog-how">${t("lesson.how")}</p>
      <div class="lesson-groups">${this.#opened ? lessonGroups.map(this.#group) : ""}</div>
      <footer>
        <button type="button" class="button" @click=${() => { this.#draft = new Set(); this.requestUpdate(); }}>
          ${t("lesson.all")}</button>
        <button type="button" class="button" @click=${this.#show}>${t("lesson.show")}</button>
        <button type="button" class="button primary" @click=${this.#copy}>${icon("link")}
          <span>${t("lesson.copy")}</span></button>
      </footer>
    </dialog>`;
  }

  /** @param {{ name: string, items: readonly string[] }} group */
  #group = ({ name, items }) => html`<fieldset class="lesson-group">
    <legend>${t(`lesson.${name}`)}</legend>
    ${items.filter((item) => this.#draft.has(item) || isThere(item)).map((item) => html`<label><input type="checkbox" .checked=${live(!this.#draft.has(item))}
      @change=${(/** @type {any} */ { target }) => this.#tick(item, target.checked)}>
      <span>${nameOf(item)}</span></label>`)}
  </fieldset>`;
}

/** Whether there is something to hide: a control of the optimizer in use, say. @param {string} item */
const isThere = (item) => !isField(item) || fields[item].when(state.values);

/** What a part of the page, or a control, is called. @param {string} item */
function nameOf(item) {
  const part = [`part.${item}`, `panel.${item}`, `tab.${item}`].find(hasText);
  return part ? t(part) : labelOf(fields[/** @type {keyof Values} */ (item)]);
}

customElements.define("bce-lesson-editor", LessonEditor);
