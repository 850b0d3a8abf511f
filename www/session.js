/**
 * The run: owns the worker's client, makes it follow the state, and brings its frames to the views.
 *
 * Events: "frame" (something newer to draw: `session.frame`, `session.curve`), "figures" (the same, a
 * few times a second: for what is written), "plane" (other data or other features: `session.plane`),
 * "status" (`session.status`, `session.player.playing`), "run" (another run begins; the curve is still
 * that of the old one), "changed" (a `Change` by hand in mid-run), "marked" (other points to point out:
 * `session.marked`), "unit" (`session.unit` in the boundary's picture), "health" (`session.health`),
 * "explain" (someone asks why). Views only listen; none of them knows the worker.
 */
import { TrainerClient } from "bce-playground/client";

import { readCSV } from "./csv.js";
import { createCurve } from "./curve.js";
import { fields } from "./fields.js";
import { FrameLoop } from "./frame-loop.js";
import { frameHost } from "./frames.js";
import { HealthWatch } from "./health.js";
import { named } from "./i18n/index.js";
import { derived, trained } from "./inputs.js";
import { Obedience } from "./obedience.js";
import { previewPoints } from "./plane.js";
import { Player } from "./player.js";
import { PointEditor } from "./point-editor.js";
import { Probe } from "./probe.js";
import { Runs } from "./runs.js";
import { effectOf, state } from "./state.js";
import { loadTask, networkOf } from "./tasks/index.js";

/** @import { Config, CSVOptions, Dataset, Split } from "bce-playground" */
/** @import { Frame, FrameOptions } from "bce-playground/client" */
/** @import { Values } from "./fields.js" */
/** @import { Notices, Parameters } from "./notices.js" */
/** @import { Level } from "./obedience.js" */
/** @import { Plane } from "./plane.js" */
/** @import { Cause } from "./state.js" */
/** @import { Data, Network } from "./tasks/index.js" */

/**
 * What a person has changed while the run goes on: fields of the state, or what `text` says.
 *
 * @typedef {object} Change
 * @property {number} epoch with the fraction of the epoch that was begun
 * @property {(keyof Values)[]} keys
 * @property {Values} values after it
 * @property {{ key: string, parameters?: Parameters } | null} text
 */

/** @typedef {{ part: "train" | "test", rows: number[], wrong: boolean }} Marked wrong: predicted so */

export class Session extends EventTarget {
  /** @type {"starting" | "ready" | "failed"} failed: there is no worker to talk to */
  status = "starting";
  /** @type {TrainerClient} set by `start` */
  client = /** @type {any} */ (null);
  /** @type {Frame | null} the newest, null before the first */
  frame = null;
  /** The recorded points of the run. */
  curve = createCurve();
  /** This run's changes, and the runs before it. */
  runs = new Runs(this);
  /** @type {Dataset | null} */
  dataset = null;
  /** @type {Split | null} the data set's train and test parts, as the network sees them */
  split = null;
  /** @type {Plane | null} */
  plane = null;
  /** One place that is kept an eye on. */
  probe = new Probe(this);
  /** What the core allows, but thinks is not meant: a sigmoid before BCEWithLogitsLoss. */
  warnings = /** @type {string[]} */ ([]);
  /** @type {Marked | null} */
  marked = null;
  /**
   * The unit that the boundary shows in place of the output; layers are counted from 0.
   *
   * @type {{ layer: number, index: number } | null}
   */
  unit = null;
  /** The pictures of all units, layer after layer; empty where there are too many. */
  pictures = /** @type {Float32Array[][]} */ ([]);

  /** @type {Network | null} null: nothing, the stage of the task does */
  network = null;
  /** What may be wrong with the network, if anything. */
  health = new HealthWatch();

  #notices;
  #obedience = new Obedience({
    load: (level, values) => this.#load(level, values),
    say: (error) => this.#say(error),
  });
  /** Whether it plays on when it has rested. */
  #playsLater = false;
  #frames = new FrameLoop(frameHost(this));

  /** @param {Notices} notices */
  constructor(notices) {
    super();
    this.#notices = notices;
    this.editor = new PointEditor(this, notices);
    this.player = new Player(this, notices);
  }

  /** Whether there is nothing to train on: the plane is empty, or has test points only. */
  get idle() {
    return this.split?.inputs.shape[0] === 0;
  }

  /** Starts the worker, loads what the state says, and trains. */
  async start() {
    this.client = new TrainerClient(null, null, { onRestart: (event) => this.#restarted(event) });
    try {
      await this.client.ready;
      this.player.playing = true;
      state.subscribe((keys, cause) => this.#follow(keys, cause));
      await this.#obedience.apply("data");
    } catch (error) {
      this.player.playing = false;
      this.#setStatus("failed");
      throw error;
    }
    this.#setStatus("ready");
    this.#frames.start();
  }

  /**
   * Points out some of the points on the boundary; null none of them. A view does this while someone
   * points at what they have in common.
   *
   * @param {Marked | null} marked
   */
  mark(marked) {
    this.marked = marked;
    this.dispatchEvent(new Event("marked"));
  }

  /**
   * Shows a unit on the boundary, null the output again.
   *
   * @param {Session["unit"]} unit
   */
  lookAt(unit) {
    if (unit?.layer === this.unit?.layer && unit?.index === this.unit?.index) return;
    this.unit = unit;
    this.dispatchEvent(new Event("unit"));
    this.#frames.renew();
  }

  /**
   * Sets one weight or bias of the present network: neither a point of the curve nor a new run.
   *
   * @param {number} index among the frame's parameters
   * @param {number} value
   * @param {string} name for the mark on the curve
   */
  async setParameter(index, value, name) {
    const epoch = this.#position();
    // null is the answer of a request that failed; it has been said.
    if (await this.tell(async (client) => (await client.setParameter(index, value), true)) === null) return;
    this.changedByHand({ text: { key: "network.edited", parameters: { name } }, epoch });
  }

  /** Back to epoch 0 with the same weights and the same data, paused. */
  async reset() {
    await this.player.pause();
    await this.#change("network");
  }

  /** The points of a data set, for a thumbnail. @param {string} name */
  preview(name) {
    return previewPoints(this.client.datasets, name);
  }

  /** A CSV as the core reads it. @param {string} text @param {CSVOptions} options */
  readCSV(text, options) {
    return readCSV(this.client.datasets, text, options);
  }

  /** @param {Session["status"]} status */
  #setStatus(status) {
    this.status = status;
    this.dispatchEvent(new Event("status"));
  }

  /**
   * A request whose failure is either a crash, which `onRestart` reports, or said as it is.
   *
   * @template T
   * @param {(client: TrainerClient) => Promise<T>} request
   */
  async tell(request) {
    try {
      return await request(this.client);
    } catch (error) {
      this.#say(error);
      return null;
    }
  }

  /** @param {any} error */
  #say({ name, message, path, text }) {
    if (name === "WorkerCrash") return;
    const key = path ? "notice.refused_at" : "notice.refused";
    this.#notices.say(key, { message: text ?? message, path }, { id: "refused", tone: "error" });
  }

  /** @param {(keyof Values)[]} keys @param {Cause} cause */
  async #follow(keys, cause) {
    if (this.#obedience.takingBack) return;
    if (this.plane && this.network?.task.planeKeys.some((key) => keys.includes(key))) this.#see();
    this.player.follow(keys);
    if (keys.includes("show_gradients")) this.#frames.renew();
    // The first stroke makes the points on show one's own, and undo takes that back: the network stays.
    const drawn = keys.includes("points") && cause !== "link"
      && (state.values.dataset === "points" || cause === "history");
    const effect = drawn ? effectOf(keys.filter((key) => key !== "dataset"))
      : cause === "link" && effectOf(keys) === "rows" ? "data" : effectOf(keys);
    if (effect === "view") return;
    const epoch = this.frame?.epoch ?? 0;
    const position = this.#position();
    if (!await this.#change(effect) || !this.network) return;
    if (effect === "live") this.changedByHand({ keys, epoch: position });
    if (effect === "rows") this.changedByHand({ text: { key: "curve.points_changed" }, epoch: position });
    // Who takes something back is told so by who does it; points are seen to come and go.
    if (epoch === 0 || cause === "history" || drawn) return;
    const key = keys.find((each) => fields[each].effect === effect);
    const field = named(fields[key ?? keys[0]]);
    this.#notices.say(`notice.changed.${effect}`, { field, epoch }, { id: "changed" });
  }

  /**
   * Says "changed": fields of the state, or something else that a view has changed in the run.
   *
   * @param {Partial<Omit<Change, "values">>} what
   */
  changedByHand({ keys = [], text = null, epoch = this.#position() }) {
    /** @type {Change} */
    const detail = { epoch, keys, values: state.values, text };
    this.dispatchEvent(new CustomEvent("changed", { detail }));
  }

  /** The epoch that the newest frame shows, with the fraction of the one that was begun. */
  #position() {
    const { epoch = 0, step = 0, steps_per_epoch = 1 } = this.frame ?? {};
    return epoch + step / steps_per_epoch;
  }

  /**
   * Applies it, with whatever goes wrong said; tells whether it went well.
   *
   * @param {Level} level
   */
  async #change(level) {
    try {
      await this.#obedience.apply(level);
      return true;
    } catch (error) {
      this.#say(error);
      return false;
    }
  }

  /** @param {Level} level @param {Values} values */
  async #load(level, values) {
    const task = await loadTask(values.task);
    if (!task) {
      await this.#rest();
      return;
    }
    const known = level === "live" || level === "network" ? this.#data : null;
    const data = known ?? await task.makeData(this.client.datasets, values);
    const formulas = task.formulas(values);
    const [features, outputs] = [data.dataset.inputs.shape[1], data.dataset.targets.shape[1]];
    const config = task.configuration(values, formulas?.length ?? features, outputs);
    const seen = () => derived(this.client.datasets, trained(data), formulas);
    if (level === "live" || (level === "rows" && await this.#begun(config))) {
      await this.client.reconfigure(config);
      this.network = { .../** @type {Network} */ (this.network), layers: config.layers };
      if (level === "rows") await this.client.setData(await seen());
      else this.#warn(await this.client.warnings);
    } else {
      const loaded = await this.client.load(config, await seen(), { evaluate: task.evaluate });
      this.network = networkOf(task, config.layers, loaded.run);
      this.#begin(values, loaded.warnings);
    }
    if (level === "live") return;
    const goesOn = level === "rows" && !this.idle;
    this.dataset = data.dataset;
    this.split = data.split;
    this.#see(values);
    if (this.idle) await this.client.pause();
    else if (this.player.playing && !goesOn) await this.player.begin();
  }

  /** The task's stage trains something of its own: the worker rests until another is chosen. */
  async #rest() {
    if (this.player.playing) this.#playsLater = true;
    this.player.set(false);
    if (this.network) await this.client.pause();
    this.network = null;
  }

  /** @returns {Data | null} what the worker has */
  get #data() {
    const { dataset, split } = this;
    return dataset && split && { dataset, split };
  }

  /** Whether the run has begun, and can go on with this configuration's inputs. @param {Config} config */
  async #begun({ layers }) {
    if (this.network?.layers[0].in !== layers[0].in) return false;
    const [epoch, step] = await Promise.all([this.client.epoch, this.client.step]);
    return epoch + step > 0;
  }

  /** Another run begins. @param {Values} values @param {string[]} warnings */
  #begin(values, warnings) {
    if (this.#playsLater) this.player.set(true);
    this.#playsLater = false;
    this.unit = null;
    this.pictures = [];
    this.dispatchEvent(new CustomEvent("run", { detail: { values } }));
    this.curve.truncate(-1);
    this.player.forget();
    this.health.forget();
    this.dispatchEvent(new Event("health"));
    this.#warn(warnings);
  }

  /** @param {string[]} warnings */
  #warn(warnings) {
    for (const message of this.warnings) this.#notices.close(message);
    for (const message of warnings) {
      this.#notices.say("notice.warning", { message }, { id: message, tone: "warning" });
    }
    this.warnings = warnings;
  }

  /** Another plane to look at, and a frame for it at once. @param {Values} [values] */
  #see(values = state.values) {
    if (!this.#data || !this.network) return;
    this.plane = this.network.task.makePlane(this.#data, values);
    this.dispatchEvent(new Event("plane"));
    this.#frames.renew();
  }

  /** A frame; what is wrong is said, unless data or network are just being replaced. @param {FrameOptions} options */
  async ask(options) {
    return this.client.frame(options).catch((error) => {
      // While other data or another network are on their way, plane and worker may not fit together.
      if (!this.#obedience.under_way) this.#say(error);
      return null;
    });
  }

  /** To the last good state, and on from there with another rate: the way out after a NaN. @param {number} lr */
  async goBack(lr) {
    state.set({ [this.network?.task.rate ?? "lr"]: lr });
    await this.#obedience.under_way;
    if (!this.network) return;
    const { task, layers } = this.network;
    // The network's inputs, which may be derived from the data's.
    const config = task.configuration(state.values, layers[0].in, layers[layers.length - 1].out);
    const rewound = await this.tell((client) => client.restoreGood(config));
    if (!rewound) return;
    const { epoch, warnings } = rewound;
    this.curve.truncate(epoch);
    this.#warn(warnings);
    this.#notices.close("stopped");
    this.#notices.say("notice.back", { epoch, lr }, { id: "changed" });
    await this.player.play();
  }

  /** Asks for the explanation of a topic. @param {string} topic */
  explain(topic) {
    this.dispatchEvent(new CustomEvent("explain", { detail: topic }));
  }

  /**
   * There is a new worker, which has taken up the last snapshot.
   *
   * @param {{ epoch: number | null, message: string, playing: boolean }} event
   */
  #restarted({ epoch, message, playing }) {
    this.#frames.forget();
    this.curve.truncate(epoch ?? -1);
    this.runs.forgetAfter(epoch ?? -1);
    // After several crashes in a row the client leaves it at a pause.
    if (this.player.playing && !playing) this.player.set(false);
    const key = playing ? "notice.worker_crash" : "notice.worker_crash_paused";
    this.#notices.say(key, { epoch: epoch ?? 0, message }, { id: "worker_crash", tone: "error" });
  }
}
