// Starts the hosts of a measurement: Node as a process for each task, Chromium as a worker for each.

import { fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build, preview } from "vite";
import { LAUNCH_OPTIONS } from "../../playwright.config.js";
import { workerTime } from "./worker-time.js";

/** @import { Outcome, Request } from "./measure.js" */

/**
 * @typedef {object} Host
 * @property {(request: Request) => Promise<Outcome>} measure
 * @property {() => string} version
 * @property {() => Promise<void>} close
 */
/** @typedef {"chromium" | "node"} HostName */
/**
 * What seconds are: everybody's, or those that the processor gave to the measuring thread, which on a
 * machine with other work to do vary less.
 *
 * @typedef {"wall" | "cpu"} ClockName
 */

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const TFJS_WASM = join(
  FOLDER,
  "node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
);

/**
 * @param {HostName} name
 * @param {string} scratch a folder for what is built
 * @param {ClockName} clock
 * @returns {Promise<Host>}
 */
export function start(name, scratch, clock) {
  if (name === "node") return startNode(join(scratch, "node"), clock);
  return startChromium(join(scratch, "page"), clock);
}

/** @param {string} scratch @param {ClockName} clock @returns {Promise<Host>} */
async function startNode(scratch, clock) {
  // Node does not read TensorFlow.js's modules as they are published; its gradients are in no other.
  await build({
    configFile: false,
    root: FOLDER,
    logLevel: "warn",
    build: {
      ssr: "contestants/tfjs-wasm.js",
      outDir: scratch,
      emptyOutDir: true,
      rollupOptions: { output: { format: "cjs", entryFileNames: "[name].cjs" } },
    },
    ssr: { noExternal: true },
  });
  const tfjs = { bundle: join(scratch, "tfjs-wasm.cjs"), wasm: TFJS_WASM };
  return {
    version: () => `Node ${process.versions.node}`,
    measure: (request) =>
      new Promise((resolve, reject) => {
        const child = fork(join(FOLDER, "host-node.js"), { serialization: "advanced" });
        child.once("message", (outcome) => resolve(/** @type {Outcome} */ (outcome)));
        child.once("exit", (code) => reject(new Error(`Node ended with ${code}.`)));
        child.send({ ...request, tfjs, clock });
      }),
    close: async () => {},
  };
}

/** @param {string} scratch @param {ClockName} clock @returns {Promise<Host>} */
async function startChromium(scratch, clock) {
  const output = { outDir: scratch, emptyOutDir: true, target: "esnext", assetsInlineLimit: 0 };
  /** @type {import("vite").InlineConfig} */
  const config = {
    configFile: false,
    root: FOLDER,
    logLevel: "warn",
    build: { ...output, chunkSizeWarningLimit: 2000 },
    worker: { format: "es" },
    preview: { host: "127.0.0.1", port: 0 },
  };
  await build(config);
  const server = await preview(config);
  const browser = await chromium.launch(LAUNCH_OPTIONS);
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error.message));
  await page.exposeFunction("processorTime", () => workerTime(browser));
  await page.goto(server.resolvedUrls?.local[0] ?? "");
  return {
    version: () => `Chromium ${browser.version()}`,
    measure: (request) =>
      page.evaluate((/** @type {any} */ r) => globalThis.measure(r), {
        ...request,
        clock,
        peak: [...request.peak],
      }),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
