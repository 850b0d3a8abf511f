// When a run goes wrong: what was not finite first, the way back, and the network's health.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { Trainer, init, metrics } from "bce-playground";
import { frame, withClient } from "./clients.js";
import { explodingConfig, moonsConfig, tensor, xorData } from "./runs.js";

/** @import { TrainerClient, Frame } from "bce-playground/client" */

before(() => init());

/** @param {TrainerClient} client @returns {Promise<Frame>} the first frame that is not playing */
async function paused(client) {
  let newest = await frame(client);
  while (newest.playing) newest = await frame(client, { after: newest.version });
  return newest;
}

const SMALL_RATE = /** @type {const} */ ({ name: "SGD", lr: 0.01 });

test("the first quantity that is not finite is named, the same in the worker", () =>
  withClient(async (client) => {
    const trainer = new Trainer(explodingConfig(), xorData());
    const { non_finite, epoch, step, reached } = trainer.trainFor(1e4);
    assert.ok(non_finite);
    assert.equal(reached, false);
    // The weights have left all bounds with the first update; the logits show it with the second.
    assert.deepEqual(non_finite, {
      epoch: 0,
      step: 1,
      quantity: "logit",
      kind: "logit",
      layer: 1,
      name: null,
    });
    // Before the update: the parameters are those that the batch was met with.
    assert.deepEqual([epoch, step], [0, 1]);
    assert.equal(trainer.nonFinite(), null);
    await client.play();
    const newest = await paused(client);
    assert.deepEqual(newest.non_finite, non_finite);
    assert.deepEqual([newest.epoch, newest.step], [0, 1]);
    assert.deepEqual(await client.parameters(), trainer.parameters());
    trainer.free();
  }, explodingConfig()));

test("parameters that an update spoils are named with the gradient that did it", () => {
  const config = moonsConfig({
    layers: [{ in: 1, out: 1, activation: "identity" }],
    loss: { name: "MSELoss" },
    optimizer: SMALL_RATE,
  });
  const inputs = tensor([2, 1], [1e25, 0]);
  const trainer = new Trainer(config, { inputs, targets: tensor([2, 1], [0, 0]) });
  trainer.setParameters([1e-6, 0]);
  const { non_finite } = trainer.trainFor(1e4);
  assert.deepEqual(non_finite, {
    epoch: 0,
    step: 0,
    quantity: "gradient of 0.weight",
    kind: "gradient",
    layer: 0,
    name: "0.weight",
  });
  assert.equal(trainer.nonFinite(), "0.weight");
  // It stays said, and nothing more is trained.
  assert.deepEqual(trainer.trainFor(1e4).non_finite, non_finite);
  assert.equal(trainer.trainFor(0, { steps: 0 }).total_steps, 1);
  trainer.setParameters([0, 0]);
  assert.equal(trainer.trainFor(1e4, { steps: 3 }).non_finite, null);
  trainer.free();
});

test("restoreGood takes the run back to before it exploded, and on with a smaller rate", () =>
  withClient(async (client) => {
    await client.trainEpochs(5);
    await client.reconfigure(explodingConfig());
    await client.play();
    const { non_finite } = await paused(client);
    assert.ok(non_finite);
    const config = { ...explodingConfig(), optimizer: SMALL_RATE };
    const rewound = await client.restoreGood(config);
    assert.equal(rewound.epoch, 5);
    assert.deepEqual(rewound.config.optimizer, (await client.config).optimizer);
    const sound = await frame(client);
    assert.deepEqual([sound.epoch, sound.step, sound.non_finite], [5, 0, null]);
    assert.deepEqual(Array.from(sound.curve.epoch), [0, 1, 2, 3, 4, 5]);
    await client.trainEpochs(10);
    assert.deepEqual((await frame(client)).curve.epoch.at(-1), 15);
    assert.ok(Number.isFinite((await frame(client)).eval_loss));
  }, { ...explodingConfig(), optimizer: SMALL_RATE }));

test("what explodes from the first step on goes back to the first weights", () =>
  withClient(async (client) => {
    const first = await client.parameters();
    await client.play();
    assert.ok((await paused(client)).non_finite);
    assert.equal((await client.restoreGood()).epoch, 0);
    assert.deepEqual(await client.parameters(), first);
    const { non_finite, curve } = await frame(client);
    assert.equal(non_finite, null);
    assert.deepEqual(curve.epoch, Float64Array.of(0));
  }, explodingConfig()));

test("a growing loss is no good state, though it is still finite", () =>
  withClient(async (client) => {
    await client.trainEpochs(3);
    const sound = await client.parameters();
    // Not by way of a setting, which would begin anew: a rate that explodes within epochs.
    const { curve } = await frame(client);
    assert.ok(curve.eval_loss[3] > 2 * curve.eval_loss[0], `${curve.eval_loss}`);
    const { epoch } = await client.restoreGood();
    assert.ok(epoch < 3, `${epoch}`);
    assert.notDeepEqual(await client.parameters(), sound);
  }, { layers: [{ in: 2, out: 1 }], loss: { name: "MSELoss" }, optimizer: { name: "SGD", lr: 2 } }));

test("a configuration that cannot be leaves the run where it is", () =>
  withClient(async (client) => {
    await client.trainEpochs(4);
    await client.trainSteps(2);
    const parameters = await client.parameters();
    await assert.rejects(client.restoreGood(moonsConfig({ seed: 99 })), { path: "seed" });
    await assert.rejects(client.rewind(new Uint8Array(10)), { name: "ValueError" });
    assert.deepEqual(await client.parameters(), parameters);
    assert.deepEqual([await client.epoch, await client.step], [4, 2]);
    assert.equal((await frame(client)).curve.epoch.at(-1), 4);
  }));

test("rewind goes to any snapshot of the run, on both sides, bit for bit", () =>
  withClient(async (client) => {
    const trainer = new Trainer(moonsConfig(), xorData());
    trainer.trainEpochs(3);
    const snapshot = trainer.snapshot();
    const records = trainer.trainEpochs(4);
    await client.trainEpochs(9);
    assert.equal((await client.rewind(snapshot)).epoch, 3);
    assert.deepEqual(await client.trainEpochs(4), records);
    assert.deepEqual(Array.from((await frame(client)).curve.epoch), [0, 1, 2, 3, 4, 5, 6, 7]);
    trainer.rewind(snapshot);
    assert.deepEqual(trainer.trainEpochs(4), records);
    trainer.free();
  }));

test("other data have a good state of their own", () =>
  withClient(async (client) => {
    await client.trainEpochs(2);
    await client.setData(xorData(40));
    await client.trainEpochs(1);
    assert.equal((await client.restoreGood()).epoch, 3);
    assert.equal((await client.trainEpochs(1)).length, 1);
  }));

test("health says what is dead, saturated, and how far the loss is from guessing", () =>
  withClient(async (client) => {
    const trainer = new Trainer(moonsConfig(), xorData());
    const { inputs, targets } = xorData();
    const fresh = trainer.diagnose();
    assert.deepEqual(await client.diagnose(), fresh);
    assert.deepEqual((await frame(client, { health: true })).health, fresh);
    assert.equal((await frame(client)).health, null);
    assert.deepEqual(fresh.layers, [{ dead: null, saturated: 0 }]);
    const scores = trainer.predict(inputs);
    const { log_loss_torch_bce } = metrics.binary(scores, targets);
    assert.ok(Math.abs(fresh.log_loss - log_loss_torch_bce) < 1e-12);
    const share = fresh.outputs[0].positives;
    const entropy = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    assert.ok(Math.abs(fresh.entropy - entropy) < 1e-12);
    // Weights of 100 saturate tanh everywhere but near the line where it is 0.
    trainer.setParameters(trainer.parameters().map((x) => 100 * x));
    const { layers, outputs } = trainer.diagnose();
    assert.ok(Number(layers[0].saturated) > 0.5);
    assert.ok(outputs[0].saturated > 0.5 && outputs[0].saturated_wrong > 0);
    trainer.setParameters(new Float32Array(25));
    const zero = trainer.diagnose();
    assert.ok(Math.abs(zero.log_loss - Math.LN2) < 1e-7);
    assert.deepEqual([zero.outputs[0].predicted, zero.outputs[0].std], [1, 0]);
    trainer.free();
  }));

test("dead units are counted", () => {
  const [first, last] = moonsConfig().layers;
  const config = moonsConfig({ layers: [{ ...first, activation: "relu" }, last] });
  const trainer = new Trainer(config, xorData());
  assert.ok(Number(trainer.diagnose().layers[0].dead) < 1);
  const { "0.bias": bias, ...rest } = trainer.stateDict();
  trainer.loadStateDict({ ...rest, "0.bias": { ...bias, data: bias.data.map(() => -100) } });
  assert.deepEqual(trainer.diagnose().layers, [{ dead: 1, saturated: null }]);
  trainer.free();
});
