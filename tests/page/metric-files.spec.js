// The classification views as files: pictures, and the numbers behind them.

import { readFile } from "node:fs/promises";

import { NOISY, measured, openMeasured } from "./measured.js";
import { expect, test } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** Saves a file by its name in the menu. @param {Page} page @param {string} name */
async function saved(page, name) {
  await page.getByRole("button", { name: "Save pictures and numbers" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The rows of a CSV under its names. @param {Buffer} bytes */
function rowsOf(bytes) {
  const [head, ...rows] = bytes.toString().trimEnd().split("\n").map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(head.map((name, k) => [name, row[k]])));
}

test("the numbers are saved as CSV: scores, bars, metrics, curves, bins", async ({ page }) => {
  await openMeasured(page, `#${NOISY}&threshold=1`);
  const { scores, labels, metrics } = await measured(page);
  const points = await saved(page, "Label and score of each point (CSV)");
  expect(points.file).toBe("scores-test.csv");
  expect(rowsOf(points.bytes)).toEqual(scores.map((score, k) => ({ label: String(labels[k]), score: String(score) })));

  const bars = rowsOf((await saved(page, "Bars of the histogram (CSV)")).bytes);
  const sum = (/** @type {string} */ name) => bars.reduce((total, row) => total + Number(row[name]), 0);
  expect([sum("class_0"), sum("class_1")]).toEqual([0, 1].map((label) => labels.filter((each) => each === label).length));

  const numbers = Object.fromEntries(rowsOf((await saved(page, "All numbers (CSV)")).bytes).map(({ metric, ...rest }) => [metric, rest]));
  expect(numbers.n.value).toBe(String(scores.length));
  expect(numbers.accuracy.value).toBe(String(metrics.accuracy));
  expect(numbers.precision).toEqual({ value: "", undefined_because: "nothing is predicted as 1" });

  const cells = rowsOf((await saved(page, "Confusion matrix (CSV)")).bytes);
  expect(cells.map(({ cell, count }) => [cell, Number(count)])).toEqual(
    (/** @type {const} */ (["tn", "fp", "fn", "tp"])).map((cell) => [cell, metrics[cell]]));
  expect(Number(cells[2].share_of_true_class)).toBe(metrics.fn / (metrics.fn + metrics.tp));

  await page.getByRole("radio", { name: "ROC & PR" }).click();
  const roc = rowsOf((await saved(page, "ROC curve (CSV)")).bytes);
  expect(roc.map(({ tpr }) => Number(tpr))).toEqual(metrics.roc.tpr);
  expect(roc[0].threshold).toBe("Infinity");
  const pr = rowsOf((await saved(page, "PR curve (CSV)")).bytes);
  expect(pr.map(({ precision }) => Number(precision))).toEqual(metrics.pr.precision);

  await page.getByRole("radio", { name: "Calibration" }).click();
  const bins = rowsOf((await saved(page, "Calibration (CSV)")).bytes);
  expect(bins.map(({ count }) => Number(count))).toEqual(metrics.calibration.filled.map(({ count }) => count));
});

test("each picture is saved as PNG, and only what is seen is on offer", async ({ page }) => {
  await openMeasured(page, `#${NOISY}`);
  for (const [view, names] of /** @type {const} */ ([
    ["Threshold", ["Scores and threshold (PNG)", "Confusion matrix (PNG)"]],
    ["ROC & PR", ["ROC curve (PNG)", "PR curve (PNG)"]],
    ["Calibration", ["Calibration (PNG)"]],
  ])) {
    await page.getByRole("radio", { name: view, exact: true }).click();
    for (const name of names) {
      const { file, bytes } = await saved(page, name);
      expect(file).toMatch(/^[a-z]+-test\.png$/);
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      // Large enough for a slide, however small it stands on the page.
      expect(bytes.readUInt32BE(16)).toBeGreaterThan(1400);
    }
    await page.getByRole("button", { name: "Save pictures and numbers" }).click();
    await expect(page.locator("#metric-files button", { hasText: "PNG" }).filter({ visible: true })).toHaveCount(names.length);
    await page.keyboard.press("Escape");
  }
});
