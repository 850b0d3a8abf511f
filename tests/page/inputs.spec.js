// The network's inputs beyond x1 and x2.

import { findings } from "./axe.js";
import { anotherRun, expect, open, pause, pixelsOf, test, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** @param {Page} page @param {number} epoch */
const lossOf = (page, epoch) => page.evaluate((wanted) => {
  const { curve } = window.playground;
  return curve.column("eval_loss")[curve.column("epoch").indexOf(wanted)];
}, epoch);

test("with x1² and x2² a network without hidden layers learns the circle; the link has it", async ({ page, browser }) => {
  await open(page, "#dataset=circle&hidden_layer_sizes=&lr=0.03&speed=max");
  const inputs = page.getByRole("group", { name: "Inputs" });
  // Each has its picture: that of x1² is the same from left and right, that of x1 is not.
  const row = async (/** @type {string} */ input) =>
    (await pixelsOf(page.locator(`bce-input-picture[input="${input}"] canvas`))).slice(0, 24);
  const [line, square] = [await row("x1"), await row("x1^2")];
  expect(square).toEqual([...square].reverse());
  expect(line).not.toEqual([...line].reverse());
  await inputs.getByRole("checkbox", { name: "x1²" }).check();
  await inputs.getByRole("checkbox", { name: "x2²" }).check();
  await expect.poll(() => page.evaluate(async () =>
    (await window.playground.client.stateDict())["0.weight"].shape)).toEqual([1, 4]);
  await untilEpoch(page, 300);
  await pause(page);
  expect(await page.evaluate(() => window.playground.frame?.accuracy ?? 0)).toBeGreaterThan(0.95);
  const grid = await page.evaluate(() => Array.from(window.playground.frame?.grid ?? []));
  // Of a circle, not of a line: the middle is one class, all corners are the other.
  const side = Math.sqrt(grid.length);
  const corners = [grid[0], grid[side - 1], grid[grid.length - side], grid[grid.length - 1]];
  const middle = grid[(side / 2) * side + side / 2];
  for (const corner of corners) expect(corner >= 0.5).toBe(middle < 0.5);
  await expect(page.locator(".notice")).toHaveCount(0);
  expect(await findings(page, ".panel.network")).toEqual([]);

  await expect.poll(() => decodeURIComponent(page.url())).toContain("inputs=x1,x2,x1^2,x2^2");
  const other = await browser.newPage();
  await other.goto(page.url());
  await other.waitForFunction(() => (window.playground?.frame?.epoch ?? 0) >= 100);
  expect(await lossOf(other, 100)).toBe(await lossOf(page, 100));
  await other.close();
});

test("the last input stays on", async ({ page }) => {
  await open(page);
  const inputs = page.getByRole("group", { name: "Inputs" });
  await anotherRun(page, () => inputs.getByRole("checkbox", { name: "x2", exact: true }).uncheck());
  await expect(inputs.getByRole("checkbox", { name: "x1", exact: true })).toBeDisabled();
  expect(await page.evaluate(async () =>
    (await window.playground.client.stateDict())["0.weight"].shape[1])).toBe(1);
});

test("a formula that is typed is an input: alone it learns the circle; a wrong one is refused with its place", async ({ page, browser }) => {
  await open(page, "#dataset=circle&hidden_layer_sizes=&lr=0.1&speed=max");
  const inputs = page.getByRole("group", { name: "Inputs" });
  const box = inputs.getByRole("textbox", { name: "Formula" });
  await box.fill("sqrt(x1^2 + x2^2)");
  await box.press("Enter");
  await expect(box).toHaveValue("");
  const remove = inputs.getByRole("button", { name: "Remove the input sqrt(x1^2+x2^2)" });
  await inputs.getByRole("checkbox", { name: "x1", exact: true }).uncheck();
  await inputs.getByRole("checkbox", { name: "x2", exact: true }).uncheck();
  await expect(remove).toBeDisabled();
  const columns = () => page.evaluate(async () => (await window.playground.client.stateDict())["0.weight"].shape[1]);
  await expect.poll(columns).toBe(1);
  await expect.poll(() => page.evaluate(() => {
    const { epoch = 0, accuracy = 0 } = window.playground.frame ?? {};
    return epoch < 400 ? 0 : accuracy;
  })).toBeGreaterThan(0.97);
  await expect(page.getByRole("img", { name: "The network's layers: 1 → 1 units" })).toBeVisible();
  await pause(page);

  await box.fill("sin(x1) + y");
  await box.press("Enter");
  await expect(inputs.getByRole("alert")).toContainText("“y” is not known: the inputs are x1 and x2 (at character 11)");
  await expect(box).toHaveValue("sin(x1) + y");
  expect(await page.evaluate(() => window.playground.state.formulas)).toBe("sqrt(x1^2+x2^2)");
  await box.fill("log(x1)");
  await box.press("Enter");
  await expect(inputs.getByRole("alert")).toContainText(/^log\(x1\) is no finite number at the point x1 = −?[\d.]+, x2 = −?[\d.]+;/);
  expect(await page.evaluate(() => window.playground.state.formulas)).toBe("sqrt(x1^2+x2^2)");
  expect(await columns()).toBe(1);
  // What has a picture of its own is switched on there.
  await box.fill("x1 * x2");
  await box.press("Enter");
  await expect(inputs.getByRole("checkbox", { name: "x1 · x2" })).toBeChecked();
  await expect.poll(columns).toBe(2);

  // The link follows what was switched on last.
  await expect.poll(() => decodeURIComponent(page.url())).toMatch(/inputs=x1\*x2&.*formulas=sqrt|formulas=sqrt.*&inputs=x1\*x2/);
  const other = await browser.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("button", { name: "Remove the input sqrt(x1^2+x2^2)" })).toBeVisible();
  await expect(other.getByRole("img", { name: "The network's layers: 2 → 1 units" })).toBeVisible();
  await other.goto(page.url().replace(/formulas=[^&]*/, "formulas=x1%2B"));
  await expect(other.locator(".notice.warning")).toContainText("formulas cannot be “x1+”");
  await other.close();

  await remove.focus();
  await page.keyboard.press("Enter");
  await expect.poll(columns).toBe(1);
  await expect(remove).toHaveCount(0);
  await expect(box).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(remove).toBeVisible();
  await expect.poll(columns).toBe(2);
  expect(await findings(page, ".panel.network")).toEqual([]);
});
