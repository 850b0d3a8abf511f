// Several labels for a row: the made sets, and training on them through the package.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { Trainer, binaryCrossEntropy, binaryCrossEntropyWithLogits, datasets, init, metrics } from "bce-playground";
import { TrainerClient } from "bce-playground/client";

/** @import { Tensor } from "bce-playground" */

const golden = JSON.parse(readFileSync(new URL("../golden/multilabel.json", import.meta.url), "utf8"));

/** @type {TrainerClient} */
let client;
before(async () => {
  await init();
  client = new TrainerClient(null, null);
});
after(() => client.free());

/** @param {number[]} shape @param {number[]} data @returns {Tensor} */
const tensor = (shape, data) => /** @type {any} */ ({ shape, data });

test("made sets of three labels: shapes, names, and the seed", () => {
  const reports = datasets.make("health_reports", { n_samples: 50, seed: 2 });
  assert.deepEqual([reports.inputs.shape, reports.targets.shape], [[50, 5], [50, 3]]);
  assert.deepEqual(reports.feature_names, ["age", "blood pressure", "glucose", "lipids", "BMI"]);
  assert.deepEqual(reports.target_names, ["hypertension", "high blood sugar", "high blood lipids"]);
  assert.deepEqual(reports, datasets.make("health_reports", { n_samples: 50, seed: 2 }));
  const regions = datasets.make("overlapping_regions", { n_samples: 30, noise: 5 });
  assert.deepEqual([regions.inputs.shape, regions.targets.shape], [[30, 2], [30, 3]]);
  assert.throws(() => datasets.make("health_reports", { noise: 60 }), { name: "ValueError", path: "noise" });
});

test("the tutorial's health reports are learnt with one weight for each label, whatever the batch size", () => {
  const made = datasets.make("health_reports", { n_samples: 400, seed: 1 });
  const { inputs, targets, test_inputs, test_targets } = datasets.split(made, { train_size: 0.5, standardize: true });
  for (const batch_size of [10, 64]) {
    const trainer = new Trainer({
      seed: 1,
      layers: [{ in: 5, out: 8, activation: "tanh" }, { in: 8, out: 3, activation: "sigmoid" }],
      loss: { name: "BCELoss", weight: [1, 2, 0.5] },
      optimizer: { name: "Adam", lr: 0.01 },
      batch_size,
    }, { inputs, targets, test_inputs, test_targets });
    trainer.trainEpochs(150, { evaluate: "last" });
    const scores = trainer.predict(/** @type {any} */ (test_inputs));
    const { subset_accuracy, hamming_loss } = metrics.multilabel(scores, /** @type {any} */ (test_targets));
    assert.ok(subset_accuracy > 0.8, `subset accuracy ${subset_accuracy}`);
    assert.ok(hamming_loss < 0.08, `Hamming loss ${hamming_loss}`);
    trainer.free();
  }
});

test("a threshold for each label: scikit-learn's numbers, and how often labels come together", async () => {
  for (const { name, scores, labels, threshold, co_occurrence, ...expected } of golden.cases) {
    const got = metrics.multilabel(scores, labels, { threshold });
    assert.deepEqual(got.threshold, threshold);
    assert.deepEqual(got.per_label.map((each) => each.threshold), threshold);
    near(got, expected, name);
    const found = { true: metrics.coOccurrence(labels), predicted: metrics.coOccurrence(scores, { threshold }) };
    assert.deepEqual(found, co_occurrence, name);
    assert.deepEqual(await client.metrics.multilabel(scores, labels, { threshold }), got);
    assert.deepEqual(await client.metrics.coOccurrence(scores, { threshold }), found.predicted);
  }
});

test("by hand: two of four rows have every label right, three of eight labels are wrong", () => {
  const labels = tensor([4, 2], [1, 1, 1, 0, 0, 1, 0, 0]);
  const scores = tensor([4, 2], [0.9, 0.6, 0.4, 0.4, 0.2, 0.7, 0.8, 0.9]);
  const got = metrics.multilabel(scores, labels);
  assert.equal(got.subset_accuracy, 2 / 4);
  assert.equal(got.hamming_loss, 3 / 8);
  // Label 1: 1 found, 1 missed, 1 false alarm; label 2: 2 found, 1 false alarm.
  near(got.average, { micro: { precision: 3 / 5, recall: 3 / 4, f1: 2 / 3 },
    macro: { precision: (1 / 2 + 2 / 3) / 2, recall: (1 / 2 + 1) / 2, f1: (1 / 2 + 4 / 5) / 2 } }, "averages");
  // At 0.4 and 0.95 the first label gets its missed row, the second loses all.
  const moved = metrics.multilabel(scores, labels, { threshold: [0.4, 0.95] });
  assert.deepEqual(moved.per_label.map(({ tp, fp, fn }) => [tp, fp, fn]), [[2, 1, 0], [0, 0, 2]]);
  assert.deepEqual(metrics.coOccurrence(labels), [[2, 1], [1, 2]]);
  for (const threshold of [[0.5], 0.5]) assert.deepEqual(metrics.multilabel(scores, labels, { threshold }), { ...got, threshold: 0.5 });
  for (const threshold of [[0.5, 0.5, 0.5], [], [NaN, 0.5]]) {
    assert.throws(() => metrics.multilabel(scores, labels, { threshold }), { name: "ValueError", path: "threshold" });
    assert.throws(() => metrics.coOccurrence(labels, { threshold }), { name: "ValueError", path: "threshold" });
  }
});

test("the worker's losses are the calling thread's, and it says what PyTorch says to a wrong shape", async () => {
  const input = tensor([2, 3], [0.2, 0.7, 0.9, 0.4, 0.1, 0.6]);
  const target = tensor([2, 3], [0, 1, 1, 1, 0, 0]);
  for (const weight of [tensor([3], [1, 2, 3]), tensor([2, 1], [1, 2])]) {
    assert.deepEqual(await client.binaryCrossEntropy(input, target, { weight }), binaryCrossEntropy(input, target, { weight }));
    const options = { pos_weight: weight, reduction: /** @type {const} */ ("none") };
    assert.deepEqual(await client.binaryCrossEntropyWithLogits(input, target, options),
      binaryCrossEntropyWithLogits(input, target, options));
  }
  await assert.rejects(client.binaryCrossEntropy(input, target, { weight: tensor([2], [1, 2]) }), { name: "RuntimeError",
    message: "Attempting to broadcast a dimension of length 2 at -1! Mismatching argument at index 1 had torch.Size([2]); "
      + "but expected shape should be broadcastable to [2, 3]" });
});

/** Every number of `expected`, at the same place of `got`. @param {any} got @param {any} expected @param {string} where */
function near(got, expected, where) {
  if (typeof expected === "number") assert.ok(Math.abs(got - expected) < 1e-12, `${where}: ${got}, not ${expected}`);
  else for (const [key, value] of Object.entries(expected)) near(got[key], value, `${where}.${key}`);
}
