// Training by single samples, and playing until a condition holds.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Worker } from "node:worker_threads";

import { Trainer, init } from "bce-playground";
import { TrainerClient } from "bce-playground/client";
import { frame, withClient } from "./clients.js";
import { moonsConfig, sleep, xorData } from "./runs.js";

/** @import { Until } from "bce-playground/client" */

before(() => init());

/** @param {TrainerClient} client */
async function paused(client) {
  let newest = await frame(client);
  while (newest.playing) newest = await frame(client, { after: newest.version });
  return newest;
}

test("a sample is a step on the next row; a batch that is begun is finished with the rest", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const single = new Trainer(moonsConfig({ batch_size: 1 }), xorData());
  const rows = [];
  for (let i = 0; i < 17; i += 1) {
    rows.push(trainer.trainFor(0, { steps: 0 }).next_row);
    const { reached, total_steps } = trainer.trainFor(1e4, { samples: 1 });
    assert.deepEqual([reached, total_steps], [true, i + 1]);
  }
  single.trainFor(1e4, { steps: 17 });
  assert.deepEqual(trainer.parameters(), single.parameters());
  assert.equal(new Set(rows).size, 17);
  const { epoch, step, sample, train_loss } = trainer.trainFor(0, { steps: 0 });
  assert.deepEqual([epoch, step, sample], [0, 1, 1]);
  assert.equal(train_loss, single.trainFor(0, { steps: 0 }).train_loss);
  // 15 rows are left of the second batch, then come two whole ones.
  assert.equal(trainer.trainFor(1e4, { until_epoch: 1 }).total_steps, 20);
  assert.equal(trainer.trainFor(1e4, { samples: 64 }).epoch, 2);
  trainer.free();
  single.free();
});

test("samples in the worker are those of the calling thread, and end epochs", () =>
  withClient(async (client) => {
    const trainer = new Trainer(moonsConfig(), xorData());
    assert.deepEqual(await client.trainSamples(1), trainer.trainFor(1e4, { samples: 1 }));
    const { sample, step, next_row } = await frame(client);
    assert.deepEqual([sample, step], [1, 0]);
    assert.equal(next_row, trainer.trainFor(0, { steps: 0 }).next_row);
    assert.deepEqual(await client.trainSamples(70), trainer.trainFor(1e4, { samples: 70 }));
    assert.deepEqual((await frame(client)).curve.epoch, Float64Array.of(0, 1));
    assert.deepEqual(await client.trainSteps(1), trainer.trainFor(1e4, { steps: 1 }));
    assert.deepEqual(await client.trainEpochs(2), trainer.trainEpochs(2));
    assert.deepEqual(await client.snapshot(), trainer.snapshot());
    // @ts-expect-error no number
    await assert.rejects(client.trainSamples("1"), { name: "TypeError" });
    trainer.free();
  }));

test("a snapshot in the middle of a batch goes on there", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  trainer.trainFor(1e4, { samples: 21 });
  const restored = Trainer.restore(trainer.snapshot(), xorData());
  assert.deepEqual(restored.trainFor(0, { steps: 0 }), trainer.trainFor(0, { steps: 0 }));
  assert.deepEqual(restored.trainEpochs(2), trainer.trainEpochs(2));
  trainer.free();
  restored.free();
});

/** @param {Until} until @param {object} [changes] */
async function playedUntil(until, changes) {
  const client = new TrainerClient(moonsConfig(changes), xorData());
  await client.play({ until });
  const newest = await paused(client);
  await client.free();
  return newest;
}

test("playing stops at the epoch, exactly, and says so", async () => {
  const { epoch, step, stopped, curve } = await playedUntil({ epoch: 37 });
  assert.deepEqual([epoch, step], [37, 0]);
  assert.deepEqual(stopped, { by: "epoch", epoch: 37, value: 37 });
  assert.equal(curve.epoch.at(-1), 37);
  // Beyond 512 only every second epoch is recorded.
  assert.equal((await playedUntil({ epoch: 515 })).epoch, 515);
});

test("playing stops at the first recorded epoch where a condition holds", async () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const records = trainer.trainEpochs(500);
  trainer.free();
  const first = (/** @type {(record: any) => boolean} */ holds) =>
    records.find(holds)?.epoch ?? assert.fail("never");
  const train = Number(records[99].train_loss);
  const test_ = Number(records[49].test_loss);
  /** @type {[Until, number][]} */
  const cases = [
    [{ train_loss_below: train }, first(({ train_loss }) => train_loss < train)],
    [{ test_loss_below: test_ }, first(({ test_loss }) => test_loss < test_)],
    [{ accuracy: 0.9 }, first(({ accuracy }) => accuracy >= 0.9)],
    [{ accuracy: 0.9, epoch: 3 }, 3],
  ];
  for (const [until, epoch] of cases) {
    const got = await playedUntil(until);
    assert.deepEqual([got.epoch, got.step, got.playing], [epoch, 0, false], JSON.stringify(until));
    assert.equal(got.stopped?.epoch, epoch);
    assert.ok(got.stopped && got.stopped.by in until);
  }
  assert.equal((await playedUntil({ accuracy: 0.9 })).stopped?.by, "accuracy");
});

test("patience counts epochs without a lower test loss, from where playing began", async () => {
  const changes = { optimizer: { name: "Adam", lr: 0.3 } };
  const trainer = new Trainer(moonsConfig(changes), xorData());
  const records = trainer.trainEpochs(500);
  trainer.free();
  let [best, since] = [Infinity, 0];
  const expected = records.find(({ epoch, test_loss }) => {
    if (Number(test_loss) < best) [best, since] = [Number(test_loss), epoch];
    return epoch - since >= 7;
  })?.epoch;
  const { epoch, stopped } = await playedUntil({ patience: 7 }, changes);
  assert.equal(epoch, expected);
  assert.deepEqual(stopped, { by: "patience", epoch, value: 7 });
});

test("a rate of zero gains nothing, and without test data the training loss counts", async () => {
  const { inputs, targets } = xorData();
  const config = moonsConfig({ optimizer: { name: "SGD", lr: 0 } });
  const client = new TrainerClient(config, { inputs, targets });
  await client.trainEpochs(3);
  await client.play({ until: { patience: 5 } });
  assert.equal((await paused(client)).epoch, 8);
  await client.free();
});

test("another speed keeps the conditions, another play() begins anew, and null takes them away", () =>
  withClient(async (client) => {
    await client.play({ steps_per_second: 40, until: { epoch: 30 } });
    await client.play({ steps_per_second: null });
    assert.equal((await paused(client)).epoch, 30);
    await client.play();
    const free = await frame(client);
    assert.deepEqual([free.playing, free.stopped], [true, null]);
    await sleep(30);
    assert.ok((await frame(client)).playing);
    await client.play({ until: { epoch: 10 } });
    const { epoch, stopped } = await paused(client);
    assert.ok(epoch > 30 && stopped?.by === "epoch", "it is past that epoch, and stops at once");
    await client.play({ until: { epoch: 1e9 } });
    await client.play({ until: null });
    await client.pause();
  }));

test("conditions that are none are refused", () =>
  withClient(async (client) => {
    for (const until of [
      { epochs: 3 },
      { epoch: -1 },
      { epoch: 1.5 },
      { patience: 0 },
      { accuracy: NaN },
      { train_loss_below: "1" },
    ]) {
      // @ts-expect-error not all of the right types
      await assert.rejects(client.play({ until }), { name: "ValueError", path: /^until\./ });
    }
    // @ts-expect-error no object
    await assert.rejects(client.play({ until: 3 }), { name: "TypeError", path: "until" });
    assert.equal((await frame(client)).playing, false);
    await client.play({ until: { epoch: undefined } });
    assert.equal((await frame(client)).playing, true);
  }));

test("conditions survive the worker's death", async () => {
  /** @type {Worker[]} */
  const workers = [];
  const client = new TrainerClient(moonsConfig(), xorData(), {
    worker() {
      workers.push(new Worker(new URL("../../npm/worker-node.js", import.meta.url)));
      return workers[workers.length - 1];
    },
  });
  await client.play({ steps_per_second: 400, until: { epoch: 150 } });
  await sleep(300);
  void workers[0].terminate();
  /** @type {Awaited<ReturnType<typeof frame>> | undefined} */
  let last;
  while (last?.playing !== false) {
    last = await frame(client, { after: last?.version ?? -1 }).catch(() => last);
  }
  assert.deepEqual([last.epoch, last.stopped?.by, workers.length], [150, "epoch", 2]);
  await client.free();
});
