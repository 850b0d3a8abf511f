// What share of the worker's time goes to training while the page draws: the wasm's functions are
// timed from inside of the worker, whose script gets a meter put before it.

import { workerTime } from "../worker-time.js";
import { meter } from "./meter.js";

/** @import { Browser } from "@playwright/test" */

const SECONDS = 10;
const WARM_UP_MS = 3000;
/** Everything else that takes less than this share is summed up. */
const WORTH_A_LINE = 0.002;

/** @param {Browser} browser @param {string} address */
export async function printWorkerShare(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.route("**/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${meter})();${await response.text()}` });
  });
  await page.goto(address);
  await page.waitForFunction(() => (window.playground?.frame?.epoch ?? 0) > 0);
  await page.waitForTimeout(WARM_UP_MS);
  await page.evaluate(readMeter);
  const before = await workerTime(browser);
  const frames = await page.evaluate(countFrames, 1000 * SECONDS);
  const { elapsed, spent } = await page.evaluate(readMeter);
  const processor = (await workerTime(browser)) - before;
  await page.close();

  const training = spent.trainer_trainFor / elapsed;
  console.log(`\nWorker, T2 at full speed, ${Math.round(frames.drawn)} frames a second:`);
  const known = Object.entries(spent).toSorted(([, a], [, b]) => b - a);
  let rest = elapsed;
  for (const [name, time] of known) {
    if (time < WORTH_A_LINE * elapsed) continue;
    rest -= time;
    console.log(`  ${name.padEnd(32)}${percent(time / elapsed)}`);
  }
  console.log(`  ${"other wasm, JavaScript, messages".padEnd(32)}${percent(rest / elapsed)}`);
  // On a busy machine there are fewer frames, and each takes longer by the clock.
  const cost = ((1 - training) * processor) / (frames.drawn * SECONDS);
  const rate = `${cost.toFixed(2)} ms of processor for a frame; 60 frames a second leave training`;
  console.log(`  ${rate} ${percent(1 - (60 * cost) / 1000).trim()}`);
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`.padStart(8);
}

/** @returns {Promise<{ elapsed: number, spent: Record<string, number> }>} since the last time */
function readMeter() {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel("meter");
    channel.onmessage = ({ data }) => {
      channel.close();
      resolve(data);
    };
    channel.postMessage(null);
  });
}

/**
 * Animation frames a second, and those of them in which there was something newer to draw.
 *
 * @param {number} milliseconds
 */
async function countFrames(milliseconds) {
  const start = performance.now();
  let all = 0;
  let drawn = 0;
  let last = -1;
  while (performance.now() < start + milliseconds) {
    await new Promise(requestAnimationFrame);
    const { version = -1 } = window.playground.frame ?? {};
    all += 1;
    if (version !== last) drawn += 1;
    last = version;
  }
  const seconds = (performance.now() - start) / 1000;
  return { all: all / seconds, drawn: drawn / seconds };
}
