// The benchmark's promises that need none of its packages: that the contestants compute the same,
// and that one which does not gets no row.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { init } from "bce-playground";

import { create as ours } from "../bench/contestants/ours.js";
import { create as plainjs } from "../bench/contestants/plainjs.js";
import { measure } from "../bench/measure.js";
import { rowsOf } from "../bench/table.js";
import { disagreement } from "../bench/agreement.js";
import { TASKS, makeTask } from "../bench/tasks.js";
import { peakWasm } from "../bench/peak-wasm.js";

/** @import { Task, TaskOptions } from "../bench/tasks.js" */

before(() => init());

/** @type {TaskOptions[]} */
const tiny = [
  { name: "tanh", widths: [2, 4, 2, 1], activation: "tanh", batch: 10, rows: 50 },
  // Two labels, and a last batch that is smaller than the others.
  { name: "two labels", widths: [3, 5, 2], activation: "relu", batch: 8, rows: 30 },
];

for (const options of tiny) {
  test(`ours and plain JavaScript train alike: ${options.name}`, () => {
    const task = makeTask(options);
    const [a, b] = [ours(task), plainjs(task)];
    assert.equal(disagreement(task, a, b), null);
    const before = b.train(1);
    assert.ok(b.train(20) < before, "the loss falls");
    a.free();
  });
}

test("ours and plain JavaScript predict the same grid", () => {
  const sizes = { widths: [2, 4, 1], batch: 81, rows: 81 };
  const task = makeTask({ name: "grid", kind: "predict", activation: "tanh", ...sizes });
  const [a, b] = [ours(task), plainjs(task)];
  assert.equal(disagreement(task, a, b), null);
  a.free();
});

test("a contestant whose losses are wrong gets no row, and the others keep theirs", async () => {
  const create = {
    ours,
    plainjs,
    // A learning rate 1 % off.
    "tfjs-wasm": (/** @type {Task} */ task) => plainjs({ ...task, lr: 1.01 * task.lr }),
  };
  const request = { task: TASKS[0], rounds: 3, seconds: 0.1, peak: peakWasm() };
  const contestants = /** @type {(keyof typeof create)[]} */ (Object.keys(create));
  const outcome = await measure(
    { ...request, contestants },
    async (name) => create[name],
    () => performance.now(),
  );
  assert.deepEqual(Object.keys(outcome.refused), ["tfjs-wasm"]);
  assert.match(outcome.refused["tfjs-wasm"] ?? "", /the loss is 0\.\d+, and 0\.\d+ in the baseline/);
  const rows = rowsOf({ task: TASKS[0], host: "node", outcome });
  assert.deepEqual(
    rows.map(({ contestant }) => contestant),
    ["ours", "plainjs"],
  );
  for (const row of rows) {
    assert.ok(row.samples_per_s > 0);
    assert.ok(row.ratio_min <= row.ratio && row.ratio <= row.ratio_max);
  }
  assert.ok(outcome.peak > 0);
});

test("ratios are taken round by round", () => {
  const rates = { plainjs: [10, 20, 40], ours: [50, 40, 160] };
  const outcome = { peak: 1, refused: {}, rates };
  const [baseline, row] = rowsOf({ task: TASKS[0], host: "node", outcome });
  assert.deepEqual([baseline.ratio, baseline.ratio_min, baseline.ratio_max], [1, 1, 1]);
  assert.deepEqual(row, {
    task: "T1",
    contestant: "ours",
    host: "node",
    samples_per_s: 50,
    ratio: 4,
    ratio_min: 2,
    ratio_max: 5,
  });
});
