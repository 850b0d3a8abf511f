/**
 * The page's state as one declared table: what each value is, its default and bounds, what it
 * changes, and where it is kept. Controls, the URL's hash, labels and help follow from it. The parts
 * of the table are in `fields/`.
 *
 * Keys are PyTorch's and scikit-learn's argument names wherever they have one; where two of them have
 * the same, `argument` holds it.
 *
 * A field's `effect`:
 *   "view"     only what is drawn;
 *   "live"     training goes on with the new value (`client.reconfigure`);
 *   "rows"     the same network goes on with other rows (`client.setData`);
 *   "network"  a new network, from epoch 0;
 *   "data"     new data, and so a new network.
 * `keep` is "url" (the hash) or "browser" (local storage: what belongs to the person, not the run).
 * `when` says for which other values a field means something: elsewhere it is neither shown nor
 * written to the hash. A `pinned` field is always in the hash, since its default is this page's own
 * choice and may change; the others' defaults are PyTorch's.
 */
import classes from "./fields/classes.js";
import data from "./fields/data.js";
import detection from "./fields/detection.js";
import imbalance from "./fields/imbalance.js";
import losses from "./fields/losses.js";
import loss from "./fields/loss.js";
import multilabel from "./fields/multilabel.js";
import network from "./fields/network.js";
import optimizer from "./fields/optimizer.js";
import run from "./fields/run.js";
import schedule from "./fields/schedule.js";
import view, { barParts, panels, tabs } from "./fields/view.js";

export { datasets } from "./fields/data.js";

/** @typedef {import("./fields/values.d.ts").Values} Values */
/** @typedef {import("./fields/declare.js").Field} Field */
/** @typedef {import("./fields/declare.js").Item} Item */

/** The most characters of an own CSV's packed text that a link may carry. */
export const CSV_IN_URL = 24_000;

/** @type {Record<keyof Values, Partial<Field>>} */
const table = { ...data, ...network, ...loss, ...optimizer, ...schedule, ...run, ...view, ...imbalance, ...losses, ...classes, ...multilabel, ...detection };

/** Everything that `hide` can name. */
export const hideable = [...panels, ...tabs, ...barParts, ...Object.keys(table)];
table.hide = { ...table.hide, item: { type: "choice", choices: hideable } };

/**
 * Every field by its key, with the keys of its texts filled in.
 *
 * @type {Readonly<Record<keyof Values, Field>>}
 */
export const fields = Object.freeze(/** @type {any} */ (Object.fromEntries(
  Object.entries(table).map(([key, field]) => [key, Object.freeze({
    key, keep: "url", undoable: true, when: () => true, argument: key, label: `field.${key}`, help: `help.${key}`,
    ...field,
  })]),
)));

/**
 * The default of every field.
 *
 * @returns {Values}
 */
export const defaults = () => /** @type {any} */ (
  Object.fromEntries(Object.values(fields).map((field) => [field.key, field.default]))
);

/** Whether two values of a field are the same. @type {(a: unknown, b: unknown) => boolean} */
export const same = (a, b) => a === b
  || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]));

/**
 * Whether the table has a field of this name ("toString" is none).
 *
 * @param {string} key
 * @returns {key is keyof Values}
 */
export function isField(key) {
  return Object.hasOwn(fields, key);
}

/**
 * The key of the text of one choice; names that PyTorch gives are the same in every language.
 *
 * @param {Field} field
 * @param {string} value
 */
export const choiceLabel = (field, value) => `choice.${field.key}.${value}`;

/**
 * `undefined` if the field takes the value, else the key of the text that says why not.
 *
 * @param {Field} field
 * @param {any} value
 * @returns {string | undefined}
 */
export function problem(field, value) {
  if (value === null && field.optional) return undefined;
  switch (field.type) {
    case "choice":
      return field.choices.includes(value) ? undefined : "problem.choice";
    case "switch":
      return typeof value === "boolean" ? undefined : "problem.switch";
    case "text":
      if (typeof value !== "string") return "problem.text";
      if (value.length > field.max_length) return "problem.length";
      return field.pattern?.test(value) ?? true ? undefined : "problem.unreadable";
    case "list":
      return listProblem(field, value);
    default:
      return numberProblem(field, value);
  }
}

/** @param {{ type: string, min: number, max: number }} field @param {unknown} value */
function numberProblem(field, value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return "problem.number";
  if (field.type === "integer" && !Number.isInteger(value)) return "problem.integer";
  return value >= field.min && value <= field.max ? undefined : "problem.bounds";
}

/** @param {Field} field @param {unknown} value @returns {string | undefined} */
function listProblem({ item, length: [least, most] }, value) {
  if (!Array.isArray(value)) return "problem.list";
  if (value.length < least || value.length > most) return "problem.list_length";
  return value.map((each) => itemProblem(item, each)).find(Boolean);
}

/** @param {Item} item @param {any} value */
function itemProblem(item, value) {
  if (value === null && item.optional) return undefined;
  if (item.type !== "choice") return numberProblem(item, value);
  return item.choices.includes(value) ? undefined : "problem.choice";
}

/** What the text of a problem may name of its field. @param {string} key */
export function boundsOf(key) {
  if (!isField(key)) return {};
  const { choices = [], length: [least, most] = [], item } = fields[key];
  const { min, max } = /** @type {any} */ (item ?? fields[key]);
  return { min, max, choices: choices.join(", "), least, most };
}
