/**
 * The formula behind a choice, on demand: a button beside the label, and a popover. KaTeX is loaded
 * when the first one is opened. It gives MathML, which needs neither fonts nor inline styles.
 */
import { html } from "lit";

import { formulas } from "../formulas.js";
import { t } from "../i18n/index.js";
import { placeBelow } from "./help.js";

/** @import { Field } from "../fields.js" */

/**
 * The button and the formula for a field's value; nothing where there is no formula.
 *
 * @param {Field} field
 * @param {string} value
 */
export function formula(field, value) {
  if (!formulas[field.key]?.[value]) return "";
  const id = `formula-${field.key}`;
  return html`
    <button type="button" class="formula-button" popovertarget=${id}
      aria-label=${t("formula.of", { name: value })}>${t("formula.button")}</button>
    <div popover id=${id} class="help-text formula" data-of=${`${field.key} ${value}`} @toggle=${open}>
      <strong>${value}</strong><div class="formula-math"></div>
      <p>${t(`formula.${field.key}`)}</p>
    </div>`;
}

/** @param {ToggleEvent & { target: HTMLElement }} event */
async function open(event) {
  const { target, newState } = event;
  if (newState !== "open") return;
  const [group, value] = String(target.dataset.of).split(" ");
  const { default: katex } = await import("katex");
  const space = /** @type {HTMLElement} */ (target.querySelector(".formula-math"));
  katex.render(formulas[group][value], space, { output: "mathml", displayMode: true });
  placeBelow(event);
}
