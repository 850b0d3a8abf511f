// What a frame costs the page's main thread: all of its tasks from one animation frame to the next,
// from a trace. So layout, painting and the messages of the worker are part of it.

/** @import { Browser } from "@playwright/test" */

const EPOCHS = 100_000;
const SECONDS = 10;
const PATIENCE_MS = 180_000;
const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];

/** @typedef {{ name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number, args: any }} TraceEvent times in microseconds */

/** @param {Browser} browser @param {string} address */
export async function printFrameCost(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.waitForFunction(
    (epochs) => (window.playground?.frame?.epoch ?? 0) >= epochs,
    EPOCHS,
    { timeout: PATIENCE_MS, polling: 500 },
  );
  const points = await page.evaluate(() => window.playground.curve.length);
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.waitForTimeout(1000 * SECONDS);
  /** @type {{ traceEvents: TraceEvent[] }} */
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await page.close();

  const { wall, cpu, parts } = costs(traceEvents);
  console.log(
    `\nMain thread, one frame after ${EPOCHS} epochs (${points} points), ${wall.length} frames:`,
  );
  for (const [name, times] of Object.entries({ "by the clock": wall, "of processor": cpu })) {
    const [middle, high] = [0.5, 0.95].map((share) => quantile(times, share).toFixed(1));
    // Pictures take turns, and so some frames hold more than others.
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    console.log(`  ${name.padEnd(14)}median ${middle} ms, 95th percentile ${high} ms, mean ${mean.toFixed(1)} ms`);
  }
  console.log("  where it goes, in ms of processor of the mean frame, each with what it calls:");
  for (const [name, time] of parts.slice(0, 14)) {
    console.log(`    ${name.padEnd(34)}${time.toFixed(2).padStart(7)}`);
  }
}

/** @param {TraceEvent[]} events */
function costs(events) {
  const drawing = events.filter(({ name }) => name === "FireAnimationFrame");
  const thread = mostFrequent(drawing.map(({ pid, tid }) => `${pid} ${tid}`));
  const here = events.filter(({ ph, pid, tid }) => ph === "X" && `${pid} ${tid}` === thread);
  const starts = drawing
    .filter(({ pid, tid }) => `${pid} ${tid}` === thread)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  // The page's callback and the measuring ones fire in the same frame: one start for each.
  const frames = starts.filter((ts, i) => i === 0 || ts - starts[i - 1] > 4000);
  const tasks = here.filter(({ name }) => name === "RunTask").sort((a, b) => a.ts - b.ts);
  const wall = new Float64Array(frames.length);
  const cpu = new Float64Array(frames.length);
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    // A task belongs to the frame that begins in it, or else to the one that runs.
    const frame = frames.findLastIndex((start) => start < ts + dur);
    if (frame < 0) continue;
    wall[frame] += dur / 1000;
    cpu[frame] += tdur / 1000;
  }
  /** @type {Record<string, number>} */
  const parts = {};
  for (const { name, args, tdur = 0 } of here) {
    const what = name === "FunctionCall" ? `${name} ${args.data?.functionName ?? ""}` : name;
    parts[what] = (parts[what] ?? 0) + tdur / 1000 / frames.length;
  }
  return {
    // The first and the last are not whole.
    wall: wall.slice(1, -1),
    cpu: cpu.slice(1, -1),
    parts: Object.entries(parts).toSorted(([, a], [, b]) => b - a),
  };
}

/** @param {string[]} texts */
function mostFrequent(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** @param {Float64Array} numbers @param {number} share */
function quantile(numbers, share) {
  const sorted = numbers.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
