// The probe: one place of the plane, and what the network says of it.

import { findings } from "./axe.js";
import { clickAt, dragAlong } from "./plane.js";
import { expect, open, pause, test, trained, untilEpoch } from "./playground.js";

test("a click pins a probe: probability, logit and class are the network's, live", async ({ page }) => {
  await open(page, "#dataset=gauss&noise=0", "1000");
  await untilEpoch(page, 30);
  await clickAt(page, 2, 3);
  const probe = page.getByRole("group", { name: "Probe" });
  await expect(probe).toBeVisible();
  await pause(page);
  const value = (/** @type {string} */ name) => probe.locator("div", { hasText: name }).locator("dd");
  const x = Number(await probe.getByLabel("x1").inputValue());
  const y = Number(await probe.getByLabel("x2").inputValue());
  expect([Math.round(x), Math.round(y)]).toEqual([2, 3]);
  const found = async () => (await Promise.all(["Probability", "Logit"].map((name) => value(name).textContent())))
    .map((text) => Number(String(text).replace("−", "-")));
  /** @param {number[]} at */
  const asked = (at) => page.evaluate(async ([x1, x2]) => {
    const { client } = window.playground;
    const inputs = { shape: [1, 2], data: [x1, x2] };
    return [(await client.predict(inputs)).data[0], (await client.logits(inputs)).data[0]];
  }, at);
  const [p, logit] = await asked([x, y]);
  // What is shown is rounded, and so are the coordinates in the boxes.
  await expect.poll(async () => Math.abs((await found())[0] - p)).toBeLessThan(0.001);
  expect(Math.abs((await found())[1] - logit)).toBeLessThan(0.02);
  expect(Math.abs(1 / (1 + Math.exp(-logit)) - p)).toBeLessThan(1e-5);
  await expect(value("Class")).toHaveText("1");

  // Typed, and dragged.
  await probe.getByLabel("x1").fill("-2.5");
  await probe.getByLabel("x1").press("Enter");
  await probe.getByLabel("x2").fill("-2");
  await probe.getByLabel("x2").press("Enter");
  const exact = await asked([-2.5, -2]);
  await expect.poll(async () => Math.abs((await found())[1] - exact[1])).toBeLessThan(0.0006);
  await expect(value("Class")).toHaveText("0");
  await dragAlong(page, [[-2.5, -2], [3, 1]]);
  expect(Number(await probe.getByLabel("x1").inputValue())).toBeCloseTo(3, 1);
  await expect(value("Class")).toHaveText("1");

  // The class is the one at the threshold.
  await page.evaluate(() => { location.hash = `${location.hash}&threshold=1`; });
  await clickAt(page, 2, 3);
  await expect(value("Class")).toHaveText("0");

  // Live: training changes what is shown, and leaves alone what is being typed.
  const before = await value("Logit").textContent();
  await probe.getByLabel("x2").fill("1.2");
  await page.evaluate(() => window.playground.client.trainSteps(20));
  await expect(value("Logit")).not.toHaveText(String(before));
  await expect(probe.getByLabel("x2")).toHaveValue("1.2");
  await page.getByRole("button", { name: "Take the probe away" }).click();
  await expect(probe).toHaveCount(0);
});

test("the probe by keyboard, and of measured data in their own units", async ({ page }) => {
  await trained(page, 20, "#dataset=iris");
  await page.getByRole("application", { name: "Plane of the decision boundary" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const probe = page.getByRole("group", { name: "Probe" });
  await expect(probe).toBeVisible();
  await expect(page.locator(".plane-said")).toHaveText(/probability 0\.\d{3}/);
  const petal = probe.locator("input").first();
  const first = Number(await petal.inputValue());
  // Petals are 1 to 7 cm long.
  expect(first).toBeGreaterThan(1);
  expect(first).toBeLessThan(7);
  await page.keyboard.press("ArrowRight");
  expect(Number(await petal.inputValue())).toBeGreaterThan(first);
  await page.keyboard.press("Escape");
  await expect(probe).toHaveCount(0);
  // Other columns: the place means nothing there.
  await page.keyboard.press("Enter");
  await expect(probe).toBeVisible();
  await page.getByLabel("Across").selectOption({ index: 0 });
  await expect(probe).toHaveCount(0);
});

test("axe-core finds nothing with a probe", async ({ page }) => {
  await open(page);
  await clickAt(page, 1, 1);
  await expect(page.getByRole("group", { name: "Probe" })).toBeVisible();
  expect(await findings(page, ".boundary")).toEqual([]);
});
