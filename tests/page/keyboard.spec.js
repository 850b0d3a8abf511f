// A whole run without a pointer: from the page as it opens to a file of one's own.

import { readFile } from "node:fs/promises";

import { expect, open, shown, test } from "./playground.js";

/** @import { Locator, Page } from "@playwright/test" */

/** Goes on by the tab key until something has the focus. @param {Page} page @param {Locator} wanted @param {string} [key] */
async function tabTo(page, wanted, key = "Tab") {
  for (let k = 0; k < 120; k += 1) {
    await page.keyboard.press(key);
    if (await wanted.evaluateAll((elements) => elements.includes(/** @type {any} */ (document.activeElement)))) return;
  }
  throw new Error(`the tab key does not reach ${wanted}`);
}

test("by keyboard alone: an example, training, the threshold, a prediction, a weight, a file", async ({ page }) => {
  await open(page, "", "1000");
  const run = await page.evaluate(() => window.playground.frame?.run ?? 0);
  await tabTo(page, page.getByRole("button", { name: /^Examples/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: /^The tutorial's example/ }));
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => (window.playground.frame?.run ?? 0) > before, run);
  await tabTo(page, page.getByRole("slider", { name: "Speed" }));
  await page.keyboard.press("End");
  // The tutorial's two Linear layers and sigmoid tell the two clusters apart.
  await expect.poll(() => page.evaluate(() => {
    const { epoch = 0, accuracy = 0 } = window.playground.frame ?? {};
    return epoch < 100 ? 0 : accuracy;
  })).toBeGreaterThan(0.9);
  await tabTo(page, page.getByRole("button", { name: "Pause" }), "Shift+Tab");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeFocused();
  await page.waitForFunction(() => window.playground.frame?.playing === false);

  // A weight is set by hand, and taken back.
  const bias = () => page.evaluate(async () => (await window.playground.client.stateDict())["1.bias"].data[0]);
  const learnt = await bias();
  await tabTo(page, page.getByRole("button", { name: "layer 1, unit 1: weights and bias" }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "output" });
  await tabTo(page, editor.getByLabel("bias"));
  await page.keyboard.press("ArrowUp");
  await expect.poll(bias).not.toBe(learnt);
  await page.keyboard.press("Enter");
  await expect(editor).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect.poll(bias).toBe(learnt);

  // The picture's numbers are saved.
  await tabTo(page, page.getByRole("button", { name: "Save the decision boundary" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Save numbers (CSV)" }));
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect((await readFile(await download.path())).toString()).toMatch(/^x1,x2,probability\n/);

  // A prediction for a point that is typed.
  await tabTo(page, page.getByRole("application", { name: "Plane of the decision boundary" }));
  await page.keyboard.press("Enter");
  await expect(page.locator(".plane-said")).toHaveText(/probability \d\.\d{3}/);
  const probe = page.getByRole("group", { name: "Probe" });
  for (const [name, value] of [["x1", "2.5"], ["x2", "-1.5"]]) {
    await tabTo(page, probe.getByLabel(name));
    await page.keyboard.press("Control+a");
    await page.keyboard.type(value);
    await page.keyboard.press("Enter");
  }
  const p = await page.evaluate(async () =>
    (await window.playground.client.predict({ shape: [1, 2], data: [2.5, -1.5] })).data[0]);
  const told = probe.locator("div", { hasText: "Probability" }).locator("dd");
  await expect.poll(async () => Math.abs(Number((await told.textContent())?.replace("−", "-")) - p)).toBeLessThan(0.0001);

  // The loss curve is read by the arrow keys.
  await tabTo(page, page.getByRole("slider", { name: "Loss curve" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("slider", { name: "Loss curve" })).toHaveAttribute("aria-valuetext", /train/);

  // The threshold goes down to 0, and the counts follow: everything is called 1.
  await tabTo(page, page.getByRole("tab", { name: "Training" }));
  await page.keyboard.press("End");
  await expect(page.getByRole("tab", { name: "Metrics" })).toBeFocused();
  await expect.poll(() => shown(page, "tn")).toBeGreaterThan(0);
  await tabTo(page, page.getByRole("slider", { name: "Threshold" }));
  await page.keyboard.press("Home");
  expect(await page.evaluate(() => window.playground.state.threshold)).toBe(0);
  for (const [name, value] of /** @type {const} */ ([["tn", 0], ["fn", 0], ["recall", 1], ["specificity", 0]])) {
    await expect.poll(() => shown(page, name), name).toBe(value);
  }
});
