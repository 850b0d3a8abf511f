// TrainerClient in Node, over node:worker_threads.

import { Worker } from "node:worker_threads";
import { ClientCore, Snapshot } from "./client-core.js";

export { PlaygroundError } from "./errors.js";

/** @import { Config, TrainingDataInput } from "./index.js" */
/** @import { ClientOptions } from "./client.js" */
/** @import { Port } from "./connection.js" */

export class TrainerClient extends ClientCore {
  /**
   * @param {Config | null} config
   * @param {TrainingDataInput | null} data
   * @param {ClientOptions} [options]
   */
  constructor(config, data, options) {
    super(spawn, config, data, options);
  }

  /**
   * @param {Uint8Array | ArrayBuffer} bytes
   * @param {TrainingDataInput} data
   * @param {ClientOptions} [options]
   */
  static restore(bytes, data, options) {
    return new TrainerClient(/** @type {any} */ (new Snapshot(bytes)), data, options);
  }
}

/**
 * @param {ClientOptions} options
 * @returns {Port}
 */
function spawn(options) {
  const worker = /** @type {Worker} */ (
    options.worker?.() ?? new Worker(new URL("./worker-node.js", import.meta.url))
  );
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen({ message, died }) {
      worker.on("message", message);
      worker.on("messageerror", (error) => died(`a message could not be read: ${error.message}`));
      worker.on("error", (error) => died(error.message));
      worker.on("exit", () => died("it has ended"));
    },
    terminate: () => worker.terminate(),
  };
}
