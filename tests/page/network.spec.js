// The network's diagram: pictures of units, weights that are read and changed by hand.

import { expect, open, pause, test, trained, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** @param {Page} page @param {number} layer @param {number} unit both counted from 1 */
const unitOf = (page, layer, unit) =>
  page.getByRole("button", { name: `layer ${layer}, unit ${unit}: weights and bias` });

/** The numbers of the boundary's picture. @param {Page} page */
const picture = (page) => page.evaluate(() => Array.from(window.playground.frame?.grid ?? []));

test("every unit has a picture in the diagram, as many as the network has", async ({ page }) => {
  await trained(page, 5, "#hidden_layer_sizes=5,3");
  await expect(page.getByRole("button", { name: /unit \d+: weights and bias/ })).toHaveCount(5 + 3);
  await expect(page.getByRole("button", { name: "output: weights and bias" })).toHaveCount(1);
  const colours = await page.locator(".network-picture").evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  // Without heat maps there are a few dozen: the lines' and their edges'.
  expect(colours).toBeGreaterThan(200);
});

test("pointing at a unit shows it on the boundary, and leaving it the output again", async ({ page }) => {
  await trained(page, 20, "#hidden_layer_sizes=5,3");
  const output = await picture(page);
  await unitOf(page, 1, 2).hover();
  await expect(page.locator(".boundary")).toContainText("Shown: layer 1, unit 2");
  await expect.poll(async () => (await picture(page)).join() === output.join()).toBe(false);
  // tanh, from −1 to 1, in shades from 0 to 1: those of the unit's own picture.
  const { x, y } = await page.evaluate(async () => {
    const { client } = window.playground;
    const dict = await client.stateDict();
    const [w1, w2] = dict["0.weight"].data.slice(2, 4);
    return { x: 0.5 + Math.tanh(-w1 * 5.97 + w2 * 5.97 + dict["0.bias"].data[1]) / 2, y: 0 };
  });
  expect(y).toBe(0);
  expect((await picture(page))[0]).toBeCloseTo(x, 3);
  await page.locator(".loss-chart, .curve").first().hover();
  await expect.poll(async () => (await picture(page)).join() === output.join()).toBe(true);
});

test("a weight is read and set by hand, without a point more on the curve", async ({ page }) => {
  await trained(page, 10, "#hidden_layer_sizes=4");
  const before = await page.evaluate(() => window.playground.curve.column("epoch").length);
  await page.getByRole("button", { name: "output: weights and bias" }).click();
  const editor = page.getByRole("dialog", { name: "output" });
  const box = editor.getByLabel("from layer 1, unit 3");
  const weight = await page.evaluate(async () => (await window.playground.client.stateDict())["2.weight"].data[2]);
  expect(Number(await box.inputValue())).toBeCloseTo(weight, 3);
  await box.fill("1.5");
  await expect.poll(() => page.evaluate(async () =>
    (await window.playground.client.stateDict())["2.weight"].data[2])).toBe(1.5);
  await box.press("ArrowUp");
  await expect.poll(() => page.evaluate(async () =>
    (await window.playground.client.stateDict())["2.weight"].data[2])).toBeCloseTo(1.6, 6);
  await editor.getByLabel("bias").fill("-2");
  await expect.poll(() => page.evaluate(async () =>
    (await window.playground.client.stateDict())["2.bias"].data[0])).toBe(-2);
  await editor.getByLabel("bias").press("Enter");
  await expect(editor).toBeHidden();
  expect(await page.evaluate(() => window.playground.curve.column("epoch").length)).toBe(before);
});

test("by keyboard: one tab stop, arrow keys from unit to unit, Enter and Escape", async ({ page }) => {
  await open(page, "#hidden_layer_sizes=4,3", "1000");
  await untilEpoch(page, 3);
  await unitOf(page, 1, 1).focus();
  await page.keyboard.press("ArrowDown");
  await expect(unitOf(page, 1, 2)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(unitOf(page, 2, 2)).toBeFocused();
  await expect(page.locator(".network-units [tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: "layer 2, unit 2" });
  await expect(editor).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(editor).toBeHidden();
});

test("a line tells its weight, or the gradient of the last step", async ({ page }) => {
  await trained(page, 10, "#hidden_layer_sizes=1");
  const units = page.locator(".network-units");
  const from = await unitOf(page, 1, 1).boundingBox();
  const to = await page.getByRole("button", { name: "output: weights and bias" }).boundingBox();
  const space = await units.boundingBox();
  if (!from || !to || !space) throw new Error("the diagram is not on the page");
  const x = (from.x + from.width + to.x) / 2 - space.x;
  await units.hover({ position: { x, y: from.y + from.height / 2 - space.y } });
  const value = async () => Number((await page.locator(".network-told").textContent())?.split(": ").at(-1)?.replace("−", "-"));
  const [weight, gradient] = await page.evaluate(async () => {
    const { client } = window.playground;
    return [(await client.stateDict())["2.weight"].data[0], (await client.gradients())["2.weight"].data[0]];
  });
  expect(await value()).toBeCloseTo(weight, 1);
  await page.getByRole("switch", { name: "Gradients" }).check();
  await units.hover({ position: { x: x + 1, y: from.y + from.height / 2 - space.y } });
  await expect.poll(value).toBeCloseTo(gradient, 1);
});

test("a wide layer is folded to its first and last units", async ({ page }) => {
  await open(page, "#hidden_layer_sizes=64");
  await expect(page.getByRole("button", { name: /layer 1, unit/ })).toHaveCount(12);
  await expect(unitOf(page, 1, 64)).toBeVisible();
});

test("a layer has an activation and a dropout of its own; the link has them, the diagram says it, and they go with the layer", async ({ page }) => {
  await open(page, "#hidden_layer_sizes=4,3&speed=max");
  await pause(page);
  const layers = () => page.evaluate(async () => (await window.playground.client.config).layers
    .map(({ activation, dropout }) => `${activation} ${dropout}`));
  await page.getByText("Activation and dropout of each layer").click();
  await page.getByLabel("Activation of layer 2").selectOption("relu");
  await expect.poll(layers).toEqual(["tanh 0", "relu 0", "sigmoid 0"]);
  await page.getByLabel("Dropout of layer 2").fill("20");
  await page.getByLabel("Dropout of layer 2").press("Enter");
  await expect.poll(layers).toEqual(["tanh 0", "relu 0.2", "sigmoid 0"]);
  await expect(page.getByRole("img", { name: /^The network's layers: 2 → 4 \(tanh\) → 3 \(relu, dropout 20 %\) → 1 units/ })).toBeVisible();
  await unitOf(page, 2, 1).focus();
  await expect(page.locator(".network-told")).toContainText("layer 2, unit 1, relu, dropout 20 %, bias: ");
  await page.getByLabel("Dropout of layer 1").fill("99");
  await page.getByLabel("Dropout of layer 1").press("Enter");
  await expect(page.locator(".panel.network").getByRole("alert")).toContainText("within 0 and 0.95");
  await expect(page.getByLabel("Dropout of layer 1")).toHaveValue("");

  await expect.poll(() => page.url()).toContain("layer_activations=,relu&");
  expect(page.url()).toContain("layer_dropouts=,0.2");
  // A layer that goes takes along what it had; one that comes is like the others.
  await page.getByRole("button", { name: "Remove the last hidden layer" }).click();
  await page.getByRole("button", { name: "Add a hidden layer" }).click();
  await expect.poll(layers).toEqual(["tanh 0", "tanh 0", "sigmoid 0"]);
  for (let k = 0; k < 2; k += 1) await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(layers).toEqual(["tanh 0", "relu 0.2", "sigmoid 0"]);
  await expect.poll(() => page.url()).toContain("layer_activations=,relu&");
  await page.reload();
  await page.waitForFunction(() => Boolean(window.playground?.frame));
  await expect.poll(layers).toEqual(["tanh 0", "relu 0.2", "sigmoid 0"]);
});
