// What goes out: a script for PyTorch, and weights as safetensors.
//
// pytorch-curves.json holds what PyTorch printed for exactly these scripts, known again by their
// hashes. Where PyTorch is there (PYTHON names an interpreter), they are run anew, and with
// UPDATE_CURVES=1 written down anew: after a change of the script or of what a run's bits depend on.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { Trainer, init, readSafetensors } from "bce-playground";
import { TrainerClient } from "bce-playground/client";
import { withClient } from "./clients.js";
import { moonsConfig, tensor, xorData } from "./runs.js";

before(() => init());

const PYTHON = process.env.PYTHON ?? "python3";

/** @param {string} script @param {string[]} [args] */
function run(script, args = []) {
  return spawnSync(PYTHON, ["-", ...args], { input: script, encoding: "utf8", maxBuffer: 1 << 26 });
}

/** @param {string} code */
const without = (code) => (run(code).status === 0 ? false : `there is no ${code} in ${PYTHON}`);
const NO_PYTHON = without("pass");
const NO_TORCH = without("import torch");
const NO_SAFETENSORS = without("import torch, safetensors.torch");

const [FIRST, LAST] = moonsConfig().layers;
const LOGITS = [
  { ...FIRST, activation: "gelu", activation_params: { approximate: "tanh" } },
  { in: 6, out: 3, activation: "leaky_relu", activation_params: { negative_slope: 0.2 } },
  { in: 3, out: 1 },
];
const BCE = { name: "BCEWithLogitsLoss", weight: [0.5], pos_weight: [2] };

/** @type {Record<string, object>} */
const CONFIGS = {
  "BCELoss, Adam": {},
  "momentum, weight decay": {
    optimizer: { name: "SGD", lr: 0.05, momentum: 0.9, nesterov: true, weight_decay: 1e-3 },
  },
  "logits, weights, StepLR, l2": {
    layers: LOGITS,
    loss: BCE,
    optimizer: { name: "AdamW", lr: 0.01, amsgrad: true },
    scheduler: { name: "StepLR", step_size: 3, gamma: 0.5 },
    penalty: { kind: "l2", lambda: 0.01 },
  },
  "OneCycleLR, l1 on all": {
    layers: LOGITS,
    loss: { name: "BCEWithLogitsLoss" },
    scheduler: { name: "OneCycleLR", max_lr: 0.1, total_steps: 20 },
    penalty: { kind: "l1", lambda: 0.001, on: "all" },
  },
  "sum, RMSprop, ReduceLROnPlateau": {
    loss: { name: "BCELoss", reduction: "sum" },
    optimizer: { name: "RMSprop", lr: 0.003, centered: true },
    scheduler: { name: "ReduceLROnPlateau", patience: 1 },
  },
  "MSELoss, Adagrad, SequentialLR, no shuffle": {
    loss: { name: "MSELoss" },
    optimizer: { name: "Adagrad", lr: 0.05 },
    shuffle: false,
    scheduler: {
      name: "SequentialLR",
      schedulers: [
        { name: "LinearLR", total_iters: 3 },
        { name: "CosineAnnealingLR", T_max: 7 },
      ],
      milestones: [4],
    },
  },
  "SmoothL1Loss, softplus, silu": {
    layers: [
      { ...FIRST, activation: "softplus" },
      { ...LAST, activation: "silu" },
    ],
    loss: { name: "SmoothL1Loss", beta: 0.5 },
    optimizer: { name: "SGD", lr: 0.05 },
  },
};

const CURVES = new URL("./pytorch-curves.json", import.meta.url);
/** @typedef {{ sha256: string, columns: string[], rows: number[][] }} Printed */
/** @type {Record<string, Printed>} */
const printed = JSON.parse(readFileSync(CURVES, "utf8"));

/** @param {string} script @returns {Printed} what PyTorch prints */
function ranByPyTorch(script) {
  const { status, stdout, stderr } = run(script);
  assert.equal(status, 0, stderr);
  const [head, ...lines] = stdout.trim().split("\n");
  const sha256 = createHash("sha256").update(script).digest("hex");
  return { sha256, columns: head.split(" "), rows: lines.map((line) => line.split(" ").map(Number)) };
}

for (const [name, changes] of Object.entries(CONFIGS)) {
  test(`the script gives PyTorch's curve of the run: ${name}`, () => {
    const trainer = new Trainer(moonsConfig(changes), {
      ...xorData(),
      ...(name.startsWith("BCELoss") && {
        sample_weight: tensor([64, 1], Array.from({ length: 64 }, (_, i) => 1 + (i % 3))),
      }),
    });
    const records = trainer.trainEpochs(8);
    const script = trainer.toPyTorch();
    trainer.free();
    if (process.env.UPDATE_CURVES) printed[name] = ranByPyTorch(script);
    const known = printed[name];
    assert.equal(createHash("sha256").update(script).digest("hex"), known.sha256);
    for (const { columns, rows } of NO_TORCH ? [known] : [known, ranByPyTorch(script)]) {
      assert.equal(rows.length, 8);
      rows.forEach((row, i) => {
        row.forEach((got, k) => {
          const expected = Number(records[i][/** @type {"lr"} */ (columns[k])]);
          const error = Math.abs(got - expected);
          assert.ok(error <= 1e-6 * Math.max(1, Math.abs(expected)), `${columns[k]}: ${row}`);
        });
      });
    }
  });
}

after(() => {
  if (process.env.UPDATE_CURVES) writeFileSync(CURVES, `${JSON.stringify(printed)}\n`);
});

test("the script orders the rows as the playground does, epoch after epoch", { skip: NO_PYTHON }, () => {
  for (const seed of [7, 0, 2 ** 53 - 1]) {
    const trainer = new Trainer(moonsConfig({ seed }), xorData());
    const script = trainer.toPyTorch();
    const functions = script.slice(script.indexOf("MASK ="), script.indexOf("@torch.no_grad()"));
    const { stdout, stderr } = run(
      `SEED, SHUFFLE = ${seed}, True\n${functions}\nprint(order_of(0, 64) + order_of(1, 64))`,
    );
    const orders = JSON.parse(stdout || assert.fail(stderr));
    const rows = Array.from({ length: 128 }, () => {
      const { next_row } = trainer.trainFor(0, { steps: 0 });
      trainer.trainFor(1e4, { samples: 1 });
      return next_row;
    });
    assert.deepEqual(orders, rows);
    trainer.free();
  }
});

test("the script is Python, with everything that a configuration can hold", { skip: NO_PYTHON }, () => {
  const layers = [{ ...FIRST, dropout: 0.5 }, { in: 6, out: 1 }];
  const focal = { name: "sigmoid_focal_loss", reduction: "mean", alpha: 0.5 };
  for (const changes of [...Object.values(CONFIGS), { layers, loss: focal, seed: 3 }]) {
    const trainer = new Trainer(moonsConfig(changes), xorData());
    const { status, stderr } = run(`compile(${JSON.stringify(trainer.toPyTorch())}, "script", "exec")`);
    trainer.free();
    assert.equal(status, 0, stderr);
  }
});

test("the script names what it is made of, and begins where it is asked to", () => {
  const layers = [{ ...FIRST, dropout: 0.25 }, LAST];
  const trainer = new Trainer(moonsConfig({ layers }), xorData());
  const fresh = trainer.toPyTorch();
  assert.match(fresh, /^START, EPOCHS = 0, 100$/m);
  assert.match(fresh, /nn\.Linear\(2, 6\),\n {4}nn\.Tanh\(\),\n {4}nn\.Dropout\(0\.25\),\n/);
  assert.match(fresh, /Dropout: PyTorch draws other units/);
  assert.match(fresh, /torch\.optim\.Adam\(model\.parameters\(\), lr=0\.01, betas=\[0\.9, 0\.999\]/);
  trainer.trainEpochs(5);
  trainer.setParameter(0, 7);
  // From the start: the weights before training, whatever has been set since.
  assert.equal(trainer.toPyTorch({ epochs: 100 }), fresh);
  assert.match(trainer.toPyTorch(), /^START, EPOCHS = 0, 5$/m);
  const now = trainer.toPyTorch({ from: "now", epochs: 3 });
  assert.match(now, /^START, EPOCHS = 5, 3$/m);
  assert.match(now, /weights after epoch 5/);
  assert.notEqual(now.match(/"0\.weight": tensor\("(.*?)"/)?.[1], fresh.match(/"0\.weight": tensor\("(.*?)"/)?.[1]);
  // @ts-expect-error neither start nor now
  assert.throws(() => trainer.toPyTorch({ from: "end" }), { name: "ValueError", path: "from" });
  // @ts-expect-error unknown
  assert.throws(() => trainer.toPyTorch({ epoch: 1 }), { name: "ValueError", path: "epoch" });
  assert.throws(() => trainer.toPyTorch({ epochs: -1 }), { path: "epochs" });
  trainer.free();
});

test("a client exports the same, from its side of the border", () =>
  withClient(async (client) => {
    const trainer = new Trainer(moonsConfig(), xorData());
    trainer.trainEpochs(3);
    await client.trainEpochs(3);
    assert.equal(await client.toPyTorch(), trainer.toPyTorch());
    const options = { from: /** @type {const} */ ("now"), epochs: 2 };
    assert.equal(await client.toPyTorch(options), trainer.toPyTorch(options));
    assert.deepEqual(await client.toSafetensors(), trainer.toSafetensors());
    assert.deepEqual(await client.data(), trainer.data());
    assert.deepEqual(await client.initialParameters(), trainer.initialParameters());
    const restored = Trainer.restore(trainer.snapshot(), xorData());
    assert.equal(restored.toPyTorch(), trainer.toPyTorch());
    restored.free();
    trainer.free();
    // @ts-expect-error neither start nor now
    await assert.rejects(client.toPyTorch({ from: "end" }), { name: "ValueError" });
  }));

test("data come back as they were given, sample_weight and test rows too", () => {
  const sample_weight = tensor([64, 1], new Array(64).fill(2));
  const trainer = new Trainer(moonsConfig(), { ...xorData(), sample_weight });
  const given = xorData();
  const data = trainer.data();
  assert.deepEqual(Object.keys(data), [
    ...["inputs", "targets", "sample_weight", "test_inputs", "test_targets"],
  ]);
  assert.deepEqual(data.inputs.shape, [64, 2]);
  assert.deepEqual(Array.from(data.inputs.data), given.inputs.data);
  assert.deepEqual(data.sample_weight?.data, new Float32Array(64).fill(2));
  assert.deepEqual(Array.from(data.test_targets?.data ?? []), given.test_targets?.data);
  const { inputs, targets } = given;
  const bare = new Trainer(moonsConfig(), { inputs, targets });
  assert.deepEqual(Object.keys(bare.data()), ["inputs", "targets"]);
  assert.deepEqual(bare.initialParameters(), bare.parameters());
  trainer.free();
  bare.free();
});

test("weights go through a safetensors file to the bit, and PyTorch reads it", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  trainer.trainEpochs(2);
  const file = trainer.toSafetensors();
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  assert.equal(length % 8, 0);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  assert.deepEqual(header.__metadata__, { format: "pt" });
  assert.deepEqual(header["0.bias"], { dtype: "F32", shape: [6], data_offsets: [48, 72] });
  assert.equal(file.length, 8 + length + 4 * 25);
  const dict = readSafetensors(file);
  assert.deepEqual(dict, trainer.stateDict());
  // In the middle of another buffer, at any place.
  const shifted = new Uint8Array(file.length + 3);
  shifted.set(file, 3);
  assert.deepEqual(readSafetensors(shifted.subarray(3)), dict);
  assert.deepEqual(readSafetensors(/** @type {ArrayBuffer} */ (file.buffer)), dict);
  if (!NO_SAFETENSORS) {
    const { stdout, stderr } = run(`
import base64, json, safetensors.torch
dict = safetensors.torch.load(base64.b64decode("${Buffer.from(file).toString("base64")}"))
print(json.dumps({name: value.flatten().tolist() for name, value in dict.items()}))`);
    const read = JSON.parse(stdout || assert.fail(stderr));
    for (const [name, { data }] of Object.entries(dict)) {
      assert.deepEqual(Float32Array.from(read[name]), data);
    }
  }
  trainer.free();
});

/** @param {string} header @param {number} [numbers] */
function file(header, numbers = 0) {
  const bytes = new Uint8Array(8 + header.length + 4 * numbers);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  return bytes;
}

test("what is no safetensors file is refused, and nothing is allocated for what it claims", () => {
  const entry = (/** @type {object} */ changes) =>
    JSON.stringify({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...changes } });
  assert.deepEqual(readSafetensors(file(entry({}), 2)).a.data, new Float32Array(2));
  assert.deepEqual(readSafetensors(file("{}")), {});
  const huge = new Uint8Array(16).fill(255);
  for (const bytes of [
    new Uint8Array(0),
    new Uint8Array(7),
    new Uint8Array(16),
    huge,
    file("[]"),
    file("nope"),
    file(entry({}), 1),
    file(entry({ data_offsets: [0, 4] }), 2),
    file(entry({ data_offsets: [8, 0] }), 2),
    file(entry({ data_offsets: [-8, 0] }), 2),
    file(entry({ shape: [1e9], data_offsets: [0, 4e9] }), 2),
    file(entry({ shape: [0.5], data_offsets: [0, 2] }), 2),
    file(entry({ shape: null }), 2),
    file(JSON.stringify({ a: 1 }), 2),
    file('{"a":null}', 2),
  ]) {
    assert.throws(() => readSafetensors(bytes), { name: "ValueError", path: "bytes" });
  }
  assert.throws(() => readSafetensors(file(entry({ dtype: "F16" }), 2)), { message: /F16/ });
  // @ts-expect-error no bytes
  assert.throws(() => readSafetensors("x"), { name: "TypeError" });
});

test("a file of another network is refused by loadStateDict, in PyTorch's words", async () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const other = new TrainerClient(moonsConfig({ layers: [{ in: 2, out: 1 }], loss: BCE }), xorData());
  const dict = readSafetensors(await other.toSafetensors());
  assert.throws(() => trainer.loadStateDict(dict), { message: /Missing key\(s\) in state_dict/ });
  await other.free();
  trainer.free();
});
