/** The dialog that says why: what is seen, where it comes from, and what to try. */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { hasText, loadTexts, t } from "../i18n/index.js";

/** @import { Session } from "../session.js" */

const texts = { en: () => import("../i18n/en/why.js"), zh: () => import("../i18n/zh/why.js") };

export class Explanation extends PageElement {
  /** @type {Session} */
  session = UNSET;

  #topic = "";

  /** @param {string} topic */
  async open(topic) {
    await loadTexts(texts);
    this.#topic = topic;
    this.requestUpdate();
    this.find("dialog").showModal();
  }

  render() {
    const topic = this.#topic;
    const close = () => this.find("dialog").close();
    const attempts = [1, 2, 3, 4].map((k) => `why.${topic}.try${k}`).filter(hasText);
    return html`<dialog class="explanation" aria-labelledby="why-title">${topic === "" ? "" : html`
      <header class="panel-head"><h2 id="why-title">${t(`why.${topic}.title`)}</h2>
        <button type="button" class="icon-button" aria-label=${t("why.close")} @click=${close}>
          ${icon("close")}</button></header>
      <p>${t(`why.${topic}.what`)}</p>
      <p>${t(`why.${topic}.cause`)}</p>
      <h3>${t("why.try")}</h3>
      <ul>${attempts.map((key) => html`<li>${t(key)}</li>`)}</ul>`}
    </dialog>`;
  }

  firstUpdated() {
    this.listen(this.session, "explain", ({ detail }) => this.open(detail));
  }
}

customElements.define("bce-explanation", Explanation);
