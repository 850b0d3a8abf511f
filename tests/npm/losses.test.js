import assert from "node:assert/strict";
import { before, test } from "node:test";

import {
  activation,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  init,
  lossOfLogits,
  smoothL1Loss,
} from "bce-playground";
import { withClient } from "./clients.js";
import { tensor } from "./runs.js";

/** @import { LossConfig } from "bce-playground" */

before(() => init());

const half = () => tensor([2], [0.5, 0.5]);
const labels = () => tensor([2], [0, 1]);

test("a loss gives output and gradient as tensors of float32, and no warnings without cause", () => {
  const result = binaryCrossEntropy(half(), labels());
  assert.deepEqual(Object.keys(result).sort(), ["grad", "output"]);
  assert.deepEqual(result.output, { shape: [], data: Float32Array.of(Math.LN2) });
  assert.deepEqual(result.grad, { shape: [2], data: Float32Array.of(1, -1) });
});

test("the clamp of the log and the floor of the gradient are PyTorch's, to the bit", () => {
  const at = (/** @type {number} */ p, /** @type {number} */ t) => {
    const { output, grad } = binaryCrossEntropy(tensor([1], [p]), tensor([1], [t]));
    return [output.data[0], grad.data[0]];
  };
  assert.deepEqual(at(0, 1), [100, -999999995904]);
  assert.deepEqual(at(1 - 2 ** -24, 0), [16.63553237915039, 16777216]);
  assert.deepEqual(at(0, 0), [0, 0]);
  assert.deepEqual(at(1, 1), [0, 0]);
});

test("numbers of any kind of array mean the same", () => {
  const expected = binaryCrossEntropy(half(), labels());
  for (const Type of [Float32Array, Float64Array]) {
    const input = { shape: [2], data: Type.of(0.5, 0.5) };
    assert.deepEqual(binaryCrossEntropy(input, labels()), expected);
  }
  for (const Type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint32Array]) {
    const target = { shape: Uint32Array.of(2), data: Type.of(0, 1) };
    assert.deepEqual(binaryCrossEntropy(half(), target), expected);
  }
});

test("what comes out is the caller's own", () => {
  const input = { shape: [2], data: Float32Array.of(0.25, 0.75) };
  const first = binaryCrossEntropy(input, labels(), { reduction: "none" });
  first.output.data.fill(9);
  const second = binaryCrossEntropy(input, labels(), { reduction: "none" });
  assert.notEqual(second.output.data[0], 9);
  assert.deepEqual(input.data, Float32Array.of(0.25, 0.75));
  assert.equal(second.grad.data.buffer.byteLength, 8);
});

test("undefined is the default and null is None", () => {
  const options = { weight: undefined, reduction: undefined, grad_output: undefined };
  const expected = binaryCrossEntropy(half(), labels());
  assert.deepEqual(binaryCrossEntropy(half(), labels(), options), expected);
  assert.deepEqual(binaryCrossEntropy(half(), labels(), { weight: null }), expected);
  assert.throws(
    // @ts-expect-error None is no reduction
    () => binaryCrossEntropy(half(), labels(), { reduction: null }),
    { name: "ValueError", message: "None is not a valid value for reduction" },
  );
});

test("weight, pos_weight and grad_output are tensors, of plain numbers too", () => {
  const weighted = binaryCrossEntropy(half(), labels(), {
    reduction: "none",
    weight: tensor([2], [2, 4]),
    grad_output: tensor([2], [1, 10]),
  });
  assert.deepEqual(weighted.output.data, Float32Array.of(2 * Math.LN2, 4 * Math.LN2));
  assert.deepEqual(weighted.grad.data, Float32Array.of(4, -80));
  const logits = binaryCrossEntropyWithLogits(tensor([1], [0]), tensor([1], [1]), {
    pos_weight: tensor([1], [3]),
  });
  assert.deepEqual(logits.output.data, Float32Array.of(2.0794415));
  assert.deepEqual(logits.grad.data, Float32Array.of(-1.5));
});

test("infinities and NaN pass through BCEWithLogitsLoss as they do in PyTorch", () => {
  const at = (/** @type {number} */ x, /** @type {number} */ t) =>
    binaryCrossEntropyWithLogits(tensor([1], [x]), tensor([1], [t])).output.data[0];
  assert.equal(at(-120, 1), 120);
  assert.equal(at(1e4, 0), 1e4);
  assert.ok(Number.isNaN(at(Infinity, 1)));
  assert.ok(Number.isNaN(at(-Infinity, 0)));
});

test("errors have PyTorch's names and words", () => {
  const cases = [
    {
      run: () => binaryCrossEntropy(tensor([1], [1.5]), tensor([1], [1])),
      error: { name: "RuntimeError", message: "all elements of input should be between 0 and 1" },
    },
    {
      run: () => binaryCrossEntropy(tensor([1], [NaN]), tensor([1], [1])),
      error: { name: "RuntimeError", message: "all elements of input should be between 0 and 1" },
    },
    {
      run: () =>
        binaryCrossEntropyWithLogits(tensor([2, 3], [1, 2, 3, 4, 5, 6]), tensor([3], [0, 1, 0])),
      error: {
        name: "ValueError",
        message:
          "Target size (torch.Size([3])) must be the same as input size (torch.Size([2, 3]))",
      },
    },
    {
      // @ts-expect-error no reduction
      run: () => binaryCrossEntropy(half(), labels(), { reduction: "avg" }),
      error: { name: "ValueError", message: "avg is not a valid value for reduction" },
    },
  ];
  for (const { run, error } of cases) assert.throws(run, error);
});

test("warnings come in the order in which PyTorch gives them", () => {
  const input = tensor([4, 1], [1, 1, 1, 1]);
  // @ts-expect-error a name from before PyTorch 1.0
  const { warnings } = smoothL1Loss(input, tensor([1], [1]), { reduction: "elementwise_mean" });
  assert.equal(warnings?.length, 2);
  assert.match(warnings[0], /^Using a target size \(torch\.Size\(\[1\]\)\)/);
  assert.match(warnings[1], /^reduction='elementwise_mean' is deprecated/);
});

test("what is not a tensor is refused with its place", () => {
  /** @type {[unknown, string, RegExp][]} */
  const cases = [
    [[0.5], "input", /must be a tensor \{ shape, data \}, got an array/],
    [null, "input", /got null/],
    [{ shape: [2], data: ["1", 2] }, "input.data[0]", /must be a number, got "1"/],
    [{ shape: [2], data: new Array(2) }, "input.data[0]", /must be a number, got undefined/],
    [{ shape: [2], data: "ab" }, "input.data", /must be an array of numbers/],
    [{ shape: [1], data: BigInt64Array.of(1n) }, "input.data", /got a BigInt64Array/],
    [{ shape: 2, data: [1, 2] }, "input.shape", /must be an array of sizes, got 2/],
    [{ shape: [-1], data: [1] }, "input.shape[0]", /whole number of at least 0, got -1/],
    [{ shape: [1.5], data: [1] }, "input.shape[0]", /got 1.5/],
    [{ shape: [2, 3], data: [1] }, "input.shape", /\[2, 3\] asks for 6 numbers, data has 1/],
    [{ shape: [65536, 65536, 65536], data: [1] }, "input.shape", /data has 1/],
  ];
  for (const [input, path, message] of cases) {
    // @ts-expect-error none of them is
    assert.throws(() => binaryCrossEntropy(input, labels()), { path, message });
  }
});

test("an unknown option is refused", () => {
  assert.throws(
    // @ts-expect-error a misspelt option
    () => binaryCrossEntropy(half(), labels(), { wieght: null }),
    { name: /TypeError|ValueError/, message: /wieght/ },
  );
});

test("an activation gives values and derivatives", () => {
  const { output, grad } = activation("sigmoid", [0, 200]);
  assert.deepEqual(output, Float32Array.of(0.5, 1));
  assert.deepEqual(grad, Float32Array.of(0.25, 0));
  assert.deepEqual(activation("tanh", new Float64Array(0)).output, new Float32Array(0));
  assert.throws(
    // @ts-expect-error no such activation
    () => activation("toString", [0]),
    { name: "ValueError", message: /toString/ },
  );
  // @ts-expect-error no name
  assert.throws(() => activation(3, [0]), { name: "TypeError" });
});

test("each loss as a function of the logit: its slope is that of its values", async () => {
  const z = Array.from({ length: 33 }, (_, k) => (k - 16) / 4);
  const at = (/** @type {number} */ shift) => tensor([33], z.map((each) => each + shift));
  /** @type {LossConfig[]} */
  const losses = [
    { name: "BCELoss", weight: [2] },
    { name: "BCEWithLogitsLoss", pos_weight: [3] },
    { name: "sigmoid_focal_loss", alpha: 0.4, gamma: 1.5 },
    { name: "MSELoss", reduction: "sum" },
    { name: "SmoothL1Loss", beta: 0.5 },
  ];
  const step = 1 / 64;
  for (const loss of losses) {
    for (const label of [0, 1]) {
      const targets = tensor([33], z.map(() => label));
      const { output, grad } = lossOfLogits(loss, at(0), targets);
      const [up, down] = [step, -step].map((shift) => lossOfLogits(loss, at(shift), targets).output.data);
      assert.equal(output.data.length, 33);
      grad.data.forEach((slope, k) => {
        const difference = (up[k] - down[k]) / (2 * step);
        assert.ok(Math.abs(slope - difference) < 2e-3, `${loss.name}, target ${label}, z ${z[k]}`);
      });
    }
  }
  // Two ways to the same loss; and what vanishes where the sigmoid is flat.
  const wrong = { z: tensor([1], [-8]), one: tensor([1], [1]) };
  const slope = (/** @type {any} */ name) => lossOfLogits({ name }, wrong.z, wrong.one).grad.data[0];
  assert.ok(Math.abs(slope("BCELoss") - slope("BCEWithLogitsLoss")) < 1e-5);
  assert.ok(slope("BCELoss") < -0.999 && slope("MSELoss") > -0.001 && slope("SmoothL1Loss") > -0.001);
  assert.throws(() => lossOfLogits(/** @type {any} */ ({ name: "L1Loss" }), wrong.z, wrong.one),
    { name: "ValueError", path: "loss.name" });
  assert.throws(() => lossOfLogits(/** @type {any} */ ("BCELoss"), wrong.z, wrong.one), { name: "TypeError" });

  await withClient(async (client) => {
    assert.deepEqual(await client.lossOfLogits({ name: "MSELoss" }, wrong.z, wrong.one),
      lossOfLogits({ name: "MSELoss" }, wrong.z, wrong.one));
  });
});
