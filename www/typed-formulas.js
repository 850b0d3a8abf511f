/**
 * Inputs that a person has typed as formulas. The parser (`read-formula.js`) is loaded when the first is
 * read; whatever is in the state has been read, from the keyboard or from a link.
 */

/** @import { Formula } from "bce-playground" */

/** What stands between two formulas in the state. */
const SEPARATOR = ";";

/** Every formula that has been read, by its text. @type {Map<string, Formula>} */
export const known = new Map();

/** @param {string} formulas as in the state */
export const formulaTexts = (formulas) => formulas.split(SEPARATOR).filter(Boolean);

/** @param {string[]} texts */
export const joinFormulas = (texts) => texts.join(SEPARATOR);

/** @param {string} formulas as in the state */
export const typedFormulas = (formulas) =>
  formulaTexts(formulas).map((text) => /** @type {Formula} */ (known.get(text)));
