/** One of the networks that train side by side, and its worker. */
import { createCurve } from "../curve.js";

/** @import { Config, GridOptions, NonFinite, TrainForResult, TrainingDataInput } from "bce-playground" */
/** @import { Frame, TrainerClient } from "bce-playground/client" */
/** @import { Curve } from "../curve.js" */

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {Config} config
 * @property {TrainingDataInput} data the same object for as long as they are the same data
 */
/**
 * @typedef {object} Standing one contestant, as it is shown
 * @property {string} name
 * @property {Config} config
 * @property {TrainingDataInput} data
 * @property {Frame | null} frame
 * @property {Curve} curve
 * @property {any} extra what `observe` has made of it
 * @property {NonFinite | null} stuck what stopped being finite: it waits for the next run
 */
/**
 * @typedef {object} Show what is asked of every contestant when it is shown
 * @property {GridOptions} grid
 * @property {boolean} [metrics] whether `measured` is wanted, for two classes: on test data, now and then
 * @property {((standing: Standing, client: TrainerClient) => Promise<any>) | null} [observe] its result is
 *   the standing's `extra`
 */

/** Who catches up is looked after this often, in milliseconds. */
const CATCHING_UP = 150;

export class Runner {
  /** @type {Standing} */
  standing = { name: "", config: /** @type {any} */ (null), data: /** @type {any} */ (null), frame: null,
    curve: createCurve(), extra: null, stuck: null };
  steps = 0;
  steps_per_epoch = 1;

  /** @param {TrainerClient} client */
  constructor(client) {
    this.client = client;
  }

  /** Whether it runs just this. @param {Contestant} contestant */
  runs({ config, data }) {
    return data === this.standing.data && JSON.stringify(config) === JSON.stringify(this.standing.config);
  }

  /** @param {Contestant} contestant */
  async take(contestant) {
    if (!this.runs(contestant)) await this.load(contestant);
  }

  /** @param {Pick<Contestant, "name" | "config" | "data">} contestant */
  async load({ name, config, data }) {
    await this.client.load(config, data);
    this.standing = { name, config, data, frame: null, curve: createCurve(), extra: null, stuck: null };
    this.steps = 0;
    this.steps_per_epoch = await this.client.steps_per_epoch;
  }

  /** Whether it stands there, or will never. @param {number} epochs with the fraction of the last one */
  reached(epochs) {
    return this.standing.stuck !== null || this.steps >= Math.round(epochs * this.steps_per_epoch);
  }

  /** Trains up to there. @param {number} epochs */
  async trainTo(epochs) {
    const wanted = Math.round(epochs * this.steps_per_epoch);
    for (let tries = 0; !this.reached(epochs) && tries < 3; tries += 1) {
      await this.#train((client) => client.trainSteps(wanted - this.steps));
    }
  }

  /** Trains towards there for a while. @param {number} epochs */
  async catchUp(epochs) {
    if (this.reached(epochs)) return;
    const steps = Math.round(epochs * this.steps_per_epoch) - this.steps;
    await this.#train((client) => client.trainFor(CATCHING_UP, { steps }));
  }

  async trainSample() {
    if (!this.standing.stuck) await this.#train((client) => client.trainSamples(1));
  }

  /** @param {(client: TrainerClient) => Promise<TrainForResult>} train */
  async #train(train) {
    try {
      const { total_steps, non_finite } = await train(this.client);
      this.steps = total_steps;
      this.standing.stuck = non_finite;
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "WorkerCrash") throw error;
      // The next worker has gone back to the last snapshot.
      const [epoch, step] = await Promise.all([this.client.epoch, this.client.step]);
      this.steps = epoch * this.steps_per_epoch + step;
      this.standing.curve.truncate(epoch);
    }
  }

  /** @param {Show} show @param {{ part: "test", threshold: number } | null} metrics */
  async look({ grid, observe }, metrics) {
    const { standing, client } = this;
    const frame = await client.frame({ grid, metrics, curve_after: standing.curve.last_epoch });
    if (!frame) return;
    standing.frame = frame;
    standing.curve.append(frame.curve);
    if (observe) standing.extra = await observe(standing, client);
  }
}
