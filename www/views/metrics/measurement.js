/**
 * The scores of one part of the data under the newest parameters, and what the core makes of them: all
 * that the views of this folder show.
 *
 * It follows training at its own rate and only while somebody looks, so that the boundary's frames
 * never wait for it. A moved threshold is answered at once, from the scores that are there.
 */
import { state } from "../../state.js";

/** @import { BinaryMetrics, Split } from "bce-playground" */
/** @import { Session } from "../../session.js" */
/** @import { Parameters } from "../../notices.js" */

/**
 * @typedef {object} Scored
 * @property {Split} split what the part is one of
 * @property {"train" | "test"} part
 * @property {Float32Array} scores the probability of class 1, one a sample
 * @property {Float32Array} labels 0 or 1: a soft one counts as the class that it is nearer to
 */
/** @typedef {Scored & { metrics: BinaryMetrics }} Measured */
/** @typedef {{ key: string, parameters?: Parameters }} Problem a text: why nothing can be shown */

/** The least and the most time between two measurements of a run, in milliseconds. */
const INTERVAL = 250;
const LONGEST_INTERVAL = 2000;
/** In between, so many times what one takes: big data shall leave time to train. */
const PATIENCE = 8;

/** @type {Problem} */
const WAITING = { key: "metrics.waiting" };

export class Measurement extends EventTarget {
  /** @type {Measured | null} null: see `problem` */
  measured = null;
  /** @type {Problem | null} */
  problem = WAITING;

  #session;
  #watched = false;
  #busy = false;
  #timer = 0;
  /** What is out of date: the scores, or only what follows from them and the threshold. */
  #oldScores = true;
  #oldMetrics = false;
  /** No new scores before this time. */
  #due = 0;
  /** @type {Scored | null} */
  #scored = null;

  /** @param {Session} session */
  constructor(session) {
    super();
    this.#session = session;
  }

  /** Follows the run and the state; returns how to stop that. */
  follow() {
    const frame = () => this.#outdate();
    this.#session.addEventListener("frame", frame);
    const forget = state.subscribe((keys) => {
      if (keys.includes("metrics_part")) {
        this.#due = 0;
        this.#outdate();
      } else if (keys.includes("threshold")) {
        this.#oldMetrics = true;
        this.#wake();
      }
    });
    return () => {
      this.#session.removeEventListener("frame", frame);
      forget();
      this.watch(false);
    };
  }

  /** Measures while somebody looks, and only then. @param {boolean} watched */
  watch(watched) {
    this.#watched = watched;
    this.#wake();
  }

  #outdate() {
    this.#oldScores = true;
    this.#wake();
  }

  #wake() {
    clearTimeout(this.#timer);
    // Before there are data nothing is asked for: the first frame comes after them.
    if (!this.#watched || this.#busy || !this.#session.split) return;
    // Of a run that rests the numbers are shown at once, and stay.
    const wait = this.#session.frame?.playing ? this.#due - performance.now() : 0;
    if (this.#oldScores && wait <= 0) this.#run(() => this.#score());
    else if (this.#oldMetrics) this.#run(() => this.#assess());
    else if (this.#oldScores) this.#timer = window.setTimeout(() => this.#wake(), wait);
  }

  /** @param {() => Promise<void>} work */
  async #run(work) {
    const { split } = this.#session;
    const part = state.values.metrics_part;
    this.#busy = true;
    try {
      await work();
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      // After a crash, and with other data, there will be a frame: that is when to try again.
      const over = name === "WorkerCrash" || split !== this.#session.split || part !== state.values.metrics_part;
      if (!over) this.#tell(null, { key: "metrics.refused", parameters: { message } });
    }
    this.#busy = false;
    this.#wake();
  }

  async #score() {
    const { client } = this.#session;
    const split = /** @type {Split} */ (this.#session.split);
    const started = performance.now();
    this.#oldScores = false;
    const part = state.values.metrics_part;
    const inputs = part === "train" ? split.inputs : split.test_inputs;
    if (!inputs?.shape[0]) {
      this.#scored = null;
      this.#tell(null, { key: `metrics.no_${part}` });
      return;
    }
    const { scores, labels } = await client.scores(part);
    this.#scored = { split, part, scores: scores.data, labels: labels.data };
    await this.#assess();
    const now = performance.now();
    this.#due = now + Math.max(INTERVAL, Math.min(LONGEST_INTERVAL, PATIENCE * (now - started)));
  }

  /** What follows from the scores and the threshold. */
  async #assess() {
    this.#oldMetrics = false;
    const scored = this.#scored;
    if (!scored) return;
    const { scores, labels } = scored;
    if (!scores.every(Number.isFinite)) {
      this.#tell(null, { key: "metrics.not_finite" });
      return;
    }
    const { threshold } = state.values;
    const metrics = await this.#session.client.metrics.binary(scores, labels, { threshold });
    if (scored.split === this.#session.split) this.#tell({ ...scored, metrics }, null);
  }

  /** @param {Measured | null} measured @param {Problem | null} problem */
  #tell(measured, problem) {
    this.measured = measured;
    this.problem = problem;
    this.dispatchEvent(new Event("measured"));
  }
}
