// Several networks side by side: the imbalance workbench, and choosing a loss.

import { findings } from "./axe.js";
import { expect, test } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** The stage on show, whose contest trains. @param {Page} page @param {string} hash */
async function openSide(page, hash) {
  await page.goto(`./${hash}`);
  await page.waitForFunction(() => contestOf()?.status === "ready");
}

/** So that functions in the page can name the contest. @param {Page} page */
async function nameContest(page) {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      contestOf: () => /** @type {any} */ (document.querySelector("bce-imbalance-stage, bce-losses-stage"))?.contest,
    });
  });
}

/** Waits until all networks are shown at this epoch or a later one. @param {Page} page @param {number} epoch */
async function allAt(page, epoch) {
  await page.waitForFunction((wanted) => {
    const contest = contestOf();
    return contest?.standings.length > 0
      && contest.standings.every((/** @type {any} */ { frame }) => (frame?.epoch ?? -1) >= wanted);
  }, epoch, { timeout: 40_000 });
}

/** Pauses, and waits until what is shown rests. @param {Page} page */
async function rest(page) {
  const button = page.getByRole("button", { name: "Pause" });
  if (await button.count()) await button.click();
  await page.waitForFunction(() => contestOf().rests);
}

/** What each network is, and its recorded curve up to an epoch. @param {Page} page @param {number} last */
const curvesOf = (page, last) => page.evaluate((end) => Object.fromEntries(contestOf().standings.map(
  (/** @type {any} */ { name, curve }) => [name, [...curve.column("epoch")].filter((epoch) => epoch <= end)
    .map((epoch, k) => `${epoch} ${curve.column("eval_loss")[k]} ${curve.column("test_loss")[k]}`)])), last);

/** The epochs of all networks as they are shown. @param {Page} page @returns {Promise<number[]>} */
const epochs = (page) => page.evaluate(() => contestOf().standings.map((/** @type {any} */ { frame }) => frame?.epoch));

/** A cell of the table. @param {Page} page @param {string} row @param {string} metric */
async function cell(page, row, metric) {
  const text = await page.locator(`[data-row="${row}"] [data-metric="${metric}"]`).textContent();
  return Number(text?.replace("%", ""));
}

/** @param {Page} page */
async function nothingWrongInLooks(page) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    expect(await findings(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
}

test.beforeEach(({ page }) => nameContest(page));

test("one in a hundred: five networks from the same start, and what accuracy hides", async ({ page }) => {
  await openSide(page, "#task=imbalance&speed=max&hidden_layer_sizes=8&batch_size=50");
  await allAt(page, 40);
  await rest(page);
  expect(new Set(await epochs(page)).size).toBe(1);

  const start = await page.evaluate(async () => {
    const { clients, standings } = contestOf();
    const weights = await Promise.all(clients.map((/** @type {any} */ client) => client.initialParameters()));
    const data = await Promise.all(clients.map((/** @type {any} */ client) => client.data()));
    return standings.map((/** @type {any} */ { name }, /** @type {number} */ k) => ({
      name, weights: [...weights[k]], rows: data[k].inputs.shape[0],
      inputs: [...data[k].inputs.data.subarray(0, 5000)],
      positives: data[k].targets.data.reduce((/** @type {number} */ sum, /** @type {number} */ y) => sum + y, 0),
    }));
  });
  expect(start.map((/** @type {any} */ { name }) => name)).toEqual(["bce", "pos_weight", "weight", "focal", "resampling"]);
  for (const { name, weights, inputs, rows, positives } of start) {
    expect(weights).toEqual(start[0].weights);
    expect(inputs).toEqual(start[0].inputs);
    expect([rows, positives]).toEqual(name === "resampling" ? [4950, 2475] : [2500, 25]);
  }
  await expect(page.getByText("Train: 2,500 rows, 25 positive. Test: 2,500 rows, 25 positive.")).toBeVisible();

  // The constant answer is right 99 times in a hundred, at a loss that is the entropy of the share.
  expect(await cell(page, "constant", "accuracy")).toBe(99);
  expect(await cell(page, "constant", "recall")).toBe(0);
  const entropy = -(0.01 * Math.log(0.01) + 0.99 * Math.log(0.99));
  expect(await cell(page, "constant", "log_loss")).toBeCloseTo(entropy, 4);
  await expect(page.getByText(/accuracy of 99.0 % and a BCE of 0.0560, and finds none of the 25/)).toBeVisible();

  // What pos_weight is for: more of the positives, at the price of precision.
  expect(await cell(page, "pos_weight", "recall")).toBeGreaterThan(await cell(page, "bce", "recall"));
  expect(await cell(page, "pos_weight", "recall")).toBeGreaterThanOrEqual(0.7);
  expect(await cell(page, "pos_weight", "average_precision")).toBeGreaterThan(0.5);
  expect(await cell(page, "bce", "ece")).toBeLessThan(await cell(page, "pos_weight", "ece"));

  // More precision is less recall; another threshold, other counts, for the same scores.
  const before = { recall_at: await cell(page, "pos_weight", "recall_at"), recall: await cell(page, "pos_weight", "recall"),
    ap: await cell(page, "pos_weight", "average_precision") };
  await page.getByLabel("Precision asked for, exact value").fill("0.95");
  await page.getByLabel("Precision asked for, exact value").press("Enter");
  await expect(page.getByRole("columnheader", { name: "Recall at P ≥ 0.95" })).toBeVisible();
  expect(await cell(page, "pos_weight", "recall_at")).toBeLessThan(before.recall_at);
  await page.getByLabel("Threshold, exact value").fill("0.99");
  await page.getByLabel("Threshold, exact value").press("Enter");
  await expect.poll(() => cell(page, "pos_weight", "recall")).toBeLessThan(before.recall);
  expect(await cell(page, "pos_weight", "average_precision")).toBe(before.ap);

  // Who steps out and comes back catches up, to the bit; the others stay.
  const [epoch] = await epochs(page);
  const curves = await curvesOf(page, epoch);
  await page.getByRole("switch", { name: "Focal loss" }).click();
  await expect(page.locator(".side-card")).toHaveCount(4);
  await expect(page.locator(".side-table tbody tr")).toHaveCount(5);
  await page.getByRole("switch", { name: "Focal loss" }).click();
  await allAt(page, epoch);
  await rest(page);
  expect(await epochs(page)).toEqual([epoch, epoch, epoch, epoch, epoch]);
  expect(await curvesOf(page, epoch)).toEqual(curves);

  // The bar steers all of them; the same seed gives the same curves.
  await page.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => epochs(page)).toEqual([0, 0, 0, 0, 0]);
  await page.getByRole("button", { name: "1 epoch" }).click();
  await expect.poll(() => epochs(page)).toEqual([1, 1, 1, 1, 1]);
  await expect(page.locator("[data-value=epoch]")).toHaveText("1");
  const again = await curvesOf(page, 1);
  for (const [name, points] of Object.entries(again)) expect(points).toEqual(curves[name].slice(0, 2));
  await nothingWrongInLooks(page);
});

test("why not MSE: what is confidently wrong stays so, and the points are on the curves", async ({ page }) => {
  await page.goto("./");
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("button", { name: "Why not MSE?" }).click();
  await allAt(page, 30);
  await rest(page);
  expect(new Set(await epochs(page)).size).toBe(1);
  await expect(page.getByText("the flat sigmoid takes the gradient away")).toBeVisible();

  /** @type {Record<string, { accuracy: number, z: number[], y: number[], loss: number[], slope: number[] }>} */
  const shown = await page.evaluate(() => Object.fromEntries(contestOf().standings.map((/** @type {any} */ standing) => {
    const { z, labels, loss, slope } = standing.extra;
    return [standing.name, { accuracy: standing.frame.accuracy, z: [...z], y: [...labels], loss: [...loss], slope: [...slope] }];
  })));
  expect(Object.keys(shown)).toEqual(["bce", "focal", "mse", "smooth_l1"]);
  // The formulas, in float64: value and slope as functions of z for the label 1; for 0, z changes its sign.
  const p = (/** @type {number} */ z) => 1 / (1 + Math.exp(-z));
  /** @type {Record<string, (z: number) => [number, number]>} */
  const formulas = {
    bce: (z) => [Math.log1p(Math.exp(-z)), p(z) - 1],
    mse: (z) => [(1 - p(z)) ** 2, -2 * (1 - p(z)) ** 2 * p(z)],
    smooth_l1: (z) => [(1 - p(z)) ** 2 / 2, -((1 - p(z)) ** 2) * p(z)],
  };
  for (const [name, formula] of Object.entries(formulas)) {
    const { z, y, loss, slope } = shown[name];
    expect(z.length).toBe(100);
    z.forEach((each, k) => {
      const sign = y[k] === 1 ? 1 : -1;
      const [value, steep] = formula(sign * each);
      expect(Math.abs(loss[k] - value), `${name} at ${each}`).toBeLessThan(1e-4 * (1 + value));
      expect(Math.abs(slope[k] - sign * steep), `${name} at ${each}`).toBeLessThan(1e-4);
    });
  }
  // MSE: wrong by far, and no gradient. BCE has learnt.
  const wrong = shown.mse.z.map((z, k) => [shown.mse.y[k] === 1 ? -z : z, Math.abs(shown.mse.slope[k])])
    .filter(([distance]) => distance > 8);
  expect(wrong.length).toBeGreaterThan(50);
  for (const [, slope] of wrong) expect(slope).toBeLessThan(0.001);
  expect(shown.mse.accuracy).toBeLessThan(0.1);
  expect(shown.bce.accuracy).toBeGreaterThan(0.95);
  // The curves that are drawn agree with the dots on them.
  const drawn = await page.evaluate(() => [...document.querySelectorAll("bce-loss-function")].map((view) => {
    const { name, kind, curves, range } = /** @type {any} */ (view);
    return { name, kind, z: curves.z, values: curves[kind].map((/** @type {Float32Array} */ each) => [...each]), range };
  }));
  expect(drawn).toHaveLength(8);
  for (const { name, kind, z, values, range } of drawn.filter(({ name }) => name !== "focal")) {
    const part = kind === "loss" ? 0 : 1;
    for (const k of [0, 60, 80, 100, 160]) {
      expect(Math.abs(values[1][k] - formulas[name](z[k])[part])).toBeLessThan(1e-3);
    }
    expect(Math.max(...shown[name].z.map(Math.abs))).toBeLessThanOrEqual(range.reach);
  }
  // A link says it all; who takes part is a setting like others.
  await page.getByRole("switch", { name: "Smooth L1" }).click();
  await expect(page.locator(".side-card")).toHaveCount(3);
  await expect.poll(() => page.url()).toContain("with_smooth_l1=false");
  await nothingWrongInLooks(page);
});
