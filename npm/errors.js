// The one error type of the package, and its form between threads and between wasm and JavaScript.
// What each message says is decided where the fault is found: mostly in the Rust core.

/**
 * What every function of the package throws for a fault that it can name.
 *
 * `name` is the exception's name in Python where PyTorch would raise one (`ValueError`,
 * `RuntimeError`, …), so a program branches on `error.name`, not on `instanceof`.
 */
export class PlaygroundError extends Error {
  /**
   * @param {string} name
   * @param {string} message
   * @param {string} [path] where in the configuration or in the data, such as `layers[0].out`
   */
  constructor(name, message, path) {
    super(message);
    // Own properties, because the class's name is not what a reader of a stack trace wants to see.
    this.name = name;
    if (path !== undefined) this.path = path;
  }
}

/**
 * The error as wasm throws it and as a message carries it: structured cloning would keep neither
 * the class nor `path`.
 *
 * @typedef {{ playground_error: true, name: string, message: string, path?: string }} PlainError
 */

/**
 * @param {unknown} value
 * @returns {value is PlainError}
 */
export function isPlainError(value) {
  if (typeof value !== "object" || value === null) return false;
  const plain = /** @type {Record<string, unknown>} */ (value);
  return (
    plain.playground_error === true &&
    typeof plain.name === "string" &&
    typeof plain.message === "string" &&
    (plain.path === undefined || typeof plain.path === "string")
  );
}

/**
 * @param {unknown} error
 * @returns {boolean} whether the start module has refused something: it has no words for that, and
 *   the full module is to be asked for them
 */
export const isWordless = (error) => error instanceof PlaygroundError && error.name === "Wordless";

/**
 * @param {PlaygroundError} error
 * @returns {PlainError}
 */
export function toPlain({ name, message, path }) {
  return { playground_error: true, name, message, ...(path !== undefined && { path }) };
}

/**
 * @param {PlainError} plain
 * @returns {PlaygroundError}
 */
export function fromPlain({ name, message, path }) {
  return new PlaygroundError(name, message, path);
}

/**
 * What an unknown thrown value says.
 *
 * @param {unknown} thrown
 * @returns {string}
 */
export function messageOf(thrown) {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
