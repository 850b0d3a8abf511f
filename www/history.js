/**
 * Undo and redo of what the person changes. Every change of the state is an entry by itself; what is
 * not in the state (a weight typed into the diagram) records how to take it back.
 */
import { fields, same } from "./fields.js";
import { named } from "./i18n/index.js";
import { state } from "./state.js";

/** @import { Values } from "./fields.js" */

/**
 * One thing to take back.
 *
 * @typedef {object} Entry
 * @property {any} label what it was, as a parameter of a text
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => boolean} [valid] whether it still has a meaning; without one it always has
 * @property {Partial<Values>} [before] of a change of the state
 * @property {Partial<Values>} [after]
 * @property {number} [at] when, in milliseconds
 */

/** Changes of the same fields within this time are one: a slider sends dozens. */
const TOGETHER = 800;
const MOST_ENTRIES = 200;

/** @type {Entry[]} */
let past = [];
/** @type {Entry[]} */
let future = [];
/** Whether a stroke is being drawn: all that it changes is one entry, and nothing else is in it. */
let drawing = false;
/** What the stroke has changed so far. @type {Entry | null} */
let stroke = null;
/** The state after the last entry. */
let known = state.values;
/** @type {Set<() => void>} */
const listeners = new Set();

/** @param {Entry} entry */
const isValid = ({ valid }) => valid?.() ?? true;

const tell = () => listeners.forEach((listener) => listener());

/** @type {(values: Values, keys: (keyof Values)[]) => Partial<Values>} */
const pick = (values, keys) => Object.fromEntries(keys.map((key) => [key, values[key]]));

/**
 * What was changed last, if the change that comes now goes on with it.
 *
 * @param {(keyof Values)[]} keys
 */
function current(keys) {
  if (drawing) return stroke;
  const entry = past.at(-1);
  if (!entry?.after || future.length > 0 || performance.now() - Number(entry.at) > TOGETHER) return null;
  return same(Object.keys(entry.after), keys) ? entry : null;
}

/** @param {(keyof Values)[]} keys */
function changed(keys) {
  const after = pick(state.values, keys);
  const entry = current(keys);
  if (entry) {
    const before = { ...pick(known, keys), ...entry.before };
    Object.assign(entry, { before, after: { ...entry.after, ...after }, at: performance.now() });
    return;
  }
  /** @type {Entry} */
  const made = {
    label: keys.length > 3 ? { key: "history.several" } : named(fields[keys[0]]),
    before: pick(known, keys),
    after,
    at: performance.now(),
    undo() { state.set(/** @type {any} */ (this.before), "history"); },
    redo() { state.set(/** @type {any} */ (this.after), "history"); },
  };
  if (drawing) stroke = made;
  push(made);
}

/** @param {Entry} entry */
function push(entry) {
  past = [...past, entry].slice(-MOST_ENTRIES);
  future = [];
}

/** Forgets the changes that the core has refused: the state is what it was before them. */
function forgetRefused() {
  while (past.length > 0) {
    const { after = {} } = past[past.length - 1];
    const entries = /** @type {[keyof Values, unknown][]} */ (Object.entries(after));
    if (entries.every(([key, value]) => same(state.values[key], value))) return;
    past = past.slice(0, -1);
  }
}

state.subscribe((keys, cause) => {
  const undoable = keys.filter((key) => fields[key].keep === "url" && fields[key].undoable);
  if (cause === "refusal") forgetRefused();
  // Another link is another run: what was changed in this one has no meaning there.
  else if (cause === "link") past = future = [];
  else if (cause === "person" && undoable.length > 0) changed(undoable);
  known = state.values;
  tell();
});

export const history = {
  get canUndo() {
    return past.some(isValid);
  },

  get canRedo() {
    return future.some(isValid);
  },

  /**
   * Takes the last change back; returns what it was, null if there was none.
   *
   * @returns {any}
   */
  undo() {
    past = past.filter(isValid);
    const entry = past.at(-1);
    if (!entry) return null;
    past = past.slice(0, -1);
    future = [...future, entry];
    entry.undo();
    tell();
    return entry.label;
  },

  /** Does again what was taken back last; returns what it was. @returns {any} */
  redo() {
    future = future.filter(isValid);
    const entry = future.at(-1);
    if (!entry) return null;
    future = future.slice(0, -1);
    past = [...past, entry];
    entry.redo();
    tell();
    return entry.label;
  },

  /** A stroke begins, however long it will take: something is dragged. */
  beginStroke() {
    drawing = true;
    stroke = null;
  },

  /** The stroke ends: what comes next is another entry, however soon. */
  endStroke() {
    drawing = false;
    stroke = null;
    const entry = past.at(-1);
    if (entry) entry.at = -Infinity;
  },

  /**
   * Remembers a change of something that is not in the state, after it was made.
   *
   * @param {Pick<Entry, "label" | "undo" | "redo" | "valid">} entry
   */
  record(entry) {
    push(entry);
    tell();
  },

  /** Calls `listener` after every change; returns how to stop that. @param {() => void} listener */
  subscribe(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
