// From task to task: what is set for one stays, whoever trained rests, and a link says which task it is of.

import { fields } from "../../www/fields.js";
import { expect, open, test, untilEpoch } from "./playground.js";

const settings = "#dataset=circle&noise=17&n_samples=100&hidden_layer_sizes=5&lr=0.03&speed=30";

test("another task and back: the settings are the same, and only one of them trains", async ({ page }) => {
  await open(page, settings);
  await untilEpoch(page, 1);
  await page.getByLabel("Task", { exact: true }).selectOption("losses");
  await expect(page.locator("bce-losses-stage")).toBeVisible();
  await expect.poll(() => page.url()).toContain("task=losses");
  // The session's worker rests.
  await expect.poll(() => page.evaluate(async () => (await window.playground.client.frame())?.playing)).toBe(false);

  await page.getByLabel("Task", { exact: true }).selectOption("binary");
  await expect(page.getByRole("heading", { name: "Decision boundary" })).toBeVisible();
  await untilEpoch(page, 1);
  const values = await page.evaluate(() => window.playground.state);
  expect(values).toMatchObject({ dataset: "circle", noise: 17, n_samples: 100, hidden_layer_sizes: [5], lr: 0.03 });
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("the link of every task opens it; on a phone what is trained stands before its data", async ({ page }) => {
  test.setTimeout(300_000);
  for (const task of fields.task.choices) {
    await page.goto("about:blank");
    await page.goto(`./#task=${task}`);
    await expect(page.getByLabel("Task", { exact: true })).toHaveValue(task);
    await expect(page.locator(`bce-${task}-stage`)).toBeVisible();
    await expect(page.getByRole("button", { name: "Reset" })).toBeEnabled();
    await expect.poll(async () => Number((await page.locator("[data-value=epoch]").textContent())?.replaceAll(",", "")),
    ).toBeGreaterThan(0);
    await expect(page.locator(".panel").first()).toHaveClass(/data/);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.locator(".panel").first()).not.toHaveClass(/data/);
    const tops = await page.locator(".panel").evaluateAll((panels) => panels.map((panel) => panel.getBoundingClientRect().top));
    expect(tops, task).toEqual([...tops].sort((a, b) => a - b));
    // Pictures for people to look at.
    await page.getByRole("button", { name: "Pause" }).click();
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of [[390, 844], [1920, 1080], [1280, 800]]) {
        await page.setViewportSize({ width, height });
        const path = `tests/page/screenshots/task-${task}-${width}-${colorScheme}.png`;
        expect((await page.screenshot({ path, fullPage: width < 760 })).length).toBeGreaterThan(10_000);
      }
    }
  }
});
