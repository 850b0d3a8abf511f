/** A whole number between two buttons. */
import { html } from "lit";

import { icon } from "./icons.js";

/**
 * @param {object} options
 * @param {string} options.id
 * @param {number} options.value
 * @param {number} options.min
 * @param {number} options.max
 * @param {{ value: string, less: string, more: string }} options.names of the number, of its buttons
 * @param {(value: number) => void} options.change
 */
export function stepper({ id, value, min, max, names, change }) {
  /** @param {{ target: HTMLInputElement }} event */
  const type = ({ target }) => {
    change(target.valueAsNumber);
    target.value = String(value);
  };
  return html`<span class="stepper" role="group" aria-label=${names.value}>
    <button type="button" class="icon-button" aria-label=${names.less} ?disabled=${value <= min}
      @click=${() => change(value - 1)}>${icon("minus")}</button>
    <input type="number" class="figure" id=${id} aria-label=${names.value} min=${min} max=${max}
      .value=${String(value)} @change=${type}>
    <button type="button" class="icon-button" aria-label=${names.more} ?disabled=${value >= max}
      @click=${() => change(value + 1)}>${icon("plus")}</button>
  </span>`;
}
