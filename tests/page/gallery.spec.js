// Every panel, tab and dialog: a picture at three sizes, light and dark, and what axe-core finds there.
// The pictures lie in tests/page/screenshots, for people to look at.

import { fields } from "../../www/fields.js";
import { findings } from "./axe.js";
import { drawn, expect, open, test } from "./playground.js";

/** @import { Locator, Page } from "@playwright/test" */

const SCHEMES = /** @type {const} */ (["light", "dark"]);
/** The last is where axe-core looks. */
const SIZES = [[390, 844], [1920, 1080], [1280, 800]];
/** What each tab is seen with: more of it than at first. */
const STATES = [
  ["training", "loss=BCEWithLogitsLoss&optimizer=SGD&momentum=0.9"],
  ["regularisation", "penalty=l1"],
  ["schedule", "scheduler=OneCycleLR"],
  ["weights", "init=kaiming_uniform"],
  ["metrics", "dataset=moons&noise=30"],
];

/** Opens the page with a run that has ended, and without what is said of it. @param {Page} page @param {string} hash */
async function openEnded(page, hash) {
  // The notice goes by itself: on a busy machine perhaps before anybody looks for it.
  const notice = page.locator(".notice").first();
  await Promise.all([notice.waitFor(), open(page, `${hash}&speed=3000&until_epoch=30`)]);
  await page.waitForFunction(() => window.playground.frame?.playing === false);
  const close = page.locator(".notice").getByRole("button", { name: "Close" });
  await close.evaluateAll((/** @type {HTMLElement[]} */ buttons) => buttons.forEach((button) => button.click()));
  await expect(close).toHaveCount(0);
}

/** The buttons that an open dialog cuts off at a side. @param {Page} page */
const stickingOut = (page) => page.locator("dialog[open] button").evaluateAll((buttons) => buttons.filter((button) => {
  const { left, right } = button.getBoundingClientRect();
  const dialog = /** @type {Element} */ (button.closest("dialog")).getBoundingClientRect();
  return left < dialog.left || right > dialog.right;
}).map((button) => button.textContent?.trim()));

/**
 * Pictures of parts of the page at each size, light and dark, and axe-core's findings in both.
 *
 * @param {Page} page
 * @param {Record<string, Locator | Page>} parts what to photograph, by the name of its picture
 * @param {() => Promise<void>} [show] shows again what a change of size takes away; axe-core does not look at it
 */
async function photograph(page, parts, show) {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await drawn(page);
      await show?.();
      expect(await stickingOut(page), `${width}`).toEqual([]);
      for (const [name, part] of Object.entries(parts)) {
        const path = `tests/page/screenshots/${name}-${width}-${colorScheme}.png`;
        expect((await part.screenshot({ path })).length).toBeGreaterThan(3000);
      }
    }
    if (!show) expect(await findings(page), Object.keys(parts).join()).toEqual([]);
  }
}

test("there is a state for each tab", () => {
  expect(STATES.map(([tab]) => tab)).toEqual(fields.tab.choices);
});

for (const [tab, values] of STATES) {
  test(`tab ${tab}, with all that it unfolds`, async ({ page }) => {
    await openEnded(page, `#tab=${tab}&${values}`);
    for (const fold of await page.locator(".settings details summary").all()) await fold.click();
    await photograph(page, { [`tab-${tab}`]: page.locator(".settings") });
  });
}

test("the panels", async ({ page }) => {
  await openEnded(page, "#tab=metrics&dataset=moons&noise=30");
  const panels = ["data", "network", "boundary", "curve"];
  const parts = panels.map((panel) => [`panel-${panel}`, page.locator(`.panel.${panel}`)]);
  await photograph(page, Object.fromEntries(parts));
});

test("the dialogs, and a formula", async ({ page }) => {
  await openEnded(page, "#tab=training");
  await page.getByRole("button", { name: /^Examples/ }).click();
  await photograph(page, { presets: page });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Make a lesson" }).click();
  await photograph(page, { lesson: page });
  await page.keyboard.press("Escape");
  await photograph(page, { formula: page }, async () => {
    const formula = page.locator("math");
    if (!(await formula.isVisible())) await page.getByRole("button", { name: /^The formula of/ }).first().click();
    await expect(formula).toBeVisible();
  });
});
