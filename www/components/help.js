/** One sentence about a field, on demand: a button beside its label, and a popover. */
import { html } from "lit";

import { formatNumber, hasText, labelOf, t } from "../i18n/index.js";

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
      <span class="help-sentence">${t(field.help)}</span>
      ${"default" in field && field.default !== "" ? defaultOf(/** @type {Field} */ (field)) : ""}${more}
    </span>`;
}

/** @param {Field} field */
const defaultOf = (field) =>
  html`<span class="help-default">${t("help.default", { value: written(field) })}</span>`;

/** A field's default, as its control shows it. @param {Field} field */
function written({ key, type, percent, unit, default: value, choices }) {
  if (type === "switch") return t(value ? "value.on" : "value.off");
  if (choices) {
    const name = `choice.${key}.${value}`;
    return hasText(name) ? t(name) : value;
  }
  if (Array.isArray(value)) return value.join(", ");
  if (value === null) return t("value.automatic");
  if (typeof value !== "number") return String(value);
  return percent ? `${formatNumber(value * 100)} %` : `${formatNumber(value)}${unit ? ` ${unit}` : ""}`;
}

/**
 * A label with its help.
 *
 * @param {Field} field
 * @param {string} control_id
 * @param {string} [label]
 * @param {unknown} [beside] what else stands in the line
 */
export function labelled(field, control_id, label = labelOf(field), beside = "") {
  return html`<span class="field-label">
    <label for=${control_id}>${label}</label>${help(field)}${beside}
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
