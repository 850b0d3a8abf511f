// The loss chart: what it shows, how it is looked at closely, and what can be taken away from it.

import { readFile } from "node:fs/promises";
import { expect, losses, open, pause, test, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** The file that a press on this button saves. @param {Page} page @param {string} name */
async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("the numbers are saved as a CSV with every digit", async ({ page }) => {
  await open(page, "#speed=max");
  await untilEpoch(page, 60);
  await pause(page);
  const { name, bytes } = await saved(page, "Save numbers (CSV)");
  expect(name).toBe("loss.csv");
  const [head, ...rows] = bytes.toString().trimEnd().split("\n").map((line) => line.split(","));
  const columns = ["epoch", "eval_loss", "test_loss", "train_loss", "accuracy"].map((each) => head.indexOf(each));
  const read = rows.slice(0, 51).map((row) => columns.map((column) => row[column]).join(" "));
  expect(read).toEqual(await losses(page, 50));
});

test("the picture is saved as a PNG with its title and key", async ({ page }) => {
  await open(page, "#speed=max");
  await untilEpoch(page, 60);
  await pause(page);
  const { name, bytes } = await saved(page, "Save picture (PNG)");
  expect(name).toBe("loss.png");
  const seen = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return { width: image.width, corner: [...data.slice(0, 4)], colours: new Set(new Uint32Array(data.buffer)).size };
  }, bytes.toString("base64"));
  expect(seen.width).toBeGreaterThan(600);
  expect(seen.corner).toEqual([255, 255, 255, 255]);
  expect(seen.colours).toBeGreaterThan(20);
});
