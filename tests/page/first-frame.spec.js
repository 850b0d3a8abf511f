// What the page loads before its first trained frame, in bytes.

import { expect, test } from "./playground.js";
import { BUDGET, firstFrameFiles, isWasm, sums } from "../../xtask/first-frame.js";

test("what the page loads before its first trained frame stays within the budget", async ({ page }) => {
  /** @type {string[]} */
  const wasm_asked = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) wasm_asked.push(nameOf(request.url()));
  });
  await page.goto("");
  const early = await page.waitForFunction(() => {
    const [first] = performance.getEntriesByName("first trained frame");
    const resources = performance.getEntriesByType("resource");
    return first && resources.filter(({ startTime }) => startTime < first.startTime).map(({ name }) => name);
  });

  const files = firstFrameFiles();
  const counted = files.map(({ name }) => name);
  const loaded = (await early.jsonValue()).map(nameOf);
  expect(loaded.filter((name) => !counted.includes(name)), "files that were not counted").toEqual([]);
  // The worker's own requests are not among the page's resources.
  const [wasm] = files.filter(isWasm);
  expect(wasm_asked[0]).toBe(wasm.name);

  expect(wasm.raw).toBeLessThanOrEqual(BUDGET.wasm);
  expect(wasm.gzipped).toBeLessThanOrEqual(BUDGET.wasm_gzipped);
  expect(sums(files).gzipped).toBeLessThanOrEqual(BUDGET.gzipped);
});

/** The file of the built site that an address stands for. @param {string} url */
const nameOf = (url) => url.slice(url.lastIndexOf("/assets/") + 1);
