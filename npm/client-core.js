// TrainerClient without the worker: what it keeps of the trainer in the worker, and how it goes on
// after a crash. client.js and client-node.js say how a worker is made.

import { Connection } from "./connection.js";
import { Curve } from "./curve.js";
import { PlaygroundError } from "./errors.js";
import { snapshotBytes, trainingData } from "./tensor.js";

/**
 * @import {
 *   Config, DetectOptions, EpochOptions, GridOptions, InputOptions, NumberArray, Part, PlaneOptions, ScriptOptions,
 *   TensorInput, TrainForOptions, TrainingData, TrainingDataInput,
 * } from "./index.js"
 * @import {
 *   CallOptions, ClientOptions, FrameOptions, Loaded, LoadOptions, PlayOptions,
 * } from "./client.js"
 * @import { Playing } from "./training-loop.js"
 * @import { Port } from "./connection.js"
 * @import { SnapshotNotice } from "./protocol.js"
 */

/**
 * The trainer in the worker, as a new worker could take it up.
 *
 * @typedef {object} Saved
 * @property {Config} config as the worker normalised it
 * @property {TrainingData} data that the snapshot was taken with
 * @property {number} number of those data: 0 for the first ones, then counted by setData()
 * @property {number} run
 * @property {Uint8Array | null} bytes the last snapshot; null: none has come yet
 * @property {number} epoch of that snapshot
 * @property {Curve} curve up to there
 * @property {number} crashes while playing on from that snapshot
 * @property {LoadOptions["evaluate"]} evaluate
 */

// A crash that training itself brings about comes again. So often playing is resumed without being
// asked.
const MAX_CRASHES = 3;
// And so often a new worker is started that does not get as far as taking up the snapshot.
const MAX_FAILED_RESTARTS = 3;

/** What restore() of the two clients hands to the constructor in place of a configuration. */
export class Snapshot {
  /** @param {Uint8Array | ArrayBuffer} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }
}

export class ClientCore {
  #spawn;
  #options;
  /** @type {Connection | null} */
  #connection = null;
  /** @type {Saved | null} */
  #saved = null;
  /** @type {Playing | null} */
  #playing = null;
  /** Counts the calls of setData(). */
  #exchanges = 0;
  /** @type {Map<number, TrainingData>} data of those calls that have not been answered yet */
  #sent = new Map();
  /** Of the last frame: what comes after a restart is newer. */
  #version = 0;
  #failedRestarts = 0;
  /** @type {Promise<number | null>} */
  #resumed = Promise.resolve(null);
  #freed = false;

  /** @type {Promise<Loaded | null>} */
  ready;

  /**
   * @param {(options: ClientOptions) => Port} spawn
   * @param {Config | Snapshot | null} config
   * @param {TrainingDataInput | null} data
   * @param {ClientOptions} [options]
   */
  constructor(spawn, config, data, options = {}) {
    this.#spawn = spawn;
    this.#options = options;
    this.ready = config === null ? this.#start() : this.#load(config, data);
    // Who does not look at `ready` learns of its error from the first method.
    this.ready.catch(() => {});
  }

  datasets = this.#functions("datasets", ["make", "makeDetection", "load", "previewCSV", "parseCSV", "features", "split",
    "balancedWeights", "oversample"]);
  detection = this.#functions("detection", ["encode", "decode", "iou", "nonMaximumSuppression",
    "averagePrecision"]);
  metrics = this.#functions("metrics", ["binary", "coOccurrence", "multiclass", "multilabel"]);

  /** @param {unknown[]} args */
  learningRates(...args) {
    return this.#call("learningRates", ...args);
  }

  /** @param {unknown[]} args */
  lossOfLogits(...args) {
    return this.#call("lossOfLogits", ...args);
  }

  /** @param {unknown[]} args */
  binaryCrossEntropy(...args) {
    return this.#call("binaryCrossEntropy", ...args);
  }

  /** @param {unknown[]} args */
  binaryCrossEntropyWithLogits(...args) {
    return this.#call("binaryCrossEntropyWithLogits", ...args);
  }

  /**
   * @template {string} Name of a function that needs no trainer
   * @param {string} group
   * @param {Name[]} names
   * @returns {Record<Name, (...args: unknown[]) => Promise<any>>}
   */
  #functions(group, names) {
    const calling =
      (/** @type {Name} */ name) =>
      (/** @type {unknown[]} */ ...args) =>
        this.#call(`${group}.${name}`, ...args);
    return /** @type {any} */ (Object.fromEntries(names.map((name) => [name, calling(name)])));
  }

  /** @param {Config} config @param {TrainingDataInput} data @param {LoadOptions} [options] */
  load(config, data, options) {
    return this.#load(config, data, options);
  }

  /** @param {PlayOptions} [options] */
  play(options) {
    const steps_per_second = options?.steps_per_second ?? null;
    return this.#request("play", [options], {
      applied: () => {
        const before = options?.until === undefined ? this.#playing : { until: options.until };
        this.#playing = { ...before, steps_per_second };
      },
    });
  }

  pause() {
    return this.#request("pause", [], {
      applied: () => {
        this.#playing = null;
      },
    });
  }

  /** @param {FrameOptions} [options] */
  frame(options) {
    const buffer = options?.buffer;
    return this.#request("frame", [options], {
      transfer: buffer ? [buffer] : [],
      applied: (frame) => {
        if (frame) this.#version = frame.version;
      },
    });
  }

  /** @param {number} n @param {EpochOptions & CallOptions} [options] */
  trainEpochs(n, options) {
    return this.#train("trainEpochs", n, options);
  }

  /** @param {number} milliseconds @param {TrainForOptions & CallOptions} [options] */
  trainFor(milliseconds, options) {
    return this.#train("trainFor", milliseconds, options);
  }

  /** @param {number} n @param {CallOptions} [options] */
  trainSteps(n, options) {
    return this.#train("trainSteps", n, options);
  }

  /** @param {number} n @param {CallOptions} [options] */
  trainSamples(n, options) {
    return this.#train("trainSamples", n, options);
  }

  /**
   * A call that takes long: the signal stays here, the rest of its options goes to the worker.
   *
   * @param {string} method
   * @param {number} amount
   * @param {CallOptions} [options]
   */
  #train(method, amount, options) {
    const { signal, ...rest } = options ?? {};
    const given = Object.keys(rest).length > 0 ? rest : undefined;
    return this.#request(method, [amount, given], { signal });
  }

  get warnings() {
    return this.#call("warnings");
  }

  get config() {
    return this.#call("config");
  }

  get epoch() {
    return this.#call("epoch");
  }

  get step() {
    return this.#call("step");
  }

  get steps_per_epoch() {
    return this.#call("steps_per_epoch");
  }

  /** @param {NumberArray} rows */
  trainBatch(rows) {
    return this.#call("trainBatch", rows);
  }

  gradients() {
    return this.#call("gradients");
  }

  endEpoch() {
    return this.#call("endEpoch");
  }

  /** @param {Part} part */
  evaluate(part) {
    return this.#call("evaluate", part);
  }

  /** @param {Part} part */
  scores(part) {
    return this.#call("scores", part);
  }

  /** @param {Part} part @param {DetectOptions} [options] */
  detect(part, options) {
    return this.#call("detect", part, options);
  }

  /** @param {TensorInput} inputs @param {InputOptions} [options] */
  predict(inputs, options) {
    return this.#call("predict", inputs, options);
  }

  /** @param {TensorInput} inputs @param {InputOptions} [options] */
  logits(inputs, options) {
    return this.#call("logits", inputs, options);
  }

  /** @param {GridOptions} options */
  predictGrid(options) {
    return this.#call("predictGrid", options);
  }

  /** @param {PlaneOptions} options */
  unitGrids(options) {
    return this.#call("unitGrids", options);
  }

  parameters() {
    return this.#call("parameters");
  }

  flatGradients() {
    return this.#call("flatGradients");
  }

  nonFinite() {
    return this.#call("nonFinite");
  }

  stateDict() {
    return this.#call("stateDict");
  }

  /** @param {Record<string, TensorInput>} dict */
  loadStateDict(dict) {
    return this.#call("loadStateDict", dict);
  }

  /** @param {number} index @param {number} value */
  setParameter(index, value) {
    return this.#call("setParameter", index, value);
  }

  /** @param {NumberArray} values */
  setParameters(values) {
    return this.#call("setParameters", values);
  }

  /** @param {Config} config */
  reconfigure(config) {
    return this.#call("reconfigure", config);
  }

  /** @param {TrainingDataInput} data */
  async setData(data) {
    // A copy, as in #load().
    const own = structuredClone(trainingData(data));
    const number = (this.#exchanges += 1);
    this.#sent.set(number, own);
    try {
      await this.#call("setData", own, number);
    } finally {
      // A snapshot with these data, if there is one, has come before the answer.
      this.#sent.delete(number);
    }
  }

  snapshot() {
    return this.#call("snapshot");
  }

  /** @param {Uint8Array | ArrayBuffer} bytes */
  rewind(bytes) {
    return this.#call("rewind", bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes);
  }

  /** @param {Config} [config] */
  restoreGood(config) {
    return this.#call("restoreGood", config);
  }

  diagnose() {
    return this.#call("diagnose");
  }

  initialParameters() {
    return this.#call("initialParameters");
  }

  data() {
    return this.#call("data");
  }

  /** @param {"start" | "now"} from */
  runFrom(from) {
    return this.#call("runFrom", from);
  }

  // What is exported is put together on this side, by files that come when they are asked for.

  /** @param {ScriptOptions} [options] */
  async toPyTorch(options) {
    const { pytorchScript, scriptOptions } = await import("./pytorch-script.js");
    const { from, epochs } = scriptOptions(options);
    const [run, data] = await Promise.all([this.runFrom(from), this.data()]);
    return pytorchScript(run, data, { from, epochs });
  }

  async toSafetensors() {
    const { writeSafetensors } = await import("./safetensors.js");
    return writeSafetensors(await this.stateDict());
  }

  /** Panics in the worker's wasm; refused but for clients made with `testing: true`. */
  crash() {
    return this.#call("crash");
  }

  async free() {
    if (this.#freed) throw freed();
    await this.#release();
  }

  async #release() {
    this.#freed = true;
    this.#saved = null;
    await this.#connection?.end(freed());
    this.#connection = null;
  }

  static {
    // For `using` and `await using`, after a free() too.
    for (const symbol of [Symbol.dispose, Symbol.asyncDispose]) {
      if (!symbol) continue;
      Object.defineProperty(this.prototype, symbol, {
        value() {
          return this.#release();
        },
        configurable: true,
        writable: true,
      });
    }
  }

  /** @param {string} method @param {...unknown} args */
  #call(method, ...args) {
    return this.#request(method, args);
  }

  /**
   * @param {string} method
   * @param {unknown[]} args
   * @param {Parameters<Connection["request"]>[2]} [how]
   * @returns {Promise<any>}
   */
  async #request(method, args, how) {
    if (this.#freed) throw freed();
    return (this.#connection ?? this.#connect()).request(method, args, how);
  }

  /**
   * @param {Config | Snapshot} config
   * @param {TrainingDataInput | null} data
   * @param {LoadOptions} [options]
   * @returns {Promise<Loaded>}
   */
  async #load(config, data, { evaluate } = {}) {
    // A copy, so that a restart finds the data that the snapshot was made with.
    const own = structuredClone(trainingData(data));
    const bytes = config instanceof Snapshot ? snapshotBytes(config.bytes).slice() : null;
    const applied = (/** @type {Loaded} */ { run, epoch, ...loaded }) => {
      this.#saved = {
        config: loaded.config,
        data: own,
        number: 0,
        run,
        bytes,
        epoch,
        curve: new Curve(),
        crashes: 0,
        evaluate,
      };
    };
    const args = [bytes ?? config, own, undefined, evaluate];
    return this.#request(bytes ? "restore" : "load", args, { applied });
  }

  /** A worker without a trainer. @returns {Promise<null>} */
  async #start() {
    await this.#connect().up;
    return null;
  }

  /** @returns {Connection} to a new worker, which takes up what was saved before anything else */
  #connect() {
    const { testing, wasm } = this.#options;
    const source = wasm instanceof URL ? wasm.href : wasm; // a URL cannot be posted
    const connection = new Connection(this.#spawn(this.#options), {
      snapshot: (notice) => this.#keep(notice),
      died: (reason, training) => this.#died(connection, reason, training),
    });
    this.#connection = connection;
    connection.start({ testing, wasm: source }).catch((error) => {
      // It is there, but cannot work (no wasm, say). The next request tries anew.
      if (this.#connection === connection) this.#connection = null;
      void connection.end(error);
    });
    this.#resumed = this.#resume(connection);
    this.#resumed.catch(() => {});
    return connection;
  }

  /**
   * @param {Connection} connection
   * @returns {Promise<number | null>} the epoch that it goes on from
   */
  async #resume(connection) {
    const saved = this.#saved;
    if (!saved) {
      await connection.up;
      this.#failedRestarts = 0;
      return null;
    }
    const { run, bytes, config, data, number, evaluate } = saved;
    const origin = {
      run,
      data: number,
      version: this.#version,
      curve: saved.curve.after(-1),
      speed: this.#playing,
    };
    const { epoch } = await connection.request(bytes ? "restore" : "load", [
      bytes ?? config,
      data,
      origin,
      evaluate,
    ]);
    return epoch;
  }

  /** @param {SnapshotNotice} notice */
  #keep({ run, data, bytes, epoch, curve, speed }) {
    const saved = this.#saved;
    if (saved?.run !== run) return;
    const exchanged = this.#sent.get(data);
    if (exchanged) Object.assign(saved, { data: exchanged, number: data });
    if (epoch > saved.epoch) saved.crashes = 0;
    saved.bytes = bytes;
    saved.epoch = epoch;
    saved.curve.truncate(epoch); // after a rewind
    saved.curve.append(curve);
    this.#playing = speed;
    this.#failedRestarts = 0;
  }

  /**
   * @param {Connection} connection
   * @param {string} reason
   * @param {boolean} training it happened while playing
   */
  #died(connection, reason, training) {
    void connection.end(new PlaygroundError("WorkerCrash", `the worker stopped: ${reason}`));
    if (connection !== this.#connection) return;
    this.#connection = null;
    // A first worker that does not come up is not going to; one after a crash may have been hit too.
    if (this.#freed || (!connection.started && !this.#saved)) return;
    if (training && this.#saved) {
      this.#saved.crashes += 1;
      if (this.#saved.crashes >= MAX_CRASHES) this.#playing = null;
    }
    this.#failedRestarts += 1;
    if (this.#failedRestarts <= MAX_FAILED_RESTARTS) void this.#restart(reason);
  }

  /** @param {string} message why */
  async #restart(message) {
    let epoch;
    try {
      this.#connect();
      epoch = await this.#resumed;
    } catch {
      // It died again, and #died() has dealt with it; or it cannot start, and requests say so.
      return;
    }
    this.#options.onRestart?.({ epoch, message, playing: this.#playing !== null });
  }
}

const freed = () => new PlaygroundError("RuntimeError", "this TrainerClient has been freed");
