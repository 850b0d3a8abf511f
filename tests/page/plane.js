// Where places of the decision boundary's plane are on the screen, for tests that click and drag there.

/** @import { Page } from "@playwright/test" */

/** Where on the screen a place of the plane is. @param {Page} page @param {number} x @param {number} y */
export async function at(page, x, y) {
  const box = await page.locator(".plane-pointer").boundingBox();
  if (!box) throw new Error("no plane");
  const size = Math.max(11, Math.min(16, Math.trunc(box.width) / 40));
  const side = box.width - size * 4.6;
  return { x: box.x + size * 3.9 + ((x + 6) / 12) * side, y: box.y + size * 0.5 + ((6 - y) / 12) * side };
}

/** @param {Page} page @param {number} x @param {number} y */
export async function clickAt(page, x, y) {
  const place = await at(page, x, y);
  await page.mouse.click(place.x, place.y);
}

/** @param {Page} page @param {[number, number][]} path */
export async function dragAlong(page, path) {
  for (const [k, [x, y]] of path.entries()) {
    const place = await at(page, x, y);
    await page.mouse.move(place.x, place.y, { steps: k === 0 ? 1 : 12 });
    if (k === 0) await page.mouse.down();
  }
  await page.mouse.up();
}
