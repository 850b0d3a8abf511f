// activations.json: values and derivatives, at extremes too.

import { activation } from "bce-playground";
import { differInKind, numbers } from "./files.js";
import { Report, error } from "./report.js";

/** @import { Case } from "./files.js" */

const TOLERANCE = 5e-6;
// Beyond it squares overflow in float32.
const LARGE = 1e30;

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function check({ cases }) {
  const reports = {
    output: new Report("activations: outputs", TOLERANCE),
    grad: new Report("activations: derivatives", TOLERANCE),
  };
  for (const golden of cases) {
    const x = numbers(golden.input);
    reports.output.case();
    reports.grad.case();
    try {
      const got = activation(golden.activation, x, golden.params);
      for (const what of /** @type {const} */ (["output", "grad"])) {
        compare(reports[what], golden, what, x, got[what]);
      }
    } catch (thrown) {
      reports.output.fail(golden.id, "call", thrown, "a result");
    }
  }
  return Object.values(reports);
}

/**
 * @param {Report} report
 * @param {Case} golden
 * @param {"output" | "grad"} what
 * @param {number[]} x
 * @param {Float32Array} got
 */
function compare(report, golden, what, x, got) {
  const [float32, float64] = [numbers(golden.f32[what]), numbers(golden.f64[what])];
  report.compare(golden.id, what, got, float64, (i) => {
    if (what === "grad" && Number.isNaN(x[i])) return "a derivative at NaN";
    if (differInKind(float32[i], float64[i])) {
      return "PyTorch's float32 and float64 differ in NaN or infinity";
    }
    const overflows = Math.abs(x[i]) >= LARGE && error(float32[i], float64[i]) > TOLERANCE;
    return overflows ? "PyTorch's float32 and float64 differ beyond 1e30" : null;
  });
}
