// The worker in Node: worker-core.js over node:worker_threads.

import { parentPort } from "node:worker_threads";
import { init } from "./init-node.js";
import { serve } from "./worker-core.js";

if (parentPort === null) throw new Error("worker-node.js runs in a worker of node:worker_threads");
const port = parentPort;

const receive = serve({
  post: (message, transfer) => port.postMessage(message, transfer),
  // Not a MessageChannel: Node delivers up to a thousand of its messages in a row, before any other
  // port's.
  immediate: (turn) => void setImmediate(turn),
  init,
  // Node tells of a worker's end by an event.
  hold: () => Promise.resolve(false),
});
port.on("message", receive);
