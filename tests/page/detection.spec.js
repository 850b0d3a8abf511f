// Detection as multi-label: boxes, cells, the parts of the loss, and an image of one's own.

import { findings } from "./axe.js";
import { anotherRun, expect, open, shown, stateOf, test } from "./playground.js";

/** @import { Locator, Page } from "@playwright/test" */

/** Few images, a small network, and an end: so every machine gets to the same place. */
const SMALL = "#task=detection&shapes_samples=1500&shapes_noise=0&shapes_distractors=0&detection_layers=64"
  + "&detection_lr=0.003&detection_batch=64&until_epoch=30&speed=max";

/** Opens the task and waits for the end of its training, and until all that is shown is of that. @param {Page} page @param {string} hash */
async function train(page, hash) {
  await open(page, hash);
  await page.waitForFunction(() => window.playground.frame?.epoch === 30 && window.playground.frame.playing === false,
    undefined, { timeout: 45_000 });
}

/** @param {Page} page */
const map = async (page) => Number(await page.locator("[data-map]").textContent());
/** @param {Page} page @param {string} name */
const part = async (page, name) => Number(await page.locator(`[data-part=${name}]`).textContent());

/** @param {Page} page @param {"positive" | "negative"} kind */
const count = async (page, kind) =>
  Number((await page.locator(`[data-cells=${kind}]`).textContent())?.replace(",", ""));

/** What the canvas shows, as a text that is another one for another picture. @param {Locator} canvas */
const picture = (canvas) => canvas.evaluate((element) => /** @type {HTMLCanvasElement} */ (element).toDataURL());

test("it is trained to find shapes, and every view says so", async ({ page }) => {
  await train(page, SMALL);

  // The core's numbers after 30 epochs; mAP rests with the last of them.
  await expect.poll(() => map(page)).toBeGreaterThan(0.27);
  const { loss, label_loss = NaN, objectness_loss = NaN, class_loss = NaN, box_loss = NaN } =
    await page.evaluate(() => window.playground.client.evaluate("test"));
  expect(loss).toBeLessThan(0.25);
  await expect.poll(() => part(page, "objectness")).toBeCloseTo(objectness_loss, 4);
  expect(await part(page, "classes")).toBeCloseTo(class_loss, 4);
  expect(await part(page, "boxes")).toBeCloseTo(box_loss, 4);
  await expect(page.locator(".parts .parts-sum")).toContainText(`${loss.toFixed(4)} = ${label_loss.toFixed(4)}`);
  for (const name of ["disc", "square", "triangle"]) {
    expect(Number(await page.locator(`[data-ap=${name}]`).textContent())).toBeGreaterThan(0.1);
  }
  // The curve has the loss of the batches and of the test images, and the training images are not evaluated for it.
  const columns = await page.evaluate(() => ["train_loss", "test_loss", "eval_loss"].map((name) =>
    window.playground.curve.column(/** @type {any} */ (name))[30]));
  expect(columns[1]).toBeCloseTo(loss, 6);
  expect(columns[0]).toBeLessThan(columns[1]);
  expect(columns[2]).toBeNaN();

  // Sixteen cells an image, most of them without an object.
  expect(await count(page, "positive") + await count(page, "negative")).toBe(1500 * 16);
  expect(await count(page, "negative")).toBeGreaterThan(4 * await count(page, "positive"));

  // Where more is asked for, less is found.
  const gallery = page.locator("bce-detection-gallery canvas");
  await expect(gallery).toHaveCount(6);
  const found = () => page.evaluate(() =>
    /** @type {any} */ (document.querySelector("bce-detection-stage")).finder.found.scores.length);
  const before = await found();
  expect(before).toBeGreaterThan(0);
  const drawn = await picture(gallery.first());
  await page.getByRole("slider", { name: "Score from" }).fill("0.99");
  await expect.poll(found).toBeLessThan(before);
  await page.getByRole("slider", { name: "Score from" }).fill("0.05");
  await expect.poll(found).toBeGreaterThan(before);
  // Without suppression all boxes of all cells stay.
  const suppressed = await found();
  await page.getByRole("slider", { name: "NMS IoU" }).fill("1");
  await expect.poll(found).toBeGreaterThan(suppressed);
  expect(await picture(gallery.first())).not.toBe(drawn);

  // Other images.
  await page.getByRole("button", { name: "The next images" }).click();
  await expect(page.locator(".gallery-turn")).toContainText("7–12 of 500");
  await page.getByRole("button", { name: "Look closely at test image 9" }).click();
  await expect.poll(() => page.url()).toContain("detection_image=8");

  // The loss is another one at once, without a new run.
  const run = await page.evaluate(() => window.playground.frame?.run);
  await page.getByLabel("Loss of the labels", { exact: true }).selectOption({ label: "BCE with pos_weight" });
  await expect(page.getByRole("slider", { name: "pos_weight" })).toBeVisible();
  await expect.poll(() => part(page, "objectness")).toBeGreaterThan(1.2 * objectness_loss);
  await page.getByLabel("Loss of the labels", { exact: true }).selectOption({ label: "Focal loss" });
  await expect.poll(() => part(page, "objectness")).toBeLessThan(objectness_loss);
  expect(await page.evaluate(() => window.playground.frame?.run)).toBe(run);
  await page.getByRole("button", { name: "formula" }).first().click();
  await expect(page.locator("#formula-detection_loss math")).toBeVisible();
  await page.keyboard.press("Escape");

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    // Without motion no colour is looked at on its way to another.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await findings(page)).toEqual([]);
  }
  // With less room the page scrolls, and no chart grows by what it draws.
  await page.setViewportSize({ width: 1000, height: 700 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(1500);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("what one draws is looked at at once, by mouse and by keyboard, and undone stroke by stroke", async ({ page }) => {
  await train(page, SMALL);
  await page.getByRole("radio", { name: "Your own" }).check();
  const pad = page.getByRole("application", { name: "Your image: draw here" });
  await expect(page.getByText("Draw here, or stamp a shape")).toBeVisible();
  const picture_of = page.locator("bce-detection-cells canvas");
  const empty = await picture(picture_of);

  await page.getByRole("radio", { name: "Stamp a square" }).check();
  await pad.click({ position: { x: 100, y: 100 } });
  await expect(page.locator(".found-list")).toContainText("square");
  await expect.poll(() => picture(picture_of)).not.toBe(empty);
  const stamped = (await stateOf(page)).drawing;
  expect(stamped.length).toBe(576);

  // A stroke of the pen, one change.
  await page.getByRole("radio", { name: "Pen" }).check();
  const box = /** @type {{ x: number, y: number }} */ (await pad.boundingBox());
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 280, box.y + 260, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await stateOf(page)).drawing).not.toBe(stamped);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await stateOf(page)).drawing).toBe(stamped);

  // By keyboard: a triangle four pixels to the right and four below the middle.
  await page.getByRole("radio", { name: "Stamp a triangle" }).check();
  await pad.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Space");
  await expect.poll(async () => (await stateOf(page)).drawing).not.toBe(stamped);
  expect((await stateOf(page)).drawing[16 * 24 + 16]).toBe("f");
  expect(await shown(page, "epoch")).toBe(30);

  // The link has the drawing.
  await expect.poll(() => page.url()).toContain("drawing=");
  await page.getByRole("button", { name: "Clear" }).click();
  await expect.poll(async () => (await stateOf(page)).drawing).toBe("");

  // Another grid is another network on the same images; the run before goes on as a ghost.
  await anotherRun(page, () => page.getByRole("slider", { name: "Grid" }).fill("6"));
  await expect.poll(() => count(page, "positive").then(async (cells) => cells + await count(page, "negative"))).toBe(1500 * 36);
  await expect(page.locator(".chip.run")).toHaveCount(1);
});
