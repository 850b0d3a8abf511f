/** A panel: a heading, controls beside it, and what it is about. */
import { html } from "lit";

import { t } from "../i18n/index.js";

/**
 * @param {string} name the panel's class; `panel.<name>` is its heading's text
 * @param {unknown} body
 * @param {unknown} [beside] the heading
 */
export function panel(name, body, beside = "") {
  return html`<section class="panel ${name}" aria-labelledby=${`panel-${name}`}>
    <header class="panel-head">
      <h2 id=${`panel-${name}`}>${t(`panel.${name}`)}</h2>
      <div class="panel-beside">${beside}</div>
    </header>
    ${body}
  </section>`;
}
