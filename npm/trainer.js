// Trainer on the calling thread: arguments checked and converted, everything else is wasm's.

import { PlaygroundError } from "./errors.js";
import {
  count,
  duration,
  floats,
  gridOptions,
  indices,
  inputOptions,
  options as optionsOf,
  plain,
  shown,
  snapshotBytes,
  stateDict,
  tensor,
  trainingData,
  typeError,
  valueError,
} from "./tensor.js";
import { call, isLost, raw } from "./wasm.js";

/** @import { Trainer as RawTrainer } from "./pkg/bce_wasm.js" */
/**
 * @import {
 *   Config, DetectOptions, EpochOptions, GridOptions, InputOptions, NumberArray, Part, PlaneOptions, TensorInput,
 *   TrainForOptions, TrainingDataInput,
 * } from "./index.js"
 */

// Marks the constructor's call from restore(): a private path for what is not a configuration.
const RESTORED = Symbol("restored");

/**
 * @param {unknown} config
 * @returns {unknown}
 */
function configuration(config) {
  if (typeof config !== "object" || config === null) {
    throw typeError(`config must be an object, got ${shown(config)}`, "config");
  }
  return plain(config, "");
}

/** @param {unknown} part @returns {string} */
function partName(part) {
  if (typeof part === "string") return part;
  throw typeError(`a part is "train" or "test", got ${shown(part)}`, "part");
}

export class Trainer {
  /** @type {RawTrainer | null} */
  #raw;

  /**
   * @param {Config} config
   * @param {TrainingDataInput} data
   */
  constructor(config, data) {
    const given = /** @type {unknown} */ (config);
    if (given === RESTORED) {
      this.#raw = /** @type {RawTrainer} */ (/** @type {unknown} */ (data));
      return;
    }
    const parsed = configuration(config);
    const tensors = trainingData(data);
    this.#raw = call(() => new raw.Trainer(parsed, tensors));
  }

  /**
   * @param {Uint8Array | ArrayBuffer} bytes
   * @param {TrainingDataInput} data
   * @returns {Trainer}
   */
  static restore(bytes, data) {
    const snapshot = snapshotBytes(bytes);
    const tensors = trainingData(data);
    const restored = call(() => raw.Trainer.restore(snapshot, tensors));
    return new this(/** @type {any} */ (RESTORED), /** @type {any} */ (restored));
  }

  /**
   * @template T
   * @param {(trainer: RawTrainer) => T} use
   * @returns {T}
   */
  #call(use) {
    const trainer = this.#alive();
    return call(() => use(trainer));
  }

  #alive() {
    if (this.#raw !== null) return this.#raw;
    throw new PlaygroundError("RuntimeError", "this Trainer has been freed");
  }

  get warnings() {
    return this.#call((trainer) => trainer.warnings);
  }

  get config() {
    return this.#call((trainer) => trainer.config);
  }

  get epoch() {
    return this.#call((trainer) => trainer.epoch);
  }

  get step() {
    return this.#call((trainer) => trainer.step);
  }

  get steps_per_epoch() {
    return this.#call((trainer) => trainer.steps_per_epoch);
  }

  /** @param {number} n @param {EpochOptions} [options] */
  trainEpochs(n, options) {
    const epochs = count(n, "n");
    const rest = optionsOf(options);
    return this.#call((trainer) => trainer.trainEpochs(epochs, rest));
  }

  /** @param {number} milliseconds @param {TrainForOptions} [options] */
  trainFor(milliseconds, options) {
    const budget = duration(milliseconds);
    const rest = optionsOf(options);
    return this.#call((trainer) => trainer.trainFor(budget, rest));
  }

  /** @param {NumberArray} rows */
  trainBatch(rows) {
    const batch = indices(rows, "indices");
    return this.#call((trainer) => trainer.trainBatch(batch));
  }

  gradients() {
    return this.#call((trainer) => trainer.gradients());
  }

  endEpoch() {
    return this.#call((trainer) => trainer.endEpoch());
  }

  /** @param {Part} part */
  evaluate(part) {
    const name = partName(part);
    return this.#call((trainer) => trainer.evaluate(name));
  }

  /** @param {Part} part */
  scores(part) {
    const name = partName(part);
    return this.#call((trainer) => trainer.scores(name));
  }

  /** @param {Part} part @param {DetectOptions} [options] */
  detect(part, options) {
    const name = partName(part);
    const rest = optionsOf(options);
    return this.#call((trainer) => trainer.detect(name, rest));
  }

  /** @param {TensorInput} inputs @param {InputOptions} [options] */
  predict(inputs, options) {
    const rows = tensor(inputs, "inputs");
    const rest = inputOptions(options);
    return this.#call((trainer) => trainer.predict(rows, rest));
  }

  /** @param {TensorInput} inputs @param {InputOptions} [options] */
  logits(inputs, options) {
    const rows = tensor(inputs, "inputs");
    const rest = inputOptions(options);
    return this.#call((trainer) => trainer.logits(rows, rest));
  }

  /** @param {GridOptions} options */
  predictGrid(options) {
    const rest = gridOptions(options);
    return this.#call((trainer) => trainer.predictGrid(rest));
  }

  /** @param {PlaneOptions} options */
  unitGrids(options) {
    const rest = gridOptions(options);
    return this.#call((trainer) => trainer.unitGrids(rest));
  }

  parameters() {
    return this.#call((trainer) => trainer.parameters());
  }

  initialParameters() {
    return this.#call((trainer) => trainer.initialParameters());
  }

  data() {
    return this.#call((trainer) => trainer.data());
  }

  /**
   * What a script of the run is made of; see exporting.js.
   *
   * @param {"start" | "now"} from
   */
  runFrom(from) {
    if (from !== "start" && from !== "now") {
      throw valueError(`from must be "start" or "now", got ${shown(from)}`, "from");
    }
    const parameters = this.stateDict();
    if (from === "now") return { config: this.config, parameters, epoch: this.epoch };
    const flat = this.initialParameters();
    let at = 0;
    for (const { data } of Object.values(parameters)) {
      data.set(flat.subarray(at, at + data.length));
      at += data.length;
    }
    return { config: this.config, parameters, epoch: this.epoch };
  }

  flatGradients() {
    return this.#call((trainer) => trainer.flatGradients());
  }

  nonFinite() {
    return this.#call((trainer) => trainer.nonFinite() ?? null);
  }

  stateDict() {
    return this.#call((trainer) => trainer.stateDict());
  }

  /** @param {Record<string, TensorInput>} dict */
  loadStateDict(dict) {
    const tensors = stateDict(dict, "dict");
    this.#call((trainer) => trainer.loadStateDict(tensors));
  }

  /** @param {number} index @param {number} value */
  setParameter(index, value) {
    const start = count(index, "index");
    const one = floats([value], "value");
    this.#call((trainer) => trainer.setParameters(start, one));
  }

  /** @param {NumberArray} values */
  setParameters(values) {
    const all = floats(values, "values");
    const wanted = this.parameters().length;
    if (all.length !== wanted) {
      throw valueError(`${all.length} values are given for ${wanted} parameters`, "values");
    }
    this.#call((trainer) => trainer.setParameters(0, all));
  }

  /** @param {Config} config */
  reconfigure(config) {
    const parsed = configuration(config);
    this.#call((trainer) => trainer.reconfigure(parsed));
  }

  /** @param {TrainingDataInput} data */
  setData(data) {
    const tensors = trainingData(data);
    this.#call((trainer) => trainer.setData(tensors));
  }

  snapshot() {
    return this.#call((trainer) => trainer.snapshot());
  }

  /** @param {Uint8Array | ArrayBuffer} bytes */
  rewind(bytes) {
    const snapshot = snapshotBytes(bytes);
    this.#call((trainer) => trainer.rewind(snapshot));
  }

  diagnose() {
    return this.#call((trainer) => trainer.diagnose());
  }

  free() {
    this.#alive();
    this.#release();
  }

  #release() {
    // After a trap the memory goes with the instance; freeing one object of it would only throw.
    if (!isLost()) this.#raw?.free();
    this.#raw = null;
  }
  static {
    // The end of a `using` block, which may follow a free(). Engines without it have no `using`
    // either.
    if (Symbol.dispose) {
      Object.defineProperty(this.prototype, Symbol.dispose, {
        value() {
          this.#release();
        },
        configurable: true,
        writable: true,
      });
    }
  }
}
