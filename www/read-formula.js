/** Reads what a person types as a formula, and says in words what is wrong with it. */
import { parseFormula } from "bce-playground/formula";

import { loadTexts } from "./i18n/index.js";
import { textOf } from "./known-messages.js";
import { formulaTexts, joinFormulas, known } from "./typed-formulas.js";

/** @import { Kind } from "./known-messages.js" */
/** @import { Text } from "./refusal.js" */

/** What the parser says, before what a formula may hold, and the text for it. */
const KINDS = /** @type {Kind[]} */ ([
  [/^a formula is missing/, "formula.missing"],
  [/^a formula has at most (?<most>\d+)/, "formula.long"],
  [/^"(?<word>.+)" is not known/, "formula.unknown"],
  [/^"(?<word>.+)" is not a function/, "formula.no_function"],
  [/^(?<word>\w+) takes one argument/, "formula.one_argument"],
  [/^(?<word>\w+) takes at least two arguments/, "formula.two_arguments"],
  [/^Expected expression after (?<word>.+)/, "formula.incomplete"],
  [/^(Unclosed \(|Expected \))/, "formula.unclosed"],
  [/^unexpected "(?<word>.+)"/i, "formula.unexpected"],
]);

await loadTexts({
  en: () => import("./i18n/en/formula.js"),
  zh: () => import("./i18n/zh/formula.js"),
});

/**
 * The formula as the state has it, or what is wrong with it and at which character, counted from 1.
 *
 * @param {string} typed
 * @returns {{ text: string } | { typed: string, why: Text, place: number }}
 */
export function readFormula(typed) {
  try {
    const formula = parseFormula(typed);
    const text = formula.name.replaceAll(" ", "");
    known.set(text, formula);
    return { text };
  } catch (error) {
    const { message, path } = /** @type {Error & { path: string }} */ (error);
    const place = Number(/\d+/.exec(path)?.[0]);
    const why = textOf(KINDS, message) ?? { key: "formula.wrong", parameters: {} };
    return { typed, why: { key: "formula.refused", parameters: { why, place } }, place };
  }
}

/**
 * The formulas of a link as the state has them, or what is wrong with the first that cannot be read.
 *
 * @param {string} formulas
 * @returns {{ text: string } | { typed: string, why: Text }}
 */
export function readFormulas(formulas) {
  const read = formulaTexts(formulas).map(readFormula);
  const wrong = read.find((one) => "why" in one);
  return wrong ?? { text: joinFormulas(read.map((one) => /** @type {{ text: string }} */ (one).text)) };
}
