// The worker in a browser: worker-core.js over the worker's own global scope. No top-level await,
// which a classic worker (a single-file build) does not know.

import { modules } from "./modules.js";
import { read } from "./read.js";
import { serve } from "./worker-core.js";

/**
 * What is used of DedicatedWorkerGlobalScope, whose types do not go together with a page's.
 *
 * @typedef {object} Scope
 * @property {(message: unknown, transfer: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent<unknown>) => void) | null} onmessage
 * @property {Navigator} navigator
 */
const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

// Unlike a timer this comes back without delay, in a hidden tab too, and after the messages that
// wait.
const { port1, port2 } = new MessageChannel();
/** @type {(() => void) | undefined} */
let next;
port1.onmessage = () => next?.();

/** @param {() => void} turn */
function immediate(turn) {
  next = turn;
  port2.postMessage(null);
}

/**
 * Holds a lock for as long as the worker lives: the client, waiting for it, learns of the worker's
 * death, of which no event tells.
 *
 * @param {string} name
 * @returns {Promise<boolean>}
 */
function hold(name) {
  const { locks } = scope.navigator;
  if (!locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    locks
      .request(name, () => {
        resolve(true);
        return new Promise(() => {});
      })
      // Refused to a page without an origin (file://, a sandboxed frame).
      .catch(() => resolve(false));
  });
}

const receive = serve({
  post: (message, transfer) => scope.postMessage(message, transfer),
  immediate,
  hold,
  modules: modules(read),
});
scope.onmessage = (event) => receive(event.data);
