/** The controls of fields, as the table of fields asks for them. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import "./choice.js";
import "./inputs.js";
import "./number-list.js";
import "./number.js";
import "./seed.js";
import "./slider.js";
import "./switch.js";
import { fields } from "../fields.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";

/** @import { Values } from "../fields.js" */

/** @param {keyof Values} key */
const isShown = (key) => fields[key].when(state.values) && !hidden(key);

/**
 * The control of a field; nothing where the field means nothing, or a lesson hides it.
 *
 * @param {keyof Values} key
 */
export function control(key) {
  if (!isShown(key)) return nothing;
  switch (fields[key].control) {
    case "slider": return html`<bce-slider field=${key}></bce-slider>`;
    case "number": return html`<bce-number field=${key}></bce-number>`;
    case "numbers": return html`<bce-number-list field=${key}></bce-number-list>`;
    case "inputs": return html`<bce-inputs field=${key}></bce-inputs>`;
    case "switch": return html`<bce-switch field=${key}></bce-switch>`;
    case "seed": return html`<bce-seed field=${key}></bce-seed>`;
    default: return html`<bce-choice field=${key}></bce-choice>`;
  }
}

/**
 * The controls of several fields, in a grid; nothing where there is none.
 *
 * @param {...keyof Values} keys
 */
export function controls(...keys) {
  if (!keys.some(isShown)) return nothing;
  return html`<div class="fields">${repeat(keys, (key) => key, control)}</div>`;
}

/**
 * Controls that are folded away until someone asks for them; nothing where none of them means
 * anything.
 *
 * @param {string} summary
 * @param {...keyof Values} keys
 */
export function folded(summary, ...keys) {
  const shown = keys.filter(isShown);
  if (shown.length === 0) return nothing;
  return html`<details class="more"><summary>${summary}</summary>${controls(...shown)}</details>`;
}
