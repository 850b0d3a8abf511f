import assert from "node:assert/strict";
import { before, test } from "node:test";

import { PlaygroundError, Trainer, init } from "bce-playground";
// Once init() is done, this gives the instance's exports, memory among them.
import initialise from "../../npm/pkg/bce_wasm.js";
import { explodingConfig, moonsConfig, tensor, xorData } from "./runs.js";

before(() => init());

/** @param {() => unknown} run @returns {PlaygroundError} */
function thrown(run) {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof PlaygroundError, `${error}`);
    return error;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}

test("a trainer learns, and its records count from epoch 1", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const records = trainer.trainEpochs(60);
  assert.deepEqual(
    records.map(({ epoch }) => epoch),
    Array.from({ length: 60 }, (_, i) => i + 1),
  );
  const [first, last] = [records[0], records[59]];
  assert.ok(Number(last.train_loss) < Number(first.train_loss));
  assert.equal(last.eval_loss, trainer.evaluate("train").loss);
  assert.equal(last.test_loss, trainer.evaluate("test").loss);
  assert.equal(last.lr, 0.01);
  assert.equal(trainer.epoch, 60);
  assert.equal(trainer.step, 0);
  assert.equal(trainer.steps_per_epoch, 4);
  trainer.free();
});

test("the same seed gives the same numbers, another one others", () => {
  const run = (/** @type {number} */ seed) => {
    const trainer = new Trainer(moonsConfig({ seed }), xorData());
    const records = trainer.trainEpochs(5);
    trainer.free();
    return records;
  };
  assert.deepEqual(run(3), run(3));
  assert.notDeepEqual(run(3), run(4));
});

test("undefined keys are as if they were missing, null stays null", () => {
  const trainer = new Trainer(
    moonsConfig({ seed: undefined, init: undefined, scheduler: null, penalty: undefined }),
    { ...xorData(), sample_weight: undefined },
  );
  const { seed, scheduler, penalty, batch_size, shuffle } = trainer.config;
  assert.deepEqual(
    { seed, scheduler, penalty, batch_size, shuffle },
    {
      seed: 1,
      scheduler: null,
      penalty: null,
      batch_size: 16,
      shuffle: true,
    },
  );
  trainer.free();
  assert.throws(() => new Trainer(moonsConfig({ batch_size: null }), xorData()), {
    name: "TypeError",
    path: "batch_size",
  });
});

test("a configuration that trainer.config gave makes the same trainer", () => {
  const first = new Trainer(moonsConfig(), xorData());
  const second = new Trainer(first.config, xorData());
  assert.deepEqual(second.config, first.config);
  assert.deepEqual(second.trainEpochs(3), first.trainEpochs(3));
  first.free();
  second.free();
});

test("a mistake in the configuration is an error with its path", () => {
  const layers = moonsConfig().layers;
  /** @type {[object, string, string][]} */
  const cases = [
    [{ momentum: 1 }, "momentum", "ValueError"],
    [{ batch_size: 0 }, "batch_size", "ValueError"],
    [{ batch_size: "8" }, "batch_size", "TypeError"],
    [{ layers: [{ ...layers[0], out: 4294967295 }, layers[1]] }, "layers[0].out", "ValueError"],
    [
      { layers: [{ ...layers[0], activation: "swish" }, layers[1]] },
      "layers[0].activation",
      "ValueError",
    ],
    [{ optimizer: { name: "SGD", lr: NaN } }, "optimizer.lr", "ValueError"],
    [{ optimizer: { name: "SGD", lr: -1 } }, "optimizer.lr", "ValueError"],
    [{ loss: { name: "BCELoss", reduction: "avg" } }, "loss.reduction", "ValueError"],
    [{ loss: undefined }, "loss", "ValueError"],
    [{ seed: 1n }, "seed", "TypeError"],
    [{ shuffle: () => true }, "shuffle", "TypeError"],
  ];
  for (const [changes, path, name] of cases) {
    const error = thrown(() => new Trainer(moonsConfig(changes), xorData()));
    assert.deepEqual([error.path, error.name], [path, name], error.message);
  }
});

test("a configuration without end is refused", () => {
  /** @type {any} */
  const config = moonsConfig();
  config.init = config;
  assert.equal(thrown(() => new Trainer(config, xorData())).name, "ValueError");
  // @ts-expect-error no configuration
  assert.equal(thrown(() => new Trainer(null, xorData())).name, "TypeError");
});

test("keys from Object.prototype are unknown keys like others", () => {
  for (const key of ["__proto__", "toString", "constructor"]) {
    const config = JSON.parse(JSON.stringify(moonsConfig()).replace("{", `{"${key}":1,`));
    assert.equal(thrown(() => new Trainer(config, xorData())).path, key);
  }
});

test("data may be plain numbers, and descriptions in it are no mistake, but typing errors are", () => {
  const { inputs, targets } = xorData();
  const named = { inputs, targets, name: "xor", mean: null, train_rows: new Uint32Array(2) };
  new Trainer(moonsConfig(), named).free();
  // @ts-expect-error misspelt
  const error = thrown(() => new Trainer(moonsConfig(), { inputs, targets, test_input: inputs }));
  assert.equal(error.path, "test_input");
  // @ts-expect-error no targets
  assert.equal(thrown(() => new Trainer(moonsConfig(), { inputs })).path, "targets");
});

test("data that does not fit the network is an error", () => {
  const { inputs } = xorData();
  const three = { inputs: tensor([2, 3], [1, 2, 3, 4, 5, 6]), targets: tensor([2, 1], [0, 1]) };
  thrown(() => new Trainer(moonsConfig(), three));
  thrown(() => new Trainer(moonsConfig(), { inputs, targets: tensor([1, 1], [1]) }));
});

test("trainFor and trainBatch do what trainEpochs does, step by step", () => {
  const config = moonsConfig({ shuffle: false });
  const whole = new Trainer(config, xorData());
  const timed = new Trainer(config, xorData());
  const batches = new Trainer(config, xorData());
  const [record] = whole.trainEpochs(1);
  const half = timed.trainFor(1000, { steps: 2 });
  assert.deepEqual([half.epoch, half.step, half.reached, half.non_finite], [0, 2, true, null]);
  const end = timed.trainFor(1000, { until_epoch: 1 });
  assert.deepEqual([end.epoch, end.step, end.reached], [1, 0, true]);
  assert.equal(end.train_loss, record.train_loss);
  for (let k = 0; k < 4; k += 1) {
    batches.trainBatch(Array.from({ length: 16 }, (_, i) => 16 * k + i));
  }
  assert.deepEqual(batches.endEpoch(), record);
  assert.deepEqual(timed.parameters(), whole.parameters());
  assert.deepEqual(batches.parameters(), whole.parameters());
  for (const trainer of [whole, timed, batches]) trainer.free();
});

test("trainFor without time and steps only says where training stands", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const before = trainer.parameters();
  const standing = trainer.trainFor(0, { steps: 0 });
  assert.deepEqual([standing.epoch, standing.step, standing.train_loss], [0, 0, null]);
  assert.equal(standing.lr, 0.01);
  assert.deepEqual(trainer.parameters(), before);
  trainer.free();
});

test("an epoch that has begun is finished by trainEpochs, with the same record", () => {
  const whole = new Trainer(moonsConfig(), xorData());
  const parts = new Trainer(moonsConfig(), xorData());
  parts.trainFor(1000, { steps: 3 });
  assert.deepEqual(parts.trainEpochs(2), whole.trainEpochs(2));
  assert.deepEqual(parts.trainEpochs(0), []);
  whole.free();
  parts.free();
});

test("row numbers are checked before they can wrap around", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  for (const rows of [[-1], [64], [1.5], [2 ** 32], ["1"]]) {
    // @ts-expect-error a string is among them
    thrown(() => trainer.trainBatch(rows));
  }
  // @ts-expect-error no array
  thrown(() => trainer.trainBatch(3));
  assert.ok(Number.isFinite(trainer.trainBatch(Int32Array.of(0, 1, 2)).loss));
  trainer.free();
});

test("counts and times that are none are refused", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  for (const n of [-1, 1.5, NaN, Infinity, "3", undefined]) {
    // @ts-expect-error not all are numbers
    thrown(() => trainer.trainEpochs(n));
  }
  for (const time of [-1, NaN, "3"]) {
    // @ts-expect-error not all are numbers
    thrown(() => trainer.trainFor(time));
  }
  // @ts-expect-error unknown
  thrown(() => trainer.trainEpochs(1, { evalute: "last" }));
  // @ts-expect-error unknown
  thrown(() => trainer.trainEpochs(1, { evaluate: "never" }));
  assert.equal(trainer.epoch, 0);
  trainer.free();
});

test("a snapshot goes on bit for bit, in the middle of an epoch too", () => {
  const first = new Trainer(moonsConfig(), xorData());
  first.trainEpochs(7);
  first.trainFor(1000, { steps: 2 });
  const bytes = first.snapshot();
  const second = Trainer.restore(bytes, xorData());
  const third = Trainer.restore(new Uint8Array(bytes).buffer, xorData());
  assert.deepEqual([second.epoch, second.step], [7, 2]);
  assert.deepEqual(second.config, first.config);
  const expected = first.trainEpochs(50);
  assert.deepEqual(second.trainEpochs(50), expected);
  assert.deepEqual(third.trainEpochs(50), expected);
  assert.deepEqual(second.stateDict(), first.stateDict());
  for (const trainer of [first, second, third]) trainer.free();
});

test("a snapshot of other data, or a broken one, is an error", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const bytes = trainer.snapshot();
  thrown(() => Trainer.restore(bytes, xorData(32)));
  for (const length of [0, 1, bytes.length >> 1, bytes.length - 1]) {
    thrown(() => Trainer.restore(bytes.slice(0, length), xorData()));
  }
  // @ts-expect-error no bytes
  thrown(() => Trainer.restore([1, 2, 3], xorData()));
  trainer.free();
});

test("stateDict has torch.nn.Sequential's names and loads again", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const dict = trainer.stateDict();
  assert.deepEqual(Object.keys(dict), ["0.weight", "0.bias", "2.weight", "2.bias"]);
  assert.deepEqual(dict["0.weight"].shape, [6, 2]);
  const other = new Trainer(moonsConfig({ seed: 8 }), xorData());
  other.loadStateDict(dict);
  assert.deepEqual(other.parameters(), trainer.parameters());
  other.loadStateDict({ ...dict, "2.bias": tensor([1], [5]) });
  assert.equal(other.parameters().at(-1), 5);
  thrown(() => other.loadStateDict({ "0.weight": dict["0.weight"] }));
  thrown(() => other.loadStateDict({ ...dict, "0.weight": dict["0.bias"] }));
  // @ts-expect-error no object
  thrown(() => other.loadStateDict(null));
  assert.equal(other.parameters().at(-1), 5);
  trainer.free();
  other.free();
});

test("predict gives probabilities of the inputs' rows, and of a single row", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const many = trainer.predict(tensor([2, 2], [0, 1, 1, 0]));
  assert.deepEqual(many.shape, [2, 1]);
  const one = trainer.predict(tensor([2], [0, 1]));
  assert.deepEqual(one.shape, [1]);
  assert.equal(one.data[0], many.data[0]);
  assert.deepEqual(trainer.logits(tensor([2, 2], [0, 1, 1, 0])).shape, [2, 1]);
  const nested = trainer.predict(tensor([1, 2, 2], [0, 1, 1, 0]));
  assert.deepEqual(nested, { shape: [1, 2, 1], data: many.data });
  assert.deepEqual(trainer.predict(tensor([2, 0, 2], [])).shape, [2, 0, 1]);
  const deep = thrown(() => trainer.predict(tensor([2, 1, 3], [1, 2, 3, 4, 5, 6])));
  assert.equal(deep.message, "addmm: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x6)");
  const scalar = thrown(() => trainer.predict(tensor([], [0])));
  assert.equal(scalar.name, "RuntimeError");
  assert.match(scalar.message, /^both arguments to linear need to be at least 1D, but they are 0D/);
  trainer.free();
});

test("predictGrid samples pixel centres, the largest y first", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const grid = trainer.predictGrid({
    width: 3,
    height: 2,
    x: [-3, 3],
    y: [-2, 2],
    features: [0, 1],
    at: [0, 0],
    output: 0,
  });
  const centres = tensor([6, 2], [-2, 1, 0, 1, 2, 1, -2, -1, 0, -1, 2, -1]);
  assert.deepEqual(grid, trainer.predict(centres).data);
  trainer.free();
});

test("reconfigure keeps the parameters, and refuses what needs a new trainer", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  trainer.trainEpochs(2);
  const parameters = trainer.parameters();
  trainer.reconfigure(moonsConfig({ optimizer: { name: "SGD", lr: 0.1 }, batch_size: 64 }));
  assert.deepEqual(trainer.parameters(), parameters);
  assert.equal(trainer.trainEpochs(1)[0].lr, 0.1);
  assert.equal(thrown(() => trainer.reconfigure(moonsConfig({ seed: 8 }))).name, "ValueError");
  trainer.free();
});

test("setData keeps the parameters and the epoch, and goes on with the other rows", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  trainer.trainFor(1000, { steps: 10 });
  const parameters = trainer.parameters();
  const { test_inputs, test_targets, ...rows } = xorData(20);
  trainer.setData(rows);
  assert.deepEqual(trainer.parameters(), parameters);
  assert.deepEqual([trainer.epoch, trainer.step, trainer.steps_per_epoch], [2, 1, 2]);
  assert.equal(thrown(() => trainer.evaluate("test")).name, "ValueError");
  const other = new Trainer(moonsConfig(), xorData(20));
  other.loadStateDict(trainer.stateDict());
  assert.deepEqual(trainer.evaluate("train"), other.evaluate("train"));
  const error = thrown(() => trainer.setData({ ...rows, inputs: tensor([40, 1], new Array(40).fill(0)) }));
  assert.deepEqual([error.name, error.path], ["RuntimeError", "inputs"]);
  assert.equal(trainer.trainEpochs(1)[0].epoch, 3);
  other.free();
  trainer.free();
});

test("the wrong pairing of loss and last activation is allowed, with a warning", () => {
  const trainer = new Trainer(moonsConfig({ loss: { name: "BCEWithLogitsLoss" } }), xorData());
  assert.equal(trainer.warnings.length, 1);
  trainer.free();
  const right = new Trainer(moonsConfig(), xorData());
  assert.deepEqual(right.warnings, []);
  right.free();
});

test("numbers that leave float32 are reported with their place", () => {
  const trainer = new Trainer(explodingConfig(), xorData());
  const { non_finite } = trainer.trainFor(1000, { steps: 400 });
  assert.ok(non_finite);
  assert.equal(non_finite.quantity, "logit");
  assert.ok(trainer.epoch * 4 + trainer.step < 400);
  trainer.free();
});

test("a freed trainer says so, twice too, and the others go on", () => {
  const freed = new Trainer(moonsConfig(), xorData());
  const other = new Trainer(moonsConfig(), xorData());
  freed.free();
  const calls = [
    () => freed.trainEpochs(1),
    () => freed.epoch,
    () => freed.snapshot(),
    () => freed.predict(tensor([2], [0, 0])),
    () => freed.free(),
  ];
  for (const call of calls) {
    const error = thrown(call);
    assert.deepEqual([error.name, error.message], ["RuntimeError", "this Trainer has been freed"]);
  }
  freed[Symbol.dispose]();
  other.trainEpochs(1);
  other[Symbol.dispose]();
  assert.equal(thrown(() => other.epoch).name, "RuntimeError");
});

test("a configuration that calls the trainer while it is read finds it whole", () => {
  const trainer = new Trainer(moonsConfig(), xorData());
  const config = {
    ...moonsConfig(),
    get batch_size() {
      return trainer.trainEpochs(1).length + 15;
    },
  };
  trainer.reconfigure(config);
  assert.equal(trainer.epoch, 1);
  trainer.free();
});

test("20,000 trainers made and freed take not one page of wasm memory", async () => {
  const { memory } = await initialise({ module_or_path: new Uint8Array() });
  const { inputs, targets } = xorData();
  const cycle = (/** @type {number} */ n) => {
    for (let i = 0; i < n; i += 1) {
      const trainer = new Trainer(moonsConfig(), { inputs, targets });
      trainer.trainFor(0, { steps: 1 });
      trainer.free();
    }
  };
  cycle(200);
  const pages = memory.buffer.byteLength / 65536;
  cycle(20_000);
  assert.equal(memory.buffer.byteLength / 65536, pages);
});
