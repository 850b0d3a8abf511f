// Chromium's side of a measurement: a dedicated worker for each task.

import { init } from "bce-playground";
import { measure } from "./measure.js";

/** @import { ContestantName, Create } from "./measure.js" */

addEventListener(
  "message",
  async ({ data: { wasm, clock, ...request } }) => {
    const now = clock === "wall" ? () => performance.now() : processorTime;
    postMessage({ outcome: await measure(request, (name) => load(name, wasm), now) });
  },
  { once: true },
);

/** Only the system knows what its processors did for this thread: the page asks for it. */
function processorTime() {
  const answer = new Promise((resolve) => {
    addEventListener("message", ({ data }) => resolve(data), { once: true });
  });
  postMessage({ outcome: null });
  return answer;
}

/** @param {ContestantName} name @param {string} wasm @returns {Promise<Create>} */
async function load(name, wasm) {
  if (name === "plainjs") return (await import("./contestants/plainjs.js")).create;
  if (name === "ours") {
    await init();
    return (await import("./contestants/ours.js")).create;
  }
  const { create, init: start } = await import("./contestants/tfjs-wasm.js");
  await start(wasm);
  return create;
}
