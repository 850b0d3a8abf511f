// docs/pytorch.md explains the errors that there are, in the words that they have.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import * as main from "bce-playground";
import { file } from "./golden/files.js";
import { moonsConfig, tensor, xorData } from "./runs.js";

const doc = readFileSync(new URL("../../docs/pytorch.md", import.meta.url), "utf8");

/** The rows of the table of errors: what matches a message, and the types that are named. */
const table = Array.from(doc.matchAll(/^\| `([^`]+)` \| (warning|\w+Error)[^|]*\| (.+) \|$/gm)).map(
  ([, message, type, cause]) => ({ type, cause, pattern: pattern(message) }),
);

/** `…` stands for anything; a table has no line breaks. @param {string} message */
function pattern(message) {
  const literal = message.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${literal.join(".+").replaceAll(" ", "\\s+")}$`);
}

/** @param {string} type @param {string} message */
const explanations = (type, message) =>
  table.filter((row) => row.type === type && row.pattern.test(message));

before(() => main.init());

test("every error of the golden losses is explained, once", () => {
  assert.ok(table.length > 10, "the table was not found");
  for (const { id, raises, warnings = [], input_dtype, target_dtype } of file("losses.json")
    .error_cases) {
    if (input_dtype || target_dtype) continue;
    const given = warnings.map((/** @type {any} */ warning) => ["warning", warning.message]);
    if (raises) given.push([raises.type, raises.message]);
    for (const [type, message] of given) {
      assert.equal(explanations(type, message).length, 1, `${id}: ${type}: ${message}`);
    }
  }
});

/** A call for each row, in the table's order, with nothing from the golden data. */
const half = tensor([2, 1], [0.5, 0.5]);
const flat = tensor([2], [0, 1]);
const column = tensor([2, 1], [0, 1]);
const ones = (/** @type {number[]} */ ...shape) =>
  tensor(shape, Array(shape.reduce((n, size) => n * size, 1)).fill(1));
/** Two rows of data. @param {object} changes */
const rows = (changes) => ({ inputs: ones(2, 2), targets: column, ...changes });
/** @type {(() => unknown)[]} */
const CALLS = [
  () => main.binaryCrossEntropy(half, flat),
  () => main.sigmoidFocalLoss(half, flat),
  () => main.binaryCrossEntropy(tensor([1], [-2.5]), tensor([1], [0])),
  () => new main.Trainer(moonsConfig(), rows({ targets: tensor([2, 1], [1, 2]) })),
  () => main.mseLoss(half, column, { reduction: /** @type {any} */ ("avg") }),
  () => main.sigmoidFocalLoss(half, column, { reduction: /** @type {any} */ (null) }),
  () =>
    main.binaryCrossEntropy(half, column, { reduction: /** @type {any} */ ("elementwise_mean") }),
  () => main.binaryCrossEntropyWithLogits(half, column, { weight: ones(2) }),
  () => main.binaryCrossEntropy(ones(3, 2), ones(3, 2), { weight: ones(3) }),
  () => main.binaryCrossEntropyWithLogits(ones(3, 2), ones(3, 2), { pos_weight: ones(3) }),
  () => main.smoothL1Loss(half, flat),
  () => main.sigmoidFocalLoss(half, column, { alpha: 4 }),
  () => main.smoothL1Loss(half, column, { beta: -1 }),
  () => main.mseLoss(half, column, { grad_output: ones(2, 1) }),
  () => new main.Trainer(moonsConfig({ loss: { name: "sigmoid_focal_loss" } }), xorData()),
  () => new main.Trainer(moonsConfig(), rows({ inputs: ones(2, 3) })),
];

test("every error of the table is one that the package gives", () => {
  assert.equal(CALLS.length, table.length);
  CALLS.forEach((call, i) => {
    const { type, message } = outcome(call);
    assert.deepEqual(explanations(type, message), [table[i]], `row ${i + 1}: ${type}: ${message}`);
  });
});

/** @param {() => any} call */
function outcome(call) {
  try {
    return { type: "warning", message: call().warnings[0] };
  } catch (error) {
    const { name, message } = /** @type {Error} */ (error);
    return { type: name, message };
  }
}

const config = (/** @type {object} */ changes) => new main.Trainer(moonsConfig(changes), xorData());
const one = tensor([1], [1]);

test("where results differ from PyTorch they differ as the table says", () => {
  const { output } = main.binaryCrossEntropyWithLogits(tensor([1], [-17.4]), tensor([1], [0]));
  assert.ok(Math.abs(output.data[0] / 2.775e-8 - 1) < 1e-3);
  const saturated = { ...tensor([2], [200, -200]) };
  const { grad } = main.sigmoidFocalLoss(saturated, tensor([2], [1, 0]), { gamma: 0.5 });
  assert.ok(grad.data.every(Number.isFinite));
  const large = main.activation("gelu", [3.4e38, 1e31], { approximate: "tanh" });
  assert.deepEqual(
    [...large.output, ...large.grad],
    [Math.fround(3.4e38), Math.fround(1e31), 1, 1],
  );
  assert.equal(main.activation("gelu", [Infinity]).output[0], Infinity);
  assert.equal(main.activation("leaky_relu", [NaN]).grad[0], 1);
  const empty = tensor([0], []);
  assert.equal(main.mseLoss(empty, empty).output.data[0], NaN);
  assert.equal(main.mseLoss(empty, empty, { reduction: "sum" }).output.data[0], 0);
  // 4096² is 2²⁴, where float32 no longer tells one from the next.
  const uneven = tensor([9], [4096, ...Array(8).fill(1)]);
  const { output: sum } = main.mseLoss(uneven, tensor([9], Array(9).fill(0)), { reduction: "sum" });
  assert.equal(sum.data[0], 2 ** 24 + 8);
});

/**
 * What PyTorch accepts, or refuses only later: call, name, path.
 *
 * @type {[() => unknown, string, string | undefined][]}
 */
const REFUSED = [
  [() => new main.Optimizer({ name: "SGD", lr: NaN }, [0]), "ValueError", "lr"],
  [() => new main.Optimizer({ name: "Adam", lr: Infinity }, [0]), "ValueError", "lr"],
  [() => main.sigmoidFocalLoss(one, one, { gamma: NaN }), "ValueError", "gamma"],
  [() => main.smoothL1Loss(one, one, { beta: Infinity }), "ValueError", "beta"],
  [
    () => main.activation("leaky_relu", [1], { negative_slope: NaN }),
    "ValueError",
    "activation_params.negative_slope",
  ],
  [
    () => main.learningRates({ name: "ExponentialLR", gamma: Infinity }, 1, 2),
    "ValueError",
    "scheduler.gamma",
  ],
  [() => config({ loss: { name: "BCELoss", weight: [NaN] } }), "ValueError", "loss.weight"],
  [
    () => config({ loss: { name: "BCELoss", reduction: "none" } }),
    "RuntimeError",
    "loss.reduction",
  ],
  [
    () =>
      new main.Trainer(
        moonsConfig(),
        rows({ test_inputs: ones(1, 2), test_targets: tensor([1, 1], [2]) }),
      ),
    "RuntimeError",
    "test_targets",
  ],
  [
    () => new main.Trainer(moonsConfig({ loss: { name: "MSELoss" } }), rows({ targets: flat })),
    "ValueError",
    "targets",
  ],
  [
    () =>
      new main.Trainer(moonsConfig(), { inputs: tensor([0, 2], []), targets: tensor([0, 1], []) }),
    "ValueError",
    "inputs",
  ],
  [() => main.mseLoss(one, one, /** @type {any} */ ({ wieght: one })), "ValueError", "wieght"],
  [() => main.mseLoss(one, one, /** @type {any} */ ({ weight: one })), "TypeError", "weight"],
  [
    () =>
      main.learningRates(
        {
          name: "SequentialLR",
          schedulers: [
            { name: "OneCycleLR", max_lr: 1, total_steps: 3 },
            { name: "ExponentialLR", gamma: 0.5 },
          ],
          milestones: [3],
        },
        1,
        4,
      ),
    "ValueError",
    "scheduler.schedulers[0]",
  ],
];

test("what the table says is refused is refused, with its place", () => {
  for (const [call, name, path] of REFUSED) assert.throws(call, { name, path }, `${call}`);
  assert.throws(() => new main.Optimizer({ name: "SGD", lr: NaN }, [0]), {
    message: "Invalid learning rate: nan",
  });
});
