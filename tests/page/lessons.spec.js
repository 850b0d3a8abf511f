// What a teacher uses: presets, undo, and links that hide controls.

import { defaults, fields, problem } from "../../www/fields.js";
import { presets } from "../../www/presets.js";
import { AS_IT_IS, anotherRun, expect, notices, open, pause, stateOf, test, untilEpoch, untilRecorded } from "./playground.js";

test("every preset holds values that their fields allow", () => {
  for (const [name, values] of Object.entries(presets)) {
    for (const [key, value] of Object.entries(values)) {
      expect(problem(fields[/** @type {"lr"} */ (key)], value), `${name}.${key}`).toBeUndefined();
    }
  }
});

test("a preset sets the whole run, and undo brings the old one back", async ({ page }) => {
  await open(page, "#dataset=circle&lr=0.3&optimizer=SGD&momentum=0.5", AS_IT_IS);
  const before = await stateOf(page);
  await page.getByRole("button", { name: /^Examples/ }).click();
  await anotherRun(page, () => page.getByRole("button", { name: /^The tutorial's example/ }).click());
  await expect(page.locator("#presets")).toBeHidden();
  expect(await stateOf(page)).toEqual({ ...defaults(), ...presets.tutorial });
  const { layers, loss, optimizer } = await page.evaluate(() => window.playground.client.config);
  expect(layers.map(({ out, activation }) => `${out} ${activation}`)).toEqual(["4 identity", "1 sigmoid"]);
  expect([loss.name, optimizer.name]).toEqual(["BCELoss", "SGD"]);
  await anotherRun(page, () => page.getByRole("button", { name: "Undo" }).click());
  expect(await stateOf(page)).toEqual(before);
});

test("stuck at 0.693: after 200 epochs the loss is still ln 2", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Examples/ }).click();
  await anotherRun(page, () => page.getByRole("button", { name: /^Stuck at/ }).click());
  await page.getByRole("slider", { name: "Speed" }).press("End");
  await untilRecorded(page, 200);
  const loss = await page.evaluate(() => window.playground.curve.column("eval_loss").at(200) ?? 0);
  expect(Math.abs(loss - Math.LN2)).toBeLessThan(0.01);
});

test("changes are undone and done again, one by one, with buttons and keys", async ({ page }) => {
  await open(page);
  await pause(page);
  const undo = page.getByRole("button", { name: "Undo" });
  const redo = page.getByRole("button", { name: "Redo" });
  await expect(undo).toBeDisabled();
  await page.getByRole("spinbutton", { name: "Learning rate" }).fill("0.5");
  await page.getByRole("spinbutton", { name: "Learning rate" }).press("Enter");
  await page.getByLabel("Optimizer", { exact: true }).selectOption("SGD");
  await page.getByRole("switch", { name: "Test points" }).click();

  await undo.click();
  expect((await stateOf(page)).show_test).toBe(true);
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  expect((await stateOf(page)).optimizer).toBe("Adam");
  await expect(notices(page).last()).toContainText("Undone: Optimizer");
  await page.keyboard.press("Control+z");
  expect((await stateOf(page)).lr).toBe(0.01);
  await expect(undo).toBeDisabled();
  await page.keyboard.press("Control+Shift+z");
  await redo.click();
  await redo.click();
  const { lr, optimizer, show_test } = await stateOf(page);
  expect([lr, optimizer, show_test]).toEqual([0.5, "SGD", false]);
  await expect(redo).toBeDisabled();
  await undo.click();
  await page.getByRole("switch", { name: "Log scale" }).click();
  await expect(redo).toBeDisabled();
});

test("a drag of a slider is one change", async ({ page }) => {
  await open(page, "", "1000");
  const slider = page.getByRole("slider", { name: "Noise", exact: true });
  // In one go, however slow the machine is: what comes later than that is another change.
  await slider.evaluate((/** @type {HTMLInputElement} */ input) => {
    for (let k = 0; k < 6; k += 1) {
      input.stepUp();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  expect((await stateOf(page)).noise).toBe(11);
  await page.getByRole("button", { name: "Undo" }).click();
  expect((await stateOf(page)).noise).toBe(5);
});

test("what the core refuses cannot be undone", async ({ page }) => {
  await open(page, "#optimizer=SGD&momentum=0");
  await page.getByText("More", { exact: true }).last().click();
  await page.getByRole("switch", { name: "Nesterov" }).click();
  await expect(notices(page)).toContainText("Nesterov momentum requires a momentum and zero dampening");
  await expect(page.getByRole("switch", { name: "Nesterov" })).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("a link hides panels, tabs and controls", async ({ page }) => {
  await open(page, "#hide=curve,schedule,noise,presets,steps,lr&wat=1", "300");
  await expect(page.locator(".panel.curve")).toHaveCount(0);
  await expect(page.getByRole("tab", { name: "Schedule" })).toHaveCount(0);
  await expect(page.getByRole("tab", { name: "Training" })).toBeVisible();
  await expect(page.getByRole("slider", { name: "Noise", exact: true })).toHaveCount(0);
  await expect(page.getByRole("slider", { name: "Learning rate" })).toHaveCount(0);
  await expect(page.getByRole("slider", { name: "Samples" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Examples/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "1 batch" })).toHaveCount(0);
  await expect(page).toHaveURL(/hide=curve,schedule,noise,presets,steps,lr/);
  await untilEpoch(page, 5);
});

test("the lesson editor copies a link to the page without what is not ticked", async ({ page, browser }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "#dataset=moons&lr=0.03");
  await page.getByRole("button", { name: "Make a lesson" }).click();
  await page.getByRole("dialog").getByRole("checkbox", { name: "Network" }).uncheck();
  await page.getByRole("dialog").getByRole("checkbox", { name: "Noise", exact: true }).uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "Copy the link" }).click();
  await expect(notices(page).last()).toContainText("with only what you left");
  await expect(page.locator(".panel.network")).toBeVisible();
  const address = await page.evaluate(() => navigator.clipboard.readText());

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(address);
  await elsewhere.waitForFunction(() => Boolean(window.playground?.frame));
  await expect(elsewhere.locator(".panel.network")).toHaveCount(0);
  await expect(elsewhere.getByRole("slider", { name: "Noise", exact: true })).toHaveCount(0);
  expect((await stateOf(elsewhere)).lr).toBe(0.03);
  await elsewhere.context().close();
});
