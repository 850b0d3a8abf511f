/** What the page says of itself: errors and warnings that stay, and lines that pass. */
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { t } from "../i18n/index.js";
import { PageElement, UNSET } from "./element.js";
import { icon } from "./icons.js";

/** @import { Entry, Notices, Tone } from "../notices.js" */

export class NoticeList extends PageElement {
  /** @type {Notices} */
  notices = UNSET;

  render() {
    return html`<div class="notices">
      <div role="alert">${this.#list((tone) => tone === "error")}</div>
      <div role="status">${this.#list((tone) => tone !== "error")}</div>
    </div>`;
  }

  /** @param {(tone: Tone) => boolean} wanted */
  #list(wanted) {
    const entries = this.notices.entries.filter(({ tone }) => wanted(tone));
    return repeat(entries, ({ number }) => number, (entry) => this.#notice(entry));
  }

  /** @param {Entry} entry */
  #notice({ id, key, parameters, cause, tone, actions }) {
    return html`<div class="notice ${tone}" data-notice=${id}>
      ${tone === "info" ? "" : icon("warning")}
      <p>${t(key, parameters)}${cause ? html` <span class="cause">${t(cause)}</span>` : ""}</p>
      ${actions.map((action) => html`<button type="button" class="button" @click=${action.run}>
        ${t(action.key, action.parameters)}</button>`)}
      <button type="button" class="icon-button" aria-label=${t("notice.close")}
        @click=${() => this.notices.close(id)}>${icon("close")}</button>
    </div>`;
  }

  firstUpdated() {
    this.untilGone(this.notices.subscribe(() => this.requestUpdate()));
  }
}

customElements.define("bce-notice-list", NoticeList);
