// What a group of golden cases gives: how far off, what was left out and why, and what is wrong.

import assert from "node:assert/strict";

/**
 * |got − expected| / max(1, |expected|); infinite where one is NaN or infinite and the other not.
 *
 * @param {number} got
 * @param {number} expected
 */
export function error(got, expected) {
  if (got === expected || (Number.isNaN(got) && Number.isNaN(expected))) return 0;
  const far = Math.abs(got - expected) / Math.max(1, Math.abs(expected));
  return Number.isNaN(far) || Math.abs(expected) === Infinity ? Infinity : far;
}

export class Report {
  /** @type {string[]} */
  failures = [];
  #cases = 0;
  #worst = 0;
  #worstId = "";
  /**
   * Reason: how many single numbers, and the cases that they are in.
   *
   * @type {Map<string, { count: number, ids: Set<string> }>}
   */
  #notCompared = new Map();
  /** Reason: the cases. @type {Map<string, string[]>} */
  #notExpressible = new Map();

  /**
   * @param {string} group
   * @param {number} tolerance what tests/golden/README.md asks of a program in float32
   */
  constructor(group, tolerance) {
    this.group = group;
    this.tolerance = tolerance;
  }

  case() {
    this.#cases += 1;
  }

  /**
   * Lists a case, or a part of it, that the package's types cannot say.
   *
   * @param {string} id
   * @param {string} reason
   */
  notExpressible(id, reason) {
    const ids = this.#notExpressible.get(reason) ?? [];
    this.#notExpressible.set(reason, [...ids, id]);
  }

  /** @returns {string[]} */
  get reasons() {
    return Array.from(this.#notExpressible.keys());
  }

  /** @param {string} id @param {string} what @param {unknown} got @param {unknown} expected */
  fail(id, what, got, expected) {
    this.failures.push(`${this.group}: ${id}: ${what}: got ${got}, expected ${expected}`);
  }

  /**
   * What must be the same to the letter.
   *
   * @param {string} id
   * @param {string} what
   * @param {unknown} got
   * @param {unknown} expected
   */
  same(id, what, got, expected) {
    const [ours, theirs] = [got, expected].map((value) => JSON.stringify(value));
    if (ours !== theirs) this.fail(id, what, ours, theirs);
  }

  /**
   * Numbers one by one, each within the tolerance; the worst stands for all.
   *
   * @param {string} id
   * @param {string} what
   * @param {ArrayLike<number>} got
   * @param {ArrayLike<number>} expected
   * @param {(i: number) => string | null} [reason] why number i is not compared
   */
  compare(id, what, got, expected, reason = () => null) {
    if (got.length !== expected.length) {
      return this.fail(id, `how many numbers in ${what}`, got.length, expected.length);
    }
    let [worst, at] = [0, 0];
    for (let i = 0; i < got.length; i += 1) {
      const left = reason(i);
      if (left !== null) {
        this.#leave(id, left);
        continue;
      }
      const far = error(got[i], expected[i]);
      if (far > worst) [worst, at] = [far, i];
    }
    if (worst > this.#worst) [this.#worst, this.#worstId] = [worst, id];
    if (worst > this.tolerance) {
      this.fail(id, `${what}[${at}] (error ${worst.toExponential(1)})`, got[at], expected[at]);
    }
  }

  /** @param {string} id @param {string} reason */
  #leave(id, reason) {
    const left = this.#notCompared.get(reason) ?? { count: 0, ids: new Set() };
    left.count += 1;
    left.ids.add(id);
    this.#notCompared.set(reason, left);
  }

  /** @returns {string[]} */
  lines() {
    const worst = this.#worst === 0 ? "0" : this.#worst.toExponential(1);
    const where = this.#worst > 0 ? `  in ${this.#worstId}` : "";
    const lines = [
      `${this.group.padEnd(36)} ${String(this.#cases).padStart(4)} cases  ` +
        `worst ${worst.padEnd(8)} tolerance ${this.tolerance.toExponential(0)}${where}`,
    ];
    for (const [reason, { count, ids }] of this.#notCompared) {
      lines.push(`    ${count} numbers not compared (${reason}): ${Array.from(ids).join(", ")}`);
    }
    for (const [reason, ids] of this.#notExpressible) {
      lines.push(`    not expressible (${reason}): ${ids.join(", ")}`);
    }
    return lines;
  }
}

/**
 * Prints the reports, then fails with everything that is wrong, if anything is.
 *
 * @param {{ diagnostic(message: string): void }} context of the test
 * @param {Report[]} reports
 */
export function conclude(context, reports) {
  for (const line of reports.flatMap((report) => report.lines())) context.diagnostic(line);
  const wrong = reports.flatMap((report) => report.failures);
  assert.ok(wrong.length === 0, `${wrong.length} are wrong:\n${wrong.join("\n")}`);
}
