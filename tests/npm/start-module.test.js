// The start module: the same bits as the full one, which takes its place without anybody noticing.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";

import { Trainer, datasets, init } from "bce-playground";
import * as small from "../../npm/pkg/bce_wasm_start.js";
import { modules } from "../../npm/modules.js";
import { PROTOCOL } from "../../npm/protocol.js";
import { read } from "../../npm/read-node.js";
import { serve } from "../../npm/worker-core.js";
import { withClient } from "./clients.js";
import { moonsConfig, sleep, xorData } from "./runs.js";

const file = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);

before(async () => {
  await init();
  await small.default({ module_or_path: await readFile(file("npm/pkg/bce_wasm_start_bg.wasm")) });
});

const configurations = {
  "BCELoss, tanh, Adam": {},
  "BCEWithLogitsLoss, relu, Nesterov, weights": {
    layers: [
      { in: 2, out: 9, activation: "relu" },
      { in: 9, out: 5, activation: "sigmoid", dropout: 0.25 },
      { in: 5, out: 1 },
    ],
    loss: { name: "BCEWithLogitsLoss", reduction: "sum", weight: 0.5, pos_weight: [2] },
    optimizer: { name: "SGD", lr: 0.03, momentum: 0.9, nesterov: true, weight_decay: 0.001 },
    batch_size: 7,
  },
};

for (const [name, changes] of Object.entries(configurations)) {
  test(`the start module has the bits of the full one: ${name}`, () => {
    const options = { n_samples: 90, noise: 10, seed: 3 };
    const data = datasets.split(datasets.make("spiral", options), { standardize: true });
    const made = small.datasetsMake("spiral", options);
    assert.deepEqual(small.datasetsSplit(made, { standardize: true }), data);
    const full = new Trainer(moonsConfig(changes), data);
    const trainer = new small.Trainer(moonsConfig(changes), data);
    const grid = { width: 8, height: 8, x: [-2, 2], y: [-2, 2] };
    for (let epoch = 1; epoch <= 8; epoch += 1) {
      const until = { until_epoch: epoch };
      assert.deepEqual(trainer.trainFor(Infinity, until), full.trainFor(Infinity, until));
      for (const part of ["train", "test"]) {
        assert.deepEqual(trainer.evaluate(part), full.evaluate(/** @type {any} */ (part)));
      }
    }
    assert.deepEqual(trainer.parameters(), full.parameters());
    assert.deepEqual(trainer.predictGrid(grid), full.predictGrid(/** @type {any} */ (grid)));
    assert.deepEqual(trainer.snapshot(), full.snapshot());
    assert.deepEqual(trainer.config, full.config);
    trainer.free();
    full.free();
  });
}

/** @param {ArrayLike<number>} numbers @param {4 | 8} bytes */
function bits(numbers, bytes) {
  const view = new DataView(new ArrayBuffer(numbers.length * bytes));
  Array.from(numbers).forEach((x, k) =>
    (bytes === 4 ? view.setFloat32(k * bytes, x) : view.setFloat64(k * bytes, x)));
  return Buffer.from(view.buffer).toString("hex");
}

/** A pinned run in the start module: what of it is written in runs.json. @param {any} run */
function outcome({ dataset: { name, ...options }, config, epochs }) {
  const data = small.datasetsSplit(small.datasetsMake(name, options), { standardize: true });
  const trainer = new small.Trainer(config, data);
  const records = [];
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const { lr, train_loss, train_objective } = trainer.trainFor(Infinity, { until_epoch: epoch });
    const [train, held] = [trainer.evaluate("train"), trainer.evaluate("test")];
    records.push(bits([lr, train_loss, train_objective, train.loss, held.loss, train.accuracy], 8));
  }
  const grid = trainer.predictGrid({ width: 8, height: 8, x: [-2, 2], y: [-2, 2], at: [0, 0] });
  const result = { records, parameters: bits(trainer.parameters(), 4), grid: bits(grid, 4) };
  trainer.free();
  return result;
}

test("the start module computes the pinned run that is not beyond it to the bit, and refuses the others", async () => {
  const runs = JSON.parse(await readFile(file("tests/core/bits/runs.json"), "utf8"));
  const plain = "spiral, tanh, BCELoss, Adam";
  assert.ok(runs.some((/** @type {any} */ run) => run.name === plain));
  for (const run of runs.filter((/** @type {any} */ { dataset }) => dataset)) {
    if (run.name === plain) assert.deepEqual(outcome(run), run.expected);
    // Another init, activation, optimizer, loss or set: it has no words for them.
    else assert.throws(() => outcome(run), { name: "Wordless" }, run.name);
  }
});

test("a trainer that moves to the full module goes on to the bit", async () => {
  await withClient(async (client) => {
    await client.play();
    while ((await client.epoch) < 3) await sleep(5);
    await client.pause();
    const steps = (await client.epoch) * (await client.steps_per_epoch) + (await client.step);
    // The first call that the start module does not know.
    await client.trainSteps(25);
    const trainer = new Trainer(moonsConfig(), xorData());
    trainer.trainFor(Infinity, { steps: steps + 25 });
    assert.deepEqual(await client.stateDict(), trainer.stateDict());
    trainer.free();
  });
});

test("requests are answered in their order while the full module comes", async () => {
  await withClient(async (client) => {
    const [before_, records, after] = await Promise.all([
      client.parameters(),
      client.trainEpochs(2),
      client.parameters(),
    ]);
    const trainer = new Trainer(moonsConfig(), xorData());
    assert.deepEqual(before_, trainer.parameters());
    assert.deepEqual(records, trainer.trainEpochs(2));
    assert.deepEqual(after, trainer.parameters());
    trainer.free();
  });
});

test("where the full module cannot be had, what the start module can do goes on", async () => {
  let missing = true;
  const { start, full } = modules((source) => {
    const there = !missing || String(source).includes("start");
    return read(there ? source : new URL("./missing.wasm", import.meta.url));
  });
  /** @type {Map<number, (reply: any) => void>} */
  const waiting = new Map();
  const receive = serve({
    post: (/** @type {any} */ reply) => waiting.get(reply.id)?.(reply),
    immediate: (turn) => void setImmediate(turn),
    hold: () => Promise.resolve(false),
    modules: { start, full },
  });
  let id = 0;
  const ask = (/** @type {string} */ method, /** @type {unknown[]} */ ...args) => {
    id += 1;
    receive({ protocol: PROTOCOL, id, method, args });
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  await ask("start", {});
  assert.equal((await ask("load", moonsConfig(), xorData())).kind, "result");
  const refused = await ask("trainEpochs", 1);
  assert.equal(refused.error.name, "ImportError");
  assert.equal((await ask("epoch")).value, 0);
  missing = false;
  assert.equal((await ask("trainEpochs", 1)).value.length, 1);
  assert.equal((await ask("epoch")).value, 1);
});

test("what the start module does not know, and what is wrong, is the full module's", async () => {
  const rare = {
    layers: [
      { in: 2, out: 6, activation: "gelu", dropout: 0.1 },
      { in: 6, out: 1, activation: "identity" },
    ],
    init: { name: "kaiming_normal", nonlinearity: "relu" },
    loss: { name: "sigmoid_focal_loss", reduction: "mean" },
    optimizer: { name: "RMSprop", lr: 0.01 },
    scheduler: { name: "ExponentialLR", gamma: 0.9 },
    penalty: { kind: "l2", lambda: 0.001 },
  };
  await withClient(async (client) => {
    // Sent at once, though the configuration is refused first.
    await client.play();
    await client.pause();
    assert.deepEqual((await client.config).penalty, { kind: "l2", lambda: 0.001, on: "weights" });
  }, rare);

  await withClient(async (client) => {
    const [faulty, version, made] = await Promise.allSettled([
      client.load(moonsConfig({ optimizer: { name: "Adam", lr: -1 } }), xorData()),
      client.epoch,
      client.datasets.make(/** @type {any} */ ("circles")),
    ]);
    assert.equal(faulty.status, "rejected");
    assert.deepEqual(
      { ...faulty.reason, message: faulty.reason.message },
      { name: "ValueError", message: "Invalid learning rate: -1", path: "optimizer.lr" },
    );
    assert.deepEqual(version, { status: "fulfilled", value: 0 });
    assert.match(made.status === "rejected" ? made.reason.message : "", /^Unknown data set: "circles"/);
  });
});

test("a pairing that is warned of is warned of at the start too", async () => {
  await withClient(async (client) => {
    assert.match((await client.warnings)[0], /ends in a sigmoid and BCEWithLogitsLoss/);
  }, { loss: { name: "BCEWithLogitsLoss" } });
});
