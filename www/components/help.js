/** One sentence about a field, on demand: a button beside its label, and a popover. */
import { html } from "lit";

import { hasText, labelOf, t } from "../i18n/index.js";

/** @import { Field } from "../fields.js" */
/** @typedef {{ key: string, argument: string, label: string, help: string }} Named a field, or something else that has a name */

const GAP = 6;

/**
 * The button and the sentence for a field, or for anything else that has a name; nothing where there
 * is no sentence.
 *
 * @param {Named} field
 * @param {unknown} [more] what stands below the sentence: a formula
 */
export function help(field, more = "") {
  if (!hasText(field.help)) return "";
  const label = labelOf(field);
  const id = `help-${field.key}`;
  return html`
    <button type="button" class="help-button" popovertarget=${id}
      aria-label=${t("help.button", { label })}>?</button>
    <span popover id=${id} class="help-text" @toggle=${placeBelow}>
      <strong>${label}</strong> <code>${field.argument}</code>
      <span class="help-sentence">${t(field.help)}</span>${more}
    </span>`;
}

/**
 * A label with its help.
 *
 * @param {Field} field
 * @param {string} control_id
 * @param {string} [label]
 */
export function labelled(field, control_id, label = labelOf(field)) {
  return html`<span class="field-label">
    <label for=${control_id}>${label}</label>${help(field)}
  </span>`;
}

/**
 * Puts an opened popover below its button, inside the window.
 *
 * @param {ToggleEvent & { target: HTMLElement }} event
 */
export function placeBelow({ target, newState }) {
  if (newState !== "open") return;
  const button = /** @type {Element} */ (target.previousElementSibling).getBoundingClientRect();
  const box = target.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(button.left - 12, innerWidth - box.width - GAP));
  const below = button.bottom + GAP;
  const top = below + box.height < innerHeight ? below : button.top - box.height - GAP;
  target.style.setProperty("left", `${left}px`);
  target.style.setProperty("top", `${Math.max(GAP, top)}px`);
}
