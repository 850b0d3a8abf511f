import assert from "node:assert/strict";
import { before, test } from "node:test";

import {
  Optimizer,
  init,
  learningRates,
  mseLoss,
  sigmoidFocalLoss,
  smoothL1Loss,
} from "bce-playground";
import { tensor } from "./runs.js";

/** @import { OptimizerConfig } from "bce-playground" */

before(() => init());

test("an optimizer moves copies of its parameters, with the state it keeps", () => {
  const parameters = Float32Array.of(1, 2);
  const optimizer = new Optimizer({ name: "SGD", lr: 0.5, momentum: 0.5 }, parameters);
  const first = optimizer.step([1, 0]);
  assert.deepEqual(first, Float32Array.of(0.5, 2));
  first.fill(7);
  // The velocity is 1 · 0.5 + 1 for the first parameter.
  assert.deepEqual(optimizer.step(Float64Array.of(1, 2)), Float32Array.of(-0.25, 1));
  assert.deepEqual(parameters, Float32Array.of(1, 2));
  optimizer.free();
});

test("an optimizer's mistakes have PyTorch's words", () => {
  /** @type {[OptimizerConfig, RegExp][]} */
  const cases = [
    [{ name: "SGD", lr: -1 }, /^Invalid learning rate: -1$/],
    [{ name: "Adam", betas: [1, 0.9] }, /^Invalid beta parameter at index 0: 1$/],
    [{ name: "SGD", nesterov: true }, /^Nesterov momentum requires a momentum and zero dampening$/],
  ];
  for (const [config, message] of cases) {
    assert.throws(() => new Optimizer(config, [0]), { name: "ValueError", message });
  }
  assert.throws(() => new Optimizer({ name: "SGD" }, []), { name: "ValueError" });
  // @ts-expect-error not numbers
  assert.throws(() => new Optimizer({ name: "SGD" }, ["0"]), { path: "parameters[0]" });
  const optimizer = new Optimizer({ name: "SGD" }, [0]);
  assert.throws(() => optimizer.step([1, 2]), { name: "ValueError" });
  optimizer.free();
  const error = { name: "RuntimeError", message: "this Optimizer has been freed" };
  assert.throws(() => optimizer.step([1]), error);
  assert.throws(() => optimizer.free(), error);
  optimizer[Symbol.dispose]();
});

test("learningRates is the rate during each step", () => {
  const steps = learningRates({ name: "StepLR", step_size: 2, gamma: 0.5 }, 1, 5);
  assert.deepEqual(steps, Float64Array.of(1, 1, 0.5, 0.5, 0.25));
  assert.deepEqual(learningRates(null, 0.1, 2), Float64Array.of(0.1, 0.1));
  const plateau = learningRates({ name: "ReduceLROnPlateau", patience: 0, factor: 0.5 }, 1, 4, {
    metrics: Float32Array.of(1, 2, 3, 4),
  });
  assert.deepEqual(plateau, Float64Array.of(1, 1, 0.5, 0.25));
  assert.throws(() => learningRates({ name: "StepLR", step_size: 0 }, 1, 5), {
    path: "scheduler.step_size",
  });
  assert.throws(() => learningRates(null, 1, -1), { path: "steps" });
  // @ts-expect-error no number
  assert.throws(() => learningRates(null, "1", 1), { name: "TypeError", path: "base_lr" });
});

test("the other losses have torch's and torchvision's defaults", () => {
  const one = tensor([2], [0, 0]);
  const two = tensor([2], [1, 0]);
  const focal = sigmoidFocalLoss(one, two);
  assert.deepEqual(focal.output.shape, [2]);
  const [positive, negative] = focal.output.data;
  assert.ok(Math.abs(positive - 0.25 * 0.25 * Math.LN2) < 1e-7);
  assert.ok(Math.abs(negative - 0.75 * 0.25 * Math.LN2) < 1e-7);
  assert.deepEqual(mseLoss(one, two).output.data, Float32Array.of(0.5));
  assert.deepEqual(mseLoss(one, two).grad.data, Float32Array.of(-1, 0));
  assert.deepEqual(
    smoothL1Loss(one, two, { beta: 2, reduction: "sum" }).output.data,
    Float32Array.of(0.25),
  );
});

test("a loss warns where PyTorch warns", () => {
  const { warnings } = mseLoss(tensor([2, 1], [0, 0]), tensor([2], [1, 0]));
  assert.equal(warnings?.length, 1);
  assert.match(warnings[0], /Using a target size \(torch\.Size\(\[2\]\)\)/);
});
