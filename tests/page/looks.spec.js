// How the page looks and is reached: sizes, colours, keyboard, screen readers.

import { findings } from "./axe.js";
import { anotherRun, expect, notices, open, pause, stateOf, test, trained, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

const SIZES = [[1280, 800], [1920, 1080], [390, 844]];

/** Makes the window as high as the page: a fixed bar would lie across a picture of more. @param {Page} page @param {number} width */
async function wholePage(page, width) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(200);
}

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    test("axe-core finds nothing: generated data, real data, dialog, notices", async ({ page }) => {
      await open(page);
      expect(await findings(page)).toEqual([]);
      await page.getByRole("radio", { name: "Iris" }).click();
      await page.getByLabel("Optimizer", { exact: true }).selectOption("SGD");
      await page.getByText("More", { exact: true }).last().click();
      await expect(page.locator(".about")).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.getByRole("radio", { name: "Own CSV" }).click();
      await page.getByLabel("Or paste it here").fill("a,b\n1,x\noops,y\n");
      await expect(page.locator(".csv-error")).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    for (const [width, height] of SIZES) {
      test(`the picture of the page at ${width}×${height}`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        await trained(page, 200, "#speed=3000");
        const name = `tests/page/screenshots/${width}x${height}-${scheme}.png`;
        if (width < 760) await wholePage(page, width);
        const picture = await page.screenshot({ path: name });
        expect(picture.length).toBeGreaterThan(30_000);
      });
    }
  });
}

test("at 1280×800 nothing scrolls and nothing is cut off, whatever the data", async ({ page }) => {
  await open(page);
  for (const name of ["Iris", "Cancer", "Spiral"]) {
    await anotherRun(page, () => page.getByRole("radio", { name }).click());
    await expect.poll(() => page.evaluate(() => [document.documentElement, ...document.querySelectorAll(".panel, .tab-body")]
      .filter((element) => element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.className} ${element.scrollHeight} > ${element.clientHeight}`)), name).toEqual([]);
  }
  // The bar: all of it in the window, and the task's name readable.
  expect(await page.locator(".bar button, .bar select, .bar input").evaluateAll((controls) => controls
    .filter((control) => control.checkVisibility() && control.getBoundingClientRect().right > innerWidth)
    .map((control) => control.outerHTML.slice(0, 80)))).toEqual([]);
  expect((await page.locator(".bar select").boundingBox())?.width).toBeGreaterThan(90);
  // Where on the key the boundary is.
  expect(await page.locator(".key-colours").evaluate((key) => getComputedStyle(key, "::after").position)).toBe("absolute");
});

test("at 390×844 everything is one column, and the play bar stays in sight", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(sideways).toBeLessThanOrEqual(390);
  const tops = await page.locator(".panel").evaluateAll((panels) => panels.map((panel) => panel.getBoundingClientRect().top));
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  // What is trained is seen without scrolling, and is first for the tab key too.
  await expect(page.locator(".panel").first()).toHaveClass(/boundary/);
  await expect(page.locator("canvas.heat")).toBeInViewport();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(page.getByRole("button", { name: "Pause" })).toBeInViewport();

  // Turned on its side, panels change places, and all goes on being drawn.
  await page.setViewportSize({ width: 844, height: 390 });
  await expect(page.locator(".panel").first()).toHaveClass(/data/);
  const heat = () => page.locator("canvas.heat").evaluate((/** @type {HTMLCanvasElement} */ canvas) => canvas.toDataURL());
  const before = await heat();
  await expect.poll(heat).not.toBe(before);
});

test("numbers keep their places while they change", async ({ page }) => {
  await open(page, "", "1000");
  const places = () => page.locator("[data-value]").evaluateAll((cells) => cells.map((cell) => {
    const { right, top, width } = /** @type {Element} */ (cell.closest("td, div")).getBoundingClientRect();
    return [right, top, width].map(Math.round).join(" ");
  }));
  const first = await places();
  for (const epoch of [20, 150, 1100]) {
    await untilEpoch(page, epoch);
    expect(await places()).toEqual(first);
    await page.getByRole("slider", { name: "Speed" }).press("End");
  }
});

test("the whole page is reached by the keyboard, with the focus in sight", async ({ page }) => {
  await open(page);
  await pause(page);
  const reached = new Set();
  for (let k = 0; k < 150; k += 1) {
    await page.keyboard.press("Tab");
    const [name, seen] = await page.evaluate(() => {
      const { activeElement: element } = document;
      if (!element || element === document.body) return ["", true];
      const visible = [element, element.nextElementSibling, element.parentElement].some((each) =>
        each && getComputedStyle(each).outlineStyle !== "none");
      return [element.getAttribute("aria-label") ?? element.id ?? element.className, visible];
    });
    expect(seen, `focus on ${name}`).toBe(true);
    if (name) reached.add(name);
  }
  for (const name of ["Play", "field-speed", "field-noise", "Hidden layers", "field-activation",
    "field-loss", "field-lr", "field-batch_size", "field-show_test", "field-log_scale"]) {
    expect(reached).toContain(name);
  }
});

test("data sets are chosen with the arrow keys", async ({ page }) => {
  await open(page);
  await page.getByRole("radio", { name: "Spiral" }).focus();
  await page.keyboard.press("ArrowRight");
  expect((await stateOf(page)).dataset).toBe("moons");
});

test("the space bar pauses and plays, but not inside of a control", async ({ page }) => {
  await open(page, "", "1000");
  await page.locator("h1").click();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByRole("switch", { name: "Test points" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  expect((await stateOf(page)).show_test).toBe(false);
});

test("every control explains itself on demand", async ({ page }) => {
  await open(page, "", "1000");
  const help = page.getByRole("button", { name: "What is this: Learning rate" });
  await help.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#help-lr")).toBeVisible();
  await expect(page.locator("#help-lr")).toContainText("The size of a step");
  await page.keyboard.press("Escape");
  await expect(page.locator("#help-lr")).toBeHidden();
});

test("light and dark: the system's, or the person's, which is remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(ground).not.toBe(dark);
  await page.getByRole("button", { name: /^Colours/ }).click();
  await page.getByRole("button", { name: "Colours: light" }).click();
  await expect.poll(ground).toBe(dark);
  await page.reload();
  await expect.poll(ground).toBe(dark);
});

test("messages can be closed", async ({ page }) => {
  await open(page, "#wat=1");
  await expect(notices(page)).toHaveCount(1);
  await notices(page).getByRole("button", { name: "Close" }).click();
  await expect(notices(page)).toHaveCount(0);
});
