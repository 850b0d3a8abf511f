// TrainerClient in a page. In Node, client-node.js stands in its place.

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

let workers = 0;

/**
 * @param {ClientOptions} options
 * @returns {Port}
 */
function spawn(options) {
  const worker = /** @type {Worker} */ (
    // Bundlers look for exactly this expression.
    options.worker?.() ?? new Worker(new URL("./worker.js", import.meta.url), { type: "module" })
  );
  const watching = new AbortController();
  workers += 1;
  // Unique among the origin's pages: when this page began to the microsecond, and a count.
  const lock = `bce-playground worker ${performance.timeOrigin} ${performance.now()} ${workers}`;
  return {
    lock,
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen({ message, died }) {
      worker.onmessage = (event) => message(event.data);
      worker.onmessageerror = () => died("a message could not be read");
      worker.onerror = (event) => {
        event.preventDefault?.();
        // A script that could not be loaded gives an event without a message.
        died(event.message || "its script could not be loaded");
      };
    },
    watch(died) {
      // Granted when the worker, which holds it, is no more.
      navigator.locks.request(lock, { signal: watching.signal }, () => died()).catch(() => {});
    },
    terminate() {
      watching.abort();
      worker.terminate();
    },
  };
}
