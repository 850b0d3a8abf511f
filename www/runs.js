/**
 * The runs to compare: the present one, with what was changed by hand while it trained, and the last
 * ones, which go on as ghosts behind its curve. Event: "change".
 */
import { fields } from "./fields.js";

/** @import { Curve as Columns } from "bce-playground/client" */
/** @import { Values } from "./fields.js" */
/** @import { Parameters } from "./notices.js" */
/** @import { Change, Session } from "./session.js" */

/** How many are kept beside the present one; each has a colour of its own. */
export const KEPT_RUNS = 6;
/** A run of fewer epochs is not worth a ghost. */
const LEAST_EPOCHS = 20;
/** Changes of one thing in so short a time are one: a slider on its way, in milliseconds. */
const ONE_CHANGE = 1200;

/**
 * Something that was changed by hand: a field of the state, or what `text` says.
 *
 * @typedef {object} Mark
 * @property {number} epoch where it was, with the fraction of the epoch that was begun
 * @property {keyof Values | null} key
 * @property {any} before
 * @property {any} after
 * @property {{ key: string, parameters?: Parameters } | null} text
 * @property {number} time in milliseconds, of the clock
 */

/**
 * @typedef {object} Run
 * @property {number} id
 * @property {Values} values at its beginning
 * @property {Values} last the values in the end
 * @property {Mark[]} marks
 */

/**
 * @typedef {Run & { columns: Columns, slot: number, shown: boolean, pinned: boolean }} KeptRun
 *   `slot` (0 …) is its colour's
 */

/** @param {number} id @param {Values} values @returns {Run} */
const newRun = (id, values) => ({ id, values, last: values, marks: [] });

export class Runs extends EventTarget {
  /** @type {Run | null} null before the first */
  present = null;
  /** The runs before it, the oldest first. @type {readonly KeptRun[]} */
  kept = [];

  #session;

  /** @param {Session} session */
  constructor(session) {
    super();
    this.#session = session;
    session.addEventListener("run", (event) => {
      this.#begin(/** @type {CustomEvent<{ values: Values }>} */ (event).detail.values);
    });
    session.addEventListener("changed", (event) => {
      this.#mark(/** @type {CustomEvent<Change>} */ (event).detail);
    });
  }

  /** The kept runs of the present one's task: losses of others say nothing beside its own. */
  get comparable() {
    return this.kept.filter(({ values }) => values.task === this.present?.values.task);
  }

  /** Shows or hides a run's ghost. @param {number} id @param {boolean} shown */
  show(id, shown) {
    this.#replace(id, { shown });
  }

  /** A pinned run stays, however many come after it. @param {number} id @param {boolean} pinned */
  pin(id, pinned) {
    this.#replace(id, { pinned });
  }

  /** @param {number} id */
  drop(id) {
    this.kept = this.kept.filter((run) => run.id !== id);
    this.#tell();
  }

  /** Drops all that are not pinned. */
  clear() {
    this.kept = this.kept.filter((run) => run.pinned);
    this.#tell();
  }

  /** The present run goes on from an earlier epoch: what was changed after it is no mark any more. @param {number} epoch */
  forgetAfter(epoch) {
    if (!this.present) return;
    this.present.marks = this.present.marks.filter((mark) => mark.epoch <= epoch);
    this.#tell();
  }

  /** @param {number} id @param {Partial<KeptRun>} changes */
  #replace(id, changes) {
    this.kept = this.kept.map((run) => (run.id === id ? { ...run, ...changes } : run));
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  /** A new run; the one that ends is kept, if it has come far enough. @param {Values} values */
  #begin(values) {
    const { present } = this;
    if (present && this.#session.curve.last_epoch >= LEAST_EPOCHS) this.#keep(present);
    this.present = newRun((present?.id ?? 0) + 1, values);
    this.#tell();
  }

  /** @param {Run} run */
  #keep(run) {
    const { curve } = this.#session;
    const columns = /** @type {any} */ (
      Object.fromEntries(curve.names.map((name) => [name, curve.column(name).slice()]))
    );
    const twin = this.kept.find((other) => same(other, run));
    // The same settings give the same curve: the longer one holds both.
    if (twin) {
      const longer = twin.columns.epoch.length < columns.epoch.length;
      if (longer) this.#replace(twin.id, { columns });
      return;
    }
    const evicted = this.kept.length < KEPT_RUNS ? null : this.kept.find((other) => !other.pinned);
    if (evicted === undefined) return;
    const stay = this.kept.filter((other) => other !== evicted);
    const slot = freeSlot(stay);
    this.kept = [...stay, { ...run, columns, slot, shown: true, pinned: false }];
  }

  /** @param {Change} change */
  #mark({ epoch, keys, values, text }) {
    const { present } = this;
    if (!present) return;
    const time = performance.now();
    const before = present.last;
    const changed = keys.filter((key) => fields[key].effect === "live" && !equal(before[key], values[key]));
    const after = Object.fromEntries(changed.map((key) => [key, values[key]]));
    present.last = { ...before, ...after };
    if (epoch === 0) {
      // Nothing is trained yet: that is how the run begins.
      present.values = { ...present.values, ...after };
    } else {
      if (text) this.#add({ epoch, key: null, before: null, after: null, text, time });
      for (const key of changed) this.#add({ epoch, key, before: before[key], after: values[key], text: null, time });
    }
    this.#tell();
  }

  /** A further change of the same thing right after the last one takes its place. @param {Mark} mark */
  #add(mark) {
    const { marks } = /** @type {Run} */ (this.present);
    const k = marks.findLastIndex((other) => other.key === mark.key && other.text?.key === mark.text?.key);
    if (k < 0 || mark.time - marks[k].time > ONE_CHANGE) {
      marks.push(mark);
      return;
    }
    const { before, epoch } = marks[k];
    marks.splice(k, 1);
    // Back to where it was: nothing has changed, unless something was trained in between.
    const back = mark.key !== null && equal(before, mark.after) && mark.epoch === epoch;
    if (!back) marks.push({ ...mark, before });
  }
}

/** Whether two runs had the same settings all along, so that their curves are the same. */
function same(/** @type {Run} */ a, /** @type {Run} */ b) {
  const keys = /** @type {(keyof Values)[]} */ (Object.keys(a.values));
  return a.marks.length === 0 && b.marks.length === 0
    && keys.every((key) => fields[key].effect === "view" || equal(a.values[key], b.values[key]));
}

/** @type {(a: unknown, b: unknown) => boolean} */
export const equal = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** @param {KeptRun[]} runs */
function freeSlot(runs) {
  const slots = Array.from({ length: KEPT_RUNS }, (_, slot) => slot);
  return slots.find((slot) => runs.every((run) => run.slot !== slot)) ?? 0;
}
