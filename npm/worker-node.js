// The worker in Node: worker-core.js over node:worker_threads.

import { parentPort } from "node:worker_threads";
import { modules } from "./modules.js";
import { read } from "./read-node.js";
import { serve } from "./worker-core.js";

if (parentPort === null) throw new Error("worker-node.js runs in a worker of node:worker_threads");
const port = parentPort;

const receive = serve({
  post: (message, transfer) => port.postMessage(message, transfer),
  // Not a MessageChannel: Node delivers up to a thousand of its messages in a row, before any other
  // port's.
  immediate: (turn) => void setImmediate(turn),
  // Node tells of a worker's end by an event.
  hold: () => Promise.resolve(false),
  modules: modules(read),
});
port.on("message", receive);
