/** The texts that a person reads, in the language of the state. */
import { state } from "../state.js";

/** @import { Field } from "../fields.js" */
/** @import { Parameters } from "../notices.js" */

/** @typedef {"en" | "zh"} Language */

/** @typedef {Record<Language, () => Promise<{ default: Record<string, string> }>>} Sources */

/** @type {Sources} */
const sources = { en: () => import("./en.js"), zh: () => import("./zh.js") };
/** @type {Partial<Record<Language, Record<string, string>>>} */
const tables = {};

/** The texts of what is loaded later. @type {Sources[]} */
const more = [];

/** Loads a language, before the state is set to it. @param {Language} language */
export async function loadLanguage(language) {
  const parts = await Promise.all([sources, ...more].map((each) => each[language]()));
  // What another call has loaded meanwhile stays.
  tables[language] = Object.assign({}, tables[language], ...parts.map((part) => part.default));
}

/** Loads the texts of something that not every page needs, in whatever language it has. @param {Sources} texts */
export async function loadTexts(texts) {
  if (!more.includes(texts)) more.push(texts);
  await loadLanguage(state.values.language);
}

/**
 * The names of the languages, each in its own.
 *
 * @type {Record<Language, string>}
 */
export const languages = { en: "English", zh: "中文" };

/** The value of the `lang` attribute for a language. @param {Language} language */
export const languageTag = (language) => ({ en: "en", zh: "zh-Hans" })[language];

/**
 * The first of the browser's languages that there is a table for.
 *
 * @param {readonly string[]} wanted
 */
export function preferredLanguage(wanted) {
  const known = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in sources);
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
  const text = tables[state.values.language]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!Object.hasOwn(parameters, name)) return whole;
    const value = parameters[name];
    if (typeof value === "number") return formatNumber(value);
    return value?.key ? t(value.key, value.parameters) : String(value);
  });
}

/** Whether there is a text for this key. @param {string} key */
export const hasText = (key) => Object.hasOwn(tables[state.values.language] ?? {}, key);

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
