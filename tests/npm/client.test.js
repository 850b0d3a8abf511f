import assert from "node:assert/strict";
import { before, test } from "node:test";

import { PlaygroundError, Trainer, init, learningRates } from "bce-playground";
import { TrainerClient } from "bce-playground/client";
import { frame, withClient } from "./clients.js";
import { moonsConfig, sleep, tensor, xorData } from "./runs.js";

before(() => init());

test("the worker's numbers are the calling thread's, bit for bit", () =>
  withClient(async (client) => {
    const trainer = new Trainer(moonsConfig(), xorData());
    const { run, config, warnings, epoch } = (await client.ready) ?? assert.fail();
    assert.deepEqual([run, epoch, warnings], [1, 0, []]);
    assert.deepEqual(config, trainer.config);
    assert.deepEqual(await client.trainEpochs(30), trainer.trainEpochs(30));
    assert.deepEqual(
      await client.trainEpochs(5, { evaluate: "last" }),
      trainer.trainEpochs(5, { evaluate: "last" }),
    );
    assert.deepEqual(await client.trainSteps(6), trainer.trainFor(1e4, { steps: 6 }));
    assert.deepEqual(await client.trainEpochs(2), trainer.trainEpochs(2));
    assert.deepEqual(
      await client.trainFor(1e4, { until_epoch: 40 }),
      trainer.trainFor(1e4, { until_epoch: 40 }),
    );
    assert.deepEqual(await client.trainBatch([0, 1, 2]), trainer.trainBatch([0, 1, 2]));
    assert.deepEqual(await client.gradients(), trainer.gradients());
    assert.deepEqual(await client.endEpoch(), trainer.endEpoch());
    assert.deepEqual(await client.evaluate("test"), trainer.evaluate("test"));
    const rows = tensor([3, 2], [0, 0, 1, -1, 2, 2]);
    assert.deepEqual(await client.predict(rows), trainer.predict(rows));
    assert.deepEqual(await client.logits(rows), trainer.logits(rows));
    const grid = { width: 5, height: 4, x: [-2, 2], y: [-2, 2], features: [0, 1], at: [0, 0] };
    // @ts-expect-error pairs that are arrays to TypeScript
    assert.deepEqual(await client.predictGrid(grid), trainer.predictGrid(grid));
    assert.deepEqual(await client.stateDict(), trainer.stateDict());
    assert.deepEqual(await client.parameters(), trainer.parameters());
    assert.deepEqual(await client.snapshot(), trainer.snapshot());
    assert.equal(await client.nonFinite(), null);
    assert.deepEqual(
      [await client.epoch, await client.step, await client.steps_per_epoch],
      [41, 0, 4],
    );
    trainer.free();
  }));

test("a schedule's rates are computed in the worker, while it trains", () =>
  withClient(async (client) => {
    const config = /** @type {const} */ ({ name: "StepLR", step_size: 2, gamma: 0.5 });
    await client.play();
    assert.deepEqual(await client.learningRates(config, 0.1, 9), learningRates(config, 0.1, 9));
    assert.deepEqual(await client.learningRates(null, 0.1, 2), Float64Array.of(0.1, 0.1));
    await assert.rejects(client.learningRates({ ...config, step_size: 0 }, 0.1, 9), PlaygroundError);
  }));

test("calls are answered in the order they were made", () =>
  withClient(async (client) => {
    const answers = await Promise.all([
      client.trainEpochs(3),
      client.epoch,
      client.trainEpochs(2),
      client.epoch,
      client.trainSteps(1),
      client.step,
    ]);
    assert.deepEqual([answers[1], answers[3], answers[5]], [3, 5, 1]);
  }));

test("a call can be taken back, before and while it runs", () =>
  withClient(async (client) => {
    const running = new AbortController();
    const waiting = new AbortController();
    const first = client.trainEpochs(1e6, { signal: running.signal });
    const second = client.trainSteps(10, { signal: waiting.signal });
    const third = client.epoch;
    await frame(client, { after: (await frame(client)).version });
    waiting.abort();
    await assert.rejects(second, { name: "AbortError" });
    running.abort();
    await assert.rejects(first, { name: "AbortError" });
    assert.ok((await third) > 0);
    const after = await client.epoch;
    await sleep(20);
    assert.equal(await client.epoch, after);
    await assert.rejects(client.trainEpochs(1, { signal: AbortSignal.abort() }), {
      name: "AbortError",
    });
    await client.trainEpochs(1, { signal: new AbortController().signal });
  }));

test("a faulty load leaves the old trainer as it was, and a good one replaces it", () =>
  withClient(async (client) => {
    await client.trainEpochs(3);
    const parameters = await client.parameters();
    await assert.rejects(client.load(moonsConfig({ batch_size: 0 }), xorData()), {
      name: "ValueError",
      path: "batch_size",
    });
    // @ts-expect-error no data
    await assert.rejects(client.load(moonsConfig(), null), { name: "TypeError", path: "data" });
    assert.deepEqual(await client.parameters(), parameters);
    assert.equal((await frame(client)).run, 1);
    const { run, config } = await client.load(moonsConfig({ batch_size: 8 }), xorData());
    assert.deepEqual([run, config.batch_size], [2, 8]);
    assert.equal(await client.epoch, 0);
    assert.deepEqual((await frame(client)).curve.epoch, Float64Array.of(0));
  }));

test("a faulty load does not disturb a long call, a good one ends it early", () =>
  withClient(async (client) => {
    const long = client.trainEpochs(1e6);
    await assert.rejects(client.load(moonsConfig({ seed: -1 }), xorData()), PlaygroundError);
    const { version, epoch } = await frame(client);
    await frame(client, { after: version });
    const loaded = client.load(moonsConfig(), xorData());
    assert.ok((await long).length > epoch);
    assert.equal((await loaded).run, 2);
    assert.equal(await client.epoch, 0);
  }));

test("a client without a trainer says so, and holds frames back until there is one", async () => {
  const client = new TrainerClient(null, null);
  assert.equal(await client.ready, null);
  await assert.rejects(client.trainEpochs(1), { name: "RuntimeError", message: /no trainer/ });
  await assert.rejects(client.play(), { message: /no trainer/ });
  const waiting = client.frame();
  const { run } = await client.load(moonsConfig(), xorData());
  assert.equal(run, 1);
  assert.equal((await waiting)?.run, 1);
  await client.free();
});

test("a faulty configuration rejects ready, with its path", async () => {
  const client = new TrainerClient(moonsConfig({ shuffle: "yes" }), xorData());
  await assert.rejects(client.ready, { name: "TypeError", path: "shuffle" });
  await assert.rejects(client.epoch, { name: "RuntimeError" });
  await client.load(moonsConfig(), xorData());
  assert.equal(await client.epoch, 0);
  await client.free();
});

test("a snapshot is taken up by another client, bit for bit", () =>
  withClient(async (client) => {
    await client.trainEpochs(5);
    await client.trainSteps(3);
    const other = TrainerClient.restore(await client.snapshot(), xorData());
    const { epoch } = (await other.ready) ?? assert.fail();
    assert.equal(epoch, 5);
    assert.deepEqual(await other.trainEpochs(20), await client.trainEpochs(20));
    await other.free();
    const wrong = TrainerClient.restore(await client.snapshot(), xorData(32));
    await assert.rejects(wrong.ready, { name: "ValueError" });
    await wrong.free();
  }));

test("errors of the worker are PlaygroundErrors with their path", () =>
  withClient(async (client) => {
    // @ts-expect-error no tensor
    const error = await client.predict({ shape: [2], data: ["1", 2] }).catch((caught) => caught);
    assert.ok(error instanceof PlaygroundError);
    assert.deepEqual([error.name, error.path], ["TypeError", "inputs.data[0]"]);
    // @ts-expect-error no part
    await assert.rejects(client.evaluate("all"), { name: "ValueError" });
    await assert.rejects(client.trainEpochs(-1), PlaygroundError);
    // @ts-expect-error unknown
    await assert.rejects(client.trainEpochs(1, { evalute: "last" }), { message: /evalute/ });
    // @ts-expect-error a function cannot be posted
    await assert.rejects(client.loadStateDict({ "0.weight": () => 1 }), { name: "TypeError" });
    await assert.rejects(client.crash(), { name: "ProtocolError" });
    assert.equal(await client.epoch, 0);
  }));

test("a freed client rejects what is pending and every later call", async () => {
  const client = new TrainerClient(moonsConfig(), xorData());
  await client.ready;
  const pending = [client.trainEpochs(1e6), client.frame({ after: 1e9 })];
  const settled = Promise.allSettled(pending);
  await client.free();
  for (const result of await settled) {
    assert.equal(result.status, "rejected");
    assert.match(result.reason.message, /TrainerClient has been freed/);
  }
  await assert.rejects(client.epoch, { name: "RuntimeError", message: /freed/ });
  await assert.rejects(client.free(), { name: "RuntimeError", message: /freed/ });
  await client[Symbol.asyncDispose]();
});
