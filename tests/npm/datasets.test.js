import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PlaygroundError, Trainer, datasets, init } from "bce-playground";
import { TrainerClient } from "bce-playground/client";
import { tensor } from "./runs.js";

/** @import { MadeDataset, ShippedDataset } from "bce-playground" */

/** @type {TrainerClient} */
let client;

before(async () => {
  await init();
  client = new TrainerClient(null, null);
});
after(() => client.free());

/** @type {MadeDataset[]} */
const MADE = ["circle", "xor", "gauss", "spiral", "moons"];
/** @type {ShippedDataset[]} */
const SHIPPED = ["iris", "breast_cancer"];

test("made data sets have the asked size, ratio and bounds, and repeat with their seed", () => {
  for (const name of MADE) {
    const options = { n_samples: 200, noise: 10, ratio: 0.25, seed: 5 };
    const made = datasets.make(name, options);
    assert.equal(made.name, name);
    assert.deepEqual(made.inputs.shape, [200, 2]);
    assert.deepEqual(made.targets.shape, [200, 1]);
    assert.equal(
      made.targets.data.reduce((sum, t) => sum + t, 0),
      50,
    );
    assert.equal(made.feature_names.length, 2);
    assert.equal(made.target_names.length, 2);
    assert.ok(made.inputs.data.every((x) => Math.abs(x) < 12));
    assert.deepEqual(datasets.make(name, options), made);
    assert.notDeepEqual(datasets.make(name, { ...options, seed: 6 }), made);
  }
  assert.deepEqual(datasets.make("moons").inputs.shape, [500, 2]);
});

test("shipped data sets name source and licence, and their positive class can be chosen", () => {
  const iris = datasets.load("iris");
  assert.deepEqual(iris.inputs.shape, [150, 4]);
  assert.equal(iris.target_names[1], "virginica");
  assert.match(iris.source ?? "", /Fisher/);
  assert.equal(iris.licence, "CC BY 4.0");
  const setosa = datasets.load("iris", { positive: "setosa" });
  assert.equal(setosa.target_names[1], "setosa");
  assert.deepEqual(setosa.inputs, iris.inputs);
  const cancer = datasets.load("breast_cancer");
  assert.deepEqual(cancer.inputs.shape, [569, 30]);
  assert.deepEqual(cancer.target_names, ["benign", "malignant"]);
  assert.equal(
    cancer.targets.data.reduce((sum, t) => sum + t, 0),
    212,
  );
});

test("a CSV's mistake has its line and column", () => {
  const rows = ["x,y,label", "1,2,a", "3,4,b", "5,6,a", "7,8,b", "9,10,a", "11,x,b", "13,14,a"];
  assert.throws(() => datasets.parseCSV(rows.join("\n")), {
    name: "ValueError",
    path: "line 7, column 2",
  });
  const right = datasets.parseCSV(rows.join("\r\n").replace("x,b", "12,b"), { positive: "b" });
  assert.deepEqual(right.inputs.shape, [7, 2]);
  assert.deepEqual(right.feature_names, ["x", "y"]);
  assert.deepEqual(right.targets.data, Float32Array.of(0, 1, 0, 1, 0, 1, 0));
});

test("a CSV of a spreadsheet: decimal commas, words, missing values, and what they look like", () => {
  const text = "name;size;weight;kind\nAnn;1,5;;a\nBob;2,5;4;b\nCy;3,5;5,25;a\n";
  const preview = datasets.previewCSV(text);
  assert.deepEqual(
    [preview.delimiter, preview.header, preview.decimal, preview.rows],
    [";", true, ",", 3],
  );
  assert.deepEqual(preview.columns[2], {
    name: "weight",
    numbers: 2,
    words: 0,
    missing: 1,
    values: ["4", "5,25"],
  });
  assert.deepEqual(preview.first_rows[0], ["Ann", "1,5", "", "a"]);
  assert.deepEqual(preview.missing, [{ column: 2, place: "line 2, column 3" }]);

  assert.throws(() => datasets.parseCSV(text, { features: [1, 2] }), { path: "line 2, column 3" });
  const dropped = datasets.parseCSV(text, { features: [1, 2], missing: "drop" });
  assert.deepEqual([...dropped.inputs.data], [2.5, 4, 3.5, 5.25]);
  const kept = datasets.parseCSV(text, { features: [1, 2], missing: "keep" });
  assert.deepEqual([...kept.inputs.data], [1.5, NaN, 2.5, 4, 3.5, 5.25]);
  assert.throws(() => datasets.split(kept), { path: "inputs[0][1]" });
  const { inputs } = datasets.split(kept, { train_size: 1, impute: true });
  assert.deepEqual([...inputs.data], [1.5, 4.625, 2.5, 4, 3.5, 5.25]);

  for (const [option, value] of [
    ["decimal", ";"],
    ["missing", "mean"],
    ["features", [0.5]],
    ["features", [3]],
  ]) {
    const options = /** @type {any} */ ({ [String(option)]: value });
    assert.throws(() => datasets.parseCSV(text, options), { name: "ValueError", path: option });
  }
});

test("a split goes into a Trainer as it is, standardised by its training part", () => {
  const split = datasets.split(datasets.load("breast_cancer"), {
    train_size: 0.7,
    standardize: true,
    seed: 2,
  });
  const rows = split.train_rows.length + split.test_rows.length;
  assert.equal(rows, 569);
  assert.equal(new Set([...split.train_rows, ...split.test_rows]).size, 569);
  assert.equal(split.mean?.length, 30);
  const [n, features] = split.inputs.shape;
  for (let j = 0; j < features; j += 1) {
    let sum = 0;
    for (let i = 0; i < n; i += 1) sum += split.inputs.data[i * features + j];
    assert.ok(Math.abs(sum / n) < 1e-4);
  }
  const trainer = new Trainer(
    {
      layers: [{ in: 30, out: 1, activation: "sigmoid" }],
      loss: { name: "BCELoss" },
      optimizer: { name: "Adam", lr: 0.01 },
    },
    split,
  );
  trainer.trainEpochs(20, { evaluate: "last" });
  assert.ok(trainer.evaluate("test").accuracy > 0.94);
  trainer.free();
});

test("names that are none are errors", () => {
  for (const name of ["nope", "__proto__", "toString", 3, undefined]) {
    // @ts-expect-error not names
    assert.throws(() => datasets.make(name), PlaygroundError);
    // @ts-expect-error not names
    assert.throws(() => datasets.load(name), PlaygroundError);
  }
  // @ts-expect-error misspelt
  assert.throws(() => datasets.load("iris", { postive: "setosa" }), { message: /postive/ });
  assert.throws(() => datasets.load("iris", { positive: "tulip" }), { name: "ValueError" });
  // @ts-expect-error misspelt
  assert.throws(() => datasets.make("moons", { n_sample: 3 }), { message: /n_sample/ });
});

test("the worker makes, loads, reads and splits the same data", async () => {
  for (const name of MADE) {
    assert.deepEqual(
      await client.datasets.make(name, { noise: 20 }),
      datasets.make(name, { noise: 20 }),
    );
  }
  for (const name of SHIPPED) {
    assert.deepEqual(await client.datasets.load(name), datasets.load(name));
  }
  const positive = { positive: "versicolor" };
  assert.deepEqual(await client.datasets.load("iris", positive), datasets.load("iris", positive));
  const text = "a;b;c\n1;2;0\n3;4;1\n";
  assert.deepEqual(await client.datasets.parseCSV(text), datasets.parseCSV(text));
  const moons = datasets.make("moons");
  assert.deepEqual(
    await client.datasets.split(moons, { seed: 3 }),
    datasets.split(moons, { seed: 3 }),
  );
  // @ts-expect-error no name
  await assert.rejects(client.datasets.load("nope"), { name: "ValueError", path: "name" });
  await assert.rejects(client.datasets.parseCSV("x,y\n1,a\nz,b\n", { header: true }), {
    path: /^line 3/,
  });
});

test("classes are balanced by weights, or by rows that are drawn again", async () => {
  const made = datasets.make("gauss", { n_samples: 200, ratio: 0.1, seed: 3 });
  const weights = datasets.balancedWeights(made.targets);
  assert.deepEqual(weights.shape, [200, 1]);
  const weightOf = (/** @type {number} */ label) =>
    weights.data.reduce((sum, weight, k) => sum + (made.targets.data[k] === label ? weight : 0), 0);
  assert.ok(Math.abs(weightOf(0) - 100) < 1e-4 && Math.abs(weightOf(1) - 100) < 1e-4);

  const { inputs, targets, rows } = datasets.oversample(made, { seed: 5 });
  assert.deepEqual([inputs.shape, targets.shape, rows.length], [[360, 2], [360, 1], 360]);
  assert.equal(targets.data.reduce((sum, target) => sum + target), 180);
  assert.deepEqual(inputs.data.subarray(0, 400), made.inputs.data);
  rows.forEach((row, k) => {
    assert.equal(targets.data[k], made.targets.data[row]);
    assert.deepEqual(inputs.data.slice(2 * k, 2 * k + 2), made.inputs.data.slice(2 * row, 2 * row + 2));
  });
  assert.deepEqual(datasets.oversample(made, { seed: 5 }).rows, rows);

  const one = { shape: [2, 1], data: [1, 1] };
  assert.throws(() => datasets.balancedWeights(one), { name: "ValueError", path: "targets" });
  assert.throws(() => datasets.oversample({ inputs: one, targets: one }), { name: "ValueError", path: "targets" });
  assert.throws(() => datasets.oversample({ inputs: tensor([1, 1], [0]), targets: tensor([2, 1], [0, 1]) }),
    { name: "ValueError", path: "inputs" });

  assert.deepEqual(await client.datasets.oversample(made, { seed: 5 }), { inputs, targets, rows });
  assert.deepEqual(await client.datasets.balancedWeights(made.targets), weights);
});
