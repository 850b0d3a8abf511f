// Arguments on their way into wasm: tensors become `{ shape: number[], data: Float32Array }`,
// options lose their undefined keys. Nothing here knows what an argument means; that is the core's
// part.
//
// All of the caller's own code (getters, proxies) runs here, before wasm is entered: so it can
// never call back into an object that wasm is just using.

import { PlaygroundError } from "./errors.js";

/** @import { NumberArray, Tensor, TrainingData } from "./index.js" */

/**
 * @param {string} message
 * @param {string} [path]
 * @returns {PlaygroundError}
 */
export const typeError = (message, path) => new PlaygroundError("TypeError", message, path);

/**
 * @param {string} message
 * @param {string} [path]
 * @returns {PlaygroundError}
 */
export const valueError = (message, path) => new PlaygroundError("ValueError", message, path);

/**
 * @param {unknown} value
 * @returns {string} as an error message shows it: short, whatever it is
 */
export function shown(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return "an array";
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export const isObject = (value) =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value);

/**
 * @param {unknown} value
 * @returns {value is Exclude<NumberArray, number[]>}
 */
function isNumberView(value) {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

/**
 * @template {Float32Array | Float64Array} Numbers
 * @param {{ new (length: number): Numbers, from(values: ArrayLike<number>): Numbers }} Type
 * @param {unknown} value
 * @param {string} what
 * @returns {Numbers}
 */
function numbers(Type, value, what) {
  if (value instanceof Type) return value;
  if (isNumberView(value)) return Type.from(value);
  if (!Array.isArray(value)) {
    throw typeError(`${what} must be an array of numbers, got ${shown(value)}`, what);
  }
  const converted = new Type(value.length);
  // Not Type.from: that would read "1", true and [2] as numbers and a hole as NaN.
  for (let i = 0; i < value.length; i += 1) {
    if (typeof value[i] !== "number") {
      throw typeError(`${what}[${i}] must be a number, got ${shown(value[i])}`, `${what}[${i}]`);
    }
    converted[i] = value[i];
  }
  return converted;
}

/**
 * Numbers as float32. A Float32Array is passed on as it is: wasm copies it before it returns.
 *
 * @param {unknown} value `number[]` or any typed array of numbers
 * @param {string} what its name in messages
 * @returns {Float32Array}
 */
export const floats = (value, what) => numbers(Float32Array, value, what);

/**
 * Numbers as float64: all that a `number[]` holds.
 *
 * @param {unknown} value
 * @param {string} what
 * @returns {Float64Array}
 */
export const doubles = (value, what) => numbers(Float64Array, value, what);

/**
 * Row numbers. A negative or a broken one must not wrap around on its way into a Uint32Array.
 *
 * @param {unknown} value
 * @param {string} what
 * @returns {Uint32Array}
 */
export function indices(value, what) {
  if (value instanceof Uint32Array) return value;
  if (!Array.isArray(value) && !isNumberView(value)) {
    throw typeError(`${what} must be an array of row numbers, got ${shown(value)}`, what);
  }
  return Uint32Array.from(/** @type {ArrayLike<unknown>} */ (value), (row, i) =>
    count(row, `${what}[${i}]`),
  );
}

/**
 * @param {unknown} value
 * @returns {Uint8Array}
 */
export function snapshotBytes(value) {
  const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  if (bytes instanceof Uint8Array) return bytes;
  throw typeError(`a snapshot must be a Uint8Array, got ${shown(value)}`, "bytes");
}

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {number} a whole number from 0 to 2³² − 1
 */
export function count(value, what) {
  if (typeof value !== "number") {
    throw typeError(`${what} must be a whole number, got ${shown(value)}`, what);
  }
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw valueError(`${what} must be a whole number of at least 0, got ${value}`, what);
  }
  return value;
}

/**
 * @param {unknown} milliseconds
 * @returns {number}
 */
export function duration(milliseconds) {
  if (typeof milliseconds === "number" && milliseconds >= 0) return milliseconds;
  throw typeError(
    `milliseconds must be a number of at least 0, got ${shown(milliseconds)}`,
    "milliseconds",
  );
}

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {Tensor}
 */
export const tensor = (value, what) => tensorOf(floats, value, what);

/**
 * A tensor whose data is converted in another way.
 *
 * @template Data
 * @param {(data: unknown, what: string) => Data & ArrayLike<number>} convert
 * @param {unknown} value
 * @param {string} what
 * @returns {{ shape: number[], data: Data }}
 */
export function tensorOf(convert, value, what) {
  if (!isObject(value) || value.shape === undefined || value.data === undefined) {
    throw typeError(`${what} must be a tensor { shape, data }, got ${shown(value)}`, what);
  }
  const data = convert(value.data, `${what}.data`);
  const path = `${what}.shape`;
  if (!Array.isArray(value.shape) && !isNumberView(value.shape)) {
    throw typeError(`${path} must be an array of sizes, got ${shown(value.shape)}`, path);
  }
  const shape = Array.from(/** @type {ArrayLike<unknown>} */ (value.shape), (size, i) =>
    count(size, `${path}[${i}]`),
  );
  const numel = shape.reduce((product, size) => product * size, 1);
  if (numel !== data.length) {
    throw valueError(
      `${what}: shape [${shape.join(", ")}] asks for ${numel} numbers, data has ${data.length}`,
      path,
    );
  }
  return { shape, data };
}

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {Record<string, Tensor>}
 */
export function stateDict(value, what) {
  if (!isObject(value)) {
    throw typeError(`${what} must be an object of tensors, got ${shown(value)}`, what);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, tensor(entry, `${what}["${key}"]`)]),
  );
}

// A configuration is a few levels deep; a cycle is found here, not by the stack's end.
const MAX_DEPTH = 16;

/**
 * A configuration or options without their undefined keys (a missing and an undefined key both mean
 * the default; `null` is Python's None and stays), with typed arrays as plain ones.
 *
 * @param {unknown} value
 * @param {string} path "" at the top
 * @param {number} [depth]
 * @returns {unknown}
 */
export function plain(value, path, depth = 0) {
  if (depth > MAX_DEPTH) throw valueError(`nested more than ${MAX_DEPTH} levels deep`, path);
  if (value === null || ["number", "string", "boolean"].includes(typeof value)) return value;
  if (Array.isArray(value) || isNumberView(value)) {
    return Array.from(/** @type {ArrayLike<unknown>} */ (value), (item, i) =>
      plain(item, `${path}[${i}]`, depth + 1),
    );
  }
  if (!isObject(value)) throw typeError(`${path || "the value"} may not be ${shown(value)}`, path);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, plain(entry, path ? `${path}.${key}` : key, depth + 1)]),
  );
}

/**
 * @param {unknown} formulas as parseFormula() gives them
 * @returns {unknown[]} their programs; the names are for people
 */
export function programs(formulas) {
  if (!Array.isArray(formulas)) {
    throw typeError(`formulas must be an array, got ${shown(formulas)}`, "formulas");
  }
  return formulas.map((formula, i) => {
    if (isObject(formula) && Array.isArray(formula.program)) return formula.program;
    throw typeError(
      `formulas[${i}] must be a formula { name, program }, got ${shown(formula)}`,
      `formulas[${i}]`,
    );
  });
}

/**
 * Options that say how inputs are derived; formulas become their programs.
 *
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function inputOptions(value) {
  const { formulas = null, ...rest } = options(value);
  return formulas === null ? rest : { ...rest, formulas: programs(formulas) };
}

/**
 * The options of a grid; a unit becomes [layer, index].
 *
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function gridOptions(value) {
  const { unit = null, ...rest } = inputOptions(value);
  if (unit === null) return rest;
  if (!isObject(unit)) throw typeError(`unit must be an object, got ${shown(unit)}`, "unit");
  return { ...rest, unit: [count(unit.layer, "unit.layer"), count(unit.index, "unit.index")] };
}

/**
 * An optional last argument: `{}` where it is left out.
 *
 * @param {unknown} value
 * @param {string} [what]
 * @returns {Record<string, unknown>}
 */
export function options(value, what = "options") {
  if (value === undefined) return {};
  if (!isObject(value)) throw typeError(`${what} must be an object, got ${shown(value)}`, what);
  return /** @type {Record<string, unknown>} */ (plain(value, ""));
}

// The options of losses that are tensors. Which loss takes which is the core's to say.
const TENSOR_OPTIONS = ["weight", "pos_weight", "grad_output"];

/**
 * The options of a loss: those that are tensors, and the rest as it is. A NaN among them is the
 * core's to judge, as it is PyTorch's.
 *
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function lossOptions(value) {
  if (value === undefined) return {};
  if (!isObject(value))
    throw typeError(`options must be an object, got ${shown(value)}`, "options");
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [
        key,
        TENSOR_OPTIONS.includes(key) && entry !== null ? tensor(entry, key) : entry,
      ]),
  );
}

const REQUIRED_DATA = ["inputs", "targets"];
const OPTIONAL_DATA = ["sample_weight", "test_inputs", "test_targets"];
// What a data set and a split carry besides: not for the trainer, and no reason to refuse them.
const DESCRIPTIVE_DATA = [
  ...["name", "feature_names", "target_names", "source", "licence"],
  ...["mean", "std", "train_rows", "test_rows"],
  ...["objects", "grid", "classes", "size"],
];

/**
 * @param {unknown} value
 * @returns {TrainingData}
 */
export function trainingData(value) {
  if (!isObject(value)) {
    throw typeError(`data must be an object { inputs, targets, … }, got ${shown(value)}`, "data");
  }
  const known = [...REQUIRED_DATA, ...OPTIONAL_DATA];
  for (const key of Object.keys(value)) {
    if (!known.includes(key) && !DESCRIPTIVE_DATA.includes(key)) {
      throw valueError(`unknown key "${key}" in data: it takes ${known.join(", ")}`, key);
    }
  }
  const given = known.filter(
    (key) => REQUIRED_DATA.includes(key) || (value[key] !== undefined && value[key] !== null),
  );
  return /** @type {TrainingData} */ (
    /** @type {unknown} */ (Object.fromEntries(given.map((key) => [key, tensor(value[key], key)])))
  );
}
