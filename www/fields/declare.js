/** The words that the tables of fields are written in. */

/** @import { Values } from "./values.d.ts" */

/** @typedef {(values: Values) => boolean} Condition */

/**
 * What an item of a list is: a number in bounds, or one of the choices. An `optional` one may be null.
 *
 * @typedef {{ type: "number" | "integer", min: number, max: number, optional?: boolean }} NumberItem
 * @typedef {{ type: "choice", choices: readonly string[], optional?: boolean }} ChoiceItem
 * @typedef {NumberItem | ChoiceItem} Item
 */

/**
 * What a field is, with everything filled in that its table leaves out.
 *
 * @typedef {object} Field
 * @property {keyof Values} key in the state and in the URL
 * @property {"choice" | "integer" | "number" | "switch" | "list" | "text"} type
 * @property {any} default
 * @property {"view" | "live" | "rows" | "network" | "data"} effect
 * @property {"url" | "browser"} keep
 * @property {boolean} [pinned] whether the hash holds it at its default too
 * @property {boolean} undoable whether a change of it can be taken back
 * @property {Condition} when it means something: elsewhere it is neither shown nor in the hash
 * @property {string} argument what PyTorch calls it, where the key has to tell two of a name apart
 * @property {string} label the key of its name's text; without one `argument` is its name
 * @property {string} help the key of the sentence that explains it
 * @property {"choice" | "segments" | "slider" | "number" | "numbers" | "inputs" | "switch" | "seed"} control
 * @property {boolean} [optional] whether null is a value too: the page decides then
 * @property {string[]} choices of a choice
 * @property {number} min
 * @property {number} max
 * @property {number} step of the slider
 * @property {number[]} [ladder] the stops of the slider, where even steps would not do
 * @property {boolean} [percent] shown as 50 % for 0.5
 * @property {string} [unit]
 * @property {[number, number]} length least and most items of a list
 * @property {Item} item of a list
 * @property {number} max_length of a text
 * @property {RegExp} [pattern] of a text
 */

/** @typedef {Partial<Field>} Rest */
/** @typedef {{ [key: string]: Rest }} Table */

/**
 * One of several: the first, unless `rest` names another default.
 *
 * @type {(choices: string[], rest: Rest) => Rest}
 */
export const choice = (choices, rest) =>
  ({ type: "choice", control: "choice", choices, default: choices[0], ...rest });

/** @type {(fallback: number | null, min: number, max: number, rest: Rest) => Rest} */
export const integer = (fallback, min, max, rest) =>
  ({ type: "integer", default: fallback, min, max, step: 1, control: rest.ladder ? "slider" : "number", ...rest });

/** @type {(fallback: number | null, min: number, max: number, rest: Rest) => Rest} */
export const number = (fallback, min, max, rest) => ({
  type: "number", default: fallback, min, max, control: rest.ladder || rest.step ? "slider" : "number",
  ...rest,
});

/** @type {(fallback: boolean, rest: Rest) => Rest} */
export const flag = (fallback, rest) => ({ type: "switch", control: "switch", default: fallback, ...rest });

/** @type {(fallback: (number | string)[], length: [number, number], item: Item, rest: Rest) => Rest} */
export const list = (fallback, length, item, rest) =>
  ({ type: "list", control: "numbers", default: Object.freeze(fallback), length, item, ...rest });

/** @type {(max_length: number, rest: Rest) => Rest} */
export const text = (max_length, rest) => ({ type: "text", default: "", max_length, ...rest });
