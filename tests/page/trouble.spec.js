// What goes wrong is said, in words and in time, and what can go on goes on.

import { expect, notices, open, shown, test, trained, untilEpoch, untilRecorded } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** Keeps the page's workers at hand, and lets them be told to panic. @param {Page} page */
function reachWorkers(page) {
  return page.addInitScript(() => {
    window.workers = [];
    window.Worker = class extends Worker {
      /** @param {string | URL} url @param {WorkerOptions} [options] */
      constructor(url, options) {
        super(url, options);
        window.workers.push(this);
      }

      /** @param {any} message @param {any} transfer */
      postMessage(message, transfer) {
        if (message?.method === "start") message.args[0].testing = true;
        super.postMessage(message, transfer);
      }
    };
  });
}

test("a panic in the core is said, and training goes on from the last snapshot", async ({ page, faults }) => {
  await reachWorkers(page);
  await open(page, "", "1000");
  await untilEpoch(page, 60);
  await page.waitForTimeout(1100);
  const before = await page.evaluate(() => window.playground.frame?.epoch ?? 0);
  await page.evaluate(() => window.playground.client.crash().catch(() => {}));
  const said = notices(page).filter({ hasText: "The training worker crashed" });
  await expect(said).toContainText(/A new one goes on from epoch [\d,]+/);
  await untilEpoch(page, before + 100);
  expect(await page.evaluate(() => window.workers.length)).toBe(2);
  // The core writes its last words to the console.
  expect(faults.splice(0).join()).toContain("a panic that was asked for");
});

test("a killed worker is said, and the losses afterwards are those of an undisturbed run", async ({ page }) => {
  await reachWorkers(page);
  await open(page, "#speed=3000");
  await untilEpoch(page, 60);
  await page.evaluate(() => window.workers[0].terminate());
  await expect(notices(page).filter({ hasText: "The training worker crashed" })).toBeVisible();
  await untilRecorded(page, 200);
  const column = () => page.evaluate(() => Array.from(window.playground.curve.column("eval_loss").slice(0, 200)));
  const disturbed = await column();
  await page.getByRole("button", { name: "Reset", exact: true }).click();
  await page.waitForFunction(() => window.playground.frame?.epoch === 0);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await untilEpoch(page, 200);
  await untilRecorded(page, 200);
  expect(await column()).toEqual(disturbed);
});

test("an infinity pauses, names what and when, and offers a smaller rate", async ({ page }) => {
  await open(page, "#dataset=moons&loss=BCEWithLogitsLoss&activation=relu&optimizer=SGD&lr=1000&reduction=sum&hidden_layer_sizes=8,8,8");
  const said = notices(page).filter({ hasText: "not a finite number" });
  await expect(said).toContainText(/Paused at epoch \d+, batch \d+: [\w .-]+ is not a finite number/);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  // The last good picture stays: every pixel of the plane is opaque.
  const painted = await page.evaluate(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector("canvas.heat"));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    return context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3];
  });
  expect(painted).toBe(255);
  await said.getByRole("button", { name: /Go back, and on with rate/ }).click();
  await expect(page.getByRole("spinbutton", { name: "Learning rate" })).toHaveValue("10");
});

test("a value out of bounds is refused with its bounds, and the old one stays", async ({ page }) => {
  await open(page);
  const box = page.getByRole("spinbutton", { name: "Samples" });
  await box.fill("99999999");
  await box.press("Enter");
  await expect(notices(page)).toContainText("Samples cannot be “99999999”: it must be within 20 and 5,000");
  await expect(box).toHaveValue("500");
});

/** @type {[string, (page: Page) => Promise<unknown>, RegExp][]} */
const STARTS = [
  ["the wasm is missing", (page) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404 })), /could not start/],
  ["the wasm is cut short", (page) => page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 1000) });
  }), /could not start/],
  ["the worker's script is missing", (page) => page.route("**/worker*.js", (route) => route.fulfill({ status: 404 })), /could not start/],
  ["the wasm never comes", (page) => page.route("**/*.wasm", () => {}), /Still loading/],
  ["there is no SIMD", (page) => page.addInitScript(() => { WebAssembly.validate = () => false; }), /no WebAssembly SIMD/],
];

for (const [what, make, words] of STARTS) {
  test(`${what}: the page says so within 3 s`, async ({ page, faults }) => {
    await make(page);
    // Three seconds of the page's own clock: the machine may take as long as it likes.
    await page.clock.install();
    await page.goto("./");
    await page.clock.runFor(3000);
    await expect(notices(page).filter({ hasText: words })).toBeVisible();
    await page.unrouteAll({ behavior: "ignoreErrors" });
    // The browser itself writes of the file that was not there.
    faults.splice(0);
  });
}

test("a wasm with the wrong MIME type still works", async ({ page, faults }) => {
  await page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { "content-type": "text/plain" } });
  });
  await trained(page, 5);
  expect(await shown(page, "epoch")).toBeGreaterThanOrEqual(5);
  // The bindings write why it takes longer.
  expect(faults.splice(0).join()).toContain("MIME");
});
