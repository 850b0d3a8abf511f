// One worker seen from the client: requests and their replies, until it ends or dies. What to do
// after its death is client-core.js's matter.

import { PlaygroundError, fromPlain, messageOf } from "./errors.js";
import { PROTOCOL, readReply } from "./protocol.js";

/** @import { SnapshotNotice } from "./protocol.js" */

/**
 * A worker, of a browser or of Node.
 *
 * @typedef {object} Port
 * @property {(message: unknown, transfer: ArrayBuffer[]) => void} post
 * @property {(handlers: PortHandlers) => void} listen
 * @property {() => void | Promise<unknown>} terminate
 * @property {string} [lock] the name of the lock that the worker is to hold
 * @property {(died: () => void) => void} [watch] waits for that lock
 */

/** @typedef {{ message: (data: unknown) => void, died: (reason: string) => void }} PortHandlers */

/**
 * @typedef {object} Pending
 * @property {(value: any) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {(value: any) => void} [applied]
 */

/**
 * @typedef {object} Events
 * @property {(notice: SnapshotNotice) => void} snapshot
 * @property {(reason: string, training: boolean) => void} died the worker crashed or is gone
 */

export class Connection {
  #port;
  #events;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #lastId = 0;
  #ended = false;
  /** Whether the worker has come up: one that never did is not worth a restart. */
  started = false;
  /** @type {Promise<void>} */
  up = Promise.resolve();

  /** @param {Port} port @param {Events} events */
  constructor(port, events) {
    this.#port = port;
    this.#events = events;
    port.listen({
      message: (data) => this.#receive(data),
      died: (reason) => this.#died(reason, false),
    });
  }

  /**
   * The first requests of all.
   *
   * @param {object} options of the worker: testing, wasm
   * @returns {Promise<void>} when it has its wasm
   */
  start(options) {
    const { lock } = this.#port;
    if (lock !== undefined) this.#watch(lock).catch(() => {}); // start rejects with the same error
    this.up = this.request("start", [options], { applied: () => (this.started = true) });
    return this.up;
  }

  /** @param {string} lock */
  async #watch(lock) {
    const held = await this.request("hold", [lock]);
    if (held) this.#port.watch?.(() => this.#died("it is gone", false));
  }

  /**
   * @param {string} method
   * @param {unknown[]} args
   * @param {object} [how]
   * @param {ArrayBuffer[]} [how.transfer]
   * @param {(value: any) => void} [how.applied] called with the result before anything that the
   *   worker sent after it is looked at
   * @param {AbortSignal} [how.signal] takes the request back
   * @returns {Promise<any>}
   */
  request(method, args, { transfer = [], applied, signal } = {}) {
    if (this.#ended) {
      return Promise.reject(new PlaygroundError("WorkerCrash", "the worker has ended"));
    }
    if (signal?.aborted) return Promise.reject(aborted());
    const id = (this.#lastId += 1);
    // Trailing undefined arguments are left out: a method checks how many it was given.
    const given = args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1);
    try {
      this.#port.post({ protocol: PROTOCOL, id, method, args: given }, transfer);
    } catch (error) {
      return Promise.reject(new PlaygroundError("TypeError", `${method}: ${messageOf(error)}`));
    }
    const cancel = () => void this.request("cancel", [id]).catch(() => {});
    signal?.addEventListener("abort", cancel, { once: true });
    const reply = new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, applied });
    });
    return signal ? reply.finally(() => signal.removeEventListener("abort", cancel)) : reply;
  }

  /**
   * Ends the worker and rejects what is pending.
   *
   * @param {PlaygroundError} error
   * @returns {Promise<void>} when it has ended
   */
  async end(error) {
    this.#ended = true;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    const ending = this.#port.terminate();
    for (const { reject } of pending) reject(error);
    await ending;
  }

  /** @param {unknown} data */
  #receive(data) {
    if (this.#ended) return;
    let reply;
    try {
      reply = readReply(data);
    } catch (error) {
      // Only another version's worker script talks like this, and it will not get better.
      this.#died(messageOf(error), false);
      return;
    }
    if (reply.kind === "snapshot") this.#events.snapshot(reply);
    else if (reply.kind === "crash") this.#died(reply.message, reply.training);
    else this.#settle(reply);
  }

  /** @param {import("./protocol.js").Result | import("./protocol.js").Failure} reply */
  #settle(reply) {
    const pending = reply.id === null ? undefined : this.#pending.get(reply.id);
    if (reply.id === null || !pending) return; // an answer to what someone else has posted
    this.#pending.delete(reply.id);
    if (reply.kind === "error") {
      pending.reject(fromPlain(reply.error));
      return;
    }
    pending.applied?.(reply.value);
    pending.resolve(reply.value);
  }

  /** @param {string} reason @param {boolean} training */
  #died(reason, training) {
    if (this.#ended) return;
    this.#ended = true;
    this.#events.died(reason, training);
  }
}

const aborted = () => new PlaygroundError("AbortError", "the call was cancelled");
