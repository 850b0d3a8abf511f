import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Worker } from "node:worker_threads";

import { PlaygroundError, Trainer, init } from "bce-playground";
import { TrainerClient } from "bce-playground/client";
import { moonsConfig, sleep, xorData } from "./runs.js";

/** @import { EpochRecord } from "bce-playground" */

before(() => init());

const WORKER = new URL("../../npm/worker-node.js", import.meta.url);

/** The records of a run that nothing disturbs, as far as they are asked for. */
function undisturbed() {
  const trainer = new Trainer(moonsConfig(), xorData());
  /** @type {EpochRecord[]} */
  const records = [];
  return (/** @type {number} */ from, /** @type {number} */ to) => {
    if (records.length < to) records.push(...trainer.trainEpochs(to - records.length));
    return records.slice(from, to);
  };
}

/** A client whose worker the test can get at, and whose restarts it can wait for. */
function observed() {
  /** @type {Worker[]} */
  const workers = [];
  /** @type {{ epoch: number | null, message: string }[]} */
  const restarts = [];
  const client = new TrainerClient(moonsConfig(), xorData(), {
    testing: true,
    worker() {
      const worker = new Worker(WORKER, { stderr: true });
      workers.push(worker);
      return worker;
    },
    onRestart: (restart) => restarts.push(restart),
  });
  const restarted = async (/** @type {number} */ count) => {
    const asked = performance.now();
    while (restarts.length < count) {
      assert.ok(performance.now() - asked < 2000, "no restart within 2 s");
      await sleep(5);
    }
    return restarts[count - 1];
  };
  return { client, workers, restarted };
}

/**
 * @param {Promise<unknown>[]} pending
 * @returns {Promise<void>} when all of them have rejected with a WorkerCrash, within a second
 */
async function crashed(pending) {
  const timeout = sleep(1000).then(() => assert.fail("still pending after 1 s"));
  await Promise.race([
    timeout,
    Promise.all(
      pending.map((promise) =>
        assert.rejects(promise, (error) => {
          assert.ok(error instanceof PlaygroundError);
          assert.equal(error.name, "WorkerCrash");
          return true;
        }),
      ),
    ),
  ]);
}

test("a worker killed 20 times mid-epoch: all pending rejects, the run goes on bit for bit", async () => {
  const expected = undisturbed();
  const { client, workers, restarted } = observed();
  await client.ready;
  await client.play({ steps_per_second: 4000 });
  for (let kill = 1; kill <= 20; kill += 1) {
    await sleep(20 + 7 * kill);
    const { version } = (await client.frame()) ?? assert.fail();
    const rejected = crashed([
      client.trainEpochs(1e6),
      client.frame({ after: version + 1e6 }),
      client.datasets.make("spiral", { n_samples: 100_000 }),
    ]);
    void workers[workers.length - 1].terminate();
    await rejected;
    const { epoch, message } = await restarted(kill);
    assert.ok(epoch !== null && epoch >= 0);
    assert.match(message, /ended/);
    const newest = (await client.frame({ curve_after: -1 })) ?? assert.fail();
    assert.ok(newest.version > version);
    assert.deepEqual([newest.run, newest.playing], [1, true]);
    // The curve has no gap, though this worker has seen only a part of it.
    newest.curve.epoch.forEach((recorded, i) => i <= 512 && assert.equal(recorded, i));
    if (kill % 5 === 0) {
      await client.pause();
      const done = await client.epoch;
      assert.deepEqual(await client.trainEpochs(50), expected(done, done + 50));
      await client.play({ steps_per_second: 4000 });
    }
  }
  assert.equal(workers.length, 21);
  await client.free();
});

test("a panic in the wasm replaces the worker, and the old one is never used again", async () => {
  const expected = undisturbed();
  const { client, workers, restarted } = observed();
  await client.trainEpochs(10);
  await client.pause(); // which saves a snapshot
  for (let panic = 1; panic <= 5; panic += 1) {
    const old = workers[workers.length - 1];
    const ended = new Promise((resolve) => old.once("exit", resolve));
    await crashed([client.crash(), client.trainEpochs(1e6), client.frame({ after: 1e9 })]);
    await ended;
    const { epoch, message } = await restarted(panic);
    assert.equal(epoch, 10 * panic);
    assert.match(message, /unreachable/);
    assert.deepEqual(await client.trainEpochs(10), expected(10 * panic, 10 * panic + 10));
    await client.pause();
  }
  assert.equal((await client.frame())?.playing, false);
  await client.free();
});

test("a worker killed right after its data were exchanged goes on with them", async () => {
  const { client, workers, restarted } = observed();
  await client.ready;
  const reference = new Trainer(moonsConfig(), xorData());
  for (let kill = 1; kill <= 5; kill += 1) {
    await client.trainEpochs(2);
    reference.trainEpochs(2);
    for (const rows of [20 * kill, 16, 30 - kill]) {
      await client.setData(xorData(rows));
      reference.setData(xorData(rows));
    }
    void workers[workers.length - 1].terminate();
    assert.equal((await restarted(kill)).epoch, 2 * kill);
    assert.deepEqual(await client.evaluate("train"), reference.evaluate("train"));
    assert.deepEqual(await client.trainEpochs(0), []);
  }
  assert.deepEqual(await client.trainEpochs(5), reference.trainEpochs(5));
  reference.free();
  await client.free();
});

test("a parameter set by hand is there after a crash", async () => {
  const { client, workers, restarted } = observed();
  await client.trainEpochs(3);
  await client.setParameter(24, 1.25);
  const parameters = await client.parameters();
  void workers[0].terminate();
  assert.equal((await restarted(1)).epoch, 3);
  assert.equal(parameters[24], 1.25);
  assert.deepEqual(await client.parameters(), parameters);
  await client.free();
});

test("calls made right after a crash wait for the new worker", async () => {
  const { client, workers } = observed();
  await client.trainEpochs(3);
  await client.pause();
  const gone = assert.rejects(client.frame({ after: 1e9 }), { name: "WorkerCrash" });
  void workers[0].terminate();
  await gone;
  assert.equal(await client.epoch, 3);
  await client.free();
});

test("a worker killed while it takes up the snapshot is replaced again", async () => {
  /** @type {Worker[]} */
  const workers = [];
  /** @type {(restart: { epoch: number | null }) => void} */
  let note = () => {};
  const restarted = new Promise((resolve) => (note = resolve));
  const client = new TrainerClient(moonsConfig(), xorData(), {
    worker() {
      const worker = new Worker(WORKER);
      workers.push(worker);
      if (workers.length === 2 || workers.length === 3) void worker.terminate();
      return worker;
    },
    onRestart: note,
  });
  await client.trainEpochs(3);
  await client.play({ steps_per_second: 10 });
  await client.pause();
  await client.play({ steps_per_second: 10 });
  void workers[0].terminate();
  assert.equal((await restarted).epoch, 3);
  assert.equal(workers.length, 4);
  assert.ok((await client.epoch) >= 3);
  await client.free();
});

test("a killed worker without a trainer is replaced too", async () => {
  /** @type {Worker[]} */
  const workers = [];
  /** @type {(restart: { epoch: number | null }) => void} */
  let note = () => {};
  const restarted = new Promise((resolve) => (note = resolve));
  const client = new TrainerClient(null, null, {
    worker() {
      workers.push(new Worker(WORKER));
      return workers[workers.length - 1];
    },
    onRestart: note,
  });
  await client.ready;
  void workers[0].terminate();
  assert.equal((await restarted).epoch, null);
  assert.equal((await client.load(moonsConfig(), xorData())).run, 1);
  await client.free();
});

test("a worker that cannot start rejects, is not tried again by itself, and is when asked", async () => {
  let tries = 0;
  let works = false;
  const client = new TrainerClient(moonsConfig(), xorData(), {
    worker() {
      tries += 1;
      return works ? new Worker(WORKER) : new Worker("throw new Error('no')", { eval: true });
    },
  });
  await assert.rejects(client.ready, { name: "WorkerCrash", message: /no/ });
  await sleep(50);
  assert.equal(tries, 1);
  works = true;
  assert.equal((await client.load(moonsConfig(), xorData())).run, 1);
  await client.free();
});

test("a worker without its wasm says which error it was", async () => {
  const client = new TrainerClient(moonsConfig(), xorData(), {
    wasm: new URL("./missing.wasm", import.meta.url),
  });
  await assert.rejects(client.ready, { name: "ImportError", message: /missing\.wasm/ });
  await assert.rejects(client.epoch, { name: "ImportError" });
  await client.free();
});

test("a worker of another version is refused, and said to be", async () => {
  const client = new TrainerClient(moonsConfig(), xorData(), {
    worker: () =>
      new Worker(
        `const { parentPort } = require("node:worker_threads");
         parentPort.on("message", ({ id }) =>
           parentPort.postMessage({ protocol: 0, kind: "result", id, value: {} }));`,
        { eval: true },
      ),
  });
  await assert.rejects(client.ready, { name: "WorkerCrash", message: /protocol 0.*reload/s });
  await client.free();
});

test("the wasm can be given as bytes or as a module", async () => {
  const { readFile } = await import("node:fs/promises");
  const bytes = await readFile(new URL("../../npm/pkg/bce_wasm_bg.wasm", import.meta.url));
  for (const wasm of [bytes, await WebAssembly.compile(bytes)]) {
    const client = new TrainerClient(moonsConfig(), xorData(), { wasm });
    assert.equal((await client.trainEpochs(1)).length, 1);
    await client.free();
  }
});
