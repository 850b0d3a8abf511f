import assert from "node:assert/strict";
import { test } from "node:test";

import { Curve, nextRecordedEpoch } from "../../npm/curve.js";

/** @param {number} end */
function recordedUpTo(end) {
  const epochs = [0];
  while (epochs[epochs.length - 1] < end) epochs.push(nextRecordedEpoch(epochs[epochs.length - 1]));
  return epochs;
}

test("every epoch up to 512 is recorded, then every 2nd, every 4th, …", () => {
  const epochs = recordedUpTo(4096);
  assert.deepEqual(
    epochs.slice(0, 513),
    Array.from({ length: 513 }, (_, i) => i),
  );
  const strides = epochs.slice(513).map((epoch, i) => [epoch, epoch - epochs[512 + i]]);
  for (const [epoch, stride] of strides) {
    assert.equal(stride, epoch <= 1024 ? 2 : epoch <= 2048 ? 4 : 8);
  }
});

test("an octave has 256 points, and 100,000 epochs fewer than 3,000", () => {
  const epochs = recordedUpTo(131_072);
  for (let octave = 512; octave < 131_072; octave *= 2) {
    assert.equal(epochs.filter((epoch) => epoch > octave && epoch <= 2 * octave).length, 256);
  }
  assert.ok(epochs.length < 3000);
});

test("the next recorded epoch does not depend on where one asks", () => {
  const recorded = new Set(recordedUpTo(5000));
  for (let epoch = 0; epoch < 4990; epoch += 1) {
    let next = epoch + 1;
    while (!recorded.has(next)) next += 1;
    assert.equal(nextRecordedEpoch(epoch), next);
  }
});

/** @param {number} epoch */
const point = (epoch) => ({
  epoch,
  train_loss: epoch / 2,
  train_objective: epoch,
  eval_loss: epoch / 4,
  test_loss: NaN,
  accuracy: 1,
  test_accuracy: NaN,
});

test("a curve hands out the points after an epoch, and takes up what it does not have", () => {
  const curve = new Curve();
  assert.equal(curve.last, -1);
  for (const epoch of [0, 1, 2]) curve.push(point(epoch));
  assert.deepEqual(curve.after(0).train_loss, Float64Array.of(0.5, 1));
  assert.deepEqual(curve.after(2).epoch, new Float64Array(0));
  const other = new Curve();
  other.append(curve.after(-1));
  other.append(curve.after(0));
  assert.deepEqual(other.after(-1), curve.after(-1));
  assert.equal(other.last, 2);
});
