// Detection through the package: made images, boxes, training, and the same in a worker.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { Trainer, datasets, detection, init } from "bce-playground";
import { TrainerClient } from "bce-playground/client";

before(() => init());

/** @type {import("bce-playground").LossConfig} */
const loss = {
  name: "DetectionLoss",
  label_loss: { name: "BCEWithLogitsLoss", pos_weight: [2, 3, 3, 3] },
  box_loss: { name: "SmoothL1Loss", beta: 0.5 },
  box_weight: 2,
};
/** @type {import("bce-playground").Config} */
const config = {
  seed: 2,
  layers: [{ in: 576, out: 24, activation: "relu" }, { in: 24, out: 128 }],
  loss,
  optimizer: { name: "Adam", lr: 0.004 },
  batch_size: 20,
};

/** Forty images, and twenty others. */
function images() {
  const { inputs, targets } = datasets.makeDetection({ n_samples: 40 });
  const test = datasets.makeDetection({ n_samples: 20, first: 100 });
  return { inputs, targets, test_inputs: test.inputs, test_targets: test.targets };
}

test("made images say what is in them, and their targets say the same", () => {
  const made = datasets.makeDetection({ n_samples: 30, seed: 4, grid: 4 });
  assert.deepEqual([made.inputs.shape, made.targets.shape], [[30, 576], [30, 128]]);
  assert.deepEqual(made.target_names, ["disc", "square", "triangle"]);
  const { grid, classes, size, objects } = made;
  const coding = { grid, classes, size };
  // Boxes come out in float32, targets were coded from float64.
  const coded = detection.encode(objects, { ...coding, n_samples: 30 });
  assert.deepEqual(coded.shape, made.targets.shape);
  assert.ok(coded.data.every((x, i) => Math.abs(x - made.targets.data[i]) < 1e-5));
  const found = detection.decode(made.targets, coding);
  // Nearly all: a cell answers for one object only.
  assert.ok(found.labels.length > 0.9 * objects.labels.length);
  const { mean_average_precision } = detection.averagePrecision(found, objects, { classes });
  assert.ok(mean_average_precision > 0.9, `mAP ${mean_average_precision}`);
  assert.throws(() => datasets.makeDetection({ noise: 51 }), { name: "ValueError", path: "noise" });
});

test("the loss of a run is that of its parts, and the network finds what it has learnt", () => {
  const trainer = new Trainer(config, images());
  const before = trainer.detect("train").mean_average_precision;
  trainer.trainEpochs(60, { evaluate: "last" });
  const { loss: total, label_loss = NaN, box_loss = NaN } = trainer.evaluate("train");
  assert.ok(Math.abs(total - (label_loss + 2 * box_loss)) < 1e-6);
  const { objectness_loss = NaN, class_loss = NaN } = trainer.evaluate("train");
  // Of a cell's four labels three are of classes.
  assert.ok(Math.abs(label_loss - (objectness_loss + 3 * class_loss) / 4) < 1e-6);
  const found = trainer.detect("train", { score_threshold: 0.05, nms_threshold: 0.4 });
  assert.ok(before < 0.05 && found.mean_average_precision > 0.6, `${before}, ${found.mean_average_precision}`);
  assert.equal(found.boxes.shape[0], found.scores.length);
  assert.ok(found.scores.every((score, i) => score >= 0.05 && (i === 0 || score <= found.scores[i - 1])));
  // What decode() makes of predict() is what detect() finds.
  const decoded = detection.decode(trainer.predict(trainer.data().inputs), {
    score_threshold: 0.05,
    iou_threshold: 0.4,
  });
  assert.deepEqual(decoded.scores, found.scores);
  assert.deepEqual(decoded.boxes, found.boxes);
  trainer.free();
});

test("a loss of another kind finds nothing, and what is wrong is named", () => {
  const { inputs } = images();
  const targets = { shape: [40, 1], data: new Float32Array(40) };
  const layers = [{ in: 576, out: 1 }];
  const other = { ...config, layers, loss: { name: /** @type {const} */ ("BCEWithLogitsLoss") } };
  const trainer = new Trainer(other, { inputs, targets });
  assert.throws(() => trainer.detect("train"), /only a network trained with DetectionLoss/);
  assert.throws(() => new Trainer({ ...config, layers }, images()), { path: "loss.grid" });
  trainer.free();
  const boxes = { shape: [1, 3], data: [1, 2, 3] };
  assert.throws(() => detection.iou(boxes, boxes), { name: "ValueError", path: "boxes" });
  const two = { shape: [2, 4], data: [0, 0, 1, 1, 0, 0, 2, 2] };
  assert.throws(() => detection.nonMaximumSuppression({ boxes: two, scores: [1] }), { path: "scores" });
  assert.throws(() => detection.nonMaximumSuppression({ boxes: two, scores: [1, NaN] }), { path: "scores" });
  const there = { boxes: two, labels: [0, 3] };
  assert.throws(() => detection.averagePrecision(there, there, { classes: 3 }), { path: "objects" });
  const outside = { boxes: { shape: [1, 4], data: [20, 20, 30, 30] } };
  assert.throws(() => detection.encode(outside, { n_samples: 1 }), { path: "objects[0]" });
});

test("a worker does the same", async () => {
  const client = new TrainerClient(config, images());
  const trainer = new Trainer(config, images());
  await client.trainEpochs(3);
  trainer.trainEpochs(3);
  const options = { score_threshold: 0.02 };
  assert.deepEqual(await client.detect("test", options), trainer.detect("test", options));
  assert.deepEqual(await client.evaluate("test"), trainer.evaluate("test"));
  const made = await client.datasets.makeDetection({ n_samples: 5, first: 7 });
  assert.deepEqual(made, datasets.makeDetection({ n_samples: 5, first: 7 }));
  assert.deepEqual(await client.detection.decode(made.targets), detection.decode(made.targets));
  const { boxes } = made.objects;
  assert.deepEqual(await client.detection.iou(boxes, boxes), detection.iou(boxes, boxes));
  trainer.free();
  await client.free();
});

test("a script in PyTorch composes the same loss", () => {
  const trainer = new Trainer(config, images());
  const script = trainer.toPyTorch({ epochs: 2 });
  assert.match(script, /values\.reshape\(-1, 8\)/);
  assert.match(script, /pos_weight=torch\.tensor\(\[2, 3, 3, 3\]\), reduction="mean"/);
  assert.match(script, /F\.smooth_l1_loss\(boxes\[there\], true_boxes\[there\], beta=0\.5\)/);
  assert.match(script, /return label_loss \+ 2 \* box_loss/);
  trainer.free();
});
