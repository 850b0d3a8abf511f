/**
 * The state of the page: the values of the fields of `fields.js`, frozen, replaced as a whole.
 * Everything that changes goes through `state.set`; whoever shows or obeys it subscribes.
 */
import { defaults, fields, isField, problem, same } from "./fields.js";

/** @import { Field, Values } from "./fields.js" */
/** @typedef {{ key: string, value: unknown, problem: string }} Refusal */
/**
 * Why the state changes: by a control, by undo or redo, by another link, or back again because the
 * core has refused a change.
 *
 * @typedef {"person" | "history" | "link" | "refusal"} Cause
 */
/** @typedef {(changed: (keyof Values)[], cause: Cause) => void} Listener */

/** @type {Field["effect"][]} */
const effects = ["view", "live", "rows", "network", "data"];
/** @type {Set<Listener>} */
const listeners = new Set();
/** @type {Readonly<Values>} */
let values = Object.freeze(defaults());

export const state = Object.freeze({
  /** The current values, one for each field. */
  get values() {
    return values;
  },

  /**
   * Takes over the changes that their fields allow, tells the listeners which keys changed, and
   * returns what was refused.
   *
   * @param {{ [key: string]: any }} changes
   * @param {Cause} [cause]
   * @returns {Refusal[]}
   */
  set(changes, cause = "person") {
    /** @type {Refusal[]} */
    const refused = [];
    /** @type {(keyof Values)[]} */
    const changed = [];
    const next = /** @type {{ [key: string]: any }} */ ({ ...values });
    for (const [key, value] of Object.entries(changes)) {
      const wrong = isField(key) ? problem(fields[key], value) : "problem.key";
      if (wrong || !isField(key)) refused.push({ key, value, problem: String(wrong) });
      else if (!same(next[key], value)) {
        next[key] = Array.isArray(value) ? Object.freeze([...value]) : value;
        changed.push(key);
      }
    }
    if (changed.length > 0) {
      values = Object.freeze(/** @type {any} */ (next));
      for (const listener of [...listeners]) listener(changed, cause);
    }
    return refused;
  },

  /**
   * Calls `listener` after every change; returns how to stop that.
   *
   * @param {Listener} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
});

/**
 * The strongest effect among the keys.
 *
 * @param {(keyof Values)[]} keys
 */
export function effectOf(keys) {
  return effects[Math.max(...keys.map((key) => effects.indexOf(fields[key].effect)))];
}
