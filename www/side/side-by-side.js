/**
 * Several networks side by side: each has a worker of its own, all stand at the same place of their
 * training whenever they are shown, and the bar plays, pauses, steps and resets them together.
 *
 * The place is counted in steps of the first one. Who has more rows in an epoch takes more steps to
 * get there: at the end of an epoch all have seen each of their rows as often. Who comes later, or
 * gets another configuration, begins at its epoch 0 and catches up. So what is shown of a contestant
 * at an epoch depends on its configuration and data alone.
 *
 * For the bar this is a session and its player: `frame`, `status`, `playing`. Events: "frame"
 * (something newer to draw), "figures" (the same, as often as one can read), "measured" (`measured`),
 * "status", "contestants" (others take part).
 */
import { TrainerClient } from "bce-playground/client";

import { state } from "../state.js";
import { Runner } from "./runner.js";

/** @import { BinaryMetrics } from "bce-playground" */
/** @import { Values } from "../fields.js" */
/** @import { Notices } from "../notices.js" */
/** @import { Contestant, Show, Standing } from "./runner.js" */

/** @typedef {{ standing: Standing, metrics: BinaryMetrics }[]} Measured each contestant's on the test part */

/** What a round of training should take, in milliseconds: then all are shown. */
const ROUND = 25;
const CALM_ROUND = 450;
/** Nobody reads numbers that change faster. */
const FIGURES_INTERVAL = 100;
/** Metrics sort all scores, of every contestant: now and then is enough. */
const MEASURE_INTERVAL = 300;
const SLOW_MOTION = 700;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** As many train at a time as leave a core to the page. */
const AT_A_TIME = Math.max(1, (navigator.hardwareConcurrency || 2) - 1);

export class SideBySide extends EventTarget {
  /** @type {"starting" | "ready" | "failed"} */
  status = "starting";
  playing = true;
  /** What the bar shows of them. */
  frame = { epoch: 0, step: 0, steps_per_epoch: 1, sample: 0, playing: false, run: 0 };
  /** @type {Measured | null} null before the first, or where nobody wants it */
  measured = null;

  #notices;
  /** @type {Runner[]} */
  #runners = [];
  /** @type {TrainerClient[]} workers that wait for a contestant */
  #spare = [];
  /** @type {Show | null} */
  #show = null;
  /** @type {Contestant[] | null} who shall take part from now on */
  #wanted = null;
  /** @type {(() => Promise<void>)[]} what the buttons ask for, one after another */
  #asked = [];
  #working = false;
  #ended = false;
  /** What is shown is older than what is there. */
  #stale = false;
  /** Steps of the first one in the next round. */
  #stride = 1;
  /** Where those who began later have to get to, in epochs; 0: nobody is behind. */
  #goal = 0;
  /** Of a set speed: steps that are due, with their fraction. */
  #due = 0;
  #last_turn = 0;
  #measured_at = -Infinity;
  #written_at = -Infinity;
  /** @type {number | null} the epoch at which playing ends */
  #end = null;

  /** @param {Notices} notices */
  constructor(notices) {
    super();
    this.#notices = notices;
    /** For data sets and losses; trains the first contestant. */
    this.client = this.#newClient();
    this.#spare = [this.client];
  }

  /** The bar's name for what plays. */
  get player() {
    return this;
  }

  /** @returns {Standing[]} in the order in which they were given */
  get standings() {
    return this.#runners.map(({ standing }) => standing);
  }

  /** The workers, in the order of the standings. */
  get clients() {
    return this.#runners.map(({ client }) => client);
  }

  /** Whether what is shown is all there is to show, until someone wants something. */
  get rests() {
    return !this.#working && !this.playing;
  }

  /**
   * Who takes part, and what is asked of them.
   *
   * @param {Contestant[]} contestants
   * @param {Show} show
   */
  compete(contestants, show) {
    this.#wanted = contestants;
    this.#show = show;
    this.#wake();
  }

  /** Draws and measures anew: another threshold. */
  renew() {
    this.#measured_at = -Infinity;
    this.#stale = true;
    this.#wake();
  }

  play() {
    this.#due = 0;
    this.#last_turn = performance.now();
    this.set(true);
    this.#wake();
  }

  pause() {
    this.#end = null;
    this.set(false);
    this.#stale = true;
    this.#wake();
  }

  toggle() {
    return this.playing ? this.pause() : this.play();
  }

  /** Back to epoch 0 with the same weights and the same data, paused. */
  reset() {
    this.pause();
    this.#ask(async () => {
      this.#goal = 0;
      await this.#each((runner) => runner.load(runner.standing));
      this.frame = { ...this.frame, run: this.frame.run + 1 };
    });
  }

  stepSample() {
    this.pause();
    this.#ask(() => this.#each((runner) => runner.trainSample()));
  }

  stepBatch() {
    this.pause();
    this.#ask(() => this.#advance(this.#place + 1));
  }

  stepEpoch() {
    this.pause();
    this.#ask(() => this.#advance((Math.floor(this.#place / this.#steps_per_epoch) + 1) * this.#steps_per_epoch));
  }

  /** So many epochs from here. @param {number} count */
  playEpochs(count) {
    this.#end = this.frame.epoch + count;
    this.play();
  }

  /** Follows the state. @param {(keyof Values)[]} keys */
  follow(keys) {
    if (!keys.includes("speed")) return;
    this.#due = 0;
    this.#stride = 1;
    this.#wake();
  }

  /** @param {boolean} playing */
  set(playing) {
    this.playing = playing;
    this.dispatchEvent(new Event("status"));
  }

  /** Ends all workers. */
  async end() {
    this.#ended = true;
    this.playing = false;
    const clients = new Set([this.client, ...this.#spare, ...this.clients]);
    await Promise.all([...clients].map((client) => client.free()));
  }

  // ---------------------------------------------------------------- one thing after another

  /** @param {() => Promise<void>} work */
  #ask(work) {
    this.#asked.push(work);
    this.#wake();
  }

  async #wake() {
    if (this.#working) return;
    this.#working = true;
    try {
      while (!this.#ended && await this.#turn());
    } catch (error) {
      this.refuse(error);
    }
    this.#working = false;
  }

  /** Does what is next; false where there is nothing. */
  async #turn() {
    const asked = this.#asked.shift();
    if (asked) this.#stale = true;
    if (asked) await asked();
    else if (this.#wanted) await this.#exchange(this.#wanted);
    else if (this.#goal > 0) await this.#catchUp();
    // The picture of epoch 0 comes before the first round.
    else if (this.#stale) await this.#look({ measuring: true });
    else if (this.playing && this.#runners.length > 0) await this.#round();
    else return false;
    return true;
  }

  /** Says that something cannot be. @param {unknown} error */
  refuse(error) {
    const { name, message } = /** @type {Error} */ (error);
    if (this.#ended || name === "WorkerCrash") return;
    this.#notices.say("notice.refused", { message }, { id: "refused", tone: "error" });
  }

  // ---------------------------------------------------------------- who takes part

  #newClient() {
    return new TrainerClient(null, null, {
      onRestart: ({ message, epoch }) => {
        this.#notices.say("notice.worker_crash", { epoch: epoch ?? 0, message }, { id: "worker_crash", tone: "error" });
      },
    });
  }

  /** Puts these contestants in the place of those that are there. @param {Contestant[]} contestants */
  async #exchange(contestants) {
    this.#wanted = null;
    const before = new Map(this.#runners.map((runner) => [runner.standing.name, runner]));
    const kept = contestants.filter((each) => before.get(each.name)?.runs(each));
    this.#goal = kept.length > 0 ? this.#place / this.#steps_per_epoch : 0;
    this.#spare.unshift(...this.#runners.filter(({ standing }) => !contestants.some(({ name }) => name === standing.name))
      .map(({ client }) => client));
    const runners = contestants.map(({ name }) => before.get(name) ?? new Runner(this.#spare.shift() ?? this.#newClient()));
    await this.#each((runner, k) => runner.take(contestants[k]), runners);
    this.#runners = runners;
    if (kept.length === 0) this.frame = { ...this.frame, run: this.frame.run + 1 };
    this.measured = null;
    this.#measured_at = -Infinity;
    this.dispatchEvent(new Event("contestants"));
    this.#stale = true;
    if (this.status === "ready") return;
    this.status = "ready";
    this.dispatchEvent(new Event("status"));
  }

  /** Lets those who began later train on, until someone wants something else or they are there. */
  async #catchUp() {
    await this.#each((runner) => runner.catchUp(this.#goal));
    if (this.#runners.every((runner) => runner.reached(this.#goal))) this.#goal = 0;
  }

  /**
   * Does something with every contestant, as many at a time as there are cores for.
   *
   * @param {(runner: Runner, k: number) => Promise<unknown>} work
   * @param {Runner[]} runners
   */
  async #each(work, runners = this.#runners) {
    const left = runners.map((runner, k) => /** @type {const} */ ([runner, k]));
    const one = async () => {
      for (let next = left.shift(); next; next = left.shift()) await work(...next);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, one));
    const stuck = runners.length > 0 && runners.every(({ standing }) => standing.stuck);
    if (stuck && this.playing) this.pause();
  }

  // ---------------------------------------------------------------- training

  /** Where they stand, in steps of the first. */
  get #place() {
    return this.#runners[0]?.steps ?? 0;
  }

  get #steps_per_epoch() {
    return this.#runners[0]?.steps_per_epoch ?? 1;
  }

  /** @param {number} place */
  #advance(place) {
    const epochs = place / this.#steps_per_epoch;
    return this.#each((runner) => runner.trainTo(epochs));
  }

  /** Trains for about the time of a picture, and shows it. */
  async #round() {
    const now = performance.now();
    if (state.values.speed === "sample") {
      await this.#each((runner) => runner.trainSample());
      await this.#look({ measuring: true });
      await new Promise((resolve) => { setTimeout(resolve, SLOW_MOTION); });
      return;
    }
    const steps = this.#stepsDue(now);
    if (steps > 0) {
      const steps_per_epoch = this.#steps_per_epoch;
      let place = this.#place + steps;
      // Whole epochs, where a picture takes that many anyway.
      if (steps >= steps_per_epoch) place -= place % steps_per_epoch;
      const end = this.#end === null ? Infinity : this.#end * steps_per_epoch;
      await this.#advance(Math.min(place, end));
      const goal = calm.matches ? CALM_ROUND : ROUND;
      const factor = goal / Math.max(1, performance.now() - now);
      this.#stride = Math.max(1, Math.min(1e6, Math.round(steps * Math.max(0.5, Math.min(2, factor)))));
      const over = this.#place >= end;
      await this.#look({ measuring: over });
      if (over) this.pause();
    }
    await nextPicture();
  }

  /** How many steps the first one takes in this round. @param {number} now */
  #stepsDue(now) {
    const { speed } = state.values;
    if (speed === "max") return this.#stride;
    const passed = Math.min(now - this.#last_turn, 1000);
    this.#last_turn = now;
    this.#due = Math.min(this.#due + (passed / 1000) * Number(speed), this.#stride * 2);
    const steps = Math.floor(this.#due);
    this.#due -= steps;
    return steps;
  }

  // ---------------------------------------------------------------- what is shown

  /** Brings what is to be drawn of all, at the place where they stand. @param {{ measuring?: boolean }} how */
  async #look({ measuring = false }) {
    this.#stale = false;
    const now = performance.now();
    const show = this.#show;
    if (!show || this.#runners.length === 0) return;
    // Of what rests the numbers are those of the picture.
    const due = show.metrics && (measuring || !this.playing || now - this.#measured_at > MEASURE_INTERVAL);
    const { threshold } = state.values;
    const metrics = due ? { part: /** @type {const} */ ("test"), threshold } : null;
    await this.#each((runner) => runner.look(show, metrics));
    const { epoch = 0, step = 0, sample = 0, steps_per_epoch = 1 } = this.#runners[0].standing.frame ?? {};
    this.frame = { ...this.frame, epoch, step, sample, steps_per_epoch, playing: this.playing };
    this.dispatchEvent(new Event("frame"));
    if (due) this.#measure(now);
    if (this.playing && now - this.#written_at < FIGURES_INTERVAL) return;
    this.#written_at = now;
    this.dispatchEvent(new Event("figures"));
  }

  /** @param {number} now */
  #measure(now) {
    this.#measured_at = now;
    this.measured = this.standings.flatMap((standing) => {
      const metrics = /** @type {BinaryMetrics | null} */ (standing.frame?.metrics ?? null);
      return metrics ? [{ standing, metrics }] : [];
    });
    this.dispatchEvent(new Event("measured"));
  }
}

/** Until the browser draws; a page that nobody sees trains on, slowly. */
function nextPicture() {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 250);
    requestAnimationFrame(() => {
      clearTimeout(late);
      resolve(null);
    });
  });
}
