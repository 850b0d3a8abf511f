// Node's side of a measurement: a process of its own for each task, on its main thread.

import { init } from "bce-playground";
import { measure } from "./measure.js";

/** @import { ContestantName, Create, Request } from "./measure.js" */

/**
 * @typedef {object} Setting
 * @property {"wall" | "cpu"} clock
 * @property {{ bundle: string, wasm: string }} tfjs TensorFlow.js, bundled, since its modules are not
 *   Node's, and its wasm
 */

process.on("message", async (/** @type {Request & Setting} */ { tfjs, clock, ...request }) => {
  const now = clock === "wall" ? () => performance.now() : processorTime;
  const outcome = await measure(request, (name) => load(name, tfjs), now);
  process.send?.(outcome, () => process.disconnect());
});

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** @param {ContestantName} name @param {Setting["tfjs"]} tfjs @returns {Promise<Create>} */
async function load(name, tfjs) {
  if (name === "plainjs") return (await import("./contestants/plainjs.js")).create;
  if (name === "ours") {
    await init();
    return (await import("./contestants/ours.js")).create;
  }
  const { create, init: start } = await import(tfjs.bundle);
  await start(tfjs.wasm);
  return create;
}
