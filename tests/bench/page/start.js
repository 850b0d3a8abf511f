// From navigation to the first trained frame, in a browser that has never seen the site, and what
// came over the network until then.

import { extname } from "node:path";
import { gzipSync } from "node:zlib";

import { median } from "../table.js";

/** @import { Browser, Response } from "@playwright/test" */

const VISITS = 9;

/** @param {Browser} browser @param {string} site */
export async function printStart(browser, site) {
  const visits = [];
  for (let i = 0; i < VISITS; i++) visits.push(await visit(browser, site));
  const times = visits.map(({ milliseconds }) => milliseconds);
  const [middle, least, most] = [median(times), Math.min(...times), Math.max(...times)].map(Math.round);
  console.log(`\nStart: first trained frame after ${middle} ms (${least} to ${most}, ${VISITS} visits)`);

  const bytes = visits[0].bytes;
  const total = Object.values(bytes).reduce((sum, size) => sum + size, 0);
  for (const [type, size] of Object.entries({ ...bytes, "everything": total })) {
    console.log(`  ${type.padEnd(12)}${(size / 1000).toFixed(1).padStart(8)} kB gzipped`);
  }
}

/** @param {Browser} browser @param {string} site */
async function visit(browser, site) {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {Response[]} */
  const responses = [];
  page.on("response", (response) => responses.push(response));
  await page.goto(site);
  const trained = await page.waitForFunction(() => {
    // Called in every animation frame: in the one after the first trained frame was drawn.
    const { frame } = window.playground ?? {};
    return frame && frame.epoch + frame.step > 0 ? performance.now() : 0;
  });
  const milliseconds = /** @type {number} */ (await trained.jsonValue());
  /** @type {Record<string, number>} */
  const bytes = {};
  const sizes = await Promise.all([...responses].map(sizeOf));
  for (const [type, size] of sizes) bytes[type] = (bytes[type] ?? 0) + size;
  await context.close();
  return { milliseconds, bytes };
}

/** @param {Response} response @returns {Promise<[string, number]>} */
async function sizeOf(response) {
  const body = await response.body();
  const type = extname(new URL(response.url()).pathname).slice(1) || "html";
  return [type, gzipSync(body, { level: 9 }).length];
}
