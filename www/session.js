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

import { configuration, makeData } from "./configuration.js";
import { readCSV } from "./csv.js";
import { createCurve } from "./curve.js";
import { defaults, fields, same } from "./fields.js";
import { FrameLoop } from "./frame-loop.js";
import { HealthWatch } from "./health.js";
import { named } from "./i18n/index.js";
import { derived, formulasOf } from "./inputs.js";
import { gridRequest, makePlane, previewPoints } from "./plane.js";
import { Player } from "./player.js";
import { PointEditor } from "./point-editor.js";
import { Probe } from "./probe.js";
import { refuse } from "./refusal.js";
import { Runs } from "./runs.js";
import { picturesOf, toShades } from "./units.js";
import { effectOf, state } from "./state.js";

/** @import { Config, CSVOptions, Dataset, Split } from "bce-playground" */
/** @import { Frame, Loaded } from "bce-playground/client" */
/** @import { Values } from "./fields.js" */
/** @import { Wanted } from "./frame-loop.js" */
/** @import { Notices, Parameters } from "./notices.js" */
/** @import { Plane } from "./plane.js" */
/** @import { Cause } from "./state.js" */

/** @typedef {"live" | "rows" | "network" | "data"} Level how much of the run a change replaces */

/** @typedef {{ dataset: Dataset, split: Split }} Data */

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

/** @type {(Level | null)[]} */
const strength = [null, "live", "rows", "network", "data"];
/** @type {(a: Level, b: Level | null) => Level} */
const stronger = (a, b) => (b && strength.indexOf(b) > strength.indexOf(a) ? b : a);

/** How often the network's health is looked at, in milliseconds: it takes a pass over the rows. */
const EXAMINED_EVERY = 1000;

/** Frames carry the parameters of networks up to this many: for the diagram of the network. */
const DRAWN_PARAMETERS = 20_000;

/** Samples along each side of a unit's picture, and how many units get one. */
export const UNIT_SIDE = 20;
const DRAWN_UNITS = 300;

/** What is known of a network without data. */
const NO_FIGURES = { train_loss: null, eval_loss: null, test_loss: null, accuracy: null, test_accuracy: null };

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

  /** What may be wrong with the network, if anything. */
  health = new HealthWatch();

  #notices;
  /** @type {Values | null} what runs */
  #applied = null;
  /** @type {Level | null} what is still to be applied */
  #pending = null;
  /** @type {Promise<void> | null} */
  #applying = null;
  #takingBack = false;
  /** Whether it would train, if a stage did not train something else. */
  #aside = false;
  #parameters = 0;
  /** @type {Config["layers"]} */
  #layers = [];
  #run = -1;
  #examined = -Infinity;
  #frames = new FrameLoop({
    ask: (wanted) => this.#ask(wanted),
    take: (frame) => this.#receive(frame),
    draw: () => this.dispatchEvent(new Event("frame")),
    write: () => this.dispatchEvent(new Event("figures")),
  });

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
      await this.#apply("data");
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

  /** Rests while a stage trains something else, and goes on after it. @param {boolean} aside */
  standAside(aside) {
    const { player } = this;
    if (aside && player.playing) {
      this.#aside = true;
      player.set(false);
      if (this.client) this.tell((client) => client.pause());
    } else if (!aside && this.#aside) {
      this.#aside = false;
      player.play();
    }
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
  #say({ name, message, path }) {
    if (name === "WorkerCrash") return;
    const key = path ? "notice.refused_at" : "notice.refused";
    this.#notices.say(key, { message, path }, { id: "refused", tone: "error" });
  }

  /** @param {(keyof Values)[]} keys @param {Cause} cause */
  async #follow(keys, cause) {
    if (this.#takingBack) return;
    if (this.plane && (keys.includes("x_feature") || keys.includes("y_feature"))) this.#see();
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
    if (!await this.#change(effect)) return;
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
   * `#apply`, with whatever goes wrong said; tells whether it went well.
   *
   * @param {Level} level
   */
  async #change(level) {
    try {
      await this.#apply(level);
      return true;
    } catch (error) {
      this.#say(error);
      return false;
    }
  }

  /**
   * Makes the worker obey the state. Changes that come while it does are taken along together.
   *
   * @param {Level} level
   */
  #apply(level) {
    this.#pending = stronger(level, this.#pending);
    this.#applying ??= this.#applyPending().finally(() => { this.#applying = null; });
    return this.#applying;
  }

  async #applyPending() {
    let crashes = 0;
    while (this.#pending) {
      const level = this.#pending;
      const { values } = state;
      this.#pending = null;
      try {
        await this.#load(level, values);
        this.#applied = values;
      } catch (error) {
        const { name } = /** @type {Error} */ (error);
        if (name === "WorkerCrash" && (crashes += 1) < 2) this.#pending = level;
        else if (this.#pending) this.#pending = stronger(level, this.#pending);
        else this.#takeBack(error);
      }
    }
  }

  /**
   * Undoes a change that cannot be, so that the controls show what runs. A first configuration that
   * cannot be (a hand-made link) gives way to the defaults.
   *
   * @param {unknown} error
   */
  #takeBack(error) {
    const first = this.#applied === null;
    const { language, theme, ...values } = this.#applied ?? defaults();
    const before = state.values;
    const keys = /** @type {(keyof typeof values)[]} */ (Object.keys(values))
      .filter((key) => !same(values[key], before[key]));
    const { name, message } = /** @type {Error} */ (error);
    if (name !== "WorkerCrash") refuse(keys, { key: "refused.why", parameters: { message } });
    this.#takingBack = true;
    state.set(values, "refusal");
    this.#takingBack = false;
    if (!first || state.values === before) throw error;
    this.#say(error);
    this.#pending = "data";
  }

  /** @param {Level} level @param {Values} values */
  async #load(level, values) {
    const known = level === "live" || level === "network" ? this.#data : null;
    const data = known ?? await makeData(this.client.datasets, values);
    const formulas = formulasOf(values);
    const config = configuration(values, formulas?.length ?? data.dataset.inputs.shape[1]);
    const seen = () => derived(this.client.datasets, tensors(data), formulas);
    if (level === "live" || (level === "rows" && await this.#begun(config))) {
      await this.client.reconfigure(config);
      this.#layers = config.layers;
      if (level === "rows") await this.client.setData(await seen());
      else this.#warn(await this.client.warnings);
    } else {
      this.#take(values, config, await this.client.load(config, await seen()));
    }
    if (level === "live") return;
    const goesOn = level === "rows" && !this.idle;
    this.dataset = data.dataset;
    this.split = data.split;
    this.#see(values);
    if (this.idle) await this.client.pause();
    else if (this.player.playing && !goesOn) await this.player.begin();
  }

  /** @returns {Data | null} what the worker has */
  get #data() {
    const { dataset, split } = this;
    return dataset && split && { dataset, split };
  }

  /** Whether the run has begun, and can go on with this configuration's inputs. @param {Config} config */
  async #begun({ layers }) {
    if (this.#layers[0]?.in !== layers[0].in) return false;
    const [epoch, step] = await Promise.all([this.client.epoch, this.client.step]);
    return epoch + step > 0;
  }

  /** Another run begins. @param {Values} values @param {Config} config @param {Loaded} loaded */
  #take(values, config, loaded) {
    this.#run = loaded.run;
    this.#layers = config.layers;
    this.unit = null;
    this.pictures = [];
    this.#parameters = config.layers.reduce((sum, layer) => sum + (layer.in + 1) * layer.out, 0);
    this.dispatchEvent(new CustomEvent("run", { detail: { values } }));
    this.curve.truncate(-1);
    this.player.forget();
    this.health.forget();
    this.dispatchEvent(new Event("health"));
    this.#warn(loaded.warnings);
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
    if (!this.dataset || !this.split) return;
    this.plane = makePlane(this.dataset, this.split, values);
    this.dispatchEvent(new Event("plane"));
    this.#frames.renew();
  }

  /** @param {Wanted} wanted */
  async #ask(wanted) {
    const { plane, unit } = this;
    if (!plane) return null;
    const units = this.#layers.reduce((sum, { out }) => sum + out, 0);
    const now = performance.now();
    const health = Boolean(this.frame?.epoch) && now - this.#examined > EXAMINED_EVERY;
    if (health) this.#examined = now;
    const asked = this.client.frame({
      ...wanted,
      health,
      curve_after: this.curve.last_epoch,
      grid: { ...gridRequest(plane, this.#parameters), unit },
      // The first frame is the start module's, which has no pictures of units.
      units: this.frame?.epoch && units <= DRAWN_UNITS ? { width: UNIT_SIDE, height: UNIT_SIDE } : null,
      parameters: this.#parameters <= DRAWN_PARAMETERS,
      gradients: state.values.show_gradients && this.#parameters <= DRAWN_PARAMETERS,
    });
    const frame = await asked.catch((error) => {
      // While other data or another network are on their way, plane and worker may not fit together.
      if (!this.#applying) this.#say(error);
      return null;
    });
    const wanted_still = plane === this.plane && unit === this.unit;
    return frame && frame.run === this.#run && wanted_still ? frame : null;
  }

  /** @param {Frame} frame */
  #receive(frame) {
    if (frame.grid && this.unit) toShades(this.#layers[this.unit.layer].activation ?? "identity", frame.grid);
    if (frame.units) this.pictures = picturesOf(frame.units, this.#layers, UNIT_SIDE * UNIT_SIDE);
    this.frame = this.idle ? { ...frame, ...NO_FIGURES } : frame;
    if (!this.idle) this.curve.append(frame.curve);
    if (frame.health) this.#examine(frame);
    if (!frame.playing) this.player.paused(frame);
  }

  /** @param {Frame} frame */
  #examine({ health, epoch, steps_per_epoch, step }) {
    const steps = epoch * steps_per_epoch + step;
    if (health && this.health.take(health, steps)) this.dispatchEvent(new Event("health"));
  }

  /** To the last good state, and on from there with another rate: the way out after a NaN. @param {number} lr */
  async goBack(lr) {
    state.set({ lr });
    await this.#applying;
    const { values } = state;
    // The network's inputs, which may be derived from the data's.
    const features = this.#layers[0].in;
    const rewound = await this.tell((client) => client.restoreGood(configuration(values, features)));
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

/**
 * What a trainer takes of the data. It needs a row: where there is nothing to train on it gets one that
 * is never trained on.
 *
 * @param {Data} data
 */
function tensors({ dataset, split: { inputs, targets, test_inputs, test_targets } }) {
  if (inputs.shape[0] > 0) return { inputs, targets, test_inputs, test_targets };
  const features = dataset.inputs.shape[1];
  return {
    inputs: { shape: [1, features], data: new Float32Array(features) },
    targets: { shape: [1, 1], data: new Float32Array(1) },
    test_inputs,
    test_targets,
  };
}
