// One trainer in the worker, with what is known about it beyond the trainer itself: its curve, a
// version that rises with every change, and training in slices. No messages and no clock ticks:
// those are worker-core.js's and training-loop.js's.

import { Curve, nextRecordedEpoch } from "./curve.js";
import { PlaygroundError } from "./errors.js";
import { GoodState } from "./good-state.js";
import { stoppedBy } from "./stopping.js";
import { count } from "./tensor.js";
import { Trainer } from "./trainer.js";
import { planeOf, viewsOf } from "./views.js";

/**
 * @import {
 *   Config, EpochOptions, EpochRecord, Evaluation, NonFinite, Part, TrainForOptions,
 *   TrainForResult, TrainingDataInput,
 * } from "./index.js"
 */
/**
 * @import {
 *   Curve as CurveColumns, Figures, Frame, FrameOptions, LoadOptions, Rewound, Stopped,
 * } from "./client.js"
 */
/** @import { Playing } from "./training-loop.js" */

/** The longest that training holds the worker's thread: a pause is answered after that. */
export const SLICE_MS = 8;

/** @typedef {{ stopped: boolean }} Control */

export class Session {
  /** Rises with every change, so that a frame can wait for something new. */
  version;
  /** @type {NonFinite | null} */
  nonFinite = null;
  /** @type {Frame["error"]} what ended playing */
  error = null;
  /** @type {Stopped | null} which condition did */
  stopped = null;
  /** Which of the run's data it trains on, as the client numbers them. */
  data;
  #hasTest;
  #curve = new Curve();
  /** @type {TrainForResult} where the last step left it */
  #standing;
  /** @type {{ version: number, values: Figures } | null} */
  #evaluated = null;
  /** Whether the training data are evaluated too. */
  #both;
  #good = new GoodState();

  /**
   * @param {Trainer} trainer
   * @param {TrainingDataInput} data what it trains on
   * @param {{ run: number, data: number, version: number, curve?: CurveColumns }} origin
   * @param {LoadOptions["evaluate"]} evaluate
   */
  constructor(trainer, data, { run, data: number, version, curve }, evaluate) {
    this.trainer = trainer;
    this.run = run;
    this.data = number;
    this.version = version;
    this.#hasTest = Boolean(data.test_inputs);
    this.#both = evaluate !== "test";
    this.#standing = trainer.trainFor(0, { steps: 0 });
    if (curve) this.#curve.append(curve);
    if (trainer.step === 0) this.#record(this.#standing);
    this.#keepGood();
  }

  /**
   * Goes on in another instance of the wasm, where this one's trainer left off.
   *
   * @param {() => void} use puts it in the place of this one
   * @param {TrainingDataInput} data what it trains on
   */
  move(use, data) {
    const bytes = this.trainer.snapshot();
    this.trainer.free();
    use();
    this.trainer = Trainer.restore(bytes, data);
  }

  /** Something changed that a frame shows: parameters, or how they are trained. */
  changed() {
    this.version += 1;
  }

  /**
   * What both the curve and a frame hold; computed once for each version.
   *
   * @returns {Figures}
   */
  evaluate() {
    if (this.#evaluated?.version === this.version) return this.#evaluated.values;
    const train = this.#both ? this.#evaluation("train") : null;
    const test = this.#hasTest ? this.#evaluation("test") : null;
    const values = {
      eval_loss: train?.loss ?? null,
      accuracy: train?.accuracy ?? null,
      test_loss: test?.loss ?? null,
      test_accuracy: test?.accuracy ?? null,
    };
    this.#evaluated = { version: this.version, values };
    return values;
  }

  /**
   * @param {Part} part
   * @returns {Evaluation | null} null where the loss refuses what the network gives: an `identity`
   *   end before BCELoss is allowed, and its outputs are not always probabilities
   */
  #evaluation(part) {
    try {
      return this.trainer.evaluate(part);
    } catch (error) {
      if (error instanceof PlaygroundError) return null;
      throw error;
    }
  }

  /**
   * Records the current epoch, if it is one that the curve holds and has just been completed.
   *
   * @param {TrainForResult} standing
   * @returns {boolean} whether it was
   */
  #record({ train_loss, train_objective }) {
    const { epoch } = this.trainer;
    const { last } = this.#curve;
    if (epoch <= last || (epoch > 0 && nextRecordedEpoch(epoch - 1) !== epoch)) return false;
    const { eval_loss, accuracy, test_loss, test_accuracy } = this.evaluate();
    this.#curve.push({
      epoch,
      train_loss: train_loss ?? NaN,
      train_objective: train_objective ?? NaN,
      eval_loss: eval_loss ?? NaN,
      test_loss: test_loss ?? NaN,
      accuracy: accuracy ?? NaN,
      test_accuracy: test_accuracy ?? NaN,
    });
    this.#keepGood();
    return true;
  }

  #keepGood() {
    if (this.nonFinite) return;
    const { eval_loss, test_loss } = this.evaluate();
    this.#good.keep(this.trainer, eval_loss ?? test_loss);
  }

  /**
   * Trains for at most a slice, across recorded epochs, which each get their point.
   *
   * @param {object} [limits]
   * @param {number} [limits.steps]
   * @param {boolean} [limits.single] steps on single rows
   * @param {number} [limits.until_epoch]
   * @param {number} [limits.milliseconds]
   * @param {Playing | null} [limits.playing] with its conditions
   * @returns {number} the steps done
   */
  train(limits = {}) {
    const { steps = Infinity, single = false, milliseconds = SLICE_MS, playing = null } = limits;
    const until = playing?.until ?? {};
    const end = Math.min(limits.until_epoch ?? Infinity, until.epoch ?? Infinity);
    const deadline = performance.now() + Math.min(milliseconds, SLICE_MS);
    let done = 0;
    this.nonFinite = null;
    this.error = null;
    this.stopped = null;
    while (done < steps && this.trainer.epoch < end && !this.nonFinite && !this.stopped) {
      const left = deadline - performance.now();
      if (left <= 0 && done > 0) break;
      const before = this.#standing.total_steps;
      const result = this.trainer.trainFor(Math.max(left, 0), {
        until_epoch: Math.min(end, nextRecordedEpoch(this.trainer.epoch)),
        ...(Number.isFinite(steps) && { [single ? "samples" : "steps"]: steps - done }),
      });
      if (this.#stand(result) && playing) this.#look(playing);
      const progress = result.total_steps - before;
      if (progress === 0) break;
      done += progress;
    }
    const { epoch } = this.trainer;
    if (until.epoch !== undefined && epoch >= until.epoch) {
      this.stopped ??= { by: "epoch", epoch, value: epoch };
    }
    return done;
  }

  /** Whether a condition holds at the epoch that has just been recorded. @param {Playing} playing */
  #look({ until, from = 0 }) {
    if (until) this.stopped = stoppedBy(until, from, this.#curve.after(from - 1));
  }

  /** @param {TrainForResult} result @returns {boolean} whether an epoch was recorded */
  #stand(result) {
    this.changed();
    this.#standing = result;
    this.nonFinite = result.non_finite;
    return result.step === 0 && this.#record(result);
  }

  /**
   * trainEpochs, one slice to each turn of the generator. An epoch is walked up to its last step in
   * slices, and trainEpochs(1) takes that step and ends the epoch: so the records are the trainer's
   * own.
   *
   * @param {number} n
   * @param {EpochOptions} options
   * @param {Control} control stopped: the records so far are the result
   * @returns {Generator<void, EpochRecord[], void>}
   */
  *trainEpochs(n, options, control) {
    /** @type {EpochRecord[]} */
    const records = [];
    this.trainer.trainEpochs(0, options); // for its opinion of the options, before any slice
    while (records.length < n && !control.stopped) {
      const deadline = performance.now() + SLICE_MS;
      do {
        const rest = this.trainer.steps_per_epoch - 1 - this.trainer.step;
        // Where something is not finite, trainEpochs says what the calling thread would hear.
        if (rest > 0 && this.#walk(rest, deadline) < rest && !this.nonFinite) break;
        records.push(this.#endEpoch(options, records.length === n - 1));
      } while (records.length < n && performance.now() < deadline);
      if (records.length < n) yield;
    }
    return records;
  }

  /** @param {number} steps @param {number} deadline */
  #walk(steps, deadline) {
    return this.train({ steps, milliseconds: deadline - performance.now() });
  }

  /**
   * @param {EpochOptions} options
   * @param {boolean} last
   * @returns {EpochRecord}
   */
  #endEpoch(options, last) {
    const [record] = this.trainer.trainEpochs(1, options);
    this.observe();
    if (options.evaluate !== "last" || last) return record;
    return { ...record, eval_loss: null, test_loss: null, accuracy: null, subset_accuracy: null };
  }

  /** Other data for the same trainer. @param {TrainingDataInput} data @param {number} number */
  setData(data, number) {
    this.trainer.setData(data);
    this.data = number;
    this.#hasTest = Boolean(data.test_inputs);
    this.#good.forget();
    this.settled();
  }

  /** After something was set: what was a low loss before may be none now. */
  settled() {
    this.observe();
    this.#good.anew();
    this.#keepGood();
  }

  /**
   * Goes back to a snapshot of this run.
   *
   * @param {Uint8Array} bytes
   * @param {Config} [config] to go on with
   * @returns {Rewound}
   */
  rewind(bytes, config) {
    const { trainer } = this;
    const before = trainer.snapshot();
    trainer.rewind(bytes);
    try {
      if (config) trainer.reconfigure(config);
    } catch (error) {
      trainer.rewind(before);
      throw error;
    }
    this.#curve.truncate(trainer.epoch);
    this.error = null;
    this.stopped = null;
    this.settled();
    return { epoch: trainer.epoch, config: trainer.config, warnings: trainer.warnings };
  }

  /**
   * Goes back to the last sound state.
   *
   * @param {Config} [config] to go on with
   * @returns {Rewound}
   */
  restoreGood(config) {
    const { bytes } = this.#good;
    if (bytes) return this.rewind(bytes, config);
    throw new PlaygroundError("RuntimeError", "there is no good state to go back to");
  }

  /** After a change that did not come from train(): a batch, an epoch's end, other parameters. */
  observe() {
    this.#stand(this.trainer.trainFor(0, { steps: 0 }));
  }

  /**
   * trainFor, one slice to each turn of the generator.
   *
   * @param {number} milliseconds
   * @param {TrainForOptions} options
   * @param {Control} control
   * @returns {Generator<void, TrainForResult, void>}
   */
  *trainFor(milliseconds, options, control) {
    const until_epoch = options.until_epoch ?? Infinity;
    const single = options.samples !== undefined;
    const limit = options.samples ?? options.steps;
    const steps = limit === undefined ? Infinity : count(limit, single ? "samples" : "steps");
    // For its opinion of the options, before any slice.
    const asked = single ? { samples: 0 } : { steps: 0 };
    this.#standing = this.trainer.trainFor(0, { ...options, ...asked });
    const deadline = performance.now() + milliseconds;
    let done = 0;
    while (!control.stopped) {
      const left = deadline - performance.now();
      const rest = steps - done;
      const now = this.train({ steps: rest, single, until_epoch, milliseconds: left });
      done += now;
      if (now === 0 || done >= steps || this.nonFinite || this.trainer.epoch >= until_epoch) break;
      if (performance.now() >= deadline) break;
      yield;
    }
    const reached = this.trainer.epoch >= until_epoch || done >= steps;
    return { ...this.#standing, reached };
  }

  /** @returns {CurveColumns} @param {number} epoch */
  curveAfter(epoch) {
    return this.#curve.after(epoch);
  }

  /** @returns {number} */
  get lastRecorded() {
    return this.#curve.last;
  }

  /**
   * @param {FrameOptions} options
   * @param {boolean} playing
   * @returns {Frame}
   */
  frame(options, playing) {
    const { trainer } = this;
    const asked = playing ? { ...options, ...options.while_playing } : options;
    return {
      version: this.version,
      run: this.run,
      playing,
      epoch: trainer.epoch,
      step: trainer.step,
      sample: this.#standing.sample,
      next_row: this.#standing.next_row,
      steps_per_epoch: trainer.steps_per_epoch,
      lr: this.#standing.lr,
      train_loss: this.#standing.train_loss,
      train_objective: this.#standing.train_objective,
      ...(asked.figures === "recorded" ? this.#curve.figures : this.evaluate()),
      curve: this.#curve.after(asked.curve_after ?? -1),
      ...viewsOf(trainer, asked, planeOf(options.grid), this.#hasTest),
      non_finite: this.nonFinite,
      error: this.error,
      stopped: this.stopped,
    };
  }
}
