// The threshold, what it does to the boundary, and the classification views.

import { expect, open, pause, stateOf, test, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** The probabilities along the drawn boundary, from the grid that it was drawn from. @param {Page} page */
function alongTheBoundary(page) {
  return page.evaluate(() => {
    const { contour, frame } = window.playground;
    const grid = /** @type {Float32Array} */ (frame?.grid);
    const side = Math.sqrt(grid.length);
    return contour.flat()
      .map(([x, y]) => [x - 0.5, y - 0.5])
      .filter(([x, y]) => x >= 0 && y >= 0 && x < side - 1 && y < side - 1)
      .map(([x, y]) => {
        const [i, j] = [Math.floor(x), Math.floor(y)];
        const at = (/** @type {number} */ di, /** @type {number} */ dj) => grid[(j + dj) * side + i + di];
        const along = (/** @type {number} */ dj) => at(0, dj) + (x - i) * (at(1, dj) - at(0, dj));
        return along(0) + (y - j) * (along(1) - along(0));
      });
  });
}

test("the boundary is drawn where the probability is the threshold, which the link carries", async ({ page }) => {
  await open(page, "#threshold=0.8&dataset=moons");
  await untilEpoch(page, 60);
  await pause(page);
  const probabilities = await alongTheBoundary(page);
  expect(probabilities.length).toBeGreaterThan(50);
  for (const p of probabilities) expect(p).toBeCloseTo(0.8, 5);
  expect((await stateOf(page)).threshold).toBe(0.8);
  await expect(page).toHaveURL(/threshold=0.8/);
});

test("contours at 0.1 to 0.9 are drawn on demand, and kept in the link", async ({ page }) => {
  await open(page);
  await untilEpoch(page, 60);
  await pause(page);
  const picture = () => page.locator("canvas.heat").evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const plain = await picture();
  await page.getByRole("switch", { name: "Contours" }).click();
  await expect(page).toHaveURL(/contours=true/);
  await expect.poll(picture).not.toBe(plain);
  await page.getByRole("switch", { name: "Contours" }).click();
  await expect.poll(picture).toBe(plain);
});
