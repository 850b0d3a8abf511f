// Formulas for derived inputs, such as "x1 * x2": parsed by jsep, which evaluates nothing, and
// turned into a program in postfix order that the core checks and computes. An entry of its own, so
// that a page without a bundler needs jsep only where it takes formulas from people.

import jsep from "jsep";

import { PlaygroundError } from "./errors.js";
import { count, options as optionsOf, shown, typeError } from "./tensor.js";

/** @import { Formula, FormulaOptions } from "./formula.js" */

/** @typedef {{ type: string, at: number, grouped?: boolean, [key: string]: any }} Node */
/** @typedef {{ program: Formula["program"], text: string, strength: number }} Part */

/** @type {{ Jsep: (new (text: string) => any) & Record<string, any> }} in no declaration */
const { Jsep } = /** @type {any} */ (jsep);

const LONGEST = 200;
const FUNCTIONS = ["sin", "cos", "tanh", "exp", "log", "sqrt", "abs", "min", "max"];
/** How strongly operators bind; what is written out in one piece binds most. */
const STRENGTH = { "+": 1, "-": 1, "*": 2, "/": 2, sign: 3, "^": 4, atom: 5 };

// jsep keeps its grammar in static properties, which others may use too: ours holds while we parse.
const GRAMMAR = {
  unary_ops: { "+": 1, "-": 1 },
  max_unop_len: 1,
  binary_ops: { "+": 1, "-": 1, "*": 2, "/": 2, "^": 3 },
  max_binop_len: 1,
  right_associative: new Set(["^"]),
  additional_identifier_chars: new Set("_"),
  literals: {},
  this_str: "",
  hooks: {},
};

/** jsep's parser for one expression, which notes where each part begins. */
class Parser extends Jsep {
  /** @returns {Node} */
  parse() {
    const node = this.gobbleExpression();
    this.gobbleSpaces();
    if (this.index < this.expr.length) this.throwError(`unexpected "${this.char}"`);
    if (!node) this.throwError("a formula is missing");
    return node;
  }

  gobbleToken() {
    this.gobbleSpaces();
    const at = this.index;
    const node = super.gobbleToken();
    return node && { at, ...node };
  }

  gobbleGroup() {
    const node = super.gobbleGroup();
    return node && { ...node, grouped: true };
  }
}

/** @param {string} text @returns {Node} */
function parse(text) {
  const saved = Object.fromEntries(Object.keys(GRAMMAR).map((key) => [key, Jsep[key]]));
  Object.assign(Jsep, GRAMMAR);
  try {
    return new Parser(text).parse();
  } finally {
    Object.assign(Jsep, saved);
  }
}

/**
 * @param {string} text
 * @param {FormulaOptions} [options]
 * @returns {Formula}
 */
export function parseFormula(text, options) {
  if (typeof text !== "string") {
    throw typeError(`a formula must be a string, got ${shown(text)}`, "text");
  }
  const { inputs: given = 2 } = optionsOf(options);
  const names = Array.from({ length: count(given, "inputs") }, (_, i) => `x${i + 1}`);
  const refuse = (/** @type {string} */ what, /** @type {number} */ at) => {
    throw new PlaygroundError("ValueError", `${what}; ${allowed(names)}`, `character ${at + 1}`);
  };
  if (text.length > LONGEST) refuse(`a formula has at most ${LONGEST} characters`, LONGEST);
  let node;
  try {
    node = parse(text);
  } catch (/** @type {any} */ error) {
    if (typeof error.index !== "number") throw error;
    refuse(error.description, error.index);
  }
  const { program, text: name } = part(/** @type {Node} */ (node), names, refuse);
  return { name, program };
}

/** @param {string[]} names */
function allowed(names) {
  const inputs = names.length > 3 ? `x1 to ${names.at(-1)}` : names.join(", ");
  return `a formula may hold ${inputs}, numbers, pi, + - * / ^, ( ) and ${FUNCTIONS.join(", ")}`;
}

/**
 * A node of the syntax tree as a program, and as it is written: with the spaces and parentheses
 * that it needs.
 *
 * @param {Node} node
 * @param {string[]} names of the inputs
 * @param {(what: string, at: number) => never} refuse
 * @returns {Part}
 */
function part(node, names, refuse) {
  const of = (/** @type {Node} */ inner) => part(inner, names, refuse);
  switch (node.type) {
    case "Literal":
      if (!Number.isFinite(node.value)) refuse(`${node.raw} is not a number here`, node.at);
      return { program: [node.value], text: String(node.value), strength: STRENGTH.atom };
    case "Identifier":
      if (node.name === "pi") return { program: [Math.PI], text: "pi", strength: STRENGTH.atom };
      if (!names.includes(node.name)) refuse(`"${node.name}" is not known`, node.at);
      return { program: [node.name], text: node.name, strength: STRENGTH.atom };
    case "UnaryExpression":
      return node.operator === "+" ? of(node.argument) : negated(of(node.argument));
    case "BinaryExpression":
      return binary(node, of);
    case "CallExpression":
      return call(node, of, refuse);
    default:
      return refuse("this is not part of a formula", node.at);
  }
}

/** @param {Part} argument @returns {Part} */
function negated(argument) {
  const text = `-${wrapped(argument, STRENGTH.sign)}`;
  return { program: [...argument.program, "neg"], text, strength: STRENGTH.sign };
}

/** @param {Node} node @param {(inner: Node) => Part} of @returns {Part} */
function binary({ operator, left, right }, of) {
  // jsep reads -x^2 as (-x)^2; mathematics reads -(x^2).
  if (operator === "^" && left.type === "UnaryExpression" && !left.grouped) {
    const power = { type: "BinaryExpression", operator, left: left.argument, right, at: left.at };
    return of({ ...left, argument: power });
  }
  const [a, b] = [of(left), of(right)];
  const strength = STRENGTH[/** @type {keyof typeof STRENGTH} */ (operator)];
  const text =
    operator === "^"
      ? `${wrapped(a, STRENGTH.atom)}^${wrapped(b, STRENGTH.sign)}`
      : `${wrapped(a, strength)} ${operator} ${wrapped(b, strength + 1)}`;
  return { program: [...a.program, ...b.program, operator], text, strength };
}

/**
 * @param {Node} node
 * @param {(inner: Node) => Part} of
 * @param {(what: string, at: number) => never} refuse
 * @returns {Part}
 */
function call({ callee, arguments: given, at }, of, refuse) {
  const { name } = callee;
  if (callee.type !== "Identifier" || callee.grouped || !FUNCTIONS.includes(name)) {
    refuse(name ? `"${name}" is not a function` : "this is not a function", at);
  }
  const pairwise = name === "min" || name === "max";
  if (pairwise ? given.length < 2 : given.length !== 1) {
    refuse(`${name} takes ${pairwise ? "at least two arguments" : "one argument"}`, at);
  }
  const parts = /** @type {Node[]} */ (given).map(of);
  const text = `${name}(${parts.map((one) => one.text).join(", ")})`;
  const program = pairwise
    ? parts.flatMap((one, i) => (i === 0 ? one.program : [...one.program, name]))
    : [...parts[0].program, name];
  return { program, text, strength: STRENGTH.atom };
}

/** @param {Part} inner @param {number} strength that it must have to stand without parentheses */
const wrapped = (inner, strength) => (inner.strength < strength ? `(${inner.text})` : inner.text);
