// The start module: the same bits as the full one, which takes its place without anybody noticing.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";

import { Trainer, init } from "bce-playground";
import * as small from "../../npm/pkg/bce_wasm_start.js";
import { modules } from "../../npm/modules.js";
import { PROTOCOL } from "../../npm/protocol.js";
import { read } from "../../npm/read-node.js";
import { serve } from "../../npm/worker-core.js";
import { bits } from "./bits.js";
import { withClient } from "./clients.js";
import { moonsConfig, sleep, xorData } from "./runs.js";

const file = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);

before(async () => {
  await init();
  await small.default({ module_or_path: await readFile(file("npm/pkg/bce_wasm_start_bg.wasm")) });
});

test("the pinned runs have the same bits in the start module", async () => {
  const runs = JSON.parse(await readFile(file("tests/core/bits/runs.json"), "utf8"));
  for (const run of runs) {
    const { name, ...options } = run.dataset;
    const made = small.datasetsMake(name, options);
    const trainer = new small.Trainer(run.config, small.datasetsSplit(made, { standardize: true }));
    trainer.trainFor(Infinity, { until_epoch: run.epochs });
    assert.equal(bits(trainer.parameters(), 4), run.expected.parameters, run.name);
    const grid = trainer.predictGrid({ width: 8, height: 8, x: [-2, 2], y: [-2, 2] });
    assert.equal(bits(grid, 4), run.expected.grid, run.name);
    trainer.free();
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
