// The threshold, what it does to the boundary, and the classification views.

import { placeLabels } from "../../www/views/contour-labels.js";
import { contourLines } from "../../www/views/contours.js";
import { findings } from "./axe.js";
import { NOISY, measured, openMeasured } from "./measured.js";
import { expect, open, pixelsOf, shown, stateOf, test, trained } from "./playground.js";

/** @import { Page } from "@playwright/test" */

const CELLS = ["tn", "fp", "fn", "tp"];
const RATIOS = ["accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "mcc"];

/** The counts that the page shows. @param {Page} page */
async function matrix(page) {
  const [tn, fp, fn, tp] = await Promise.all(CELLS.map((cell) => shown(page, cell)));
  return { tn, fp, fn, tp };
}

/** Drags along the histogram from one probability to another. @param {Page} page @param {number[]} path */
async function dragThreshold(page, [from, ...path]) {
  const canvas = page.locator("bce-score-histogram canvas");
  const box = await canvas.boundingBox();
  if (!box) throw new Error("no histogram");
  const [left, right] = await page.locator("bce-score-histogram").evaluate((view) =>
    ["--plot-left", "--plot-right"].map((name) => parseFloat(/** @type {HTMLElement} */ (view).style.getPropertyValue(name))));
  const x = (/** @type {number} */ p) => box.x + left + p * (box.width - left - right);
  const y = box.y + box.height / 3;
  await page.mouse.move(x(from), y);
  await page.mouse.down();
  for (const p of path) await page.mouse.move(x(p), y, { steps: 5 });
  await page.mouse.up();
}

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
  await trained(page, 60, "#threshold=0.8&dataset=moons");
  const probabilities = await alongTheBoundary(page);
  expect(probabilities.length).toBeGreaterThan(50);
  for (const p of probabilities) expect(p).toBeCloseTo(0.8, 5);
  expect((await stateOf(page)).threshold).toBe(0.8);
  await expect(page).toHaveURL(/threshold=0.8/);
});

test("contours at 0.1 to 0.9 are drawn on demand, and kept in the link", async ({ page }) => {
  await trained(page, 60);
  const picture = () => page.locator("canvas.contours").evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  // The last frame is drawn with the next picture of the screen.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const plain = await picture();
  await page.getByRole("switch", { name: "Contours" }).click();
  await expect(page).toHaveURL(/contours=true/);
  await expect.poll(picture).not.toBe(plain);
  const numbers = () => page.locator("canvas.labels").evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const empty = document.createElement("canvas");
    Object.assign(empty, { width: canvas.width, height: canvas.height });
    return canvas.toDataURL() !== empty.toDataURL();
  });
  await expect.poll(numbers).toBe(true);
  await page.getByRole("switch", { name: "Contours" }).click();
  await expect.poll(picture).toBe(plain);
  expect(await numbers()).toBe(false);
});

test("the numbers on the contours stand on their lines, within the picture, apart from each other, and stay", () => {
  const [side, size] = [100, 11];
  // A cone, 1 in the middle: the contours are circles, and those of 0.1 and 0.2 leave the picture.
  const cone = Float32Array.from({ length: side * side }, (_, k) =>
    1 - Math.hypot((k % side) + 0.5 - side / 2, Math.floor(k / side) + 0.5 - side / 2) / (side / 1.6));
  const levels = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
  const contours = levels.map((level) => ({ level, lines: contourLines(cone, side, side, level)
    .map((line) => line.map(([x, y]) => /** @type {[number, number]} */ ([3 * x, 3 * y]))) }));
  const box = { width: 3 * side, height: 3 * side };
  const labels = placeLabels(contours, box, size);
  expect(labels.size).toBeGreaterThanOrEqual(7);
  for (const { text, x, y, angle } of labels.values()) {
    expect(1 - Math.hypot(x / 3 - side / 2, y / 3 - side / 2) / (side / 1.6), text).toBeCloseTo(Number(text), 2);
    expect(Math.min(x, y, box.width - x, box.height - y)).toBeGreaterThan(size);
    expect(Math.abs(angle)).toBeLessThanOrEqual(Math.PI / 2);
    for (const other of labels.values()) {
      if (other.text !== text) expect(Math.hypot(x - other.x, y - other.y)).toBeGreaterThan(2.5 * size);
    }
  }
  expect(placeLabels(contours, box, size, labels)).toEqual(labels);
});

test("the scale of the key shows classes instead of probabilities: two colours that meet at the threshold", async ({ page }) => {
  await openMeasured(page, `#${NOISY}`);
  const colours = async () => {
    const pixels = await pixelsOf(page.locator("canvas.heat"));
    return [new Set(pixels).size, pixels.filter((pixel) => pixel === pixels[0]).length];
  };
  const [many] = await colours();
  expect(many).toBeGreaterThan(20);
  const scale = page.getByRole("button", { name: "Discretize" });
  await scale.focus();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await colours())[0]).toBe(2);
  await expect.poll(() => page.url()).toContain("discretize=true");
  const [, before] = await colours();
  await page.getByRole("spinbutton", { name: "Threshold" }).fill("0.9");
  await page.getByRole("spinbutton", { name: "Threshold" }).press("Enter");
  await expect.poll(async () => (await colours())[1]).not.toBe(before);
  await scale.click();
  await expect.poll(async () => (await colours())[0]).toBe(many);
});

test("drag the threshold from 0.5 to 0.8: recall falls or stays, specificity rises or stays, all follows", async ({ page }) => {
  await openMeasured(page, `#${NOISY}`);
  const { labels } = await measured(page);
  const before = { ...await matrix(page), recall: await shown(page, "recall"), specificity: await shown(page, "specificity") };
  const boundary = await page.evaluate(() => window.playground.contour);
  await dragThreshold(page, [0.5, 0.8]);
  expect((await stateOf(page)).threshold).toBe(0.8);
  await measured(page);

  const { tn, fp, fn, tp } = await matrix(page);
  expect(tn + fp + fn + tp).toBe(labels.length);
  expect(fp + fn).toBeGreaterThan(0);
  expect([tn, fp, fn, tp]).not.toEqual([before.tn, before.fp, before.fn, before.tp]);
  expect(await shown(page, "recall")).toBeLessThanOrEqual(before.recall);
  expect(await shown(page, "specificity")).toBeGreaterThanOrEqual(before.specificity);
  expect(await shown(page, "precision")).toBeCloseTo(tp / (tp + fp), 3);
  expect(await shown(page, "accuracy")).toBeCloseTo((tp + tn) / labels.length, 3);

  // What is still of 0.5 says so.
  await expect(page.locator(".numbers")).toContainText("Accuracy at 0.5");
  // The boundary as well: it is where the probability is 0.8 now.
  expect(await page.evaluate(() => window.playground.contour)).not.toEqual(boundary);
  for (const p of await alongTheBoundary(page)) expect(p).toBeCloseTo(0.8, 5);
  await expect(page).toHaveURL(/threshold=0.8/);
});

test("each number is the core's on the same scores, for test and train", async ({ page }) => {
  await openMeasured(page, `#${NOISY}&train_size=0.7&threshold=0.4`);
  for (const [part, rows] of /** @type {const} */ ([["test", 150], ["train", 350]])) {
    await page.getByRole("radio", { name: part, exact: true }).click();
    const { scores, labels } = await measured(page);
    expect(scores.length).toBe(rows);
    const core = await page.evaluate(([p, y]) => window.playground.client.metrics.binary(p, y, { threshold: 0.4 }), [scores, labels]);
    const counts = await matrix(page);
    expect(counts).toEqual({ tn: core.tn, fp: core.fp, fn: core.fn, tp: core.tp });
    // Counted here once more, without the core.
    expect(counts.tp).toBe(scores.filter((score, k) => score >= 0.4 && labels[k] === 1).length);
    expect(counts.fp).toBe(scores.filter((score, k) => score >= 0.4 && labels[k] === 0).length);
    for (const name of RATIOS) {
      expect(await shown(page, name), name).toBeCloseTo(/** @type {any} */ (core)[name], 3);
    }
    await page.getByRole("radio", { name: "ROC & PR" }).click();
    expect(await shown(page, "roc_auc")).toBeCloseTo(core.roc_auc, 3);
    expect(await shown(page, "average_precision")).toBeCloseTo(core.average_precision, 3);
    await page.getByRole("radio", { name: "Calibration" }).click();
    expect(await shown(page, "ece")).toBeCloseTo(core.calibration.ece_positive_class, 3);
    expect(await shown(page, "mce")).toBeCloseTo(core.calibration.mce_positive_class, 3);
    expect(await shown(page, "brier")).toBeCloseTo(core.brier, 4);
    expect(await shown(page, "log_loss")).toBeCloseTo(core.log_loss_torch_bce, 4);
    await page.getByRole("radio", { name: "Threshold" }).click();
  }
});

test("ROC and PR curves pass through the dot, wherever the threshold is", async ({ page }) => {
  await openMeasured(page, `#${NOISY}&metrics_view=ranking`);
  for (const threshold of [0, 0.05, 0.3, 0.5, 0.85, 1]) {
    await page.evaluate((hash) => { location.hash = hash; }, `#${NOISY}&metrics_view=ranking&threshold=${threshold}`);
    await expect.poll(async () => (await stateOf(page)).threshold).toBe(threshold);
    const { metrics } = await measured(page);
    const curves = await page.locator("bce-ranking-curve").evaluateAll((views) => views.map((view) => /** @type {any} */ (view).curve));
    for (const { x, y, dot } of curves) {
      expect(x.some((/** @type {number} */ each, /** @type {number} */ k) => each === dot[0] && y[k] === dot[1]), String(dot)).toBe(true);
    }
    expect(curves[0].dot).toEqual([metrics.fpr, metrics.recall]);
    expect(curves[1].dot[0]).toBe(metrics.recall);
  }
});

test("a press on the ROC curve sets the threshold of that point", async ({ page }) => {
  await openMeasured(page, `#${NOISY}&metrics_view=ranking`);
  const canvas = page.locator("bce-ranking-curve[kind=roc] canvas");
  const { width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
  // The upper right: nearly everything is called 1 there.
  await canvas.click({ position: { x: width * 0.85, y: height * 0.1 } });
  const { threshold } = await stateOf(page);
  expect(threshold).toBeLessThan(0.5);
  const { scores, metrics } = await measured(page);
  expect(scores).toContain(threshold);
  expect(metrics.recall).toBeGreaterThan(0.9);
});

test("the threshold by keyboard, and typed exactly", async ({ page }) => {
  await openMeasured(page, `#${NOISY}`);
  await page.getByRole("slider", { name: "Threshold" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect((await stateOf(page)).threshold).toBe(0.52);
  await page.keyboard.press("Home");
  expect((await stateOf(page)).threshold).toBe(0);
  await measured(page);
  expect(await shown(page, "tn") + await shown(page, "fn")).toBe(0);
  await page.getByRole("spinbutton", { name: "Threshold, exact value" }).fill("0.123456");
  await page.keyboard.press("Enter");
  expect((await stateOf(page)).threshold).toBe(0.123456);
  const { scores, labels } = await measured(page);
  expect(await shown(page, "fp")).toBe(scores.filter((score, k) => score >= 0.123456 && labels[k] === 0).length);
});

test("a lesson that hides the threshold leaves no way to move it", async ({ page }) => {
  await openMeasured(page, `#${NOISY}&hide=threshold`);
  await expect(page.getByRole("slider", { name: "Threshold" })).toHaveCount(0);
  await dragThreshold(page, [0.5, 0.8]);
  expect((await stateOf(page)).threshold).toBe(0.5);
});

test("what is undefined is said to be, with the reason, and is no 0", async ({ page }) => {
  await openMeasured(page, `#${NOISY}&threshold=1`);
  await expect(page.locator("[data-value=precision]")).toHaveText("–");
  await expect(page.locator("[data-value=mcc]")).toHaveText("–");
  await expect(page.locator("[data-value=recall]")).toHaveText("0.000");
  await expect(page.locator(".threshold .figures-note")).toContainText("nothing is predicted as 1");
  await page.getByRole("button", { name: "What is this: Precision" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#help-metric-precision")).toContainText("= 0 / (0 + 0)");
  await expect(page.locator("#help-metric-precision")).toContainText("undefined: nothing is predicted as 1");
});

test("without points of class 1 there is no ROC curve, and the page says why", async ({ page }) => {
  const rows = Array.from({ length: 40 }, (_, k) => `${k % 7},${k % 5},${k === 0 ? "rare" : "usual"}`);
  await open(page, "#tab=metrics&metrics_view=ranking");
  await page.getByRole("radio", { name: "Own CSV" }).click();
  await page.getByLabel("Or paste it here").fill(`a,b,kind\n${rows.join("\n")}`);
  await page.getByRole("dialog").getByLabel("Class 1").selectOption("rare");
  await page.getByRole("button", { name: "Use these data" }).click();
  await expect(page.locator(".about")).toContainText("1: rare");
  await page.getByRole("radio", { name: "test", exact: true }).click();
  await expect(page.locator("[data-value=roc_auc]")).toHaveText("–");
  await expect(page.locator("bce-ranking-curve[kind=roc] .figures-note")).toContainText("no points of class 1");
});

test("a network of NaN has nothing to measure, and the page says so", async ({ page }) => {
  await open(page, "#dataset=moons&loss=BCEWithLogitsLoss&activation=relu&optimizer=SGD&lr=1000&reduction=sum&hidden_layer_sizes=8,8,8&tab=metrics");
  await expect(page.locator(".metrics-problem")).toContainText("NaN");
  await expect(page.locator("bce-confusion-matrix")).toBeHidden();
});

test("every number explains itself: a sentence, its formula, and the formula with its numbers", async ({ page }) => {
  await openMeasured(page, `#${NOISY}`);
  const { tp, fp } = await matrix(page);
  for (const name of ["Accuracy", "Balanced acc.", "Precision", "Recall", "Specificity", "F1", "MCC"]) {
    const button = page.getByRole("button", { name: `What is this: ${name}`, exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    const text = page.locator("[popover]:popover-open");
    await expect(text.locator(".help-sentence")).not.toBeEmpty();
    await expect(text.locator(".help-formula").first()).toContainText(/T[PN]/);
    if (name === "Precision") await expect(text).toContainText(`= ${tp} / (${tp} + ${fp}) = ${(tp / (tp + fp)).toFixed(3)}`);
    await page.keyboard.press("Escape");
  }
});

test("who points at a cell sees its points on the boundary, and a press keeps them in sight", async ({ page }) => {
  await openMeasured(page, `#${NOISY}`);
  const { scores, labels } = await measured(page);
  const marked = () => page.evaluate(() => /** @type {any} */ (document.querySelector("bce-decision-boundary")).session.marked);
  const points = () => page.locator("canvas.points").evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const plain = await points();
  await page.locator("[data-cell=fp]").hover();
  const rows = [...labels.keys()].filter((k) => labels[k] === 0 && scores[k] >= 0.5);
  expect(await marked()).toEqual({ part: "test", rows, wrong: true });
  expect(rows.length).toBe(await shown(page, "fp"));
  expect(await points()).not.toBe(plain);
  await page.getByRole("slider", { name: "Threshold" }).hover();
  expect(await marked()).toBeNull();
  expect(await points()).toBe(plain);

  await page.locator("[data-cell=tp]").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-cell=tp]")).toHaveAttribute("aria-pressed", "true");
  expect((await marked()).rows.length).toBe(await shown(page, "tp"));
  // They are those of the threshold as it is now.
  await page.getByRole("slider", { name: "Threshold" }).press("End");
  await measured(page);
  expect((await marked()).rows.length).toBe(await shown(page, "tp"));
  await page.getByRole("tab", { name: "Training" }).click();
  expect(await marked()).toBeNull();
});

test("it follows training at its own rate, and rests while nobody looks", async ({ page }) => {
  await open(page, `#${NOISY}`);
  await expect(page.locator("bce-metrics")).toBeVisible();
  const count = () => page.evaluate(() => new Promise((done) => {
    const { measurement } = /** @type {any} */ (document.querySelector("bce-metrics"));
    let times = 0;
    measurement.addEventListener("measured", () => { times += 1; });
    setTimeout(() => done(times), 2000);
  }));
  const times = await count();
  expect(times).toBeGreaterThan(0);
  expect(times).toBeLessThanOrEqual(9);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => scrollTo(0, 0));
  await expect(page.locator("bce-metrics")).not.toBeInViewport();
  await page.waitForTimeout(500);
  expect(await count()).toBe(0);
});

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  test(`the views in ${scheme}: nothing cut off, and axe-core finds nothing`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await openMeasured(page, `#${NOISY}`);
    for (const [view, name] of [["threshold", "Threshold"], ["ranking", "ROC & PR"], ["calibration", "Calibration"]]) {
      await page.getByRole("radio", { name, exact: true }).click();
      for (const [width, height] of [[390, 844], [1920, 1080], [1280, 800]]) {
        await page.setViewportSize({ width, height });
        await page.locator("bce-metrics").scrollIntoViewIfNeeded();
        await measured(page);
        await expect.poll(() => page.locator("bce-metrics").evaluate((root) => [root.parentElement, root, ...root.querySelectorAll(".metrics-views, .metrics-view, dl, dl .field, td")]
          .filter((element) => element && element.checkVisibility()
            && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
          .map((element) => `${element?.className} ${element?.scrollWidth}×${element?.scrollHeight}`)), `${view} ${width}`).toEqual([]);
        const path = `tests/page/screenshots/metrics-${view}-${width}x${height}-${scheme}.png`;
        await page.locator("bce-metrics").screenshot({ path });
      }
      expect(await findings(page)).toEqual([]);
    }
  });
}
