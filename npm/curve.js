// A run's learning curve: which epochs are recorded, and the columns that hold them. Used on both
// sides of the worker's border: the worker records, the client keeps a copy to hand to the next
// worker.

/** @import { Curve as CurveColumns, Figures } from "./client.js" */

/** @typedef {{ [Column in keyof CurveColumns]: number }} CurvePoint */

/** @type {readonly (keyof CurveColumns)[]} */
export const CURVE_COLUMNS = [
  "epoch",
  "train_loss",
  "train_objective",
  "eval_loss",
  "test_loss",
  "accuracy",
  "test_accuracy",
];

const EVERY_EPOCH_UP_TO = 512;

/**
 * The first recorded epoch after this one: every epoch up to 512, then every second up to 1024,
 * every fourth up to 2048, and so on. A function of the number alone, so that a run's curve is the
 * same however fast it was trained and however often it was looked at; 100,000 epochs make 2,500
 * points.
 *
 * @param {number} epoch
 * @returns {number}
 */
export function nextRecordedEpoch(epoch) {
  let stride = 1;
  while (EVERY_EPOCH_UP_TO * stride <= epoch) stride *= 2;
  return (Math.floor(epoch / stride) + 1) * stride;
}

export class Curve {
  /** @type {Record<keyof CurveColumns, number[]>} */
  #columns = {
    epoch: [],
    train_loss: [],
    train_objective: [],
    eval_loss: [],
    test_loss: [],
    accuracy: [],
    test_accuracy: [],
  };

  /** The last recorded epoch, -1 before the first. */
  get last() {
    return this.#columns.epoch.at(-1) ?? -1;
  }

  /** @returns {Figures} those of the last recorded epoch */
  get figures() {
    const of = (/** @type {keyof CurveColumns} */ column) => {
      const value = this.#columns[column].at(-1) ?? NaN;
      return Number.isNaN(value) ? null : value;
    };
    return {
      eval_loss: of("eval_loss"),
      test_loss: of("test_loss"),
      accuracy: of("accuracy"),
      test_accuracy: of("test_accuracy"),
    };
  }

  /** @param {CurvePoint} point of a later epoch than all before */
  push(point) {
    for (const column of CURVE_COLUMNS) this.#columns[column].push(point[column]);
  }

  /** Drops the points after an epoch. @param {number} epoch */
  truncate(epoch) {
    const epochs = this.#columns.epoch;
    const kept = epochs.findLastIndex((recorded) => recorded <= epoch) + 1;
    for (const column of CURVE_COLUMNS) this.#columns[column].length = kept;
  }

  /**
   * @param {CurveColumns} columns points that continue this curve; those it has already are skipped
   */
  append(columns) {
    const { last } = this;
    for (let i = 0; i < columns.epoch.length; i += 1) {
      if (columns.epoch[i] <= last) continue;
      for (const column of CURVE_COLUMNS) this.#columns[column].push(columns[column][i]);
    }
  }

  /**
   * @param {number} epoch
   * @returns {CurveColumns} the points after this epoch, in arrays of their own
   */
  after(epoch) {
    const epochs = this.#columns.epoch;
    let first = epochs.length;
    while (first > 0 && epochs[first - 1] > epoch) first -= 1;
    const from = (/** @type {keyof CurveColumns} */ column) =>
      Float64Array.from(this.#columns[column].slice(first));
    return {
      epoch: from("epoch"),
      train_loss: from("train_loss"),
      train_objective: from("train_objective"),
      eval_loss: from("eval_loss"),
      test_loss: from("test_loss"),
      accuracy: from("accuracy"),
      test_accuracy: from("test_accuracy"),
    };
  }
}
