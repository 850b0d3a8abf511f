// Several classes through the package: CrossEntropyLoss against PyTorch, metrics against scikit-learn
// (tests/golden/cross_entropy.json), the data sets of several classes, and training on them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import { Trainer, crossEntropy, datasets, init, metrics } from "bce-playground";
import { withClient } from "./clients.js";
import { tensor } from "./runs.js";

const golden = JSON.parse(readFileSync(new URL("../golden/cross_entropy.json", import.meta.url), "utf8"));

before(() => init());

/** @param {any} got @param {any} expected @param {number} tolerance @param {string} what */
function near(got, expected, tolerance, what) {
  if (typeof expected === "number") {
    const far = Math.abs(got - expected) / Math.max(1, Math.abs(expected));
    assert.ok(far <= tolerance, `${what}: ${got}, not ${expected}`);
    return;
  }
  assert.equal(Object.keys(got).length, Object.keys(expected).length, what);
  for (const key of Object.keys(expected)) near(got[key], expected[key], tolerance, `${what}.${key}`);
}

test("losses and their gradients are PyTorch's", () => {
  assert.ok(golden.losses.length > 90);
  for (const { name, input, target, options, output, grad } of golden.losses) {
    const got = crossEntropy(input, target, options);
    near(got.output, output, 1e-5, `${name}: output`);
    near(got.grad, grad, 1e-5, `${name}: grad`);
  }
});

test("errors are PyTorch's, in its words", () => {
  assert.ok(golden.errors.length > 10);
  for (const { name, input, target, options, error, message } of golden.errors) {
    assert.throws(() => crossEntropy(input, target, options), { name: error, message }, name);
  }
});

test("training follows PyTorch's curve, and predicts the softmax", () => {
  for (const { config, inputs, targets, initial, loss, probabilities } of golden.runs) {
    const trainer = new Trainer(config, { inputs, targets });
    assert.deepEqual(trainer.warnings, []);
    trainer.loadStateDict(initial);
    trainer.trainEpochs(8, { evaluate: "last" });
    near(trainer.evaluate("train").loss, loss, 1e-4, "loss");
    near(trainer.predict(inputs), probabilities, 1e-5, "probabilities");
    const { data } = trainer.predict(inputs);
    for (let row = 0; row < 11; row++) {
      const sum = data.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b);
      assert.ok(Math.abs(sum - 1) < 1e-6, `row ${row} sums to ${sum}`);
    }
    trainer.free();
  }
});

test("metrics of several classes are scikit-learn's", () => {
  for (const { scores, labels, expected } of golden.multiclass) {
    near(metrics.multiclass(scores, labels), expected, 1e-14, "metrics");
  }
});

test("metrics of several classes: numbers by hand, and the first of equal scores", () => {
  const scores = tensor([4, 3], [0.5, 0.5, 0, 0.1, 0.8, 0.3, 0.9, 0.2, 0.95, 0, 0, 1]);
  const labels = tensor([4, 3], [1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1]);
  const { confusion, accuracy, per_class } = metrics.multiclass(scores, labels);
  assert.deepEqual(confusion, [[1, 0, 1], [0, 1, 0], [0, 0, 1]]);
  assert.equal(accuracy, 0.75);
  assert.deepEqual(per_class[0], { precision: 1, recall: 0.5, f1: 2 / 3, support: 2 });
  const wrong = (/** @type {any} */ labels) => () => metrics.multiclass(scores, labels);
  assert.throws(wrong(tensor([4, 3], Array(12).fill(0))), { name: "ValueError", path: "labels", message: /one-hot/ });
  assert.throws(wrong(tensor([6, 2], Array(12).fill(0))), { name: "ValueError", path: "labels" });
});

test("iris has its three species as columns", () => {
  const iris = datasets.load("iris", { targets: "one_hot" });
  assert.deepEqual(iris.target_names, ["setosa", "versicolor", "virginica"]);
  assert.deepEqual(iris.targets.shape, [150, 3]);
  for (let row = 0; row < 150; row++) {
    const hot = [0, 1, 2].map((k) => (k === Math.floor(row / 50) ? 1 : 0));
    assert.deepEqual([...iris.targets.data.subarray(row * 3, row * 3 + 3)], hot);
  }
  assert.deepEqual(iris.inputs, datasets.load("iris").inputs);
  assert.throws(() => datasets.load("iris", /** @type {any} */ ({ targets: "index" })), { path: "targets" });
});

test("the five classes and the names of them come from a worker too", async () => {
  await withClient(async (client) => {
    const made = await client.datasets.make("blobs", { n_samples: 50, noise: 5, seed: 2 });
    assert.deepEqual(made, datasets.make("blobs", { n_samples: 50, noise: 5, seed: 2 }));
    assert.deepEqual([made.targets.shape, made.target_names], [[50, 5], ["A", "B", "C", "D", "E"]]);
    const { scores, labels } = golden.multiclass[1];
    assert.deepEqual(await client.metrics.multiclass(scores, labels), metrics.multiclass(scores, labels));
    const iris = await client.datasets.load("iris", { targets: "one_hot" });
    assert.deepEqual(iris.targets, datasets.load("iris", { targets: "one_hot" }).targets);
  });
});

test("one linear layer: the softmax finds the class in the middle, sigmoids one against the rest do not", () => {
  const data = datasets.make("blobs", { n_samples: 400, seed: 1 });
  const recall = (/** @type {any} */ loss, /** @type {any} */ activation) => {
    const config = { seed: 1, layers: [{ in: 2, out: 5, activation }], loss, optimizer: { name: "Adam", lr: 0.1 } };
    const trainer = new Trainer(/** @type {any} */ (config), data);
    trainer.trainEpochs(100, { evaluate: "last" });
    const { data: scores } = trainer.predict(data.inputs);
    const { accuracy } = metrics.multiclass({ shape: [400, 5], data: [...scores] }, data.targets);
    // The share of the middle class's points that its own output claims.
    let claimed = 0;
    for (let row = 4; row < 400; row += 5) claimed += scores[row * 5 + 4] >= 0.5 ? 1 / 80 : 0;
    assert.ok(trainer.evaluate("train").accuracy > 0.75);
    trainer.free();
    return { accuracy, claimed };
  };
  const softmax = recall({ name: "CrossEntropyLoss" }, "identity");
  const sigmoids = recall({ name: "BCELoss" }, "sigmoid");
  assert.ok(softmax.accuracy > 0.95 && softmax.claimed > 0.9, JSON.stringify(softmax));
  assert.equal(sigmoids.claimed, 0);
});

test("a wrong end, weights and sample weights are met with the right words", () => {
  const config = (/** @type {any} */ end, /** @type {any} */ more) => ({
    layers: [{ in: 2, out: 3, activation: end }],
    loss: { name: "CrossEntropyLoss", ...more },
    optimizer: { name: "SGD" },
  });
  const data = { inputs: tensor([1, 2], [0, 1]), targets: tensor([1, 3], [0, 1, 0]) };
  const make = (/** @type {any} */ config, more = {}) => new Trainer(config, { ...data, ...more });
  assert.match(make(config("sigmoid", {})).warnings[0], /softmax of logits/);
  assert.throws(() => make(config("identity", { weight: [1, 2] })), { name: "ValueError", path: "loss.weight" });
  assert.throws(() => make(config("identity", {}), { sample_weight: tensor([1, 1], [1]) }), { path: "sample_weight" });
  assert.match(make(config("identity", {})).toPyTorch(), /F\.cross_entropy\(/);
});
