// The worker's side of the protocol, the same in a browser's worker and in one of
// node:worker_threads: requests in, replies, frames and snapshots out. Whatever is thrown that is
// not our own error is a crash: the worker says so and does nothing more, and the client replaces
// it.

import { PlaygroundError, isWordless, messageOf, toPlain } from "./errors.js";
import { PROTOCOL, readRequest, requestId } from "./protocol.js";
import { Session } from "./session.js";
import { datasetsFrom, shippedName } from "./datasets.js";
import { metrics } from "./metrics.js";
import { learningRates } from "./optimizer.js";
import { readUntil } from "./stopping.js";
import { count, duration, valueError } from "./tensor.js";
import { Trainer } from "./trainer.js";
import { TrainingLoop } from "./training-loop.js";
import { panicForTests } from "./wasm.js";

/** @import { FrameOptions } from "./client.js" */
/** @import { Modules } from "./modules.js" */
/** @import { Request } from "./protocol.js" */
/** @import { Control } from "./session.js" */

/**
 * @typedef {object} WorkerHost
 * @property {(message: unknown, transfer: ArrayBuffer[]) => void} post
 * @property {(turn: () => void) => void} immediate
 * @property {Modules} modules
 * @property {(name: string) => Promise<boolean>} hold holds a lock until the worker ends; false:
 *   there are no locks here
 */

const SNAPSHOT_EVERY_MS = 1000;

/** What the start module can do, or the worker without any module. For the rest the full one comes. */
const AT_START = new Set([
  ...["load", "play", "pause", "frame", "cancel", "crash", "datasets.make", "datasets.split"],
  ...["warnings", "config", "epoch", "step", "steps_per_epoch", "evaluate", "predictGrid"],
  ...["parameters", "snapshot"],
]);
/** The full module comes by itself, once the first frames are through. */
const FULL_AFTER_MS = 1000;

/** Methods of Trainer by which a user sets something. */
const SETTINGS = new Set(["loadStateDict", "setParameter", "setParameters", "reconfigure"]);
/** Those that leave the trainer another one; training in slices sees to that itself. */
const CHANGES = new Set(["trainBatch", "endEpoch"]);
const GETTERS = new Set(["warnings", "config", "epoch", "step", "steps_per_epoch"]);

/** @type {Record<string, () => Promise<{ default: string }>>} */
const SHIPPED = {
  iris: () => import("./data/iris.js"),
  breast_cancer: () => import("./data/breast_cancer.js"),
};

/**
 * @param {WorkerHost} host
 * @returns {(message: unknown) => void} what to do with each message
 */
export function serve(host) {
  const worker = new TrainingWorker(host);
  return (message) => void worker.receive(message);
}

class TrainingWorker {
  #host;
  /** @type {Session | null} */
  #session = null;
  /** @type {Promise<void> | null} */
  #started = null;
  /** Whether the full module is in place. */
  #full = false;
  /** @type {Promise<void> | null} while it is on its way */
  #growing = null;
  /** The last request before the full module is in place, which the next one waits for. */
  #turn = Promise.resolve();
  /** @type {any} the data of the session, until it has moved into the full module */
  #data = null;
  #crashed = false;
  #testing = false;
  /** @type {Request | null} the frame request that waits */
  #frame = null;
  #snapshot = { at: 0, version: -1, recorded: -1 };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #snapshotTimer;
  /** @type {Record<string, string>} */
  #texts = {};
  #datasets = datasetsFrom(this.#texts);
  #loop;

  /** @param {WorkerHost} host */
  constructor(host) {
    this.#host = host;
    this.#loop = new TrainingLoop({
      immediate: host.immediate,
      trainSlice: (steps) => this.#trainSlice(steps),
      sliced: () => this.#sliced(),
      failed: (thrown, training) => this.#fail(thrown, training),
    });
  }

  /** @param {unknown} message */
  async receive(message) {
    if (this.#crashed) return;
    let request;
    try {
      request = readRequest(message);
    } catch (error) {
      this.#reject(requestId(message), error);
      return;
    }
    try {
      if (request.method === "hold") await this.#hold(request);
      else if (request.method === "start") await this.#start(request);
      else await this.#answer(request);
    } catch (error) {
      this.#refuse(request, error);
    }
  }

  /** @param {Request} request */
  async #hold({ id, args }) {
    this.#resolve(id, await this.#host.hold(/** @type {string} */ (args[0])));
  }

  /** @param {Request} request */
  async #start({ id, args }) {
    if (this.#started) throw new PlaygroundError("ProtocolError", "the worker has been started");
    const { testing, wasm } = /** @type {any} */ (args[0]);
    this.#testing = testing === true;
    const { modules } = this.#host;
    // A module of the caller's own is a full one.
    this.#full = wasm !== undefined;
    this.#started = (this.#full ? modules.full(wasm) : modules.start()).then((use) => use());
    await this.#started;
    this.#resolve(id, null);
  }

  /** @param {Request} request */
  async #answer(request) {
    if (!this.#started) {
      throw new PlaygroundError("ProtocolError", "the worker has not been started");
    }
    if (this.#full) {
      await this.#started;
      return this.#carryOut(request);
    }
    // One after another, since each may have to wait for the full module.
    const turn = Promise.all([this.#started, this.#turn]).then(() => this.#tryAtStart(request));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** @param {Request} request */
  async #tryAtStart(request) {
    if (!this.#full && !isAnsweredAtStart(request)) await this.#grow();
    try {
      await this.#carryOut(request);
    } catch (error) {
      if (!isWordless(error)) throw error;
      await this.#grow();
      await this.#carryOut(request);
    }
  }

  /** @param {Request} request */
  async #carryOut(request) {
    if (this.#crashed) return;
    const { id, method, args } = request;
    if (method === "frame") return this.#askFrame(request);
    if (method.startsWith("datasets.")) return this.#resolve(id, await this.#dataset(method, args));
    if (method.startsWith("metrics.")) return this.#resolve(id, metric(method, args));
    if (method.startsWith("detection.")) return this.#resolve(id, await boxes(method, args));
    if (method === "learningRates") return this.#resolve(id, rates(args));
    if (LOSSES.includes(method)) return this.#resolve(id, await lossOf(method, args));
    if (Object.hasOwn(this.#control, method)) {
      return this.#resolve(id, this.#control[method](...args));
    }
    return this.#enqueue(request);
  }

  /**
   * Puts the full module in the place of the start module; the trainer moves over, to the bit. What
   * runs goes on until the module is there. After a failure the next call tries again.
   *
   * @returns {Promise<void>}
   */
  #grow() {
    this.#growing ??= this.#host.modules.full().then((use) => this.#move(use));
    this.#growing.catch(() => (this.#growing = null));
    return this.#growing;
  }

  /**
   * A job of its own, since those before it hold objects of the start module.
   *
   * @param {() => void} use
   * @returns {Promise<void>}
   */
  #move(use) {
    const move = () => {
      if (this.#session) this.#session.move(use, this.#data);
      else use();
      this.#full = true;
      this.#data = null;
    };
    const work = (function* () {
      move();
    })();
    return new Promise((resolve, reject) => {
      this.#loop.push({
        id: 0,
        control: { stopped: false },
        work,
        resolve: () => resolve(undefined),
        reject: (error) => {
          reject(error);
          this.#fail(error, false);
        },
      });
    });
  }

  // What is answered at once, past the queue.
  /** @type {Record<string, (...args: any[]) => unknown>} */
  #control = {
    pause: () => {
      this.#loop.pause();
      this.#session?.changed();
      this.#answerFrame();
      this.#sendSnapshot();
      return null;
    },
    cancel: (id) => {
      this.#loop.cancel(id, new PlaygroundError("AbortError", "the call was cancelled"));
      return null;
    },
    crash: () => {
      if (this.#testing) return panicForTests();
      throw new PlaygroundError("ProtocolError", "crash is for clients made with testing: true");
    },
  };

  get #loaded() {
    if (this.#session) return this.#session;
    throw new PlaygroundError("RuntimeError", "no trainer is loaded");
  }

  /** @param {Request} request */
  #enqueue(request) {
    const { id, method, args } = request;
    const control = { stopped: false };
    // A faulty configuration is refused here, before anything that runs is cut short for it.
    const [first, data, origin, evaluate] = /** @type {any[]} */ (args);
    const work =
      method === "load"
        ? this.#replacing(new Trainer(first, data), data, origin, evaluate)
        : method === "restore"
          ? this.#replacing(Trainer.restore(first, data), data, origin, evaluate)
          : this.#work(method, args, control);
    this.#loop.push({
      id,
      control,
      work,
      resolve: (value) => this.#resolve(id, value),
      reject: (error) => this.#refuse(request, error),
    });
  }

  /**
   * Puts another trainer in the place of this one, once the calls before are done; training calls
   * among them end early.
   *
   * @param {Trainer} trainer
   * @param {any} data
   * @param {any} [origin] of a restart: the run, data and version to go on from, the curve so far,
   *   the speed
   * @param {any} [evaluate] what is looked at after recorded epochs
   */
  #replacing(trainer, data, origin = {}, evaluate = "both") {
    this.#loop.stopCalls();
    const replace = () => {
      const run = origin.run ?? (this.#session?.run ?? 0) + 1;
      const version = Math.max(origin.version ?? 0, this.#session?.version ?? 0) + 1;
      const from = { run, data: origin.data ?? 0, version, curve: origin.curve };
      const session = new Session(trainer, data, from, evaluate);
      this.#session?.trainer.free();
      this.#session = session;
      this.#snapshot = { at: 0, version: -1, recorded: -1 };
      if (origin.speed) this.#loop.play({ from: trainer.epoch, ...origin.speed });
      if (!this.#full) {
        this.#data = data;
        setTimeout(() => this.#grow().catch(() => {}), FULL_AFTER_MS);
      }
      return { run, config: trainer.config, warnings: trainer.warnings, epoch: trainer.epoch };
    };
    return (function* () {
      return replace();
    })();
  }

  /** @param {{ steps_per_second?: number | null, until?: unknown }} how @param {Control} control */
  #play({ steps_per_second = null, until }, control) {
    const valid = typeof steps_per_second === "number" && steps_per_second > 0;
    if (steps_per_second !== null && (!valid || steps_per_second === Infinity)) {
      throw valueError(
        "steps_per_second must be a positive number, or null for full speed",
        "steps_per_second",
      );
    }
    const session = this.#loaded;
    const { speed: before } = this.#loop;
    const conditions = before && until === undefined ? before : { until: readUntil(until) };
    session.stopped = null;
    session.changed();
    // A pause that came after this call wins, though it is answered first.
    if (!control.stopped) {
      this.#loop.play({ from: session.trainer.epoch, ...conditions, steps_per_second });
    }
    return null;
  }

  /**
   * @param {string} method
   * @param {unknown[]} args
   * @param {Control} control
   * @returns {Generator<void, unknown, void>}
   */
  *#work(method, args, control) {
    const session = this.#loaded;
    const [first, second = {}] = /** @type {[any, any]} */ (args);
    if (method === "play") return this.#play(first ?? {}, control);
    if (method === "trainEpochs") {
      return yield* session.trainEpochs(count(first, "n"), second, control);
    }
    if (method === "trainFor") return yield* session.trainFor(duration(first), second, control);
    if (method === "trainSteps") {
      return yield* session.trainFor(Infinity, { steps: count(first, "n") }, control);
    }
    if (method === "trainSamples") {
      return yield* session.trainFor(Infinity, { samples: count(first, "n") }, control);
    }
    if (method === "rewind" || method === "restoreGood") {
      const rewound = session[method](first);
      this.#snapshot.recorded = Math.min(this.#snapshot.recorded, session.lastRecorded);
      this.#sendSnapshot();
      return rewound;
    }
    if (method === "setData") {
      session.setData(first, second);
      // The old snapshot is one of other data.
      this.#sendSnapshot();
      return null;
    }
    const trainer = /** @type {Record<string, any>} */ (session.trainer);
    if (GETTERS.has(method)) return trainer[method];
    const value = trainer[method](...args);
    if (CHANGES.has(method)) session.observe();
    if (SETTINGS.has(method)) {
      session.settled();
      // What a user has set is worth a snapshot before the answer; batches come too fast for that.
      this.#sendSnapshot();
    }
    return value;
  }

  /** @param {string} method @param {unknown[]} args */
  async #dataset(method, args) {
    const name = method.slice("datasets.".length);
    if (name === "load") {
      const shipped = shippedName(args[0]);
      this.#texts[shipped] ??= (await SHIPPED[shipped]()).default;
    }
    return /** @type {Record<string, Function>} */ (this.#datasets)[name](...args);
  }

  /** @param {number} [steps] @returns {number} */
  #trainSlice(steps) {
    const session = this.#loaded;
    let done = 0;
    try {
      done = session.train({ steps, playing: this.#loop.speed });
    } catch (error) {
      if (!(error instanceof PlaygroundError)) throw error;
      session.error = { name: error.name, message: error.message };
    }
    if (session.nonFinite || session.error || session.stopped) {
      this.#loop.pause();
      session.changed();
      this.#sendSnapshot();
    }
    return done;
  }

  /** After every slice, and every change: the frame and the snapshot that may be due. */
  #sliced() {
    if (this.#crashed) return;
    this.#answerFrame();
    const { at, version } = this.#snapshot;
    if (!this.#session || this.#session.version === version) return;
    const wait = at + SNAPSHOT_EVERY_MS - performance.now();
    if (version === -1 || wait <= 0) this.#sendSnapshot();
    else {
      this.#snapshotTimer ??= setTimeout(() => this.#guard(() => this.#sendSnapshot()), wait);
    }
  }

  #sendSnapshot() {
    clearTimeout(this.#snapshotTimer);
    this.#snapshotTimer = undefined;
    const session = this.#session;
    if (!session) return;
    const notice = {
      kind: "snapshot",
      run: session.run,
      data: session.data,
      epoch: session.trainer.epoch,
      bytes: session.trainer.snapshot(),
      curve: session.curveAfter(this.#snapshot.recorded),
      speed: this.#loop.speed,
    };
    const { version, lastRecorded: recorded } = session;
    this.#snapshot = { at: performance.now(), version, recorded };
    this.#post(notice);
  }

  /** @param {Request} request */
  #askFrame(request) {
    if (this.#frame) this.#resolve(this.#frame.id, null);
    this.#frame = request;
    this.#answerFrame();
  }

  #answerFrame() {
    const session = this.#session;
    const request = this.#frame;
    if (!request || !session) return;
    const options = /** @type {FrameOptions} */ (request.args[0] ?? {});
    if (session.version <= (options.after ?? -1)) return;
    this.#frame = null;
    try {
      this.#resolve(request.id, session.frame(options, this.#loop.speed !== null));
    } catch (error) {
      this.#refuse(request, error);
    }
  }

  /** @param {number} id @param {unknown} value */
  #resolve(id, value) {
    this.#post({ kind: "result", id, value });
  }

  /**
   * What the start module refuses, the full one is asked again: it may know more, and has words.
   *
   * @param {Request} request
   * @param {unknown} error
   */
  #refuse(request, error) {
    if (!isWordless(error)) return this.#reject(request.id, error);
    const again = this.#grow().then(() => this.#answer(request));
    again.catch((failure) => this.#reject(request.id, failure));
  }

  /** @param {number | null} id @param {unknown} error */
  #reject(id, error) {
    if (error instanceof PlaygroundError) this.#post({ kind: "error", id, error: toPlain(error) });
    else this.#fail(error, false);
  }

  /** @param {unknown} thrown @param {boolean} training */
  #fail(thrown, training) {
    if (this.#crashed) return;
    this.#loop.end();
    clearTimeout(this.#snapshotTimer);
    this.#crashed = true;
    this.#post({ kind: "crash", message: messageOf(thrown), training });
  }

  /** @param {() => void} run */
  #guard(run) {
    if (this.#crashed) return;
    try {
      run();
    } catch (thrown) {
      this.#fail(thrown, false);
    }
  }

  /** @param {object} message */
  #post(message) {
    const posted = { protocol: PROTOCOL, ...message };
    this.#host.post(posted, [...buffersIn(posted)]);
  }
}

/** @param {Request} request */
function isAnsweredAtStart({ method, args }) {
  if (method !== "frame") return AT_START.has(method);
  const options = /** @type {FrameOptions} */ (args[0] ?? {});
  const { units, gradients, scores, metrics, health } = options;
  return !(units || gradients || scores || metrics || health);
}

/** @param {string} method @param {unknown[]} args */
function metric(method, args) {
  const name = method.slice("metrics.".length);
  return /** @type {Record<string, any>} */ (metrics)[name](...args);
}

/** Loaded when boxes are asked for. @param {string} method @param {unknown[]} args */
async function boxes(method, args) {
  const { detection } = await import("./detection.js");
  const name = method.slice("detection.".length);
  return /** @type {Record<string, any>} */ (detection)[name](...args);
}

/** @param {any} args @returns {Float64Array} */
const rates = ([config, base_lr, steps, options]) => learningRates(config, base_lr, steps, options);

const LOSSES = ["lossOfLogits", "binaryCrossEntropy", "binaryCrossEntropyWithLogits"];

/** Whose file comes when it is asked for. @param {string} method @param {unknown[]} args */
async function lossOf(method, args) {
  const losses = await import("./losses.js");
  return /** @type {Record<string, any>} */ (losses)[method](...args);
}

/**
 * Every array in a reply is the reply's own: it is moved, not copied.
 *
 * @param {unknown} value
 * @param {Set<ArrayBuffer>} [found]
 * @returns {Set<ArrayBuffer>}
 */
function buffersIn(value, found = new Set()) {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const entry of Object.values(value)) buffersIn(entry, found);
  }
  return found;
}
