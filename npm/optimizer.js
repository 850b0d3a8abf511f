// torch.optim without a network: an optimizer of parameters of the caller's, and schedules as
// curves.

import { PlaygroundError } from "./errors.js";
import { count, floats, options as optionsOf, plain, shown, typeError } from "./tensor.js";
import { call, isLost, raw } from "./wasm.js";

/** @import { Optimizer as RawOptimizer } from "./pkg/bce_wasm.js" */
/** @import { NumberArray, OptimizerConfig, SchedulerConfig } from "./index.js" */

export class Optimizer {
  /** @type {RawOptimizer | null} */
  #raw;

  /**
   * @param {OptimizerConfig} config
   * @param {NumberArray} parameters
   */
  constructor(config, parameters) {
    const parsed = plain(config, "");
    const values = floats(parameters, "parameters");
    this.#raw = call(() => new raw.Optimizer(parsed, values));
  }

  #alive() {
    if (this.#raw !== null) return this.#raw;
    throw new PlaygroundError("RuntimeError", "this Optimizer has been freed");
  }

  /**
   * @param {NumberArray} gradients
   * @returns {Float32Array}
   */
  step(gradients) {
    const optimizer = this.#alive();
    const values = floats(gradients, "gradients");
    return call(() => optimizer.step(values));
  }

  free() {
    this.#alive();
    this.#release();
  }

  #release() {
    if (!isLost()) this.#raw?.free();
    this.#raw = null;
  }

  static {
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

/**
 * @param {SchedulerConfig | null} config
 * @param {number} base_lr
 * @param {number} steps
 * @param {{ metrics?: NumberArray }} [options]
 * @returns {Float64Array}
 */
export function learningRates(config, base_lr, steps, options) {
  if (typeof base_lr !== "number") {
    throw typeError(`base_lr must be a number, got ${shown(base_lr)}`, "base_lr");
  }
  const parsed = plain(config, "scheduler");
  const length = count(steps, "steps");
  const rest = optionsOf(options);
  return call(() => raw.learningRates(parsed, base_lr, length, rest));
}
