// Types of "bce-playground/formula": the one entry that needs another package, the parser jsep.

import type { Formula } from "./index.js";

export { PlaygroundError } from "./index.js";
export type { Formula } from "./index.js";

export interface FormulaOptions {
  /** How many inputs there are to compute from: x1, x2, … Default 2. */
  inputs?: number;
}

/**
 * Reads a formula: numbers, pi, x1, x2, …, + - * / ^, parentheses, sin, cos, tanh, exp, log (the
 * natural one), sqrt, abs, and min and max of two or more. `^` binds most and to the right, and
 * -x1^2 is −(x1²).
 *
 * @returns its program, and the formula as it is written as a name
 * @throws PlaygroundError `ValueError`, which says what may stand in a formula; its `path` is the
 *   place in the text: `"character 5"`, counted from 1
 * @example
 * import { parseFormula } from "bce-playground/formula";
 * parseFormula("x1*x2 + 1"); // -> { name: "x1 * x2 + 1", program: ["x1", "x2", "*", 1, "+"] }
 * try {
 *   parseFormula("x1 * y");
 * } catch (error) {
 *   error.path; // -> "character 6"
 * }
 */
export function parseFormula(text: string, options?: FormulaOptions): Formula;
