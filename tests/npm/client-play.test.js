import assert from "node:assert/strict";
import { before, test } from "node:test";

import { Trainer, init } from "bce-playground";
import { TrainerClient } from "bce-playground/client";
import { nextRecordedEpoch } from "../../npm/curve.js";
import { frame, withClient } from "./clients.js";
import { explodingConfig, moonsConfig, sleep, xorData } from "./runs.js";

/** @import { Curve } from "bce-playground/client" */

before(() => init());

test("whatever way a run is trained, its curve is the same and holds the fixed epochs", async () => {
  /** @type {((client: TrainerClient) => Promise<unknown>)[]} */
  const ways = [
    (client) => client.trainEpochs(700),
    (client) => client.trainEpochs(700, { evaluate: "last" }),
    (client) => client.trainSteps(2800),
    async (client) => {
      await client.play({ steps_per_second: null });
      let newest = await frame(client);
      while (newest.epoch < 700) newest = await frame(client, { after: newest.version });
    },
    async (client) => {
      for (let i = 0; i < 700; i += 1) await client.trainFor(1e3, { until_epoch: i + 1 });
    },
  ];
  /** @type {Curve[]} */
  const curves = [];
  for (const way of ways) {
    await withClient(async (client) => {
      await way(client);
      await client.pause();
      curves.push((await frame(client)).curve);
    });
  }
  const [first] = curves;
  let epoch = 0;
  for (const recorded of first.epoch) {
    assert.equal(recorded, epoch);
    epoch = nextRecordedEpoch(epoch);
  }
  assert.equal(first.epoch.at(-1), 700);
  assert.ok(Number.isNaN(first.train_loss[0]));
  for (const curve of curves) {
    for (const [column, values] of Object.entries(curve)) {
      const expected = first[/** @type {keyof typeof first} */ (column)];
      assert.deepEqual(values.slice(0, expected.length), expected);
    }
  }
  const trainer = new Trainer(moonsConfig(), xorData());
  const records = trainer.trainEpochs(100);
  records.forEach((record, i) => {
    assert.equal(first.train_loss[i + 1], record.train_loss);
    assert.equal(first.eval_loss[i + 1], record.eval_loss);
    assert.equal(first.test_loss[i + 1], record.test_loss);
    assert.equal(first.accuracy[i + 1], record.accuracy);
  });
  trainer.free();
});

test("a curve of a run without test data has NaN there, and a frame null", async () => {
  const { inputs, targets } = xorData();
  const client = new TrainerClient(moonsConfig(), { inputs, targets });
  await client.trainEpochs(2);
  const { curve, test_loss, test_accuracy } = await frame(client);
  assert.ok(curve.test_loss.every(Number.isNaN));
  assert.deepEqual([test_loss, test_accuracy], [null, null]);
  await client.free();
});

test("play trains until pause, and a pause is answered within 50 ms", () =>
  withClient(async (client) => {
    const waited = [];
    for (let i = 0; i < 9; i += 1) {
      await client.play();
      const before = await client.epoch;
      await sleep(30);
      const asked = performance.now();
      await client.pause();
      waited.push(performance.now() - asked);
      const after = await client.epoch;
      assert.ok(after > before);
      await sleep(10);
      assert.equal(await client.epoch, after);
    }
    // The median: other programs on the machine hold up single answers, not most of them.
    assert.ok(waited.sort((x, y) => x - y)[4] < 50, `${waited}`);
  }));

test("a frame waits for something newer, and a second request takes the first one's place", () =>
  withClient(async (client) => {
    const first = await frame(client, { parameters: true });
    assert.deepEqual([first.run, first.playing, first.epoch, first.step], [1, false, 0, 0]);
    assert.equal(first.train_loss, null);
    assert.equal(first.parameters?.length, 6 * 2 + 6 + 6 + 1);
    const waiting = client.frame({ after: first.version });
    const state = await Promise.race([waiting, sleep(50).then(() => "waiting")]);
    assert.equal(state, "waiting");
    const second = client.frame({ after: first.version, curve_after: 0 });
    assert.equal(await waiting, null);
    await client.trainEpochs(1);
    const newer = await second;
    assert.ok(newer && newer.version > first.version);
    assert.deepEqual(newer.curve.epoch, Float64Array.of(1));
    assert.equal(newer.grid, null);
  }));

test("a frame is whole: grid, figures and curve are of the same parameters", () =>
  withClient(async (client) => {
    await client.play();
    const grid = /** @type {const} */ ({ width: 4, height: 3, x: [-2, 2], y: [-2, 2] });
    let newest = await frame(client, { parameters: true });
    /** @type {ArrayBuffer | undefined} */
    let buffer;
    const other = new Trainer(moonsConfig(), xorData());
    for (let i = 0; i < 20; i += 1) {
      newest = await frame(client, {
        after: newest.version,
        parameters: true,
        buffer,
        grid: { ...grid, x: [...grid.x], y: [...grid.y], features: [0, 1], at: [0, 0] },
      });
      assert.ok(newest.grid && newest.parameters);
      assert.equal(newest.grid.length, 12);
      const dict = other.stateDict();
      let offset = 0;
      for (const { data } of Object.values(dict)) {
        data.set(newest.parameters.subarray(offset, offset + data.length));
        offset += data.length;
      }
      other.loadStateDict(dict);
      assert.equal(other.evaluate("train").loss, newest.eval_loss);
      assert.equal(other.evaluate("test").accuracy, newest.test_accuracy);
      assert.deepEqual(
        other.predictGrid({ ...grid, x: [-2, 2], y: [-2, 2], features: [0, 1], at: [0, 0] }),
        newest.grid,
      );
      buffer = /** @type {ArrayBuffer} */ (newest.grid.buffer);
    }
    other.free();
  }));

test("frames hold up neither each other nor training, and none queue up", () =>
  withClient(async (client) => {
    await client.play();
    const requests = Array.from({ length: 50 }, () => client.frame());
    const frames = await Promise.all(requests);
    assert.ok(frames.at(-1));
    const start = await client.epoch;
    await sleep(50);
    assert.ok((await client.epoch) > start);
  }));

test("play keeps to a number of steps a second, and changes it while playing", () =>
  withClient(async (client) => {
    const steps = async () => 4 * (await client.epoch) + (await client.step);
    for (const steps_per_second of [100, 1000]) {
      await client.play({ steps_per_second });
      const [start, before] = [performance.now(), await steps()];
      await sleep(500);
      const rate = ((await steps()) - before) / ((performance.now() - start) / 1000);
      assert.ok(rate > 0.5 * steps_per_second && rate < 1.3 * steps_per_second, `${rate}`);
    }
    for (const steps_per_second of [0, -1, NaN, Infinity]) {
      await assert.rejects(client.play({ steps_per_second }), { name: "ValueError" });
    }
  }));

test("a long call runs in slices: pause, frames and other calls get through", () =>
  withClient(async (client) => {
    const long = client.trainEpochs(1e6);
    const newest = await frame(client, { after: (await frame(client)).version });
    assert.ok(newest.epoch > 0);
    assert.ok(
      Array.isArray((await client.datasets.make("moons", { n_samples: 10 })).feature_names),
    );
    await client.pause();
    const records = await long;
    assert.ok(records.length > 0 && records.length < 1e6);
    assert.equal(records.length, await client.epoch);
    records.forEach(({ epoch }, i) => assert.equal(epoch, i + 1));
  }));

test("playing goes on over a load", () =>
  withClient(async (client) => {
    await client.play();
    await client.load(moonsConfig({ seed: 9 }), xorData());
    const { run, playing } = await frame(client);
    assert.deepEqual([run, playing], [2, true]);
    await sleep(20);
    assert.ok((await client.epoch) > 0);
  }));

test("a pause that follows a play at once wins", () =>
  withClient(async (client) => {
    await Promise.all([client.play(), client.pause()]);
    const { playing, epoch } = await frame(client);
    assert.equal(playing, false);
    await sleep(20);
    assert.equal(await client.epoch, epoch);
  }));

test("settings change while playing, and the run goes on with them", () =>
  withClient(async (client) => {
    await client.play();
    await client.reconfigure(moonsConfig({ optimizer: { name: "Adam", lr: 0.002 } }));
    const { lr, playing } = await frame(client);
    assert.deepEqual([lr, playing], [0.002, true]);
    await assert.rejects(client.reconfigure(moonsConfig({ seed: 8 })), { name: "ValueError" });
    assert.equal((await frame(client)).playing, true);
  }));

test("data change while playing: the run and its curve go on with the same parameters", () =>
  withClient(async (client) => {
    await client.trainEpochs(3);
    const parameters = await client.parameters();
    const { test_inputs, test_targets, ...rows } = xorData(20);
    await client.setData(rows);
    const { run, epoch, steps_per_epoch, test_loss, curve } = await frame(client);
    assert.deepEqual([run, epoch, steps_per_epoch, test_loss], [1, 3, 2, null]);
    assert.deepEqual([...curve.epoch], [0, 1, 2, 3]);
    assert.deepEqual(await client.parameters(), parameters);
    await client.play();
    await client.setData(xorData());
    assert.equal((await frame(client)).playing, true);
    const wide = { ...rows, inputs: { shape: [20, 3], data: new Float32Array(60) } };
    await assert.rejects(client.setData(wide), { name: "RuntimeError", path: "inputs" });
    assert.equal((await frame(client)).steps_per_epoch, 4);
  }));

test("numbers that leave float32 pause the run and are named", () =>
  withClient(async (client) => {
    await client.play();
    let newest = await frame(client);
    while (newest.playing) newest = await frame(client, { after: newest.version });
    assert.ok(newest.non_finite);
    assert.equal(newest.non_finite.quantity, "logit");
    const epoch = await client.epoch;
    await sleep(20);
    assert.equal(await client.epoch, epoch);
  }, explodingConfig()));

test("outputs that the loss refuses pause the run and are told, not a crash", () =>
  withClient(
    async (client) => {
      assert.equal((await client.warnings).length, 1);
      await client.play();
      let newest = await frame(client);
      while (newest.playing) newest = await frame(client, { after: newest.version });
      assert.deepEqual(newest.error, {
        name: "RuntimeError",
        message: "all elements of input should be between 0 and 1",
      });
      assert.ok(!Number.isFinite(newest.eval_loss));
      await assert.rejects(client.trainEpochs(1), {
        name: "RuntimeError",
        message: /between 0 and 1/,
      });
    },
    {
      layers: [
        { in: 2, out: 4, activation: "tanh" },
        { in: 4, out: 1, activation: "identity" },
      ],
    },
  ));

test("without a look at the training data a curve has test figures only, and frames the recorded ones", () =>
  withClient(async (client) => {
    await client.load(moonsConfig(), xorData(), { evaluate: "test" });
    await client.trainEpochs(3);
    await client.trainSteps(1);
    const recorded = await frame(client, { figures: "recorded" });
    const { curve } = recorded;
    assert.deepEqual([...curve.epoch], [0, 1, 2, 3]);
    assert.ok(curve.eval_loss.every(Number.isNaN) && curve.accuracy.every(Number.isNaN));
    assert.ok(curve.test_loss.every(Number.isFinite) && Number.isFinite(curve.train_loss[3]));
    assert.deepEqual([recorded.eval_loss, recorded.accuracy], [null, null]);
    assert.equal(recorded.test_loss, curve.test_loss[3]);
    // A step later the test loss is another one, for whoever asks for it.
    const now = await frame(client);
    assert.equal(now.eval_loss, null);
    assert.notEqual(now.test_loss, recorded.test_loss);
    assert.equal(now.test_loss, (await client.evaluate("test")).loss);
    await assert.rejects(client.load(moonsConfig(), xorData(), /** @type {any} */ ({ evaluate: "train" })));
  }));
