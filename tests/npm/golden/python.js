// Reads the little of Python that the calls of `other_error_cases` are written in: literals, dotted
// names, lists, tuples and calls.

/** @typedef {{ kind: "literal", value: unknown }} Literal */
/** @typedef {{ kind: "name", name: string }} Name */
/** @typedef {{ kind: "list", items: Expression[] }} List */
/**
 * @typedef {object} Call
 * @property {"call"} kind
 * @property {Expression} callee
 * @property {Expression[]} positional
 * @property {Record<string, Expression>} keywords
 */
/** @typedef {Literal | Name | List | Call} Expression */

const TOKEN = new RegExp(
  [
    /(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/,
    /(?<name>[A-Za-z_][\w.]*)/,
    /'(?<single>[^']*)'/,
    /"(?<double>[^"]*)"/,
    /(?<mark>[()[\],=])/,
  ]
    .map(({ source }) => `\\s*${source}`)
    .join("|"),
  "y",
);
const WORDS = /** @type {Record<string, unknown>} */ ({ True: true, False: false, None: null });

/**
 * @param {string} text
 * @returns {{ expression: Expression, rest: string }} what stands in front, and what follows it
 */
export function parse(text) {
  let at = 0;

  /** @returns {Record<string, string>} the next token, without taking it */
  function peek() {
    TOKEN.lastIndex = at;
    return TOKEN.exec(text)?.groups ?? {};
  }
  function take() {
    const token = peek();
    if (Object.keys(token).length === 0) throw new SyntaxError(`${text.slice(at)} in ${text}`);
    at = TOKEN.lastIndex;
    return token;
  }

  /** @param {string} close @returns {{ key?: string, value: Expression }[]} */
  function items(close) {
    const found = [];
    while (peek().mark !== close) {
      let value = expression();
      let key;
      if (value.kind === "name" && peek().mark === "=") {
        take();
        key = value.name;
        value = expression();
      }
      found.push({ key, value });
      if (peek().mark === ",") take();
      else if (peek().mark !== close) throw new SyntaxError(`${text.slice(at)} in ${text}`);
    }
    take();
    return found;
  }

  /** @returns {Expression} */
  function expression() {
    const { number, name, single, double, mark } = take();
    /** @type {Expression} */
    let result;
    if (number !== undefined) result = { kind: "literal", value: Number(number) };
    else if (name !== undefined) {
      const word = Object.hasOwn(WORDS, name);
      result = word ? { kind: "literal", value: WORDS[name] } : { kind: "name", name };
    } else if (mark === "[" || mark === "(") {
      const inside = items(mark === "[" ? "]" : ")");
      result = { kind: "list", items: inside.map(({ value }) => value) };
    } else if (mark === undefined) result = { kind: "literal", value: single ?? double };
    else throw new SyntaxError(`${mark} in ${text}`);
    while (peek().mark === "(") {
      take();
      const given = items(")");
      const positional = given.filter(({ key }) => key === undefined).map(({ value }) => value);
      const named = given.filter(({ key }) => key !== undefined);
      const keywords = Object.fromEntries(named.map(({ key, value }) => [key, value]));
      result = { kind: "call", callee: result, positional, keywords };
    }
    return result;
  }

  const parsed = expression();
  return { expression: parsed, rest: text.slice(at) };
}

/**
 * The value of a literal or of a list of them.
 *
 * @param {Expression} expression
 * @returns {any}
 */
export function valueOf(expression) {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "list") return expression.items.map(valueOf);
  throw new TypeError(`a ${expression.kind} is no plain value`);
}
