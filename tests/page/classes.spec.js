// Several classes: sigmoids one against the rest, and softmax with cross-entropy beside them.

import { findings } from "./axe.js";
import { expect, test } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** Opens the task and waits until both networks are shown at an epoch. @param {Page} page @param {string} hash @param {number} epoch */
async function train(page, hash, epoch) {
  await page.goto(`./${hash}`);
  await page.waitForFunction((wanted) => {
    const contest = /** @type {any} */ (document.querySelector("bce-classes-stage"))?.contest;
    return contest?.standings.length === 2
      && contest.standings.every((/** @type {any} */ { frame, extra }) => extra && frame.epoch >= wanted);
  }, epoch, { timeout: 40_000 });
  await page.getByRole("button", { name: "Pause" }).click();
  await rest(page);
}

/** Waits until what is shown rests. @param {Page} page */
const rest = (page) =>
  page.waitForFunction(() => /** @type {any} */ (document.querySelector("bce-classes-stage")).contest.rests);

/** The confusion matrix of a network, as it is written. @param {Page} page @param {string} name @returns {Promise<number[][]>} */
async function confusion(page, name) {
  const rows = await page.locator(`[data-confusion="${name}"] tbody tr`).all();
  return Promise.all(rows.map(async (row) => (await row.locator("td").allTextContents()).map(Number)));
}

/** The shares of the plane. @param {Page} page @param {string} name */
async function shares(page, name) {
  const share = async (/** @type {string} */ kind) =>
    Number.parseFloat(String(await page.locator(`[data-claims="${name}"] [data-claim="${kind}"]`).textContent()));
  return { one: await share("one"), none: await share("none"), several: await share("several") };
}

/** @param {Page} page @param {string} name */
const sum = async (page, name) => Number(await page.locator(`[data-sum="${name}"]`).textContent());

const total = (/** @type {number[][]} */ matrix) => matrix.flat().reduce((all, count) => all + count, 0);
const right = (/** @type {number[][]} */ matrix) => matrix.reduce((all, row, k) => all + row[k], 0);

test("five classes: what the sigmoids leave out, the softmax finds", async ({ page }) => {
  await train(page, "#task=classes&hidden_layer_sizes=&lr=0.03&speed=max&classes_noise=5", 40);
  for (const name of ["one_vs_rest", "softmax"]) {
    const matrix = await confusion(page, name);
    expect(matrix.length).toBe(5);
    expect(total(matrix)).toBe(250);
    expect(right(matrix)).toBeGreaterThan(225);
    const { one, none, several } = await shares(page, name);
    expect(Math.abs(one + none + several - 100)).toBeLessThan(0.2);
  }
  const [sigmoids, softmax] = [await shares(page, "one_vs_rest"), await shares(page, "softmax")];
  expect(softmax.several).toBe(0);
  expect(sigmoids.several).toBeGreaterThan(5);
  expect(sigmoids.none).toBeGreaterThan(softmax.none + 5);

  // In the middle, where no sigmoid reaches a half.
  expect(await sum(page, "softmax")).toBe(1);
  expect(await sum(page, "one_vs_rest")).toBeLessThan(0.8);
  await page.locator('bce-class-regions[name="softmax"] .side-picture').click({ position: { x: 4, y: 4 } });
  await expect(page.locator(".class-probe caption")).toContainText("x1 −5.");
  await expect.poll(() => page.url()).toContain("classes_across=");
  expect(await sum(page, "softmax")).toBeCloseTo(1, 2);

  // Where more is asked for, less is claimed.
  await page.getByRole("slider", { name: "Claimed from" }).fill("0.95");
  await expect.poll(async () => (await shares(page, "softmax")).none).toBeGreaterThan(softmax.none);

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    // Without motion no colour is looked at on its way to another.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await findings(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("iris: three species by two measurements, and both networks from the same weights", async ({ page }) => {
  await train(page, "#task=classes&classes_data=iris&hidden_layer_sizes=8&lr=0.01&speed=max", 150);
  for (const name of ["one_vs_rest", "softmax"]) {
    const matrix = await confusion(page, name);
    expect(total(matrix)).toBe(75);
    expect(right(matrix)).toBeGreaterThanOrEqual(68);
    expect(matrix[0]).toEqual([25, 0, 0]);
  }
  await expect(page.getByRole("rowheader", { name: "virginica" }).first()).toBeVisible();
  const weights = await page.evaluate(() => Promise.all(
    /** @type {any} */ (document.querySelector("bce-classes-stage")).contest.clients
      .map(async (/** @type {any} */ client) => [...await client.initialParameters()])));
  expect(weights[0]).toEqual(weights[1]);

  await page.getByRole("combobox", { name: "Across" }).selectOption({ label: "Sepal width" });
  await expect(page.locator(".class-probe caption")).toContainText("sepal width");
  await expect.poll(() => page.url()).toContain("classes_x=sepal_width");
});
