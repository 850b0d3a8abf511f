// metrics.json: every key at every threshold and number of bins that a case gives.

import { metrics } from "bce-playground";
import { number, numbers, tensor } from "./files.js";
import { Report } from "./report.js";

/** @import { Case } from "./files.js" */

// What describes the case, not its result.
const GIVEN = new Set(["id", "kind", "scores", "labels", "note", "sklearn_warnings"]);

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function check({ cases }) {
  // They are float64 here too.
  const reports = {
    binary: new Report("metrics: binary", 1e-12),
    multilabel: new Report("metrics: multilabel", 1e-12),
  };
  for (const golden of cases) {
    const report = reports[/** @type {"binary" | "multilabel"} */ (golden.kind)];
    report.case();
    try {
      if (golden.kind === "binary") checkBinary(report, golden);
      else checkMultilabel(report, golden);
    } catch (error) {
      report.fail(golden.id, "call", error, "metrics");
    }
  }
  return Object.values(reports);
}

/** @param {Case} golden @returns {Record<string, unknown>} */
const results = (golden) =>
  Object.fromEntries(Object.entries(golden).filter(([key]) => !GIVEN.has(key)));

/** @param {Report} report @param {Case} golden */
function checkBinary(report, golden) {
  const { at_threshold, calibration, ...rest } = results(golden);
  const compute = (/** @type {object} */ options) =>
    metrics.binary(numbers(golden.scores), numbers(golden.labels), options);
  for (const expected of /** @type {Case[]} */ (at_threshold)) {
    // One call has everything: the threshold's values, the curves, and calibration.
    for (const bins of /** @type {Case[]} */ (calibration)) {
      const got = compute({ threshold: number(expected.threshold), bins: bins.bins });
      const wanted = { ...expected, ...rest, calibration: bins };
      compare(report, golden.id, `at ${expected.threshold}, ${bins.bins} bins`, got, wanted);
    }
  }
}

/** @param {Report} report @param {Case} golden */
function checkMultilabel(report, golden) {
  const { calibration_micro, ...rest } = results(golden);
  for (const expected of /** @type {Case[]} */ (calibration_micro)) {
    const options = { threshold: number(golden.threshold), bins: expected.bins };
    const got = metrics.multilabel(tensor(golden.scores), tensor(golden.labels), options);
    compare(report, golden.id, `${expected.bins} bins`, got, {
      ...rest,
      calibration_micro: expected,
    });
  }
}

/**
 * Two trees with the same keys, number by number.
 *
 * @param {Report} report
 * @param {string} id
 * @param {string} what
 * @param {any} got
 * @param {any} expected
 */
function compare(report, id, what, got, expected) {
  if (Array.isArray(expected) && expected.every((item) => typeof item !== "object")) {
    report.compare(id, what, got, numbers(expected));
  } else if (typeof expected === "object") {
    report.same(id, `keys of ${what}`, Object.keys(got).sort(), Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) {
      if (key in got) compare(report, id, `${what}: ${key}`, got[key], value);
    }
  } else report.compare(id, what, [got], [number(expected)]);
}
