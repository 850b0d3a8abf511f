/** A button that opens a box of further buttons below it. */
import { html } from "lit";

import { placeBelow } from "./help.js";

/**
 * @param {object} options
 * @param {string} options.id
 * @param {unknown} options.content of the button
 * @param {string} options.label of the button, for screen readers and as its tooltip
 * @param {string} [options.look] the button's class
 * @param {unknown} options.body
 */
export function menu({ id, content, label, look = "button", body }) {
  return html`<button type="button" class=${look} popovertarget=${id} aria-label=${label} title=${label}>
      ${content}</button>
    <div popover id=${id} class="menu" @toggle=${placeBelow}>${body}</div>`;
}
