// Several labels for a row: trained from the presets, and every view of them looked at.

import { presets } from "../../www/presets.js";
import { findings } from "./axe.js";
import { expect, open, pixelsOf, test } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** Trains a preset to exactly this epoch, as fast as it goes. @param {Page} page @param {string} name @param {number} epoch */
async function train(page, name, epoch) {
  const values = { ...presets[name], speed: "max", until_epoch: epoch };
  await open(page, `#${new URLSearchParams(Object.entries(values).map(([key, value]) => [key, String(value)]))}`);
  await page.waitForFunction((wanted) => {
    const { epoch: reached = 0, playing = true } = window.playground.frame ?? {};
    return reached === wanted && !playing;
  }, epoch, { timeout: 20_000 });
}

/** A number of the page, once it is there. @param {Page} page @param {string} selector */
async function number(page, selector) {
  const text = (await page.locator(selector).textContent()) ?? "";
  return Number.parseFloat(text.replaceAll(",", "").replace("−", "-"));
}

/** @param {Page} page @param {string} name */
const view = (page, name) => page.locator(`bce-choice[field=multilabel_view] [value=${name}]`).check();

/** The numbers of a row. @param {Page} page @param {string} row a selector */
const cells = async (page, row) =>
  (await page.locator(`${row} td`).allTextContents()).map((text) => Number.parseFloat(text.replaceAll(",", "")));

/** Nothing that axe finds. @param {Page} page @param {"light" | "dark"} colorScheme */
async function accessible(page, colorScheme) {
  // Without motion no colour is looked at on its way to another.
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  expect(await findings(page, "main")).toEqual([]);
}

test("overlapping regions: learnt, and drawn label by label and together", async ({ page }) => {
  await train(page, "regions", 120);
  await expect.poll(() => number(page, "[data-value=subset_accuracy]")).toBeGreaterThan(85);
  await expect.poll(() => number(page, "[data-value=hamming_loss]")).toBeLessThan(0.06);

  // Each label and the mean of all elements: loss, tp, fp, fn, tn, accuracy, precision, recall, F1.
  const labels = await Promise.all([0, 1, 2].map((k) => cells(page, `[data-label="${k}"]`)));
  for (const [loss, tp, fp, fn, tn, accuracy, precision, recall] of labels) {
    expect(tp + fp + fn + tn).toBe(200);
    expect(loss).toBeLessThan(0.25);
    expect(accuracy).toBeCloseTo((100 * (tp + tn)) / 200, 1);
    expect(precision).toBeCloseTo(tp / (tp + fp), 2);
    expect(recall).toBeCloseTo(tp / (tp + fn), 2);
  }
  const micro = await cells(page, '[data-average="micro"]');
  expect(micro.slice(1, 5)).toEqual([1, 2, 3, 4].map((k) => labels.reduce((sum, row) => sum + row[k], 0)));
  const macro = await cells(page, '[data-average="macro"]');
  expect(macro[3]).toBeCloseTo(labels.reduce((sum, row) => sum + row[8], 0) / 3, 2);

  // Every subset has rows and a look of its own: two colours each, but for none.
  const subsets = await Promise.all(Array.from({ length: 8 }, (_, bits) => cells(page, `[data-subset="${bits}"]`)));
  expect(subsets.reduce((sum, [count]) => sum + count, 0)).toBe(200);
  expect(subsets.reduce((sum, [, count]) => sum + count, 0)).toBe(200);
  expect(subsets.every(([count]) => count > 0)).toBe(true);
  const colours = new Set(await pixelsOf(page.locator("bce-labels-combined .heat"))).size;
  expect(colours).toBe(15);
  await expect(page.locator("bce-label-boundary canvas.heat")).toHaveCount(3);

  // A lower threshold finds more of a label, and only of that one.
  const [before, other] = [labels[0][7], labels[1][7]];
  await page.getByRole("slider", { name: "Threshold: A" }).fill("0.02");
  await expect.poll(async () => (await cells(page, '[data-label="0"]'))[7]).toBeGreaterThan(before);
  expect((await cells(page, '[data-label="1"]'))[7]).toBe(other);
  await expect.poll(() => page.url()).toContain("multilabel_thresholds=0.02,0.5,0.5");

  await accessible(page, "dark");
  await view(page, "together");
  const together = async (/** @type {string} */ kind) =>
    (await page.locator(`[data-together=${kind}] td.figure`).allTextContents()).map(Number);
  await expect.poll(async () => (await together("true")).length).toBe(9);
  const real = await together("true");
  const predicted = await together("predicted");
  for (const k of [0, 1, 2]) expect(real[4 * k]).toBe(labels[k][1] + labels[k][3]);
  for (const counts of [real, predicted]) expect([counts[1], counts[2], counts[5]]).toEqual([counts[3], counts[6], counts[7]]);

  await accessible(page, "light");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("weights of labels and shapes: what is multiplied, divided, refused", async ({ page }) => {
  await train(page, "label_weights", 3);
  const reduced = (/** @type {string} */ name) => number(page, `[data-reduction=${name}] dd.figure`);
  const losses = async () => (await page.locator(".batch-matrix td .element-loss").allTextContents())
    .map((text) => text.split(/[×=]/).map(Number));
  await expect.poll(async () => (await losses()).length).toBe(12);
  const elements = await losses();
  for (const [k, [plain, weight, weighted]] of elements.entries()) {
    expect(weight).toBe(k % 3 === 0 ? 5 : 1);
    expect(Math.abs(plain * weight - weighted)).toBeLessThan(0.004);
  }
  const sum = elements.reduce((all, [, , weighted]) => all + weighted, 0);
  expect(Math.abs(await reduced("sum") - sum)).toBeLessThan(0.01);
  expect(Math.abs(await reduced("mean") * 12 - sum)).toBeLessThan(0.01);

  // Another weight is trained with at once, whatever the batch size, and stands in the link.
  await page.getByRole("slider", { name: "weight: C" }).press("ArrowRight");
  await expect.poll(() => page.url()).toContain("multilabel_weight=5,1,2");
  await expect.poll(async () => (await losses())[2][1]).toBe(2);
  await expect.poll(() => page.evaluate(async () => (await window.playground.client.config).loss))
    .toMatchObject({ name: "BCELoss", weight: [5, 1, 2], reduction: "mean" });
  await page.locator("bce-choice[field=multilabel_reduction] [value=none]").check();
  await expect(page.getByText("grad can be implicitly created only for scalar outputs")).toBeVisible();
  await expect(page.locator("[data-reduction=none]")).toContainText("(4, 3)");
  await page.getByRole("combobox", { name: "Loss function" }).selectOption("BCEWithLogitsLoss");
  await page.getByRole("slider", { name: "pos_weight: A" }).press("ArrowRight");
  await expect.poll(() => page.evaluate(async () => (await window.playground.client.config).loss))
    .toMatchObject({ name: "BCEWithLogitsLoss", weight: [5, 1, 2], pos_weight: [2, 1, 1], reduction: "mean" });

  await accessible(page, "light");
  await page.getByRole("combobox", { name: "Loss function" }).selectOption("MSELoss");
  await expect(page.getByText("MSELoss has no argument weight.")).toBeVisible();
  await expect(page.getByRole("slider", { name: "weight: A" })).toHaveCount(0);
  await view(page, "shapes");
  const answer = page.locator("[data-answer]");
  const ask = (/** @type {string} */ shape) => page.getByRole("radio", { name: shape, exact: true }).check();
  for (const shape of ["(K,)", "(N, 1)", "(N, K)", "(1, K)"]) {
    await ask(shape);
    await expect(answer).toHaveText(/^\s*tensor\(\d+\.\d{4}\)\s*$/);
  }
  await ask("(N,)");
  await expect(answer).toHaveText("RuntimeError: Attempting to broadcast a dimension of length 4 at -1! Mismatching argument at "
    + "index 1 had torch.Size([4]); but expected shape should be broadcastable to [4, 3]");
  await expect(page.getByText("unsqueeze(1)")).toBeVisible();
  await page.locator("bce-choice[field=multilabel_argument] [value=target]").check();
  await expect(answer).toContainText("ValueError: Using a target size (torch.Size([4])) that is different to the input size (torch.Size([4, 3]))");
  await accessible(page, "dark");
});

test("health reports: learnt, every report with its errors, in Chinese too", async ({ page }) => {
  await train(page, "health", 60);
  await expect.poll(() => number(page, "[data-value=subset_accuracy]")).toBeGreaterThan(85);
  await expect(page.getByRole("columnheader", { name: "high sugar" }).first()).toBeVisible();
  await expect(page.locator("bce-label-strip canvas")).toHaveCount(3);
  const rows = page.locator(".samples tbody tr");
  const all = await rows.count();
  await page.getByRole("switch", { name: "Errors only" }).click();
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await expect.poll(() => rows.count()).toBeGreaterThan(0);
  const wrong = await rows.filter({ has: page.locator(".wrong") }).count();
  expect(wrong).toBe(await rows.count());
  await accessible(page, "dark");

  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("columnheader", { name: "高血糖" }).first()).toBeVisible();
  await expect(page.getByText("子集准确率")).toBeVisible();
});
