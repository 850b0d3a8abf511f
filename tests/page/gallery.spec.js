// Every panel, tab and dialog: a picture at three sizes, light and dark, and what axe-core finds there.
// The pictures lie in tests/page/screenshots, for people to look at.

import { fields } from "../../www/fields.js";
import { findings } from "./axe.js";
import { drawn, expect, open, test } from "./playground.js";

const SIZES = [[1280, 800], [1920, 1080], [390, 844]];
/** What each tab is seen with: more of it than at first. */
const STATES = [
  ["training", "loss=BCEWithLogitsLoss&optimizer=SGD&momentum=0.9"],
  ["regularisation", "penalty=l1"],
  ["schedule", "scheduler=OneCycleLR"],
  ["weights", "init=kaiming_uniform"],
  ["metrics", "dataset=moons&noise=30"],
];

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  for (const [width, height] of SIZES) {
    test.describe(`${width}×${height}, ${scheme}`, () => {
      test.use({ colorScheme: scheme, viewport: { width, height } });
      const name = (/** @type {string} */ what) => ({ path: `tests/page/screenshots/${what}-${width}-${scheme}.png` });

      test("panels, tabs and dialogs", async ({ page }) => {
        test.setTimeout(180_000);
        expect(STATES.map(([tab]) => tab)).toEqual(fields.tab.choices);
        for (const [tab, values] of STATES) {
          // From another page: a change of the hash alone would not load it anew.
          await page.goto("about:blank");
          // The notice goes by itself: on a busy machine perhaps before anybody looks for it.
          const notice = page.locator(".notice").first();
          await Promise.all([notice.waitFor(), open(page, `#tab=${tab}&${values}&speed=3000&until_epoch=30`)]);
          await page.waitForFunction(() => window.playground.frame?.playing === false);
          await drawn(page);
          const close = page.locator(".notice").getByRole("button", { name: "Close" });
          await close.evaluateAll((/** @type {HTMLElement[]} */ buttons) => buttons.forEach((button) => button.click()));
          await expect(close).toHaveCount(0);
          for (const fold of await page.locator(".settings details summary").all()) await fold.click();
          const settings = page.locator(".settings");
          const picture = await settings.screenshot(name(`tab-${tab}`));
          expect(picture.length).toBeGreaterThan(3000);
          if (width === 1280) expect(await findings(page), tab).toEqual([]);
        }
        for (const panel of ["data", "network", "boundary", "curve"]) {
          await page.locator(`.panel.${panel}`).screenshot(name(`panel-${panel}`));
        }
        await page.getByRole("button", { name: /^Examples/ }).click();
        await page.screenshot(name("presets"));
        if (width === 1280) expect(await findings(page), "presets").toEqual([]);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Make a lesson" }).click();
        await page.screenshot(name("lesson"));
        if (width === 1280) expect(await findings(page), "lesson").toEqual([]);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: /^The formula of/ }).first().click();
        await expect(page.locator("math")).toBeVisible();
        await page.screenshot(name("formula"));
      });
    });
  }
}
