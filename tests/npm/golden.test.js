// It computes what PyTorch computes: the golden data through the package, in Node. The core's own
// suite (tests/core/golden.rs) has the same groups; here the way in and out of wasm is checked too.
//
// `GOLDEN_DIR` names another folder of that format; the default is tests/golden.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { init } from "bce-playground";
import * as activations from "./golden/activations.js";
import * as errors from "./golden/errors.js";
import { file } from "./golden/files.js";
import * as initialisers from "./golden/init.js";
import * as losses from "./golden/losses.js";
import * as metrics from "./golden/metrics.js";
import * as optimizers from "./golden/optimizers.js";
import { conclude } from "./golden/report.js";
import * as trajectories from "./golden/trajectories.js";

/** @import { Case } from "./golden/files.js" */
/** @import { Report } from "./golden/report.js" */

before(() => init());

/** @typedef {(golden: Record<string, Case[]>) => Report[]} Check */

/** @type {[title: string, name: string, check: Check, expected: string[]][]} */
const GROUPS = [
  ["losses and their gradients agree", "losses.json", losses.check, []],
  [
    "errors have the same type and message",
    "losses.json",
    errors.check,
    [errors.FLOAT32, errors.NO_WARNINGS, errors.WHOLE_FLOAT],
  ],
  ["activations and their derivatives agree", "activations.json", activations.check, []],
  ["optimizers take the same steps", "optimizers.json", optimizers.check, []],
  [
    "schedules give the same rates and momenta",
    "optimizers.json",
    optimizers.checkSchedules,
    [optimizers.OWN_METRIC],
  ],
  ["whole runs agree", "trajectories.json", trajectories.check, [trajectories.WEIGHT_PER_OUTPUT]],
  ["metrics agree", "metrics.json", metrics.check, []],
  ["initial weights have the same distributions", "init.json", initialisers.check, []],
];

for (const [title, name, check, expected] of GROUPS) {
  test(title, (context) => {
    const reports = check(file(name));
    conclude(context, reports);
    const reasons = reports.flatMap((report) => report.reasons);
    const unexpected = reasons.filter((reason) => !expected.includes(reason));
    assert.deepEqual(unexpected, [], "left out for a reason that is none");
  });
}

/**
 * Where one case is spoilt, by file.
 *
 * @type {[name: string, check: Check, path: (string | number)[]][]}
 */
const SPOILT = [
  ["losses.json", losses.check, ["cases", 0, "f64", "output", "data", 0]],
  ["losses.json", losses.check, ["cases", 0, "f64", "grad", "data", 0]],
  ["activations.json", activations.check, ["cases", 0, "f64", "output", 0]],
  ["activations.json", activations.check, ["cases", 0, "f64", "grad", 0]],
  ["optimizers.json", optimizers.check, ["cases", 0, "f64", "after_step", 49, 0]],
  ["optimizers.json", optimizers.checkSchedules, ["schedules", 0, "lr", 3]],
  ["trajectories.json", trajectories.check, ["cases", 0, "f64", "eval_loss", 3]],
  ["trajectories.json", trajectories.check, ["cases", 0, "f64", "final_output", "data", 0]],
  ["metrics.json", metrics.check, ["cases", 0, "at_threshold", 0, "recall"]],
  ["metrics.json", metrics.check, ["cases", 0, "calibration", 0, "ece_confidence"]],
  ["init.json", initialisers.check, ["cases", 0, "weight", "std"]],
];

test("a number that is off is found in every file", () => {
  for (const [name, check, path] of SPOILT) {
    const [list] = path;
    // One case is enough.
    const golden = { [list]: file(name)[list].slice(0, 1) };
    const wrong = () => check(golden).some((report) => report.failures.length > 0);
    assert.equal(wrong(), false, `${name} is wrong by itself`);
    /** @type {any} */
    let at = golden;
    for (const key of path.slice(0, -1)) at = at[key];
    assert.equal(typeof at[path[path.length - 1]], "number", `${name}: ${path}`);
    at[path[path.length - 1]] = 0.01 + 1.5 * at[path[path.length - 1]];
    assert.equal(wrong(), true, `${path} in ${name} was changed, and nobody saw it`);
  }
});

test("another message or type of an error is found", () => {
  const golden = file("losses.json");
  // Calls with a dtype are not run.
  const run = (/** @type {Case} */ golden) =>
    golden.raises && !JSON.stringify(golden).includes("dtype");
  for (const change of [{ type: "KeyError" }, { message: "no" }]) {
    for (const list of ["error_cases", "other_error_cases"]) {
      const spoilt = golden[list].find(run);
      const raises = { ...spoilt.raises, ...change };
      const lists = { error_cases: [], other_error_cases: [], [list]: [{ ...spoilt, raises }] };
      const failures = errors.check(lists).flatMap((report) => report.failures);
      assert.equal(failures.length, 1);
    }
  }
});

test("a call that the suite cannot read fails, and is not left out", () => {
  for (const call of [
    "torch.nn.Bilinear(2)(p)",
    "torch.optim.SGD(p, lr=0.1",
    "nn.Linear(2, 1)(x)",
  ]) {
    const golden = { id: "here", call, returns: null };
    const reports = errors.check({ error_cases: [], other_error_cases: [golden] });
    assert.equal(reports.flatMap((report) => report.failures).length, 1, call);
  }
});

test("a folder that is not there is an error", () => {
  const { GOLDEN_DIR } = process.env;
  try {
    process.env.GOLDEN_DIR = "no/such/folder";
    assert.throws(() => file("losses.json"), /there is no golden data in/);
  } finally {
    if (GOLDEN_DIR === undefined) delete process.env.GOLDEN_DIR;
    else process.env.GOLDEN_DIR = GOLDEN_DIR;
  }
});
