// The loss chart: what it shows, how it is looked at closely, and what can be taken away from it.

import { readFile } from "node:fs/promises";
import { formatLoss } from "../../www/format.js";
import { createPoints, nonFinite } from "../../www/views/curve/lines.js";
import { logTicks } from "../../www/views/curve/ranges.js";
import { defaults } from "../../www/fields.js";
import { Runs } from "../../www/runs.js";
import { findings } from "./axe.js";
import { anotherRun, expect, losses, notices, open, pause, stateOf, test, trained, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** The plot's box on the page: without its axes. @param {Page} page */
async function plotBox(page) {
  const plot = page.locator(".chart .u-over");
  // While it takes another size there is none.
  await expect.poll(() => plot.boundingBox()).not.toBeNull();
  const box = await plot.boundingBox();
  if (!box) throw new Error("no chart");
  return box;
}

/** Points at the plot, by shares of its width and height. @param {Page} page @param {number} x @param {number} [y] */
async function pointAt(page, x, y = 0.5) {
  const { x: left, y: top, width, height } = await plotBox(page);
  await page.mouse.move(left + 1 + x * (width - 2), top + y * height);
}

/** What stands beside the pointer. @param {Page} page @param {string} part */
const readout = (page, part) => page.locator(`.readout [data-part=${part}]`);

/** The epoch under the pointer there. @param {Page} page @param {number} x */
async function epochAt(page, x) {
  await pointAt(page, x);
  const text = (await readout(page, "epoch").textContent()) ?? "";
  return Number(text.replace(/[^\d]/g, ""));
}

/** The first and the last epoch that the plot shows a point of. @param {Page} page */
const epochsShown = async (page) => [await epochAt(page, 0), await epochAt(page, 1)];

/** How many of the chart's pixels have a colour of the style sheet. @param {Page} page @param {string} name */
const inked = (page, name) => page.evaluate((token) => {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(".chart canvas"));
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext("2d", { willReadFrequently: true }));
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token);
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  context.clearRect(0, 0, 1, 1);
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  let count = 0;
  for (let k = 0; k < data.length; k += 4) {
    const far = Math.abs(data[k] - red) + Math.abs(data[k + 1] - green) + Math.abs(data[k + 2] - blue);
    if (data[k + 3] > 100 && far < 12) count += 1;
  }
  return count;
}, name);

/** Opens one of the chart's menus. @param {Page} page @param {string} name */
const openMenu = (page, name) => page.getByRole("button", { name, exact: true }).click();
const MORE = "More about the chart";
const RUNS = "Compare runs";
const WHOLE = "Show the whole curve";

/** Presses the button for another seed. @param {Page} page */
async function newWeights(page) {
  await page.getByRole("tab", { name: "Weights" }).click();
  await page.getByRole("button", { name: "New weights" }).click();
}

/** The file that a press on this button saves. @param {Page} page @param {string} name */
async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** A CSV's rows of cells. @param {Buffer} bytes */
const rowsOf = (bytes) => bytes.toString().trimEnd().split("\n").map((line) => line.split(","));

/** A curve for the chart's parts that need no page. @param {Record<string, number[]>} columns */
function curveOf(columns) {
  return /** @type {any} */ ({ cuts: 0, length: columns.epoch.length, column: (/** @type {string} */ name) => columns[name] });
}

test("the values under the pointer are those that are recorded, on both scales", async ({ page }) => {
  await trained(page, 300);
  const epoch = await epochAt(page, 0.2);
  const [row] = (await losses(page, epoch)).slice(-1).map((text) => text.split(" ").map(Number));
  expect(row[0]).toBe(epoch);
  await expect(readout(page, "train")).toHaveText(formatLoss(row[1]));
  await expect(readout(page, "test")).toHaveText(formatLoss(row[2]));
  await page.getByRole("switch", { name: "Log scale" }).click();
  await expect(page).toHaveURL(/log_scale=true/);
  expect(await epochAt(page, 0.2)).toBe(epoch);
  await expect(readout(page, "train")).toHaveText(formatLoss(row[1]));
  await page.mouse.move(5, 5);
  await expect(page.locator(".readout")).toBeHidden();
});

test("by keyboard: the arrows read point after point, and a screen reader is told only then", async ({ page }) => {
  await trained(page, 100);
  const chart = page.getByRole("slider", { name: "Loss curve" });
  await chart.focus();
  await page.keyboard.press("Home");
  await expect(chart).toHaveAttribute("aria-valuetext", /^epoch 0, train \d\.\d{4}, test \d\.\d{4}$/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowLeft");
  await expect(chart).toHaveAttribute("aria-valuenow", "11");
  const [row] = (await losses(page, 11)).slice(-1).map((text) => text.split(" ").map(Number));
  await expect(chart).toHaveAttribute("aria-valuetext", `epoch 11, train ${formatLoss(row[1])}, test ${formatLoss(row[2])}`);
  await expect(readout(page, "epoch")).toHaveText("epoch 11");
  await page.keyboard.press("End");
  const last = await page.evaluate(() => window.playground.curve.last_epoch);
  await expect(chart).toHaveAttribute("aria-valuenow", String(last));
  const told = await chart.getAttribute("aria-valuetext");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await untilEpoch(page, last + 50);
  expect(await chart.getAttribute("aria-valuetext")).toBe(told);
});

test("a cursor by keyboard stays at its epoch while the curve grows", async ({ page }) => {
  await open(page, "#speed=1000");
  await untilEpoch(page, 15);
  await page.getByRole("slider", { name: "Loss curve" }).focus();
  await page.keyboard.press("Home");
  for (let k = 0; k < 10; k += 1) await page.keyboard.press("ArrowRight");
  await expect(readout(page, "epoch")).toHaveText("epoch 10");
  await untilEpoch(page, 90);
  await expect(readout(page, "epoch")).toHaveText("epoch 10");
});

test("log epochs give the first ones room, and epoch 0 its place at the left", async ({ page }) => {
  await trained(page, 1000);
  const middle = await epochAt(page, 0.5);
  await openMenu(page, MORE);
  await page.getByRole("switch", { name: "Log epochs" }).check();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/log_epoch=true/);
  expect(await epochAt(page, 0)).toBe(0);
  const now = await epochAt(page, 0.5);
  expect(now).toBeGreaterThan(1);
  expect(now).toBeLessThan(middle / 5);
});

test("ticks of a logarithmic axis: decades, with 2 and 5 where there is room, round numbers within one", () => {
  expect(logTicks(0.001, 1, 120, 30)).toEqual([0.001, 0.01, 0.1, 1]);
  expect(logTicks(0.01, 1, 600, 30)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  expect(logTicks(1e-12, 1, 120, 30).length).toBeLessThan(8);
  const within = logTicks(0.3, 0.6, 200, 30);
  expect(within.length).toBeGreaterThan(2);
  expect(within.every((value) => value >= 0.3 && value <= 0.6)).toBe(true);
});

test("smoothing: a moving mean without a start at 0, the recorded line faint behind it", async ({ page }) => {
  const curve = curveOf({ epoch: [0, 1, 2, 3], eval_loss: [1, 3, NaN, 3], test_loss: [0, 0, 0, 0] });
  const lines = [{ id: "train", label: "", colour: "", width: 1, scale: "y", columns: ["eval_loss"] }];
  const points = createPoints({ ...curve, cuts: -1 }, /** @type {any} */ (lines), { smoothing: 0.5, log: false });
  points.update();
  const [raw, smooth] = points.columns;
  expect(raw).toEqual([1, 3, null, 3]);
  expect(smooth[0]).toBe(1);
  expect(smooth[1]).toBeCloseTo((0.5 * 0.5 * 1 + 0.5 * 3) / 0.75, 12);
  expect(smooth[2]).toBe(null);

  await trained(page, 400, "#lr=0.1");
  const sharp = await inked(page, "--test");
  await openMenu(page, MORE);
  await page.getByRole("slider", { name: "Smoothing" }).fill("0.95");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/smoothing=0.95/);
  // A smooth line is shorter than a jagged one.
  const blunt = await inked(page, "--test");
  expect(blunt).toBeGreaterThan(20);
  expect(blunt).toBeLessThan(sharp * 0.8);
});

test("the wheel zooms around the pointer, a button shows everything again", async ({ page }) => {
  await trained(page, 500);
  const [first, last] = await epochsShown(page);
  const whole = page.getByRole("button", { name: WHOLE });
  await expect(whole).toBeDisabled();
  const pointed = await epochAt(page, 0.3);
  await page.mouse.wheel(0, -400);
  await expect(whole).toBeEnabled();
  expect(Math.abs(await epochAt(page, 0.3) - pointed)).toBeLessThan(0.02 * last);
  const [from, to] = await epochsShown(page);
  expect(from).toBeGreaterThan(first);
  expect(to).toBeLessThan(last);
  await whole.click();
  expect(await epochsShown(page)).toEqual([first, last]);
  await expect(whole).toBeDisabled();
});

for (const log of [false, true]) {
  test(`over the axis of the losses the wheel zooms them (log_scale=${log})`, async ({ page }) => {
    await trained(page, 500, `#log_scale=${log}`);
    const { x, y } = await plotBox(page);
    const [, last] = await epochsShown(page);
    const before = await inked(page, "--train");
    await page.mouse.move(x - 12, y + 4);
    for (let k = 0; k < 3; k += 1) await page.mouse.wheel(0, -300);
    await expect(page.getByRole("button", { name: WHOLE })).toBeEnabled();
    expect(await inked(page, "--train")).not.toBe(before);
    expect((await epochsShown(page))[1]).toBe(last);
    await page.mouse.move(x - 12, y + 4);
    for (let k = 0; k < 3; k += 1) await page.mouse.wheel(0, 300);
    await expect(page.getByRole("button", { name: WHOLE })).toBeDisabled();
  });
}

test("a drag chooses a part, the next one moves it, a double click shows everything", async ({ page }) => {
  await trained(page, 500);
  const all = await epochsShown(page);
  const [a, b] = [await epochAt(page, 0.2), await epochAt(page, 0.4)];
  await pointAt(page, 0.2);
  await page.mouse.down();
  await pointAt(page, 0.3);
  await pointAt(page, 0.4);
  await page.mouse.up();
  const part = await epochsShown(page);
  const near = 0.03 * all[1];
  expect(Math.abs(part[0] - a) + Math.abs(part[1] - b)).toBeLessThan(near);
  await pointAt(page, 0.2);
  await page.mouse.down();
  await pointAt(page, 0.5);
  await pointAt(page, 0.7);
  await page.mouse.up();
  const moved = await epochsShown(page);
  expect(moved[0]).toBeLessThan(part[0]);
  expect(Math.abs((moved[1] - moved[0]) - (part[1] - part[0]))).toBeLessThan(near);
  await pointAt(page, 0.5);
  await page.mouse.dblclick((await plotBox(page)).x + 50, (await plotBox(page)).y + 50);
  expect(await epochsShown(page)).toEqual(all);
});

test("by keyboard: plus and minus zoom, Shift and arrows move, 0 shows everything", async ({ page }) => {
  await trained(page, 500);
  const all = await epochsShown(page);
  await page.mouse.move(5, 5);
  await page.getByRole("slider", { name: "Loss curve" }).focus();
  await page.keyboard.press("Home");
  for (let k = 0; k < 20; k += 1) await page.keyboard.press("PageUp");
  for (let k = 0; k < 5; k += 1) await page.keyboard.press("+");
  await expect(readout(page, "epoch")).toHaveText("epoch 200");
  const part = await epochsShown(page);
  expect(part[0]).toBeLessThan(200);
  expect(part[1]).toBeGreaterThan(200);
  expect(part[1] - part[0]).toBeLessThan(0.3 * (all[1] - all[0]));
  await page.keyboard.press("Shift+ArrowRight");
  const moved = await epochsShown(page);
  expect(moved[0]).toBeGreaterThan(part[0]);
  await page.keyboard.press("0");
  expect(await epochsShown(page)).toEqual(all);
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a finger reads the values, two fingers zoom", async ({ page }) => {
    await trained(page, 500);
    await page.locator(".chart").scrollIntoViewIfNeeded();
    const { x, y, width, height } = await plotBox(page);
    await page.touchscreen.tap(x + width * 0.3, y + height / 2);
    await expect(readout(page, "train")).toHaveText(/^\d\.\d/);
    const touch = await page.context().newCDPSession(page);
    const fingers = (/** @type {string} */ type, /** @type {number[]} */ ...shares) => touch.send("Input.dispatchTouchEvent", {
      type: /** @type {any} */ (type),
      touchPoints: shares.map((share, id) => ({ x: x + width * share, y: y + height / 2, id })),
    });
    await fingers("touchStart", 0.4, 0.6);
    await fingers("touchMove", 0.3, 0.7);
    await fingers("touchMove", 0.1, 0.9);
    await fingers("touchEnd");
    await expect(page.getByRole("button", { name: WHOLE })).toBeEnabled();
    expect(await epochAt(page, 0)).toBeGreaterThan(20);
  });
});

test("what was changed by hand is marked where it was, with its value, and is in the CSV", async ({ page }) => {
  await open(page, "#speed=300&batch_size=50");
  await untilEpoch(page, 30);
  const rate = page.getByRole("spinbutton", { name: "Learning rate" });
  await rate.fill("0.03");
  await rate.press("Enter");
  await expect(notices(page)).toContainText("Learning rate changed at epoch");
  const text = (await notices(page).textContent()) ?? "";
  const epoch = Number(/epoch ([\d,]+)/.exec(text)?.[1].replace(",", ""));
  await untilEpoch(page, epoch + 30);
  await pause(page);
  const chart = page.getByRole("slider", { name: "Loss curve" });
  await chart.focus();
  await page.keyboard.press("Home");
  for (let k = 0; k < epoch + 1; k += 1) await page.keyboard.press("ArrowRight");
  await expect(chart).toHaveAttribute("aria-valuetext", /lr 0\.03/);
  await expect(page.locator(".readout-mark")).toHaveText("lr 0.03");
  await page.keyboard.press("Home");
  await expect(page.locator(".readout-mark")).toHaveCount(0);
  await openMenu(page, MORE);
  const [head, ...rows] = rowsOf((await saved(page, "Save numbers (CSV)")).bytes);
  const marked = rows.filter((row) => row[head.indexOf("changed")] !== "");
  expect(marked).toHaveLength(1);
  expect(marked[0][head.indexOf("changed")]).toBe("lr 0.03");
  expect(Math.abs(Number(marked[0][0]) - epoch)).toBeLessThanOrEqual(1);
});

test("a slider on its way leaves one mark, and a change before training none", async ({ page }) => {
  await open(page, "#speed=300&batch_size=50");
  await pause(page);
  await anotherRun(page, () => page.getByRole("button", { name: "Reset", exact: true }).click());
  const slider = page.getByRole("slider", { name: "Learning rate" });
  await slider.press("ArrowRight");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await untilEpoch(page, 30);
  // In one go, however slow the machine is: marks are told apart by the time between them.
  await slider.evaluate((/** @type {HTMLInputElement} */ input) => {
    for (let k = 0; k < 3; k += 1) {
      input.stepDown();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await untilEpoch(page, 60);
  await pause(page);
  await openMenu(page, MORE);
  const [head, ...rows] = rowsOf((await saved(page, "Save numbers (CSV)")).bytes);
  expect(rows.map((row) => row[head.indexOf("changed")]).filter(Boolean)).toEqual(["lr 0.001"]);
});

test("marks: back to the old value is none, and going on from an earlier epoch forgets the later ones", () => {
  const session = Object.assign(new EventTarget(), { curve: { last_epoch: 0 } });
  const runs = new Runs(/** @type {any} */ (session));
  const values = defaults();
  session.dispatchEvent(new CustomEvent("run", { detail: { values } }));
  const change = (/** @type {number} */ epoch, /** @type {number} */ lr) => session.dispatchEvent(
    new CustomEvent("changed", { detail: { epoch, keys: ["lr"], values: { ...values, lr }, text: null } }));
  const edit = (/** @type {number} */ epoch, /** @type {string} */ key) => session.dispatchEvent(
    new CustomEvent("changed", { detail: { epoch, keys: [], values, text: { key } } }));
  const marks = () => runs.present?.marks.map(({ epoch, after, text }) => [epoch, text?.key ?? after]);
  change(30, 0.1);
  change(30, values.lr);
  expect(marks()).toEqual([]);
  change(40, 0.3);
  edit(50, "curve.points_changed");
  edit(51, "curve.points_changed");
  expect(marks()).toEqual([[40, 0.3], [51, "curve.points_changed"]]);
  runs.forgetAfter(45);
  expect(marks()).toEqual([[40, 0.3]]);
});

test("where a loss is not finite there is a red mark, and the line before it stays", async ({ page, faults }) => {
  expect(nonFinite(curveOf({ epoch: [0, 1, 2, 3], eval_loss: [1, 2, NaN, NaN], test_loss: [1, Infinity, 1, 1] })))
    .toEqual([{ epoch: 2, text: "NaN" }, { epoch: 1, text: "∞" }]);
  await trained(page, 30, "#optimizer=SGD&lr=0.03&speed=300&batch_size=50&loss=BCEWithLogitsLoss");
  expect(await inked(page, "--error")).toBe(0);
  const rate = page.getByRole("spinbutton", { name: "Learning rate" });
  const weights = await page.evaluate(async () => {
    const dict = await window.playground.client.stateDict();
    dict["0.weight"].data[0] = NaN;
    return window.playground.client.loadStateDict(dict).then(() => Object.keys(dict).length);
  });
  expect(weights).toBeGreaterThan(0);
  await expect(notices(page).filter({ hasText: "not a finite number" })).toBeVisible();
  await expect.poll(() => inked(page, "--error")).toBeGreaterThan(30);
  expect(await inked(page, "--train")).toBeGreaterThan(10);
  await expect(rate).toBeVisible();
  expect(faults).toEqual([]);
});

test("the mark of a NaN is in the picture where the axis would end before it", async ({ page }) => {
  await open(page, "#optimizer=SGD&batch_size=50&loss=BCEWithLogitsLoss&speed=3000&until_epoch=50");
  await page.waitForFunction(() => window.playground.frame?.playing === false && window.playground.frame.epoch === 50);
  const batch = page.getByRole("button", { name: "1 batch" });
  for (let step = 1; step <= 4; step += 1) {
    await batch.click();
    await page.waitForFunction((wanted) => window.playground.frame?.step === wanted, step);
  }
  await page.evaluate(async () => {
    const dict = await window.playground.client.stateDict();
    dict["0.weight"].data[0] = NaN;
    await window.playground.client.loadStateDict(dict);
  });
  await batch.click();
  await expect(notices(page).filter({ hasText: "not a finite number" })).toBeVisible();
  await expect.poll(() => inked(page, "--error")).toBeGreaterThan(30);
});

test("the last runs stay as ghosts, named by what differs, to hide, keep or drop", async ({ page }) => {
  await open(page, "#dataset=gauss&speed=1000&batch_size=50");
  await untilEpoch(page, 40);
  await anotherRun(page, () => page.getByRole("button", { name: "Add a hidden layer" }).click());
  const first = page.locator(".chip.run").first();
  await expect(first).toHaveText("hidden 12, 8");
  await untilEpoch(page, 40);
  expect(await inked(page, "--run-1")).toBeGreaterThan(5);
  await first.click();
  await expect(first).toHaveAttribute("aria-pressed", "false");
  expect(await inked(page, "--run-1")).toBe(0);
  await first.click();

  const rate = page.getByRole("spinbutton", { name: "Learning rate" });
  await rate.fill("0.1");
  await rate.press("Enter");
  await expect(first).toHaveText("hidden 12, 8 · lr 0.01");
  await anotherRun(page, () => page.getByRole("button", { name: "Reset", exact: true }).click());
  await expect(page.locator(".chip.run")).toHaveCount(2);
  await expect(page.locator(".chip.run").nth(1)).toHaveText("lr 0.01 → 0.1");

  await openMenu(page, RUNS);
  await expect(page.locator("table.runs tbody tr")).toHaveCount(3);
  await page.getByRole("button", { name: "Keep lr 0.01 → 0.1" }).click();
  await page.getByRole("button", { name: "Drop all that are not kept" }).click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(2);
  await page.getByRole("button", { name: "Drop lr 0.01 → 0.1" }).click();
  await expect(page.locator(".chip.run")).toHaveCount(0);
});

test("a run of a handful of epochs leaves no ghost, and the same run twice leaves one", async ({ page }) => {
  await open(page, "#speed=1");
  await page.waitForTimeout(300);
  await anotherRun(page, () => newWeights(page));
  await expect(page.locator(".chip.run")).toHaveCount(0);
  await page.getByRole("slider", { name: "Speed" }).press("End");
  for (let k = 0; k < 2; k += 1) {
    await untilEpoch(page, 40);
    await anotherRun(page, () => page.getByRole("button", { name: "Reset", exact: true }).click());
    await page.getByRole("button", { name: "Play", exact: true }).click();
  }
  await untilEpoch(page, 1);
  await expect(page.locator(".chip.run")).toHaveCount(1);
  await expect(page.locator(".chip.run")).toHaveText("same settings");
});

test("six runs stay, the oldest gives way, but not one that is kept", async ({ page }) => {
  await open(page, "#dataset=gauss&speed=max&batch_size=50&seed=0");
  await untilEpoch(page, 25);
  for (let k = 0; k < 8; k += 1) {
    await anotherRun(page, () => newWeights(page));
    if (k === 0) {
      await openMenu(page, RUNS);
      await page.getByRole("button", { name: "Keep seed 0" }).click();
      await page.keyboard.press("Escape");
    }
    await untilEpoch(page, 25);
  }
  const names = await page.locator(".chip.run").evaluateAll((chips) => chips.map((chip) => /** @type {HTMLElement} */ (chip).title));
  expect(names).toEqual(["seed 0", "seed 3", "seed 4", "seed 5", "seed 6", "seed 7"]);
  const colours = await page.locator(".chip.run .line-sample").evaluateAll((samples) =>
    samples.map((sample) => getComputedStyle(sample).borderTopColor));
  expect(new Set(colours).size).toBe(6);
});

test("runs are compared in a table: where each ended, the best test loss, and all of them as CSV", async ({ page }) => {
  await trained(page, 30, "#dataset=gauss&speed=max&batch_size=50");
  const ended = await page.evaluate(() => {
    const { curve } = window.playground;
    return { epoch: curve.last_epoch, loss: curve.column("test_loss")[curve.length - 1], length: curve.length };
  });
  await anotherRun(page, () => newWeights(page));
  await openMenu(page, RUNS);
  const row = page.locator("table.runs tbody tr", { hasText: "seed 3" });
  await expect(row.locator("td.figure").nth(0)).toHaveText(ended.epoch.toLocaleString("en"));
  await expect(row.locator("td.figure").nth(2)).toHaveText(formatLoss(ended.loss));
  await expect(row.locator("td.best")).toHaveCount(1);
  const [head, ...rows] = rowsOf((await saved(page, "Save all runs (CSV)")).bytes);
  expect(head.slice(0, 2)).toEqual(["run", "epoch"]);
  expect(rows.filter(([name]) => name === "seed 3")).toHaveLength(ended.length);
  expect(rows.filter(([name]) => name === "this run").length).toBeGreaterThan(0);
});

test("parts of the loss and the accuracy are drawn on demand; every line can be switched off", async ({ page }) => {
  await trained(page, 100);
  await openMenu(page, MORE);
  await page.getByRole("switch", { name: "Parts of the loss" }).check();
  await page.getByRole("switch", { name: "Accuracy", exact: true }).check();
  await page.keyboard.press("Escape");
  await pointAt(page, 0.5);
  const k = await epochAt(page, 0.5);
  const [row] = (await losses(page, k)).slice(-1).map((text) => text.split(" ").map(Number));
  await expect(readout(page, "data")).toHaveText(formatLoss(row[3]));
  await expect(readout(page, "train-accuracy")).toHaveText(`${(row[4] * 100).toFixed(1)} %`);
  expect(await inked(page, "--test")).toBeGreaterThan(10);
  await page.getByRole("button", { name: "test", exact: true }).click();
  await page.getByRole("button", { name: "test acc." }).click();
  expect(await inked(page, "--test")).toBe(0);
  expect(await stateOf(page)).toMatchObject({ show_parts: true, show_accuracy: true });
});

test("with a penalty the parts are the data's loss and the penalty, and they add up to what is minimised", async ({ page }) => {
  await trained(page, 100, "#penalty=l2&lambda=0.003&show_parts=true");
  const epoch = await epochAt(page, 0.4);
  const [data, objective] = await page.evaluate((wanted) => {
    const { curve } = window.playground;
    const k = curve.column("epoch").indexOf(wanted);
    return [curve.column("train_loss")[k], curve.column("train_objective")[k]];
  }, epoch);
  expect(objective).toBeGreaterThan(data);
  await expect(readout(page, "data")).toHaveText(formatLoss(data));
  await expect(readout(page, "penalty")).toHaveText(formatLoss(objective - data));
  await expect(readout(page, "objective")).toHaveText(formatLoss(objective));
  expect(await inked(page, "--loss-penalty")).toBeGreaterThan(10);
});

test("nothing is drawn where nothing has changed", async ({ page }) => {
  await page.addInitScript(() => {
    const { clearRect } = CanvasRenderingContext2D.prototype;
    /** @type {any} */ (window).cleared = 0;
    CanvasRenderingContext2D.prototype.clearRect = function clear(...box) {
      if (this.canvas.closest(".chart")) /** @type {any} */ (window).cleared += 1;
      clearRect.apply(this, box);
    };
  });
  const cleared = () => page.evaluate(() => /** @type {any} */ (window).cleared);
  await open(page, "#speed=3");
  await untilEpoch(page, 1);
  const before = await cleared();
  const step = await page.evaluate(() => window.playground.frame?.step ?? 0);
  await page.waitForFunction((from) => (window.playground.frame?.step ?? 0) > from + 4, step);
  expect(await cleared()).toBe(before);
});

test("the chart fits a small box, with everything on", async ({ page }) => {
  await open(page, "#dataset=gauss&speed=max&batch_size=50&show_parts=true&show_accuracy=true&smoothing=0.6&log_epoch=true");
  for (let k = 0; k < 3; k += 1) {
    await untilEpoch(page, 60);
    await anotherRun(page, () => newWeights(page));
  }
  await untilEpoch(page, 60);
  await pause(page);
  for (const [width, height] of [[300, 180], [480, 260], [900, 500]]) {
    await page.evaluate(([w, h]) => {
      const chart = /** @type {HTMLElement} */ (document.querySelector("bce-loss-curve"));
      Object.assign(chart.style, { position: "fixed", left: "20px", top: "20px", width: `${w}px`, height: `${h}px`,
        zIndex: "50", background: "var(--panel)" });
    }, [width, height]);
    // What lies outside of the box.
    await expect.poll(() => page.evaluate(() => {
      const host = /** @type {HTMLElement} */ (document.querySelector("bce-loss-curve"));
      const { right, bottom } = host.getBoundingClientRect();
      return [...host.querySelectorAll("button, canvas, .curve-bar, .chart")]
        .filter((element) => element.checkVisibility() && !element.closest("[popover]"))
        .filter((element) => element.getBoundingClientRect().right > right + 1 || element.getBoundingClientRect().bottom > bottom + 1)
        .map((element) => element.outerHTML.slice(0, 80));
    }), `${width}×${height}`).toEqual([]);
    await expect.poll(async () => (await plotBox(page)).width).toBeGreaterThan(width * 0.5);
    expect((await plotBox(page)).height).toBeGreaterThan(height * 0.28);
    await page.screenshot({ path: `tests/page/screenshots/curve-${width}x${height}.png`,
      clip: { x: 0, y: 0, width: width + 40, height: height + 40 } });
  }
});

test("axe-core finds nothing in the chart and its menus, light and dark", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await trained(page, 40, "#dataset=gauss&speed=max&batch_size=50&show_parts=true&show_accuracy=true");
  await anotherRun(page, () => newWeights(page));
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const name of [MORE, RUNS]) {
      await openMenu(page, name);
      expect(await findings(page, ".panel.curve")).toEqual([]);
      await page.screenshot({ path: `tests/page/screenshots/curve-${name === MORE ? "menu" : "runs"}-${scheme}.png` });
      await page.keyboard.press("Escape");
    }
  }
});

test("the numbers are saved as a CSV with every digit", async ({ page }) => {
  await trained(page, 60);
  await openMenu(page, MORE);
  const { name, bytes } = await saved(page, "Save numbers (CSV)");
  expect(name).toBe("loss.csv");
  const [head, ...rows] = rowsOf(bytes);
  const columns = ["epoch", "eval_loss", "test_loss", "train_loss", "accuracy"].map((each) => head.indexOf(each));
  const read = rows.slice(0, 51).map((row) => columns.map((column) => row[column]).join(" "));
  expect(read).toEqual(await losses(page, 50));
});

test("the picture is saved as a PNG with its title and key", async ({ page }) => {
  await trained(page, 60);
  await openMenu(page, MORE);
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
  // The size is that of a slide, whatever that of the panel.
  expect(seen.width).toBeGreaterThan(1900);
  expect(seen.corner).toEqual([255, 255, 255, 255]);
  expect(seen.colours).toBeGreaterThan(20);
});
