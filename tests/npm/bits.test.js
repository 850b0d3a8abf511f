// The pinned runs in Node, through the npm package: every loss and parameter to the bit. The same file
// is read by the native test and by the test in Chromium; see tests/core/bits/runs.rs.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { Trainer, datasets, init } from "bce-playground";

before(() => init());

/** @param {ArrayLike<number>} numbers @param {4 | 8} bytes */
function bits(numbers, bytes) {
  const view = new DataView(new ArrayBuffer(bytes));
  let text = "";
  for (const x of Array.from(numbers)) {
    if (bytes === 4) view.setFloat32(0, x);
    else view.setFloat64(0, x);
    for (let i = 0; i < bytes; i++) text += view.getUint8(i).toString(16).padStart(2, "0");
  }
  return text;
}

/** @param {any} run points in halves, standardised; or images, and a hundred others for testing */
function dataOf({ dataset, images }) {
  if (images) {
    const { inputs, targets } = datasets.makeDetection(images);
    const test = datasets.makeDetection({ ...images, first: 1000, n_samples: 100 });
    return { inputs, targets, test_inputs: test.inputs, test_targets: test.targets };
  }
  const { name, ...options } = dataset;
  return datasets.split(datasets.make(name, options), { standardize: true });
}

/** @param {any} run */
function outcome(run) {
  const data = dataOf(run);
  const trainer = new Trainer(run.config, data);
  const columns = ["lr", "train_loss", "train_objective", "eval_loss", "test_loss", "accuracy"];
  const records = trainer
    .trainEpochs(run.epochs)
    .map((/** @type {any} */ record) => bits(columns.map((column) => record[column]), 8));
  const at = new Array(run.config.layers[0].in).fill(0);
  const grid = trainer.predictGrid({ width: 8, height: 8, x: [-2, 2], y: [-2, 2], at });
  const result = {
    records,
    parameters: bits(trainer.parameters(), 4),
    grid: bits(grid, 4),
  };
  trainer.free();
  return result;
}

test("every loss and parameter has the bits of the native run", async () => {
  const file = new URL("../core/bits/runs.json", import.meta.url);
  const runs = JSON.parse(await readFile(file, "utf8"));
  assert.ok(runs.length >= 5);
  for (const run of runs) assert.deepEqual(outcome(run), run.expected, run.name);
});
