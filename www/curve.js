/** The recorded points of a run as growing columns, in the form that frames bring and charts take. */

/** @import { Curve as Columns } from "bce-playground/client" */
/** @typedef {ReturnType<typeof createCurve>} Curve */

/** @type {(keyof Columns)[]} */
const COLUMNS = ["epoch", "train_loss", "train_objective", "eval_loss", "test_loss", "accuracy", "test_accuracy"];

export function createCurve() {
  let length = 0;
  let cuts = 0;
  /** @type {Columns} */
  const columns = /** @type {any} */ (
    Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(1024)]))
  );

  /** @param {number} needed */
  const grow = (needed) => {
    for (const name of COLUMNS) {
      if (columns[name].length >= needed) continue;
      const wider = new Float64Array(Math.max(needed, columns[name].length * 2));
      wider.set(columns[name].subarray(0, length));
      columns[name] = wider;
    }
  };

  return {
    /** The recorded points so far. */
    get length() {
      return length;
    },

    /** Rises whenever points are taken away: who has drawn them begins anew. */
    get cuts() {
      return cuts;
    },

    /** The epoch of the last point, -1 if there is none. */
    get last_epoch() {
      return length === 0 ? -1 : columns.epoch[length - 1];
    },

    /** The columns' names, in their order. */
    names: COLUMNS,

    /** The points of one column, up to now. @param {keyof Columns} name */
    column: (name) => columns[name].subarray(0, length),

    /** Adds a frame's points; any that are there already are passed over. @param {Columns} points */
    append(points) {
      const start = points.epoch.findIndex((epoch) => epoch > this.last_epoch);
      if (start < 0) return;
      const added = points.epoch.length - start;
      grow(length + added);
      for (const name of COLUMNS) columns[name].set(points[name].subarray(start), length);
      length += added;
    },

    /** Forgets what comes after an epoch: -1 forgets all. @param {number} epoch */
    truncate(epoch) {
      cuts += 1;
      while (length > 0 && columns.epoch[length - 1] > epoch) length -= 1;
    },
  };
}
