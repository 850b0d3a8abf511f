// `cargo xtask bench --growth`: samples a second against the width of the network and against the
// batch, as pictures in docs/.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { growthPicture } from "./growth-picture.js";
import { start } from "./hosts.js";
import { peakWasm } from "./peak-wasm.js";
import { rowsOf } from "./table.js";
import { flopPerSample } from "./tasks.js";

/** @import { HostName } from "./hosts.js" */
/** @import { ContestantName } from "./measure.js" */
/** @import { TaskOptions } from "./tasks.js" */

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const SCRATCH =
  process.env.BENCH_SCRATCH ?? fileURLToPath(new URL("../../target/bench", import.meta.url));
const ROUNDS = 5;
const SECONDS = 2;
/** @type {ContestantName[]} */
const CONTESTANTS = ["ours", "plainjs"];

const WIDTHS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const BATCHES = [1, 2, 3, 4, 5, 6, 8, 12, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

/** @typedef {{ x: number, rates: Partial<Record<ContestantName, number>>, gflops: number }} Point */

/** @type {{ file: string, title: string, x: string, tasks: [number, TaskOptions][] }[]} */
const PICTURES = [
  {
    file: "growth-width.svg",
    title: "2-w-w-1 relu, batch 64",
    x: "width w",
    tasks: WIDTHS.map((w) => {
      const widths = [2, w, w, 1];
      return [w, { name: `w${w}`, widths, activation: "relu", batch: 64, rows: 512 }];
    }),
  },
  {
    file: "growth-batch.svg",
    title: "2-8-8-1 tanh, 4096 rows",
    x: "batch",
    tasks: BATCHES.map((batch) => {
      const widths = [2, 8, 8, 1];
      return [batch, { name: `b${batch}`, widths, activation: "tanh", batch, rows: 4096 }];
    }),
  },
];

const { values } = parseArgs({
  options: {
    hosts: { type: "string", default: "chromium" },
    clock: { type: "string", default: "wall" },
  },
});
const clock = values.clock === "cpu" ? "cpu" : "wall";
const host = await start(/** @type {HostName} */ (values.hosts), SCRATCH, clock);
const peak = peakWasm();
for (const { file, title, x, tasks } of PICTURES) {
  console.log(`\n${title} in ${host.version()}, samples/s`);
  /** @type {Point[]} */
  const points = [];
  for (const [at, task] of tasks) {
    const request = { task, contestants: CONTESTANTS, rounds: ROUNDS, seconds: SECONDS, peak };
    const outcome = await host.measure(request);
    for (const reason of Object.values(outcome.refused)) throw new Error(`${x} ${at}: ${reason}`);
    const rows = rowsOf({ task, host: "node", outcome });
    const rates = Object.fromEntries(rows.map((row) => [row.contestant, row.samples_per_s]));
    const gflops = (rates.ours * flopPerSample(task)) / 1e9;
    points.push({ x: at, rates, gflops });
    const numbers = CONTESTANTS.map((name) => Math.round(rates[name]).toLocaleString("en"));
    console.log(
      `  ${x} ${String(at).padStart(4)}`,
      ...numbers.map((text) => text.padStart(13)),
      `${gflops.toFixed(2).padStart(8)} GFLOP/s`,
    );
  }
  const where = `${host.version()}, ${cpus()[0].model}`;
  writeFileSync(`${DOCS}${file}`, growthPicture({ title: `${title} (${where})`, x, points }));
}
await host.close();
