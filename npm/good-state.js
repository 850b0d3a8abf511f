// The last sound state of a run, to go back to when it has gone wrong.
//
// Sound is a loss that is finite and near the lowest: a run that explodes grows for some steps
// before it ends in NaN, and such a state is no good to go on from.

/** @import { Trainer } from "./trainer.js" */

// Copies of networks beyond a megabyte are not made at every epoch.
const LARGE = 1 << 20;
const LARGE_EVERY_MS = 1000;

export class GoodState {
  /** @type {Uint8Array | null} its snapshot */
  bytes = null;
  #at = -Infinity;
  #lowest = Infinity;

  /**
   * Keeps the present state, if it is sound.
   *
   * @param {Trainer} trainer
   * @param {number | null} loss of the training data, or of the test data where those are not looked
   *   at; null where it cannot be computed
   */
  keep(trainer, loss) {
    if (loss === null || !Number.isFinite(loss)) return;
    this.#lowest = Math.min(this.#lowest, loss);
    if (loss > 2 * this.#lowest) return;
    const now = performance.now();
    if (this.bytes && this.bytes.length > LARGE && now < this.#at + LARGE_EVERY_MS) return;
    this.bytes = trainer.snapshot();
    this.#at = now;
  }

  /** After something was set: what was a low loss before may be none now. */
  anew() {
    this.#lowest = Infinity;
    this.#at = -Infinity;
  }

  /** After the data were exchanged, which a snapshot must fit. */
  forget() {
    this.bytes = null;
  }
}
