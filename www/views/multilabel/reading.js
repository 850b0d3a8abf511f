/**
 * What the views of this folder show of the network: the probability of each label over the plane, what
 * becomes of the rows of a part, and a batch element by element. It follows the run at its own rate.
 *
 * Events: "mesh" (a newer picture), "measured" (newer numbers).
 */
import { PlaygroundError } from "bce-playground/client";

import { ofEachLabel } from "../../labels.js";
import { meshOf } from "../../mesh.js";
import { state } from "../../state.js";
import task from "../../tasks/multilabel.js";

/** @import { MultilabelMetrics, Split, Tensor } from "bce-playground" */
/** @import { Session } from "../../session.js" */

/** The picture spans -REACH … REACH both ways. */
export const REACH = 6;
/** The least time between two measurements while it trains, in milliseconds. */
const INTERVAL = 200;

/**
 * @typedef {object} Measured
 * @property {Split} split
 * @property {"train" | "test"} part
 * @property {string[]} labels their names, as the data set has them
 * @property {number[]} thresholds one for each label
 * @property {Float32Array} scores (rows, labels)
 * @property {Float32Array} truth (rows, labels)
 * @property {MultilabelMetrics} metrics
 * @property {{ true: number[][], predicted: number[][] }} together how many rows have both of two labels
 */
/**
 * The first rows of the training part; all tensors are (rows, labels).
 *
 * @typedef {object} Batch
 * @property {Tensor} targets
 * @property {Tensor} probabilities
 * @property {Tensor} logits
 * @property {Float32Array} plain the loss of each element, without weights
 * @property {Float32Array} weighted
 * @property {Float32Array} slopes of the weighted element by its logit
 */

export class Reading extends EventTarget {
  /** (places, labels), row by row from the top. @type {Float32Array | null} */
  mesh = null;
  /** @type {Measured | null} */
  measured = null;
  /** @type {Batch | null} */
  batch = null;

  #session;
  #due = 0;
  #timer = 0;
  #lookAtPlane = newest(() => this.#draw());
  #measure = newest(() => this.#look());

  /** @param {Session} session */
  constructor(session) {
    super();
    this.#session = session;
  }

  /** Follows the run and the state; returns how to stop that. */
  follow() {
    const session = this.#session;
    const picture = () => this.#lookAtPlane();
    const figures = () => {
      clearTimeout(this.#timer);
      const wait = session.frame?.playing ? this.#due - performance.now() : 0;
      if (wait > 0) this.#timer = window.setTimeout(() => this.#measure(), wait);
      else this.#measure();
    };
    session.addEventListener("frame", picture);
    session.addEventListener("figures", figures);
    // Of a run that rests no frame comes: another threshold, part or loss is seen at once.
    const forget = state.subscribe(() => this.#measure());
    picture();
    figures();
    return () => {
      clearTimeout(this.#timer);
      session.removeEventListener("frame", picture);
      session.removeEventListener("figures", figures);
      forget();
    };
  }

  /** The data that the worker has; null if they are another task's. */
  get #data() {
    const { dataset, split, network } = this.#session;
    return dataset && split && network?.task === task ? { dataset, split } : null;
  }

  async #draw() {
    const data = this.#data;
    if (data?.dataset.inputs.shape[1] !== 2) return;
    const mesh = await this.#session.client.predict(PLACES);
    if (this.#data?.split !== data.split) return;
    this.mesh = mesh.data;
    this.dispatchEvent(new Event("mesh"));
  }

  async #look() {
    const data = this.#data;
    if (!data) return;
    const { dataset: { target_names: labels }, split } = data;
    const { client } = this.#session;
    const { metrics_part: part, multilabel_thresholds } = state.values;
    const threshold = ofEachLabel(multilabel_thresholds, labels.length);
    const [{ scores, labels: truth }, batch] = await Promise.all([client.scores(part), this.#element(split)]);
    const [metrics, real, predicted] = await Promise.all([
      client.metrics.multilabel(scores, truth, { threshold }),
      client.metrics.coOccurrence(truth),
      client.metrics.coOccurrence(scores, { threshold }),
    ]);
    this.#due = performance.now() + INTERVAL;
    if (this.#data?.split !== split) return;
    this.measured = { split, part, labels, thresholds: threshold, scores: scores.data, truth: truth.data, metrics,
      together: { true: real, predicted } };
    this.batch = batch;
    this.dispatchEvent(new Event("measured"));
  }

  /** @param {Split} split @returns {Promise<Batch>} */
  async #element(split) {
    const { client, network } = this.#session;
    const rows = Math.min(state.values.multilabel_rows, split.inputs.shape[0]);
    const inputs = firstRows(split.inputs, rows);
    const targets = firstRows(split.targets, rows);
    const [features, outputs] = [inputs.shape[1], targets.shape[1]];
    const { loss } = /** @type {NonNullable<Session["network"]>} */ (network).task
      .configuration(state.values, features, outputs);
    const [probabilities, logits] = await Promise.all([client.predict(inputs), client.logits(inputs)]);
    const bare = /** @type {any} */ ({ ...loss, weight: undefined, pos_weight: undefined });
    const [plain, weighted] = await Promise.all([bare, loss].map((each) => client.lossOfLogits(each, logits, targets)));
    return { targets, probabilities, logits, plain: plain.output.data, weighted: weighted.output.data,
      slopes: weighted.grad.data };
  }
}

/** @param {Tensor} tensor (rows, columns) @param {number} rows @returns {Tensor} */
function firstRows({ shape: [, columns], data }, rows) {
  return { shape: [rows, columns], data: data.slice(0, rows * columns) };
}

/** The places of the picture's samples. */
const PLACES = meshOf([[-REACH, REACH], [-REACH, REACH]]);

/**
 * One at a time: asked while it works, it works once more after that. After a crash, or where the data
 * have changed meanwhile, there will be another frame.
 *
 * @param {() => Promise<void>} work
 */
function newest(work) {
  let busy = false;
  let again = false;
  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      await work().catch((error) => {
        if (!(error instanceof PlaygroundError)) throw error;
      });
    }
    busy = false;
  };
}
