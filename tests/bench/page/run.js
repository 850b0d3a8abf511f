// `cargo xtask bench --page`: what the built site costs. Start, the worker's share of training, and the
// main thread's time for a frame, each measured from outside in Chromium.

import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { preview } from "vite";

import { LAUNCH_OPTIONS } from "../../../playwright.config.js";
import { printFrameCost } from "./frame-cost.js";
import { printStart } from "./start.js";
import { printWorkerShare } from "./worker-share.js";

/** @import { Browser } from "@playwright/test" */

// T2's network, batch and rows.
const T2 = "#hidden_layer_sizes=8,8&batch_size=32&n_samples=2000&train_size=0.5&speed=max";

const { values } = parseArgs({ options: { only: { type: "string" } } });
/** @type {Record<string, (browser: Browser, site: string) => Promise<void>>} */
const measurements = {
  start: printStart,
  worker: (browser, site) => printWorkerShare(browser, site + T2),
  frame: (browser, site) => printFrameCost(browser, site + T2),
};

const server = await preview({
  configFile: new URL("../../../vite.config.js", import.meta.url).pathname,
  preview: { host: "127.0.0.1", port: 0 },
});
const browser = await chromium.launch(LAUNCH_OPTIONS);
console.log(`Chromium ${browser.version()}`);
for (const [name, print] of Object.entries(measurements)) {
  if (values.only && values.only !== name) continue;
  await print(browser, server.resolvedUrls?.local[0] ?? "");
}
await browser.close();
await server.close();
