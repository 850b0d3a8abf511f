// Points drawn by hand on the decision boundary's plane: with the pointer, a finger, the keyboard.

import { decodePoints, encodePoints, snapped, spray } from "../../www/points.js";
import { findings } from "./axe.js";
import { at, clickAt, dragAlong } from "./plane.js";
import { anotherRun, expect, losses, notices, open, pause, stateOf, test, trained, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** The points of the state. @param {Page} page */
const pointsOf = async (page) => decodePoints((await stateOf(page)).points);

/** Opens an empty plane with the tools in hand. @param {Page} page @param {string} [speed] */
async function openEmpty(page, speed = "1") {
  await open(page, "#dataset=points", speed);
  await page.getByRole("button", { name: "Edit points" }).first().click();
  await expect(page.getByRole("toolbar", { name: "Tools to draw points" })).toBeVisible();
}

/** @param {Page} page @param {string} name */
const tool = (page, name) => page.getByRole("toolbar").getByRole("radio", { name });

test("points are four characters each, and what is written is read back", () => {
  const points = spray({ x: 1, y: -2 }, 4, 0, 500).map(({ x, y }, k) => ({
    x: snapped(x), y: snapped(y), label: /** @type {0 | 1} */ (k % 2), test: k % 3 === 0,
  }));
  const text = encodePoints(points);
  expect(text.length).toBe(2000);
  expect(text).toMatch(/^[\w-]*$/);
  expect(decodePoints(text)).toEqual(points);
  // Coordinates are float32's own, and the plane holds them.
  for (const { x, y } of points) {
    expect([Math.fround(x), Math.fround(y)]).toEqual([x, y]);
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(6);
  }
  expect([snapped(99), snapped(-99)]).toEqual([6 - 12 / 2048, -6]);
});

test("from an empty plane: click both classes, and the network learns them at once", async ({ page }) => {
  await openEmpty(page, "300");
  await expect(page.locator(".plane-hint")).toBeVisible();
  expect(await page.evaluate(() => window.playground.frame?.eval_loss)).toBe(null);
  for (const [x, y] of [[-3, -3], [-4, -2], [-2, -4]]) await clickAt(page, x, y);
  await tool(page, "New points are of class 0").check();
  for (const [x, y] of [[3, 3], [4, 2], [2, 4]]) await clickAt(page, x, y);
  const points = await pointsOf(page);
  expect(points.map(({ label }) => label)).toEqual([1, 1, 1, 0, 0, 0]);
  expect(points[0].x).toBeCloseTo(-3, 1);
  expect(points[4].y).toBeCloseTo(2, 1);
  await expect(page.locator(".plane-hint")).toHaveCount(0);
  await page.waitForFunction(() => (window.playground.frame?.eval_loss ?? 1) < 0.1);
  await expect(page.locator(".points-about, .about")).toContainText("6 train points, 0 test points");
});

test("the first stroke on a made set makes it one's own: weights, epoch and parts are kept", async ({ page }) => {
  await trained(page, 30, "#dataset=moons&n_samples=100&speed=1000");
  const before = await page.evaluate(() => ({
    run: window.playground.frame?.run,
    epoch: window.playground.frame?.epoch,
    weights: Array.from(window.playground.frame?.parameters ?? []),
  }));
  await page.getByRole("button", { name: "Edit points" }).click();
  expect((await stateOf(page)).dataset).toBe("moons");
  await clickAt(page, -5, 5);
  const points = await pointsOf(page);
  expect(points.length).toBe(101);
  expect(points.filter(({ test: isTest }) => isTest).length).toBe(50);
  await page.waitForFunction(() => window.playground.frame?.steps_per_epoch === 6);
  const after = await page.evaluate(() => ({
    run: window.playground.frame?.run,
    epoch: window.playground.frame?.epoch,
    weights: Array.from(window.playground.frame?.parameters ?? []),
  }));
  expect(after).toEqual(before);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await untilEpoch(page, Number(before.epoch) + 20);
  // The curve goes on where it was.
  expect((await losses(page, Infinity)).length).toBeGreaterThan(Number(before.epoch) + 10);
});

test("move, brush and delete; the other points keep place and part", async ({ page }) => {
  await openEmpty(page);
  await clickAt(page, 0, 0);
  await tool(page, "New points are to test with").check();
  await clickAt(page, 3, 0);
  await tool(page, "New points are to train on").check();
  await tool(page, "Move a point").check();
  await dragAlong(page, [[0, 0], [-4, 4]]);
  let points = await pointsOf(page);
  expect(points.map(({ test: isTest }) => isTest)).toEqual([false, true]);
  expect(points[0].x).toBeCloseTo(-4, 1);
  expect(points[0].y).toBeCloseTo(4, 1);
  const [, kept] = points;

  await tool(page, "Brush").check();
  await dragAlong(page, [[-3, -3], [0, -4], [3, -3]]);
  points = await pointsOf(page);
  expect(points.length).toBeGreaterThan(12);
  expect(points[1]).toEqual(kept);
  for (const { x, y } of points.slice(2)) {
    expect(Math.abs(x)).toBeLessThan(3.9);
    expect(y).toBeLessThan(-2);
  }

  await tool(page, "Delete points").check();
  await clickAt(page, -4, 4);
  await clickAt(page, 5, 5);
  expect((await pointsOf(page)).length).toBe(points.length - 1);
  await dragAlong(page, [[-3, -3], [0, -4], [3, -3]]);
  expect((await pointsOf(page)).length).toBeLessThan(points.length - 5);
  expect((await pointsOf(page))[0]).toEqual(kept);
});

test("with the point tool, a point follows the pointer until it is let go", async ({ page }) => {
  await openEmpty(page);
  await dragAlong(page, [[0, 0], [2, 1]]);
  const points = await pointsOf(page);
  expect(points.length).toBe(1);
  expect(points[0].x).toBeCloseTo(2, 1);
});

test("an empty plane in the middle of a run: training waits, and goes on with the first point", async ({ page }) => {
  await open(page, "#dataset=xor", "1000");
  await untilEpoch(page, 20);
  await page.getByRole("button", { name: "Edit points" }).click();
  await page.getByRole("button", { name: "Empty plane" }).first().click();
  await page.waitForFunction(() => window.playground.frame?.playing === false);
  const epoch = await page.evaluate(() => window.playground.frame?.epoch);
  await expect(page.locator("[data-value=loss-train], [data-value=eval_loss]").first()).toHaveText("–");
  const recorded = (await losses(page, Infinity)).length;
  await page.getByRole("button", { name: "1 batch" }).click();
  await expect(notices(page).filter({ hasText: "nothing to train on" })).toBeVisible();
  expect(await page.evaluate(() => window.playground.frame?.epoch)).toBe(epoch);
  expect((await losses(page, Infinity)).length).toBe(recorded);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await clickAt(page, 1, 1);
  await untilEpoch(page, Number(epoch) + 5);
});

test("each stroke is undone by itself, the first one back to the made set, and the network stays", async ({ page }) => {
  await trained(page, 10, "#dataset=moons&n_samples=100");
  const weights = () => page.evaluate(() => Array.from(window.playground.frame?.parameters ?? []));
  const before = await weights();
  await page.getByRole("button", { name: "Edit points" }).click();
  await tool(page, "Brush").check();
  await dragAlong(page, [[-5, -5], [5, -5]]);
  const brushed = (await pointsOf(page)).length;
  expect(brushed).toBeGreaterThan(110);
  await tool(page, "Add a point").check();
  // Two quick clicks are two strokes.
  await clickAt(page, 0, 5);
  await clickAt(page, 1, 5);
  expect((await pointsOf(page)).length).toBe(brushed + 2);
  const bar = page.getByRole("toolbar", { name: "Tools to draw points" });
  await bar.getByRole("button", { name: "Undo" }).click();
  expect((await pointsOf(page)).length).toBe(brushed + 1);
  await bar.getByRole("button", { name: "Undo" }).click();
  expect((await pointsOf(page)).length).toBe(brushed);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await stateOf(page)).dataset).toBe("moons");
  await page.waitForFunction(() => window.playground.frame?.steps_per_epoch === 5);
  expect(await weights()).toEqual(before);
  for (let k = 0; k < 3; k += 1) await bar.getByRole("button", { name: "Redo" }).click();
  expect((await pointsOf(page)).length).toBe(brushed + 2);
  await expect(bar.getByRole("button", { name: "Redo" })).toBeDisabled();
});

test("points of one class, or of one part, are no trouble to the numbers", async ({ page }) => {
  await openEmpty(page);
  await page.getByRole("tab", { name: "Metrics" }).click();
  await clickAt(page, 1, 1);
  await page.waitForFunction(() => (window.playground.frame?.epoch ?? 0) > 5);
  await expect(page.locator("bce-metrics")).toBeVisible();
  await tool(page, "New points are to test with").check();
  await clickAt(page, -1, -1);
  await expect.poll(() => page.evaluate(() => window.playground.frame?.test_loss ?? null)).not.toBe(null);
  // Without a train point training waits, with the test points in sight.
  await tool(page, "Delete points").check();
  await clickAt(page, 1, 1);
  await page.waitForFunction(() => window.playground.frame?.playing === false);
  await expect(page.locator(".about")).toContainText("0 train points, 1 test points");
  await expect(notices(page)).toHaveCount(0);
});

test("the link carries the points, and gives the same run", async ({ page, browser }) => {
  await openEmpty(page, "100");
  await tool(page, "Brush").check();
  await dragAlong(page, [[-3, -3], [-1, -4]]);
  await tool(page, "New points are of class 0").check();
  await dragAlong(page, [[3, 3], [1, 4]]);
  await tool(page, "New points are to test with").check();
  await dragAlong(page, [[3, -3], [1, -4]]);
  await pause(page);
  await expect(page).toHaveURL(/points=[\w-]{40}/);
  await expect.poll(async () => new URL(page.url()).hash.includes((await stateOf(page)).points)).toBe(true);
  const { hash } = new URL(page.url());
  /** @type {string[][]} */
  const runs = [];
  for (let k = 0; k < 2; k += 1) {
    const elsewhere = await (await browser.newContext()).newPage();
    await open(elsewhere, hash);
    await untilEpoch(elsewhere, 20);
    runs.push(await losses(elsewhere, 20));
    expect(await pointsOf(elsewhere)).toEqual(await pointsOf(page));
    await elsewhere.context().close();
  }
  expect(runs[0].length).toBe(21);
  expect(runs[1]).toEqual(runs[0]);
});

test("another link to points in the same tab is another run", async ({ page }) => {
  await open(page, "#dataset=points&points=AAAAgAAC", "100");
  await untilEpoch(page, 20);
  await anotherRun(page, () => page.evaluate(() => { location.hash = "#dataset=points&points=AAAAgAACf__-"; }));
  expect((await pointsOf(page)).length).toBe(3);
});

test("a link with points that are none says so", async ({ page }) => {
  await open(page, "#dataset=points&points=abcde");
  await expect(notices(page).filter({ hasText: "points cannot be" })).toBeVisible();
  expect((await stateOf(page)).points).toBe("");
});

test("by keyboard: the cursor goes by arrows, 0 and 1 add, M moves, Delete removes, and it is said", async ({ page }) => {
  await openEmpty(page);
  const plane = page.getByRole("application", { name: "Plane to draw points on" });
  await plane.focus();
  for (let k = 0; k < 8; k += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("1");
  await expect(page.locator(".plane-said")).toHaveText("Point of class 1 at 2.00, 0.00. 1 points.");
  for (let k = 0; k < 4; k += 1) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("0");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Enter");
  let points = await pointsOf(page);
  expect(points.map(({ label, x, y }) => [label, Math.round(x * 100), Math.round(y * 100)]))
    .toEqual([[1, 200, 0], [0, 200, 100], [1, 200, 105]]);
  await page.keyboard.press("m");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("m");
  points = await pointsOf(page);
  expect(Math.round(points[2].x * 100)).toBe(175);
  await page.keyboard.press("Delete");
  expect(await pointsOf(page)).toEqual(points.slice(0, 2));
  await expect(page.locator(".plane-said")).toContainText("2 points left");
  // The space bar is the tool's, not Play's.
  await page.keyboard.press(" ");
  expect((await pointsOf(page)).length).toBe(3);
});

test("of data with more features the two on show become one's own when the tools are taken", async ({ page }) => {
  await open(page, "#dataset=iris");
  await anotherRun(page, () => page.getByRole("button", { name: "Edit points" }).click());
  const points = await pointsOf(page);
  expect(points.length).toBe(150);
  expect(points.filter(({ label }) => label === 1).length).toBe(50);
  // Another such set is not drawn on by mistake.
  await page.getByRole("radio", { name: "Cancer" }).click();
  await expect(page.getByRole("toolbar", { name: "Tools to draw points" })).toHaveCount(0);
});

test("measured data of two columns become points of a network with more inputs", async ({ page }) => {
  await open(page, "#dataset=moons&inputs=x1,x2,x1*x2", "100");
  await page.getByRole("radio", { name: "Own CSV" }).click();
  await page.getByLabel("Or paste it here").fill("a,b,y\n1,2,no\n2,1,yes\n3,3,no\n4,1,yes\n5,4,no\n6,2,yes\n");
  await anotherRun(page, () => page.getByRole("button", { name: "Use these data" }).click());
  await untilEpoch(page, 5);
  await anotherRun(page, () => page.getByRole("button", { name: "Edit points" }).click());
  expect((await pointsOf(page)).length).toBe(6);
  expect((await stateOf(page)).dataset).toBe("points");
  await untilEpoch(page, 5);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe-core finds nothing with the tools in hand, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openEmpty(page);
    await clickAt(page, 1, 1);
    expect(await findings(page)).toEqual([]);
  });
}

test("5000 points fit, one more is refused in a sentence", async ({ page }) => {
  const text = encodePoints(spray({ x: 0, y: 0 }, 5, 0, 5000).map((place, k) => ({
    ...place, label: /** @type {0 | 1} */ (k % 2), test: false,
  })));
  await open(page, `#dataset=points&points=${text}`);
  await page.getByRole("button", { name: "Edit points" }).first().click();
  await clickAt(page, 0, 0);
  await expect(notices(page).filter({ hasText: "room for 5,000 points" })).toBeVisible();
  expect((await pointsOf(page)).length).toBe(5000);
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("a tap adds a point, and buttons are large enough for fingers", async ({ page }) => {
    await openEmpty(page);
    await page.locator(".plane-pointer").scrollIntoViewIfNeeded();
    const place = await at(page, 2, 2);
    await page.touchscreen.tap(place.x, place.y);
    const [point, ...others] = await pointsOf(page);
    expect(others).toEqual([]);
    expect(point.x).toBeCloseTo(2, 1);
    const sizes = await page.locator(".point-tools .segment, .point-tools button").evaluateAll((buttons) =>
      buttons.map((button) => button.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test("a tap pins the probe, a swipe scrolls", async ({ page }) => {
    await open(page);
    await page.locator(".plane-pointer").scrollIntoViewIfNeeded();
    const place = await at(page, 2, 2);
    await page.touchscreen.tap(place.x, place.y);
    const probe = page.getByRole("group", { name: "Probe" });
    await expect(probe).toBeVisible();
    expect(Number(await probe.getByLabel("x1").inputValue())).toBeCloseTo(2, 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
