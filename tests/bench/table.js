// What was measured, as rows and as a table.

import { BASELINE } from "./measure.js";
import { flopPerSample } from "./tasks.js";

/** @import { ContestantName, Outcome } from "./measure.js" */
/** @import { HostName } from "./hosts.js" */
/** @import { TaskOptions } from "./tasks.js" */

/** @typedef {{ task: TaskOptions, host: HostName, outcome: Outcome }} Measured */
/**
 * @typedef {object} Row
 * @property {string} task
 * @property {ContestantName} contestant
 * @property {HostName} host
 * @property {number} samples_per_s median of the rounds
 * @property {number} ratio median of the rounds' ratios to the baseline
 * @property {number} ratio_min
 * @property {number} ratio_max
 */

/** @param {Measured} measured @returns {Row[]} */
export function rowsOf({ task, host, outcome: { rates } }) {
  const baseline = rates[BASELINE] ?? [];
  return Object.entries(rates).map(([contestant, rates]) => {
    const ratios = rates.map((rate, round) => rate / baseline[round]);
    return {
      task: task.name,
      contestant: /** @type {ContestantName} */ (contestant),
      host,
      samples_per_s: median(rates),
      ratio: median(ratios),
      ratio_min: Math.min(...ratios),
      ratio_max: Math.max(...ratios),
    };
  });
}

/** @param {string} host */
export function printHeader(host) {
  console.log(`\n${host}`);
  print(["task", "network, batch, rows", "contestant", "samples/s", "ratio", "min", "max"], [
    "GFLOP/s",
    "of peak",
  ]);
}

/** @param {Measured} measured */
export function printRows(measured) {
  const { task, outcome } = measured;
  const { name, widths, activation, batch, rows } = task;
  const title = `${widths.join("-")} ${activation}, ${batch}, ${rows}`;
  rowsOf(measured).forEach((row, i) => {
    const flops = row.samples_per_s * flopPerSample(task);
    const ratios = [row.ratio, row.ratio_min, row.ratio_max].map((ratio) => ratio.toPrecision(3));
    const about = i === 0 ? [name, title] : ["", ""];
    print([...about, row.contestant, Math.round(row.samples_per_s).toLocaleString("en"), ...ratios], [
      (flops / 1e9).toFixed(2),
      `${((100 * flops) / outcome.peak).toPrecision(2)} %`,
    ]);
  });
  for (const [contestant, reason] of Object.entries(outcome.refused)) {
    console.log(`${name.padEnd(5)}${contestant}: no row, its result is wrong: ${reason}`);
  }
}

/** @param {string[]} columns @param {string[]} more */
function print(columns, more) {
  const [task, network, contestant, ...numbers] = [...columns, ...more];
  const widths = [12, 8, 8, 8, 9, 9];
  const right = numbers.map((text, i) => text.padStart(widths[i])).join("");
  console.log(`${task.padEnd(5)}${network.padEnd(32)}${contestant.padEnd(10)}${right}`);
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
