/** The texts that a person reads, in the language of the state. */
import { state } from "../state.js";
import en from "./en.js";
import zh from "./zh.js";

/** @import { Field } from "../fields.js" */
/** @import { Parameters } from "../notices.js" */

/** @type {Record<"en" | "zh", Record<string, string>>} */
const tables = { en, zh };

/**
 * The names of the languages, each in its own.
 *
 * @type {Record<"en" | "zh", string>}
 */
export const languages = { en: "English", zh: "中文" };

/** The value of the `lang` attribute for a language. @param {"en" | "zh"} language */
export const languageTag = (language) => ({ en: "en", zh: "zh-Hans" })[language];

/**
 * The first of the browser's languages that there is a table for.
 *
 * @param {readonly string[]} wanted
 */
export function preferredLanguage(wanted) {
  const known = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in tables);
  return known ?? "en";
}

/**
 * The text of a key, with its `{parameters}` filled in; a parameter `{ key }` is itself a text.
 *
 * @param {string} key
 * @param {Parameters} [parameters]
 * @returns {string}
 */
export function t(key, parameters = {}) {
  const text = tables[state.values.language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!Object.hasOwn(parameters, name)) return whole;
    const value = parameters[name];
    if (typeof value === "number") return formatNumber(value);
    return value?.key ? t(value.key, value.parameters) : String(value);
  });
}

/** Whether there is a text for this key. @param {string} key */
export const hasText = (key) => Object.hasOwn(tables.en, key);

/**
 * What a field is called: in words, or else by PyTorch's name for it.
 *
 * @param {Pick<Field, "label" | "argument">} field
 */
export const labelOf = (field) => (hasText(field.label) ? t(field.label) : field.argument);

/** The same as a parameter of another text. @param {Field} field */
export const named = (field) => (hasText(field.label) ? { key: field.label } : field.argument);

/** A number in running text: grouped thousands, all significant digits. @param {number} value */
export function formatNumber(value) {
  const plain = Math.abs(value) < 1e-4 && value !== 0
    ? value.toExponential().replace("e-", "e−")
    : value.toLocaleString("en", { maximumSignificantDigits: 12 });
  return plain.replace(/^-/, "−");
}
