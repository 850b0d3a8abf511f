// losses.json, `error_cases` and `other_error_cases`: what raises what, and what does not.

import { Optimizer, PlaygroundError, Trainer, learningRates } from "bce-playground";
import { tensor } from "./files.js";
import * as losses from "./losses.js";
import { parse, valueOf } from "./python.js";
import { Report } from "./report.js";

/** @import { Case } from "./files.js" */
/** @import { Call, Expression } from "./python.js" */

/** Why a call, or a part of what it gives, has no counterpart here. */
export const FLOAT32 = "our tensors are float32";
export const NO_WARNINGS = "the warning before the error: a thrown error carries none";
export const WHOLE_FLOAT = "the .0 of a whole float in its message: JavaScript has one number type";

/** What PyTorch can say and the package cannot. */
class NotExpressible extends Error {}

/**
 * @typedef {object} Returned
 * @property {{ shape: number[], data: ArrayLike<number> }} [tensor]
 * @property {string[]} [warnings]
 */

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function check({ error_cases, other_error_cases }) {
  // What the calls return was computed in float32 there too.
  const ofLosses = new Report("errors: losses", losses.TOLERANCE);
  for (const golden of error_cases) compare(ofLosses, golden, () => callLoss(golden));
  const others = new Report("errors: Linear, optimizers, schedules", losses.TOLERANCE);
  for (const golden of other_error_cases) {
    compare(others, golden, () => {
      const { expression, rest } = parse(golden.call);
      if (!["", ", then one step"].includes(rest)) throw new SyntaxError(`${rest} after the call`);
      return evaluate(expression);
    });
  }
  return [ofLosses, others];
}

/** @param {Report} report @param {Case} golden @param {() => Returned} call */
function compare(report, golden, call) {
  const { id, raises, returns, warnings = [] } = golden;
  const expectedWarnings = warnings.map((/** @type {any} */ warning) => warning.message);
  let returned;
  try {
    returned = call();
  } catch (thrown) {
    if (thrown instanceof NotExpressible) return report.notExpressible(id, thrown.message);
    report.case();
    if (!(thrown instanceof PlaygroundError) || !raises) {
      return report.fail(id, "call", thrown, raises?.message ?? "no error");
    }
    report.same(id, "type", thrown.name, raises.type);
    if (thrown.message !== raises.message && thrown.message === wholeFloats(raises.message)) {
      report.notExpressible(id, WHOLE_FLOAT);
    } else report.same(id, "message", thrown.message, raises.message);
    if (warnings.length > 0) report.notExpressible(id, NO_WARNINGS);
    return undefined;
  }
  report.case();
  if (raises) return report.fail(id, "call", "no error", raises.message);
  report.same(id, "warnings", returned.warnings ?? [], expectedWarnings);
  if (!returns) return report.same(id, "whether it returns a tensor", "tensor" in returned, false);
  const expected = tensor(returns);
  report.same(id, "shape", returned.tensor?.shape, expected.shape);
  return report.compare(id, "result", returned.tensor?.data ?? [], expected.data);
}

/** `2.0` as JavaScript's numbers are written, `2`; `2.05` stays. @param {string} message */
const wholeFloats = (message) => message.replace(/(?<![\w.])(-?\d+)\.0(?!\d)/g, "$1");

/** @param {Case} golden @returns {Returned} */
function callLoss(golden) {
  const dtypes = [golden.input_dtype, golden.target_dtype];
  if (dtypes.some((dtype) => dtype !== undefined && dtype !== "float32")) {
    throw new NotExpressible(FLOAT32);
  }
  const { output, warnings } = losses.call(golden);
  return { tensor: output, warnings };
}

/** @param {Expression} expression @returns {Returned} */
function evaluate(expression) {
  if (expression.kind !== "call") throw new SyntaxError(`a ${expression.kind} is not a call`);
  const { callee, positional, keywords } = expression;
  if (callee.kind === "call") return linear(callee, positional);
  const name = callee.kind === "name" ? callee.name : "";
  if (name === "torch.zeros_like") {
    const { tensor: like } = evaluate(positional[0]);
    return { tensor: like && { ...like, data: like.data && new Float32Array(like.data.length) } };
  }
  const [, schedule, optimizer] = /^torch\.optim\.(?:lr_scheduler\.(\w+)|(\w+))$/.exec(name) ?? [];
  if (positional.length !== 1 || !(schedule ?? optimizer))
    throw new SyntaxError(`${name} is unknown`);
  const config = /** @type {any} */ ({
    name: schedule ?? optimizer,
    ...Object.fromEntries(Object.entries(keywords).map(([key, value]) => [key, valueOf(value)])),
  });
  // `o` is an SGD of rate 0.1, `p` one parameter of two numbers.
  if (schedule) learningRates(config, 0.1, 2);
  else
    new Optimizer(config, positional[0].kind === "list" ? valueOf(positional[0]) : [0, 0]).free();
  return {};
}

/**
 * `nn.Linear(in, out)(torch.zeros(…))`.
 *
 * @param {Call} layer
 * @param {Expression[]} given
 * @returns {Returned}
 */
function linear(layer, [zeros]) {
  const named = (/** @type {Expression} */ { ...callee }, /** @type {string} */ name) =>
    callee.kind === "name" && callee.name === name;
  if (
    !named(layer.callee, "nn.Linear") ||
    zeros?.kind !== "call" ||
    !named(zeros.callee, "torch.zeros")
  ) {
    throw new SyntaxError("only nn.Linear of torch.zeros is known here");
  }
  if ("dtype" in zeros.keywords) throw new NotExpressible(FLOAT32);
  const [inputs, outputs] = layer.positional.map(valueOf);
  const trainer = new Trainer(
    {
      layers: [{ in: inputs, out: outputs }],
      loss: { name: "BCEWithLogitsLoss" },
      optimizer: { name: "SGD" },
    },
    { inputs: zerosOf([1, inputs]), targets: zerosOf([1, outputs]) },
  );
  try {
    return { tensor: trainer.logits(zerosOf(zeros.positional.map(valueOf))) };
  } finally {
    trainer.free();
  }
}

/** @param {number[]} shape */
const zerosOf = (shape) => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});
