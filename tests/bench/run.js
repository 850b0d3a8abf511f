// `cargo xtask bench`: reads the options, lets each host measure each task, prints the table.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { start } from "./hosts.js";
import { BASELINE } from "./measure.js";
import { peakWasm } from "./peak-wasm.js";
import { TASKS } from "./tasks.js";
import { printHeader, printRows, rowsOf } from "./table.js";

/** @import { HostName } from "./hosts.js" */
/** @import { ContestantName } from "./measure.js" */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SCRATCH = process.env.BENCH_SCRATCH ?? join(ROOT, "target/bench");
/** @type {readonly HostName[]} */
const HOSTS = ["chromium", "node"];
/** @type {readonly ContestantName[]} */
const CONTESTANTS = ["ours", "plainjs", "tfjs-wasm"];
// For all tasks on both hosts together: a run takes about five minutes.
const SECONDS = 280;

const { values } = parseArgs({
  options: {
    tasks: { type: "string" },
    hosts: { type: "string" },
    contestants: { type: "string" },
    rounds: { type: "string" },
    clock: { type: "string", default: "wall" },
    json: { type: "string" },
  },
});

/**
 * @template {string} T
 * @param {string | undefined} text names, separated by commas
 * @param {readonly T[]} all
 * @returns {T[]}
 */
function chosen(text, all) {
  if (text === undefined) return [...all];
  const names = text.split(",");
  const unknown = names.find((name) => !all.includes(/** @type {T} */ (name)));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${all.join(", ")}.`);
  return all.filter((name) => names.includes(name));
}

async function main() {
  const names = chosen(values.tasks, TASKS.map(({ name }) => name));
  const tasks = TASKS.filter(({ name }) => names.includes(name));
  const hosts = chosen(values.hosts, HOSTS);
  const contestants = chosen(values.contestants, CONTESTANTS);
  if (!contestants.includes(BASELINE)) contestants.push(BASELINE);
  const rounds = values.rounds === undefined ? null : Number(values.rounds);
  if (rounds !== null && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error("--rounds takes a positive whole number.");
  }
  const { clock } = values;
  if (clock !== "wall" && clock !== "cpu") throw new Error("--clock takes wall or cpu.");
  const seconds = SECONDS / TASKS.length / HOSTS.length;
  const peak = peakWasm();

  const measured = [];
  let refused = false;
  console.log(`${cpus().length} × ${cpus()[0].model}`);
  for (const name of hosts) {
    const host = await start(name, SCRATCH, clock);
    printHeader(host.version());
    for (const task of tasks) {
      const outcome = await host.measure({ task, contestants, rounds, seconds, peak });
      const found = { task, host: name, outcome };
      measured.push(found);
      printRows(found);
      refused ||= Object.keys(outcome.refused).length > 0;
    }
    await host.close();
  }
  const peakGflops = Math.max(...measured.map(({ outcome }) => outcome.peak)) / 1e9;
  console.log(`\nPeak of f32x4 multiply and add: ${peakGflops.toFixed(1)} GFLOP/s`);
  if (values.json !== undefined) {
    const result = { peak_gflops: peakGflops, rows: measured.flatMap(rowsOf) };
    writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  }
  if (refused) process.exitCode = 1;
}

await main();
