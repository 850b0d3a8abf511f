// How long training goes on by itself, in which steps, and what is noticed and said when it goes wrong.

import { anotherRun, expect, losses, notices, open, pause, shown, stateOf, test, trained, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** @param {Page} page */
const where = (page) => page.evaluate(() => {
  const { epoch = 0, step = 0, sample = 0 } = window.playground.frame ?? {};
  return { epoch, step, sample };
});
/** @param {Page} page */
const menu = (page) => page.getByRole("button", { name: "More ways to train" }).click();
/** @param {Page} page @param {string} name @param {string} value */
async function type(page, name, value) {
  const box = page.getByRole("spinbutton", { name: new RegExp(`^${name}(, exact value)?$`) });
  await box.fill(value);
  await box.press("Enter");
}
const paused = (/** @type {Page} */ page) => expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();

test("one point, one batch, one epoch: each goes on where the other has stopped", async ({ page }) => {
  await open(page);
  await pause(page);
  await anotherRun(page, () => page.getByRole("button", { name: "Reset" }).click());
  await menu(page);
  for (const sample of [1, 2, 3]) {
    await page.getByRole("button", { name: "1 point" }).click();
    await expect.poll(() => where(page)).toEqual({ epoch: 0, step: 0, sample });
  }
  await expect(page.locator("[data-value=sample]")).toHaveText("+ 3 points");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "1 batch" }).click();
  await expect.poll(() => where(page)).toEqual({ epoch: 0, step: 1, sample: 0 });
  await page.getByRole("button", { name: "1 epoch" }).click();
  await expect.poll(() => where(page)).toEqual({ epoch: 1, step: 0, sample: 0 });
});

test("so many epochs from here, and then a pause; the losses are those of playing on", async ({ page }) => {
  await trained(page, 60);
  const first = await losses(page, 50);
  await anotherRun(page, () => page.getByRole("button", { name: "Reset" }).click());
  await menu(page);
  await type(page, "Epochs", "25");
  for (const epoch of [25, 50]) {
    await page.getByRole("button", { name: "Train them" }).click();
    await expect.poll(async () => (await where(page)).epoch).toBe(epoch);
    await paused(page);
  }
  expect(await losses(page, 50)).toEqual(first);
  await expect(notices(page)).toHaveCount(0);
});

test("it pauses at the first epoch whose loss is below what is set, on every machine the same", async ({ page }) => {
  await open(page, "#train_loss_below=0.3&speed=max");
  await expect(notices(page)).toContainText(/Paused at epoch \d+: the train loss is 0.2\d+/);
  await paused(page);
  const { epoch } = await where(page);
  const column = await page.evaluate(() => Array.from(window.playground.curve.column("train_loss")));
  expect(column.findIndex((loss) => loss < 0.3)).toBe(epoch);
  // Who plays on has seen it.
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await untilEpoch(page, epoch + 20);
});

test("it pauses when an accuracy is reached, when there is no gain, and at an epoch", async ({ page }) => {
  await open(page, "#dataset=gauss&noise=30&speed=max");
  await pause(page);
  await menu(page);
  const play = page.getByRole("button", { name: "Play", exact: true });
  await type(page, "Train accuracy, %", "80");
  expect((await stateOf(page)).accuracy_from).toBe(0.8);
  await expect(page).toHaveURL(/accuracy_from=0.8/);
  await page.keyboard.press("Escape");
  await anotherRun(page, () => page.getByRole("button", { name: "Reset" }).click());
  await play.click();
  await expect(notices(page).last()).toContainText("the share of right training points is");
  // The notice comes with the worker's answer, the number with the next picture.
  await expect.poll(() => shown(page, "accuracy-train")).toBeGreaterThanOrEqual(80);

  await menu(page);
  await page.getByRole("spinbutton", { name: "Train accuracy, %" }).fill("");
  await page.getByRole("spinbutton", { name: "Train accuracy, %" }).press("Enter");
  expect((await stateOf(page)).accuracy_from).toBeNull();
  await type(page, "Epochs without gain", "7");
  await page.keyboard.press("Escape");
  await play.click();
  await expect(notices(page).last()).toContainText("7 epochs without a lower test loss");
  const { epoch } = await where(page);
  await menu(page);
  await type(page, "Epochs without gain", "1000000");
  await type(page, "Epoch reached", String(epoch + 33));
  await page.keyboard.press("Escape");
  await play.click();
  await expect(notices(page).last()).toContainText(`Paused at epoch ${epoch + 33}, as set`);
  expect((await where(page)).epoch).toBe(epoch + 33);
});

test("slow motion goes from point to point", async ({ page }) => {
  await open(page, "#speed=sample");
  await expect(page.locator("bce-speed output")).toHaveText("slow: 1 point");
  await expect.poll(async () => (await where(page)).sample).toBeGreaterThan(1);
  expect((await where(page)).epoch).toBe(0);
  await page.getByRole("slider", { name: "Speed" }).press("End");
  await untilEpoch(page, 5);
  await page.getByRole("slider", { name: "Speed" }).press("Home");
  await expect.poll(async () => (await where(page)).sample).toBeGreaterThan(0);
  const { epoch } = await where(page);
  await page.waitForTimeout(1500);
  expect((await where(page)).epoch).toBe(epoch);
});

test("Reset rewinds to the same weights; New weights are others", async ({ page }) => {
  await open(page);
  await pause(page);
  const weights = async () => page.evaluate(async () => Array.from(await window.playground.client.parameters()));
  await anotherRun(page, () => page.getByRole("button", { name: "Reset" }).click());
  const first = await weights();
  await page.getByRole("button", { name: "1 epoch" }).click();
  await expect.poll(weights).not.toEqual(first);
  await anotherRun(page, () => page.getByRole("button", { name: "Reset" }).click());
  expect(await weights()).toEqual(first);
  await menu(page);
  await anotherRun(page, () => page.getByRole("button", { name: "New weights" }).click());
  expect(await weights()).not.toEqual(first);
  expect((await stateOf(page)).seed).toBe(4);
});

/** @param {Page} page @param {string} name of a preset @param {string} [speed] */
async function preset(page, name, speed) {
  await page.getByRole("button", { name: /^Examples/ }).click();
  await anotherRun(page, () => page.getByRole("button", { name: new RegExp(`^${name}`) }).click());
  if (!speed) await page.getByRole("slider", { name: "Speed" }).press("End");
}

test("stuck near 0.693 is noticed, said in one line, and explained", async ({ page }) => {
  await open(page);
  // At full speed it would be through in a moment.
  await preset(page, "Stuck at", "1000");
  const line = page.locator(".health");
  await expect(line).toContainText("The loss stands at 0.693: no better than one answer for all.", { timeout: 20_000 });
  await line.getByRole("button", { name: "Why?" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("ln 2 = 0.693");
  await expect(dialog).toContainText("take Adam instead of SGD");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  // Another run begins with a clean slate.
  await anotherRun(page, () => page.getByRole("radio", { name: "Gauss" }).click());
  await expect(line).toHaveText("");
});

test("one class for all is noticed, and pos_weight helps", async ({ page }) => {
  await open(page);
  await preset(page, "One in twenty 5", "as it is");
  const line = page.locator(".health");
  await expect(line).toContainText("Every point is taken for class 0.", { timeout: 20_000 });
  expect(await shown(page, "accuracy-train")).toBe(95);
  await page.getByRole("slider", { name: "pos_weight" }).focus();
  for (let k = 0; k < 4; k += 1) await page.keyboard.press("ArrowRight");
  await expect(line).toHaveText("", { timeout: 20_000 });
});

test("dead ReLUs are counted", async ({ page }) => {
  await open(page);
  await preset(page, "Dead ReLUs");
  await expect(page.locator(".health")).toContainText(/\d+ % of the ReLUs of hidden layer \d are dead/, { timeout: 20_000 });
});

test("a run that is well is told nothing", async ({ page }) => {
  await open(page, "#speed=max");
  await untilEpoch(page, 400);
  await page.waitForTimeout(2500);
  await expect(page.locator(".health")).toHaveText("");
});

test("an infinity: what, where, why, and back to the last good state with a smaller rate", async ({ page }) => {
  await open(page, "#dataset=moons&loss=BCEWithLogitsLoss&activation=identity&reduction=sum&optimizer=SGD&lr=0.001&hidden_layer_sizes=8,8,8&speed=max");
  await untilEpoch(page, 30);
  await type(page, "Learning rate", "1000");
  const said = notices(page).filter({ hasText: "not a finite number" });
  await expect(said).toContainText(/Paused at epoch [\d,]+, batch \d+: .+ is not a finite number any more\. With the reduction “sum” a batch of 10 makes steps 10 times as large/);
  await paused(page);
  await said.getByRole("button", { name: "Why?" }).click();
  await expect(page.getByRole("dialog")).toContainText("float32");
  await page.keyboard.press("Escape");
  await said.getByRole("button", { name: /Go back, and on with rate/ }).click();
  await expect(notices(page).filter({ hasText: /Back at epoch [\d,]+, and on with learning rate 10/ })).toBeVisible();
  expect((await stateOf(page)).lr).toBe(10);
  const finite = await page.evaluate(() => Array.from(window.playground.curve.column("eval_loss")).every(Number.isFinite));
  expect(finite).toBe(true);
});
