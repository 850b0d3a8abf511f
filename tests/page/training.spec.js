// What a person sees who opens the page and presses its buttons.

import { AS_IT_IS, anotherRun, expect, losses, open, pause, shown, stateOf, test, trained, untilEpoch } from "./playground.js";

test("it opens training: within 200 epochs the loss is below 0.2 and there is a boundary", async ({ page }) => {
  await open(page, "", AS_IT_IS);
  await untilEpoch(page, 200);
  await pause(page);
  expect(await shown(page, "loss-train")).toBeLessThan(0.2);
  expect(await page.evaluate(() => window.playground.contour.flat().length)).toBeGreaterThan(100);
});

test("within two seconds of the first frame the picture has a shape", async ({ page }) => {
  await open(page, "", AS_IT_IS);
  await page.waitForTimeout(2000);
  const accuracy = await page.evaluate(() => window.playground.frame?.accuracy);
  expect(accuracy).toBeGreaterThan(0.75);
  expect(await page.evaluate(() => window.playground.contour.flat().length)).toBeGreaterThan(100);
});

test("the heat map shows what the network predicts", async ({ page }) => {
  await trained(page, 50, "#dataset=gauss&noise=0");
  // The blobs lie at (2, 2), class 1, and at (−2, −2), class 0.
  const [blue, orange] = await page.evaluate(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector("canvas.heat"));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const pixel = (/** @type {number} */ x, /** @type {number} */ y) => {
      const at = Math.round(y * canvas.height) * canvas.width + Math.round(x * canvas.width);
      return [...data.slice(4 * at, 4 * at + 4)];
    };
    return [pixel(0.8, 0.15), pixel(0.2, 0.75)];
  });
  expect(blue[2]).toBeGreaterThan(blue[0] + 50);
  expect(orange[0]).toBeGreaterThan(orange[2] + 50);
});

test("pause stops, play goes on, reset begins again with the same losses", async ({ page }) => {
  await open(page, "", AS_IT_IS);
  await untilEpoch(page, 60);
  await pause(page);
  const stopped = await page.evaluate(() => window.playground.frame?.epoch);
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => window.playground.frame?.epoch)).toBe(stopped);
  const first = await losses(page, 50);
  expect(first).toHaveLength(51);

  await anotherRun(page, () => page.getByRole("button", { name: "Reset", exact: true }).click());
  expect(await shown(page, "epoch")).toBe(0);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await untilEpoch(page, 60);
  expect(await losses(page, 50)).toEqual(first);
});

test("the link gives the same run elsewhere, bit for bit", async ({ page, browser }) => {
  await open(page, "#dataset=moons&noise=17&data_seed=5&seed=9&optimizer=SGD&lr=0.1&momentum=0.8&speed=max");
  await untilEpoch(page, 200);
  const first = await losses(page, 200);
  const address = page.url();
  expect(address).toContain("momentum=0.8");

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(address.replace("speed=max", "speed=3000"));
  await elsewhere.waitForFunction(() => Boolean(window.playground?.frame));
  await untilEpoch(elsewhere, 200);
  expect(await losses(elsewhere, 200)).toEqual(first);
  await elsewhere.context().close();
});

test("one batch, one epoch", async ({ page }) => {
  await open(page);
  await pause(page);
  await anotherRun(page, () => page.getByRole("button", { name: "Reset", exact: true }).click());
  await page.getByRole("button", { name: "1 batch" }).click();
  await expect(page.locator("[data-value=step]")).toHaveText(/^\s*1 \/ 25$/);
  await page.getByRole("button", { name: "1 epoch" }).click();
  await expect(page.locator("[data-value=epoch]")).toHaveText("1");
  await expect(page.locator("[data-value=step]")).toHaveText(/^\s*0 \/ 25$/);
  await page.getByRole("button", { name: "1 epoch" }).click();
  await expect(page.locator("[data-value=epoch]")).toHaveText("2");
});

test("the learning rate and the loss change live; another network starts again, and says so", async ({ page }) => {
  await open(page, "", "1000");
  await untilEpoch(page, 20);
  const run = await page.evaluate(() => window.playground.frame?.run);
  await page.getByRole("spinbutton", { name: "Learning rate" }).fill("0.02");
  await page.getByRole("spinbutton", { name: "Learning rate" }).press("Enter");
  await expect(page.locator(".notice")).toContainText("Learning rate changed at epoch");
  await page.getByLabel("Loss function", { exact: true }).selectOption("BCEWithLogitsLoss");
  await expect.poll(async () => (await page.evaluate(() => window.playground.client.config)).loss.name)
    .toBe("BCEWithLogitsLoss");
  const config = await page.evaluate(() => window.playground.client.config);
  expect(config.layers.at(-1)?.activation).toBe("identity");
  expect(config.optimizer.lr).toBe(0.02);
  expect(await page.evaluate(() => window.playground.frame?.run)).toBe(run);
  expect(await page.evaluate(() => window.playground.frame?.epoch)).toBeGreaterThan(20);

  await anotherRun(page, () => page.getByRole("button", { name: "Add a hidden layer" }).click());
  await expect(page.locator(".notice")).toContainText("Hidden layers changed: a new network, from epoch 0");
  expect((await stateOf(page)).hidden_layer_sizes).toEqual([12, 8, 8]);
  expect((await page.evaluate(() => window.playground.client.config)).layers).toHaveLength(4);
});

test("every control of the data makes other data, and its value is in the link", async ({ page }) => {
  await open(page);
  for (const [name, key] of [["Noise", "noise"], ["Samples", "n_samples"], ["Class 1", "ratio"],
    ["Train share", "train_size"]]) {
    const before = (await stateOf(page))[/** @type {"noise"} */ (key)];
    await anotherRun(page, () => page.getByRole("slider", { name, exact: true }).press("ArrowRight"));
    const after = (await stateOf(page))[/** @type {"noise"} */ (key)];
    expect(after).toBeGreaterThan(before);
    await expect(page).toHaveURL(new RegExp(`[#&]${key}=${after}(&|$)`));
  }
  await anotherRun(page, () => page.getByRole("button", { name: "New data" }).click());
  expect((await stateOf(page)).data_seed).toBe(2);
});

test("the speed goes from one batch a second to as fast as it can", async ({ page }) => {
  await open(page);
  // Below one batch a second there is one row at a time.
  await page.getByRole("slider", { name: "Speed" }).press("Home");
  await page.getByRole("slider", { name: "Speed" }).press("ArrowRight");
  const steps = () => page.evaluate(() => {
    const { epoch, step, steps_per_epoch } = /** @type {any} */ (window.playground.frame);
    return epoch * steps_per_epoch + step;
  });
  await page.waitForTimeout(300);
  const slow = await steps();
  await page.waitForTimeout(2000);
  const slower = (await steps()) - slow;
  expect(slower).toBeGreaterThanOrEqual(1);
  expect(slower).toBeLessThanOrEqual(3);
  await page.getByRole("slider", { name: "Speed" }).press("End");
  await page.waitForTimeout(1000);
  expect((await steps()) - slow).toBeGreaterThan(5000);
});

test("100,000 epochs: the curve stays small, the page stays quick", async ({ page }) => {
  await open(page, "#dataset=xor&n_samples=20&hidden_layer_sizes=2&batch_size=10&speed=max");
  await untilEpoch(page, 100_000);
  expect(await page.evaluate(() => window.playground.curve.length)).toBeLessThan(4000);
  // The time from frame to frame, as it mostly is: other programs may take a single one longer.
  const median = await page.evaluate(() => new Promise((resolve) => {
    /** @type {number[]} */
    const times = [];
    const measure = () => {
      times.push(performance.now());
      if (times.length <= 60) requestAnimationFrame(measure);
      else resolve(times.slice(1).map((time, k) => time - times[k]).sort((a, b) => a - b)[30]);
    };
    requestAnimationFrame(measure);
  }));
  expect(median).toBeLessThan(120);
});

test("the picture tells the probability under the pointer", async ({ page }) => {
  await open(page);
  const box = await page.locator("canvas.points").boundingBox();
  if (!box) throw new Error("no picture");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.locator(".key-pointed")).toHaveText(/^\(−?\d+\.\d\d, −?\d+\.\d\d\) {2}p = [01]\.\d{3}$/);
});
