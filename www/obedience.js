/**
 * Makes the worker obey the state: one change after the other, those that come meanwhile taken along
 * together; a change that the core refuses is undone, so that the controls show what runs.
 */
import { defaults, same } from "./fields.js";
import { refuse } from "./refusal.js";
import { state } from "./state.js";

/** @import { Values } from "./fields.js" */
/** @import { Refused } from "./refusal.js" */

/** @typedef {"live" | "rows" | "network" | "data"} Level how much of the run a change replaces */
/**
 * @typedef {object} Host
 * @property {(level: Level, values: Values) => Promise<void>} load
 * @property {(error: unknown) => void} say
 */

/** @type {(Level | null)[]} */
const strength = [null, "live", "rows", "network", "data"];
/** @type {(a: Level, b: Level | null) => Level} */
const stronger = (a, b) => (b && strength.indexOf(b) > strength.indexOf(a) ? b : a);

export class Obedience {
  /** Whether the state is on its way back to what runs: nobody has changed it. */
  takingBack = false;
  /** Until what was changed is loaded. @type {Promise<void> | null} */
  under_way = null;

  #host;
  /** @type {Values | null} what runs */
  #applied = null;
  /** @type {Level | null} what is still to be applied */
  #pending = null;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {Level} level */
  apply(level) {
    this.#pending = stronger(level, this.#pending);
    this.under_way ??= this.#applyPending().finally(() => { this.under_way = null; });
    return this.under_way;
  }

  async #applyPending() {
    let crashes = 0;
    while (this.#pending) {
      const level = this.#pending;
      const { values } = state;
      this.#pending = null;
      try {
        await this.#host.load(level, values);
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
   * Undoes a change that cannot be. A first configuration that cannot be (a hand-made link) gives way to
   * the defaults.
   *
   * @param {unknown} error
   */
  #takeBack(error) {
    const first = this.#applied === null;
    const { language, theme, ...values } = this.#applied ?? defaults();
    const before = state.values;
    const keys = /** @type {(keyof typeof values)[]} */ (Object.keys(values))
      .filter((key) => !same(values[key], before[key]));
    const { name, message, text } = /** @type {Refused} */ (error);
    if (name !== "WorkerCrash") refuse(keys, text ?? { key: "refused.why", parameters: { message } });
    this.takingBack = true;
    state.set(values, "refusal");
    this.takingBack = false;
    if (!first || state.values === before) throw error;
    this.#host.say(error);
    this.#pending = "data";
  }
}
