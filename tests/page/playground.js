// What the page tests share: a page that is watched for everything that must never happen, and words
// for what a person does and sees there.

import { test as base, expect } from "@playwright/test";

/** @import { Locator, Page } from "@playwright/test" */

export { expect };

/** @typedef {{ faults: string[] }} Watch what should not have happened; emptied by who provokes some */

/** @type {import("@playwright/test").Fixtures<Watch, {}, import("@playwright/test").PlaywrightTestArgs & import("@playwright/test").PlaywrightTestOptions>} */
const watch = {
  faults: [
    async ({ page, baseURL }, use, info) => {
      /** @type {string[]} */
      const faults = [];
      const { origin } = new URL(String(baseURL));
      page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
      });
      page.on("request", (request) => {
        const url = request.url();
        const own = url.startsWith(origin) || url.startsWith("data:") || url.startsWith("blob:");
        if (!own) faults.push(`request to ${url}`);
      });
      await page.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => {
          console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      await use(faults);
      if (info.status !== info.expectedStatus) await page.screenshot({ path: info.outputPath("page.png") });
      // Until the next test would empty it, it would train on.
      await page.goto("about:blank");
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
};

/** A test whose page must not violate its policy, call elsewhere, or write errors to the console. */
export const test = base.extend(watch);

/** The speed of a link that names none, as people open it. */
export const AS_IT_IS = "";

/**
 * Opens the page and waits for its first frame. It trains on at this speed where the link names none. The
 * slowest one is for tests that look at something else than training: a page that trains as fast as people
 * see it takes more than a processor, most of what such a test would take.
 *
 * @param {Page} page
 * @param {string} [hash]
 * @param {string} [speed] batches a second, "max", or AS_IT_IS
 */
export async function open(page, hash = "", speed = "1") {
  const named = speed === AS_IT_IS || /[#&]speed=/.test(hash);
  await page.goto(named ? `./${hash}` : `./${hash || "#"}&speed=${speed}`);
  await page.waitForFunction(() => Boolean(window.playground?.frame));
}

/**
 * Opens the page, trains to an epoch or a little further, and pauses: as fast as it goes, where the link
 * names no speed.
 *
 * @param {Page} page
 * @param {number} epoch
 * @param {string} [hash]
 */
export async function trained(page, epoch, hash) {
  await open(page, hash, "max");
  await page.waitForFunction((wanted) => {
    if ((window.playground.frame?.epoch ?? 0) < wanted) return false;
    // In the page itself: on its way to the button a test would let it train for thousands of epochs.
    /** @type {HTMLElement} */ (document.querySelector(".play")).click();
    return true;
  }, epoch);
  await atRest(page);
}

/** @param {Page} page @param {number} epoch */
export async function untilEpoch(page, epoch) {
  await page.waitForFunction((wanted) => (window.playground.frame?.epoch ?? 0) >= wanted, epoch);
}

/**
 * Waits until the curve holds this epoch, one of those that are recorded: its points come with some of the frames.
 *
 * @param {Page} page
 * @param {number} epoch
 */
export async function untilRecorded(page, epoch) {
  await page.waitForFunction((wanted) => window.playground.curve.last_epoch >= wanted, epoch);
}

/** Waits until the page trains another run than before `change`. @param {Page} page @param {() => Promise<unknown>} change */
export async function anotherRun(page, change) {
  const before = await page.evaluate(() => window.playground.frame?.run ?? 0);
  await change();
  await page.waitForFunction((run) => (window.playground.frame?.run ?? 0) > run, before);
  await drawn(page);
}

/** Waits for the screen: the views draw a frame with its next picture. @param {Page} page */
export function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Presses pause and waits until the page shows where that was. @param {Page} page */
export async function pause(page) {
  await page.getByRole("button", { name: "Pause" }).click();
  await atRest(page);
}

/** Waits until nothing trains, and that is shown. @param {Page} page */
async function atRest(page) {
  await page.waitForFunction(() => window.playground.frame?.playing === false);
  await drawn(page);
}

/** The number that the page shows under this name. @param {Page} page @param {string} name */
export async function shown(page, name) {
  const text = (await page.locator(`[data-value="${name}"]`).first().textContent()) ?? "";
  return Number(text.replaceAll(",", "").replace("%", "").replace("−", "-").trim());
}

/** The losses of the run as they are recorded, up to an epoch, when that is there. @param {Page} page @param {number} last */
export async function losses(page, last) {
  if (Number.isFinite(last)) await untilRecorded(page, last);
  return page.evaluate((end) => {
    const { curve } = window.playground;
    const rows = Array.from(curve.column("epoch"), (epoch, k) => [
      epoch,
      curve.column("eval_loss")[k],
      curve.column("test_loss")[k],
      curve.column("train_loss")[k],
      curve.column("accuracy")[k],
    ]);
    // As text, so that NaN equals NaN; JavaScript writes every double with all its digits.
    return rows.filter(([epoch]) => epoch <= end).map((row) => row.map(String).join(" "));
  }, last);
}

/** What the page says of itself. @param {Page} page @returns {Locator} */
export const notices = (page) => page.locator(".notice");

/** The state that the page runs with. @param {Page} page */
export const stateOf = (page) => page.evaluate(() => ({ ...window.playground.state }));

/**
 * The pixels of a canvas, row by row, as packed RGBA words. Of a copy: the page's own stays where it is.
 *
 * @param {Locator} canvas
 * @returns {Promise<number[]>}
 */
export const pixelsOf = (canvas) => canvas.evaluate((/** @type {HTMLCanvasElement} */ element) => {
  const copy = new OffscreenCanvas(element.width, element.height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext("2d", { willReadFrequently: true }));
  context.drawImage(element, 0, 0);
  return [...new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer)];
});
