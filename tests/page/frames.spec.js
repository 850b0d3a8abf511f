// What frames bring while it plays and when it rests, and that both are what is drawn.

import { Turns } from "../../www/turns.js";
import { contourLines, straightened } from "../../www/views/contours.js";
import { drawn, expect, open, pause, test } from "./playground.js";

/** @import { Page } from "@playwright/test" */
/** @import { FrameOptions } from "bce-playground/client" */
/** @import { Line } from "../../www/views/contours.js" */

/**
 * Frames so many times a second, of which each picture of the plane takes the worker so long: "p" and
 * "n" for those that bring the plane's and the network's pictures, "b" for both, "-" for neither.
 *
 * @param {number} rate
 * @param {number} milliseconds
 * @returns {string} the last 24 of 60
 */
function turnsAt(rate, milliseconds) {
  const turns = new Turns();
  return Array.from({ length: 60 }, (_, k) => {
    const { plane, network } = turns.next((1000 * k) / rate);
    if (plane) turns.took(milliseconds);
    return plane ? (network ? "b" : "p") : network ? "n" : "-";
  }).join("").slice(-24);
}

test("pictures of plane and network take turns, and the plane's take a twentieth of the worker's time", () => {
  expect(turnsAt(60, 1)).toMatch(/^(p?-)?(pnp-)+(p?n?p?)$/);
  // With every third frame at the least.
  for (const milliseconds of [2, 200]) {
    expect([..."pn-b"].map((kind) => turnsAt(60, milliseconds).split(kind).length - 1)).toEqual([8, 8, 8, 0]);
  }
  // A faster screen has no more of them.
  expect(turnsAt(120, 1).match(/[pb]/g)).toHaveLength(6);
  // Where frames are few, all have the plane's, and the network's do not wait long.
  expect(turnsAt(20, 1)).toMatch(/^(bp)+$|^(pb)+$/);
  expect(turnsAt(2, 200)).toMatch(/^b+$/);
  const turns = new Turns();
  turns.next(0);
  expect(turns.next(1)).toEqual({ plane: false, network: false });
  turns.renew();
  expect(turns.next(2)).toEqual({ plane: true, network: true });
});

/** Notes what is left out of the frames of a run that plays, and what the newest was asked for. @param {Page} page */
async function watchFrames(page) {
  await page.addInitScript(() => {
    const seen = { grids: 0, parameters: 0, asked: /** @type {FrameOptions} */ ({}) };
    Object.assign(window, { seen });
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, /** @type {any} */ transfer) {
      if (message.method === "frame") seen.asked = message.args[0];
      postMessage.call(this, message, transfer);
    };
    window.Worker = class extends Worker {
      /** @param {string | URL} url @param {WorkerOptions} [options] */
      constructor(url, options) {
        super(url, options);
        this.addEventListener("message", ({ data: { value } }) => {
          if (!value?.playing) return;
          if (!value.grid) seen.grids += 1;
          if (!value.parameters) seen.parameters += 1;
        });
      }
    };
  });
}

/** The pictures as they are on the screen. @param {Page} page */
const pictures = (page) => page.evaluate(() => ["heat", "contours", "network-picture"].map((name) =>
  /** @type {HTMLCanvasElement} */ (document.querySelector(`canvas.${name}`)).toDataURL()));

test("frames leave pictures out while it plays; at rest all is there, of the last state and drawn", async ({ page }) => {
  await watchFrames(page);
  await open(page, "#dataset=moons&hidden_layer_sizes=8,8&lr=0.1&speed=max");
  await expect.poll(() => page.evaluate(() => {
    const { grids, parameters } = /** @type {any} */ (window).seen;
    return grids > 0 && parameters > 0;
  })).toBe(true);
  // Who looks misses nothing: what was left out is as it was before.
  expect(await page.evaluate(() => {
    const { grid, parameters, eval_loss } = /** @type {any} */ (window.playground.frame);
    return [grid?.length, parameters?.length > 0, eval_loss > 0];
  })).toEqual([40_000, true, true]);

  await pause(page);
  const [shown, real] = await page.evaluate(async () => {
    const { client, frame } = window.playground;
    const { grid, eval_loss, accuracy, parameters } = /** @type {any} */ (frame);
    const known = await client.evaluate("train");
    const fresh = await client.predictGrid(/** @type {any} */ (window).seen.asked.grid);
    return [
      [Array.from(grid), Array.from(parameters), eval_loss, accuracy],
      [Array.from(fresh), Array.from(await client.parameters()), known.loss, known.accuracy],
    ];
  });
  expect(shown).toEqual(real);

  // Another size and back: everything is drawn anew, of that state.
  const before = await pictures(page);
  await page.setViewportSize({ width: 1100, height: 700 });
  await drawn(page);
  await expect.poll(async () => (await pictures(page))[1]).not.toBe(before[1]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(() => pictures(page)).toEqual(before);
});

test("a page whose run rests does nothing, until there is something to show", async ({ page }) => {
  await page.addInitScript(() => {
    const request = requestAnimationFrame;
    Object.assign(window, { requested: 0 });
    window.requestAnimationFrame = (callback) => {
      /** @type {any} */ (window).requested += 1;
      return request(callback);
    };
  });
  const requested = () => page.evaluate(() => /** @type {any} */ (window).requested);
  await open(page, "#dataset=moons", "1000");
  await pause(page);
  // What was asked for before the pause may still be on its way.
  await expect.poll(async () => {
    const before = await requested();
    await page.waitForTimeout(500);
    return (await requested()) - before;
  }).toBe(0);
  const before = await requested();
  const epoch = await page.evaluate(() => window.playground.frame?.epoch ?? 0);
  await page.getByRole("button", { name: "1 epoch" }).click();
  await expect(page.locator("[data-value=epoch]")).toHaveText(String(epoch + 1));
  expect(await requested()).toBeGreaterThan(before);
});

test("a contour is drawn with fewer points, none of which the line misses by more than is allowed", () => {
  const side = 60;
  const wavy = Float32Array.from({ length: side * side }, (_, k) =>
    1 / (1 + Math.exp(Math.hypot((k % side) - 30, Math.floor(k / side) - 28) / 5 - 3 + Math.sin(k % side) / 4)));
  const lines = contourLines(wavy, side, side, 0.5);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const kept = straightened(line, 0.05);
    expect(kept.length).toBeLessThan(line.length);
    expect([kept[0], kept.at(-1)]).toEqual([line[0], line.at(-1)]);
    for (const point of line) expect(distance(point, kept)).toBeLessThan(0.0501);
    expect(straightened(line, 0)).toEqual(line);
  }
  /** @type {Line} */
  const corner = [[0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [1, 2]];
  expect(straightened(corner, 0.01)).toEqual([[0, 0], [2, 0], [2, 2], [1, 2]]);
  // There and back.
  expect(straightened([[0, 0], [3, 0], [1, 0]], 0.01)).toEqual([[0, 0], [3, 0], [1, 0]]);
  expect(straightened([[1, 1]], 0.01)).toEqual([[1, 1]]);
  expect(straightened([], 0.01)).toEqual([]);
});

/** @param {Line[number]} point @param {Line} line */
function distance([x, y], line) {
  return Math.min(...line.slice(1).map(([x1, y1], k) => {
    const [x0, y0] = line[k];
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    const along = length > 0 ? ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length : 0;
    const at = Math.min(1, Math.max(0, along));
    return Math.hypot(x - x0 - at * (x1 - x0), y - y0 - at * (y1 - y0));
  }));
}
