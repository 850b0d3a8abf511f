// What the classification views have measured, for their tests.

import { expect, trained } from "./playground.js";

/** @import { Page } from "@playwright/test" */
/** @import { BinaryMetrics } from "bce-playground" */

/** Data that are not learnt perfectly: every cell of the matrix has something in it. */
export const NOISY = "noise=30&dataset=moons&tab=metrics";

/** Trains for a while and stops, with what was measured on the screen. @param {Page} page @param {string} hash */
export async function openMeasured(page, hash) {
  await trained(page, 30, `${hash}&speed=3000`);
  await measured(page);
}

/**
 * What the page has measured, once it is of the network as it stands and of this threshold.
 *
 * @param {Page} page
 * @returns {Promise<{ part: string, scores: number[], labels: number[], metrics: BinaryMetrics }>}
 */
export async function measured(page) {
  /** @type {any} */
  let found;
  await expect.poll(async () => {
    found = await page.evaluate(async () => {
      const { client, state } = window.playground;
      const { measured: now } = /** @type {any} */ (document.querySelector("bce-metrics")).measurement;
      if (now?.metrics.threshold !== state.threshold || now.part !== state.metrics_part) return null;
      const { split, part, scores, labels, metrics } = now;
      const { data } = await client.predict(part === "test" ? split.test_inputs : split.inputs);
      const same = data.every((score, k) => score === scores[k]);
      return same ? { part, scores: [...scores], labels: [...labels], metrics } : "of other scores";
    });
    return typeof found === "object" && found !== null ? "measured" : found;
  }).toBe("measured");
  return found;
}
