// Derived inputs: formulas as people type them, what they compute, and how grids and predictions use
// them; label noise and smoothing; scores.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";

import { PlaygroundError, Trainer, datasets, init, metrics } from "bce-playground";
import { parseFormula } from "bce-playground/formula";
import jsep from "jsep";
import { frame, withClient } from "./clients.js";
import { moonsConfig, tensor, xorData } from "./runs.js";

/** @import { GridOptions } from "bce-playground" */

before(() => init());

/** @param {string} text @param {number} [inputs] */
function refused(text, inputs) {
  try {
    parseFormula(text, { inputs });
  } catch (error) {
    assert.ok(error instanceof PlaygroundError, `${error}`);
    assert.equal(error.name, "ValueError");
    assert.match(error.message, /a formula may hold x1, x2, numbers, pi, .* sin, /);
    return error.path;
  }
  throw new assert.AssertionError({ message: `${text} was not refused` });
}

test("a formula becomes a program in postfix order, and a name as it is written", () => {
  /** @type {[string, string, (number | string)[]][]} */
  const cases = [
    ["x1*x2", "x1 * x2", ["x1", "x2", "*"]],
    [" x1 ", "x1", ["x1"]],
    ["x1-x2-1", "x1 - x2 - 1", ["x1", "x2", "-", 1, "-"]],
    ["x1-(x2-1)", "x1 - (x2 - 1)", ["x1", "x2", 1, "-", "-"]],
    ["(x1*x2)/2", "x1 * x2 / 2", ["x1", "x2", "*", 2, "/"]],
    ["-x1^2", "-x1^2", ["x1", 2, "^", "neg"]],
    ["(-x1)^2", "(-x1)^2", ["x1", "neg", 2, "^"]],
    ["2*-x1^2", "2 * -x1^2", [2, "x1", 2, "^", "neg", "*"]],
    ["x1^2^3", "x1^2^3", ["x1", 2, 3, "^", "^"]],
    ["(x1^2)^3", "(x1^2)^3", ["x1", 2, "^", 3, "^"]],
    ["2^-x1", "2^-x1", [2, "x1", "neg", "^"]],
    ["+.5e1*x1", "5 * x1", [5, "x1", "*"]],
    ["sin(2*pi*x1)", "sin(2 * pi * x1)", [2, Math.PI, "*", "x1", "*", "sin"]],
    ["min(x1,x2,3)", "min(x1, x2, 3)", ["x1", "x2", "min", 3, "min"]],
    ["-(x1+x2)*2", "-(x1 + x2) * 2", ["x1", "x2", "+", "neg", 2, "*"]],
  ];
  for (const [text, name, program] of cases) {
    assert.deepEqual(parseFormula(text), { name, program }, text);
    assert.deepEqual(parseFormula(name).program, program, `${text} read again`);
  }
  assert.deepEqual(parseFormula("x4", { inputs: 4 }).program, ["x4"]);
});

test("what is no formula is refused at its place", () => {
  const cases = {
    "": 1,
    y: 1,
    "x1 + y": 6,
    x3: 1,
    "x1 x2": 4,
    "x1,x2": 3,
    "x1;": 3,
    "(x1": 4,
    "x1)": 3,
    "x1 **2": 5,
    "2x1": 2,
    "sin x1": 5,
    "sin()": 1,
    "1 + sin(x1, x2)": 5,
    "min(x1)": 1,
    "foo(x1)": 1,
    "x1(x2)": 1,
    "sin.constructor(x1)": 1,
    "x1.constructor": 1,
    "x1[0]": 1,
    "'x1'": 1,
    "[x1]": 1,
    "x1 ? 1 : 2": 4,
    "x1 = 2": 4,
    "x1 == 2": 4,
    "1e400": 1,
    this: 1,
    constructor: 1,
    ["__proto__"]: 1,
    "x1 => x1": 4,
    "x1 + `a`": 6,
  };
  for (const [text, place] of Object.entries(cases)) {
    assert.equal(refused(text), `character ${place}`, text);
  }
  assert.equal(refused("(".repeat(201)), "character 201");
  assert.equal(refused("(".repeat(200)), "character 201");
  // @ts-expect-error no text
  assert.throws(() => parseFormula(7), { name: "TypeError" });
});

test("others who use jsep find its grammar as it was, after errors too", () => {
  parseFormula("x1^2");
  assert.throws(() => parseFormula("x1 +"));
  const { type } = jsep("a ? b.c && 'd' : [1]");
  assert.equal(type, "ConditionalExpression");
});

test("every formula has the bits of the native core, on the calling thread and in a worker", async () => {
  const file = new URL("../core/bits/features.json", import.meta.url);
  const { inputs, formulas, expected } = JSON.parse(await readFile(file, "utf8"));
  const rows = tensor([inputs.length / 2, 2], inputs);
  for (const { name, program } of formulas) assert.deepEqual(parseFormula(name), { name, program });
  const derived = datasets.features(rows, formulas);
  assert.deepEqual(derived.inputs.shape, [24, 15]);
  assert.equal(derived.feature_names[2], "x1 * x2");
  const view = new DataView(new ArrayBuffer(4));
  const bits = Array.from(derived.inputs.data, (x) => {
    view.setFloat32(0, x);
    return view.getUint32(0).toString(16).padStart(8, "0");
  });
  assert.equal(bits.join(""), expected);
  await withClient(async (client) => {
    assert.deepEqual(await client.datasets.features(rows, formulas), derived);
  });
});

test("formulas that cannot be computed are errors with their place", () => {
  const rows = tensor([2, 2], [1, 2, -1, 4]);
  const log = parseFormula("log(x1)");
  assert.throws(() => datasets.features(rows, [parseFormula("x2"), log]), {
    name: "ValueError",
    path: "formulas[1]",
    message: /row 1/,
  });
  const third = parseFormula("x3", { inputs: 3 });
  assert.throws(() => datasets.features(rows, [third]), { path: "formulas[0]" });
  // @ts-expect-error no formula
  assert.throws(() => datasets.features(rows, ["x1"]), { name: "TypeError", path: "formulas[0]" });
  // @ts-expect-error no array
  assert.throws(() => datasets.features(rows, "x1"), { name: "TypeError", path: "formulas" });
  assert.throws(() => datasets.features(rows, []), { name: "ValueError" });
  assert.throws(() => datasets.features(tensor([4], [1, 2, 3, 4]), [log]), { path: "inputs" });
});

const FORMULAS = ["x1", "x2^2", "x1*x2"].map((text) => parseFormula(text));

/** moons with derived inputs, standardised: what a page trains on. */
function derivedRun() {
  const made = datasets.make("moons", { n_samples: 60, noise: 10 });
  const dataset = { ...made, ...datasets.features(made.inputs, FORMULAS) };
  const split = datasets.split(dataset, { standardize: true });
  const [first, last] = moonsConfig().layers;
  const config = moonsConfig({ layers: [{ ...first, in: 3 }, last] });
  const { mean, std } = split;
  return { made, dataset, split, config, seen: { formulas: FORMULAS, mean, std } };
}

test("a plane of x1 and x2 is seen through formulas and scales, pixel by pixel", () => {
  const { split, config, seen } = derivedRun();
  const trainer = new Trainer(config, split);
  trainer.trainEpochs(5);
  /** @type {GridOptions} */
  const grid = { width: 6, height: 4, x: [-6, 6], y: [-4, 4], ...seen };
  const picture = trainer.predictGrid(grid);
  const points = [];
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column < 6; column += 1) points.push(2 * column - 5, 3 - 2 * row);
  }
  const rows = tensor([24, 2], points);
  assert.deepEqual(trainer.predict(rows, seen).data, picture);
  const logits = trainer.logits(tensor([2], points.slice(0, 2)), seen);
  assert.deepEqual(logits.shape, [1]);
  // The same by hand: formulas, then scales.
  const { inputs } = datasets.features(rows, FORMULAS);
  const scaled = Array.from(
    inputs.data,
    (x, i) => (x - Number(seen.mean?.[i % 3])) / Number(seen.std?.[i % 3]),
  );
  assert.deepEqual(trainer.predict(tensor([24, 3], scaled)).data, picture);
  assert.equal(trainer.unitGrids(grid).length, 7 * 24);
  assert.throws(() => trainer.predictGrid({ ...grid, formulas: FORMULAS.slice(1) }), {
    name: "ValueError",
  });
  assert.throws(() => trainer.predict(rows), { name: "RuntimeError" });
  // @ts-expect-error unknown
  assert.throws(() => trainer.predict(rows, { ...seen, scale: 1 }), { path: "scale" });
  trainer.free();
});

test("a frame's grid and units are seen through formulas too", async () => {
  const { split, config, seen } = derivedRun();
  await withClient(async (client) => {
    await client.load(config, split);
    /** @type {GridOptions} */
    const grid = { width: 6, height: 4, x: [-6, 6], y: [-4, 4], ...seen };
    // At once, from a worker that has only begun with the start module.
    assert.equal((await frame(client, { grid })).grid?.length, 24);
    await client.trainEpochs(5);
    const got = await frame(client, { grid, units: { width: 3, height: 2 } });
    assert.deepEqual(got.grid, await client.predictGrid(grid));
    assert.deepEqual(got.units, await client.unitGrids({ ...grid, width: 3, height: 2 }));
    const point = tensor([1, 2], [1, 2]);
    const trainer = new Trainer(config, split);
    trainer.trainEpochs(5);
    assert.deepEqual(await client.predict(point, seen), trainer.predict(point, seen));
    trainer.free();
  });
});

test("label noise and smoothing are options of a split", () => {
  const made = datasets.make("circle", { n_samples: 200, seed: 3 });
  const clean = datasets.split(made, { seed: 3 });
  const noisy = datasets.split(made, { seed: 3, label_noise: 0.1 });
  assert.deepEqual(noisy.train_rows, clean.train_rows);
  const differing = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) =>
    a.filter((t, i) => t !== b[i]).length;
  assert.ok(clean.test_targets && noisy.test_targets);
  const flips =
    differing(clean.targets.data, noisy.targets.data) +
    differing(clean.test_targets.data, noisy.test_targets.data);
  assert.equal(flips, 20);
  const soft = datasets.split(made, { seed: 3, label_smoothing: 0.25 });
  assert.deepEqual(new Set(soft.targets.data), new Set([0.125, 0.875]));
  assert.deepEqual(soft.test_targets, clean.test_targets);
  assert.throws(() => datasets.split(made, { label_noise: 2 }), { path: "label_noise" });
  assert.throws(() => datasets.split(made, { label_smoothing: -1 }), { path: "label_smoothing" });
});

test("scores and labels are those that evaluate() counts", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  trainer.trainEpochs(10);
  for (const part of /** @type {const} */ (["train", "test"])) {
    const { scores, labels } = trainer.scores(part);
    assert.deepEqual(scores.shape, labels.shape);
    const { accuracy } = metrics.binary(scores, labels);
    assert.equal(accuracy, trainer.evaluate(part).accuracy);
  }
  const { inputs, targets } = xorData();
  assert.deepEqual(trainer.scores("train").scores, trainer.predict(inputs));
  assert.deepEqual(Array.from(trainer.scores("train").labels.data), targets.data);
  // @ts-expect-error no part
  assert.throws(() => trainer.scores("all"), { name: "ValueError", message: /"all"/ });
  trainer.free();
});

test("a frame brings scores, and metrics at the threshold that is asked for", () =>
  withClient(async (client) => {
    await client.trainEpochs(10);
    const options = { part: /** @type {const} */ ("test"), threshold: 0.3, bins: 5 };
    const got = await frame(client, { scores: "test", metrics: options });
    assert.ok(got.scores);
    assert.deepEqual(got.scores, await client.scores("test"));
    const { scores, labels } = got.scores;
    assert.deepEqual(got.metrics, metrics.binary(scores, labels, { threshold: 0.3, bins: 5 }));
    const train = (await frame(client, { metrics: {} })).metrics;
    assert.equal(train?.threshold, 0.5);
    const plain = await frame(client);
    assert.deepEqual([plain.scores, plain.metrics], [null, null]);
    await assert.rejects(frame(client, { metrics: { bins: 0 } }), { path: "bins" });
    const { inputs, targets } = xorData();
    await client.setData({ inputs, targets });
    const none = await frame(client, { scores: "test", metrics: { part: "test" } });
    assert.deepEqual([none.scores, none.metrics], [null, null]);
  }));

test("metrics of several outputs are multi-label, and of outputs that are no probabilities null", () =>
  withClient(async (client) => {
    const [first, last] = moonsConfig().layers;
    const { inputs } = xorData(2);
    const targets = tensor([2, 2], [0, 1, 1, 0]);
    await client.load(moonsConfig({ layers: [first, { ...last, out: 2 }] }), { inputs, targets });
    const several = (await frame(client, { metrics: {} })).metrics;
    assert.ok(several && "per_label" in several && several.per_label.length === 2);
    const tanh = moonsConfig({
      layers: [first, { ...last, out: 2, activation: "tanh" }],
      loss: { name: "MSELoss" },
    });
    await client.load(tanh, { inputs, targets });
    const { metrics: none, scores } = await frame(client, { metrics: {}, scores: "train" });
    assert.equal(none, null);
    assert.ok(scores?.scores.data.some((score) => score < 0));
  }));

test("the curve has the loss with and without the penalty", () =>
  withClient(
    async (client) => {
      await client.trainEpochs(3);
      const { curve, train_loss, train_objective } = await frame(client);
      assert.ok(Number.isNaN(curve.train_objective[0]));
      for (const epoch of [1, 2, 3]) {
        assert.ok(curve.train_objective[epoch] > curve.train_loss[epoch]);
      }
      assert.deepEqual([train_loss, train_objective], [curve.train_loss[3], curve.train_objective[3]]);
    },
    { penalty: { kind: "l2", lambda: 0.01 } },
  ));
