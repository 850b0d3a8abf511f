// The page that Chromium opens: starts a worker for each request and returns what it says.

import wasm from "./node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";

globalThis.measure = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./host-worker.js", import.meta.url), { type: "module" });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = async ({ data: { outcome } }) => {
      if (outcome === null) return worker.postMessage(await processorTime().catch(reject));
      worker.terminate();
      resolve(outcome);
    };
    const peak = Uint8Array.from(request.peak);
    worker.postMessage({ ...request, peak, wasm: new URL(wasm, location.href).href });
  });
