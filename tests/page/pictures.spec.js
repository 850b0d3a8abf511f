// The boundary, the network and the schedule as files: their pictures, and the numbers behind them.

import { readFile } from "node:fs/promises";
import { findings } from "./axe.js";
import { expect, test, trained } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** Saves a picture's file by keyboard. @param {Page} page @param {string} picture @param {string} file */
async function saved(page, picture, file) {
  await page.getByRole("button", { name: `Save the ${picture}` }).press("Enter");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: file }).filter({ visible: true }).press("Enter"),
  ]);
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** @param {Buffer} bytes */
const rowsOf = (bytes) => bytes.toString().trimEnd().split("\n").map((line) => line.split(","));

test("boundary, network and schedule are saved as pictures and as numbers", async ({ page }) => {
  await trained(page, 20, "#dataset=iris&hidden_layer_sizes=3&scheduler=StepLR&tab=schedule&contours=true");
  for (const picture of ["decision boundary", "network", "schedule"]) {
    const { file, bytes } = await saved(page, picture, "Save picture (PNG)");
    expect(file).toBe(`${picture.replace("decision ", "")}.png`);
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(600);
  }

  const [head, ...samples] = rowsOf((await saved(page, "decision boundary", "Save numbers (CSV)")).bytes);
  const grid = await page.evaluate(() => Array.from(window.playground.frame?.grid ?? []));
  expect(samples.map((row) => Math.fround(Number(row[2])))).toEqual(grid);
  expect(head).toEqual([...await page.locator(".key-features option:checked").allTextContents(), "probability"]);
  // In centimetres, not in standard deviations; the first row is the top of the picture.
  expect(Number(samples[0][0])).toBeGreaterThan(0.5);
  expect(Number(samples[0][1])).toBeGreaterThan(Number(samples[samples.length - 1][1]));

  const [, ...parameters] = rowsOf((await saved(page, "network", "Save numbers (CSV)")).bytes);
  const dict = await page.evaluate(async () => Object.entries(await window.playground.client.stateDict())
    .map(([name, { data }]) => /** @type {const} */ ([name, Array.from(data)])));
  for (const [name, values] of dict) {
    expect(parameters.filter(([parameter]) => parameter === name).map((row) => Math.fround(Number(row[3])))).toEqual(values);
  }
  expect(parameters.length).toBe(4 * 3 + 3 + 3 + 1);
  expect(parameters[5].slice(0, 3)).toEqual(["0.weight", "1", "1"]);

  const [, ...rates] = rowsOf((await saved(page, "schedule", "Save numbers (CSV)")).bytes);
  const expected = await page.evaluate(async (epochs) => Array.from(await window.playground.client
    .learningRates(/** @type {any} */ (await window.playground.client.config).scheduler, 0.01, epochs)), rates.length);
  expect(rates.map(([, lr]) => Number(lr))).toEqual(expected);

  expect(await findings(page)).toEqual([]);
});
