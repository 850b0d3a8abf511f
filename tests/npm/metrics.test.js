import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Trainer, init, metrics } from "bce-playground";
import { TrainerClient } from "bce-playground/client";
import { moonsConfig, tensor, xorData } from "./runs.js";

/** @type {TrainerClient} */
let client;

before(async () => {
  await init();
  client = new TrainerClient(null, null);
});
after(() => client.free());

const SCORES = [0.1, 0.4, 0.35, 0.8];
const LABELS = [0, 0, 1, 1];

test("one label: the textbook's numbers", () => {
  const got = metrics.binary(SCORES, LABELS);
  assert.deepEqual([got.threshold, got.tp, got.fp, got.tn, got.fn], [0.5, 1, 0, 2, 1]);
  assert.deepEqual([got.precision, got.recall, got.f1], [1, 0.5, 2 / 3]);
  assert.equal(got.roc_auc, 0.75);
  assert.ok(Math.abs(got.average_precision - 5 / 6) < 1e-15);
  assert.deepEqual(got.roc.thresholds, [Infinity, 0.8, 0.4, 0.35, 0.1]);
  assert.equal(got.calibration.bins, 10);
  assert.deepEqual(
    got.calibration.filled.map(({ bin, count }) => [bin, count]),
    [1, 3, 4, 8].map((bin) => [bin, 1]),
  );
});

test("scores stay float64, whatever holds them", () => {
  // 0.1 as float32 is larger than 0.1.
  const at = (/** @type {any} */ scores) => metrics.binary(scores, [1], { threshold: 0.1 }).brier;
  const exact = (0.1 - 1) ** 2;
  assert.equal(at([0.1]), exact);
  assert.equal(at(Float64Array.of(0.1)), exact);
  assert.equal(at(tensor([1], [0.1])), exact);
  assert.equal(at(Float32Array.of(0.1)), (Math.fround(0.1) - 1) ** 2);
  assert.equal(metrics.multilabel(tensor([1, 1], [0.1]), tensor([1, 1], [1])).brier, exact);
});

test("labels may be of any number type, vectors tensors of one dimension or a column", () => {
  const expected = metrics.binary(SCORES, LABELS);
  for (const labels of [
    Uint8Array.from(LABELS),
    Int32Array.from(LABELS),
    Float32Array.from(LABELS),
    tensor([4], LABELS),
    tensor([4, 1], LABELS),
    { shape: Uint32Array.of(4), data: Uint8Array.from(LABELS) },
  ]) {
    assert.deepEqual(metrics.binary(SCORES, labels), expected);
  }
});

test("what a Trainer predicts goes into metrics as it is, and gives its accuracy", () => {
  const data = xorData();
  const trainer = new Trainer(moonsConfig(), data);
  const [{ accuracy, eval_loss }] = trainer.trainEpochs(20, { evaluate: "last" }).slice(-1);
  const got = metrics.binary(trainer.predict(data.inputs), data.targets);
  assert.equal(got.accuracy, accuracy);
  assert.ok(Math.abs(got.log_loss_torch_bce - Number(eval_loss)) < 1e-6);
  trainer.free();
});

test("options: threshold and bins, and nothing else", () => {
  const got = metrics.binary(SCORES, LABELS, { threshold: 0.35, bins: 2 });
  assert.deepEqual([got.tp, got.fp, got.calibration.filled.length], [2, 1, 2]);
  assert.deepEqual(metrics.binary(SCORES, LABELS, { threshold: undefined }).threshold, 0.5);
  assert.equal(metrics.binary(SCORES, LABELS, { threshold: Infinity }).tp, 0);
  /** @type {[object, string][]} */
  const cases = [
    [{ threshold: NaN }, "threshold"],
    [{ bins: 0 }, "bins"],
    [{ bins: 1001 }, "bins"],
    [{ bins: 1.5 }, "bins"],
    [{ treshold: 0.5 }, "treshold"],
  ];
  for (const [options, path] of cases) {
    assert.throws(() => metrics.binary(SCORES, LABELS, options), { name: "ValueError", path });
  }
  const options = /** @type {any} */ ({ threshold: "0.5" });
  assert.throws(() => metrics.binary(SCORES, LABELS, options), { name: "TypeError" });
});

test("several labels: each for itself and averaged", () => {
  const scores = tensor([3, 2], [0.9, 0.2, 0.4, 0.7, 0.8, 0.1]);
  const labels = tensor([3, 2], [1, 0, 1, 1, 0, 0]);
  const got = metrics.multilabel(scores, labels);
  assert.deepEqual(
    got.per_label.map(({ tp, fp, tn, fn }) => [tp, fp, tn, fn]),
    [
      [1, 1, 0, 1],
      [1, 0, 2, 0],
    ],
  );
  assert.deepEqual(got.micro_confusion, { tp: 2, fp: 1, tn: 2, fn: 1 });
  assert.equal(got.average.macro.recall, 0.75);
  assert.equal(got.average.weighted.recall, 2 / 3);
  assert.ok(Math.abs(got.subset_accuracy - 1 / 3) < 1e-15);
  assert.ok(got.average.samples);
  const column = { shape: [3, 1], data: [0.9, 0.4, 0.8] };
  const single = metrics.multilabel(column, tensor([3, 1], [1, 1, 0]));
  assert.equal("samples" in single.average, false);
  assert.equal(single.per_label[0].roc_auc, metrics.binary(column, [1, 1, 0]).roc_auc);
});

test("one class only: NaN where there is no such thing, and nowhere else", () => {
  const got = metrics.binary([0.2, 0.9], [1, 1]);
  assert.ok(Number.isNaN(got.roc_auc));
  assert.ok(got.roc.fpr.every(Number.isNaN));
  const { roc, roc_drop_intermediate, roc_auc, ...rest } = got;
  assert.ok(!JSON.stringify(rest).includes("null"), "NaN and infinity are null in JSON");
  const labels = tensor([2, 2], [1, 0, 1, 1]);
  const several = metrics.multilabel(tensor([2, 2], [0.2, 0.3, 0.9, 0.8]), labels);
  assert.ok(Number.isNaN(several.roc_auc.macro_over_all));
  assert.equal(several.roc_auc.macro_over_defined, 1);
});

test("what are no scores and labels is refused with its place", () => {
  /** @type {[unknown, unknown, { name: string, path: string }][]} */
  const binary = [
    [[0.5], [0, 1], { name: "ValueError", path: "labels" }],
    [[], [], { name: "ValueError", path: "scores" }],
    [[0.5], [2], { name: "ValueError", path: "labels" }],
    [[1.5], [1], { name: "ValueError", path: "scores" }],
    [[NaN], [1], { name: "ValueError", path: "scores" }],
    [["0.5"], [1], { name: "TypeError", path: "scores[0]" }],
    [0.5, [1], { name: "TypeError", path: "scores" }],
    [[0.5], null, { name: "TypeError", path: "labels" }],
    [tensor([1, 2], [0.5, 0.5]), [0, 1], { name: "ValueError", path: "scores" }],
    [tensor([], [0.5]), [1], { name: "ValueError", path: "scores" }],
    [tensor([2], [0.5]), [1], { name: "ValueError", path: "scores.shape" }],
  ];
  for (const [scores, labels, error] of binary) {
    // @ts-expect-error none of them is
    assert.throws(() => metrics.binary(scores, labels), error, JSON.stringify(scores));
  }
  /** @type {[any, any, { name: string, path: string }][]} */
  const multilabel = [
    [tensor([2], [0.5, 0.5]), tensor([2], [0, 1]), { name: "ValueError", path: "scores" }],
    [tensor([1, 2], [0.5, 0.5]), tensor([2, 1], [0, 1]), { name: "ValueError", path: "labels" }],
    [tensor([2, 1], [0.5, 0.5]), tensor([1, 1], [0]), { name: "ValueError", path: "labels" }],
    [tensor([2, 0], []), tensor([2, 0], []), { name: "ValueError", path: "scores" }],
    [[0.5], [1], { name: "TypeError", path: "scores" }],
  ];
  for (const [scores, labels, error] of multilabel) {
    assert.throws(() => metrics.multilabel(scores, labels), error, JSON.stringify(scores));
  }
});

test("the worker's metrics are the calling thread's, without a trainer too", async () => {
  const options = { threshold: 0.4, bins: 3 };
  const scores = Float64Array.from(SCORES);
  assert.deepEqual(await client.metrics.binary(scores, LABELS), metrics.binary(SCORES, LABELS));
  assert.equal(scores.length, 4, "an argument is copied, not moved");
  const [x, y] = [tensor([2, 2], SCORES), tensor([2, 2], LABELS)];
  assert.deepEqual(
    await client.metrics.binary(tensor([4], SCORES), LABELS, options),
    metrics.binary(SCORES, LABELS, options),
  );
  assert.deepEqual(
    await client.metrics.multilabel(x, y, options),
    metrics.multilabel(x, y, options),
  );
  const noClass = await client.metrics.binary([0.5], [1]);
  assert.ok(Number.isNaN(noClass.roc_auc));
  await assert.rejects(client.metrics.binary([2], [1]), { name: "ValueError", path: "scores" });
  const wrong = /** @type {any} */ ("0.5");
  await assert.rejects(client.metrics.binary(wrong, [1]), { name: "TypeError" });
  await assert.rejects(client.metrics.multilabel(/** @type {any} */ ([0.5]), y), {
    name: "TypeError",
  });
});
