// The one wasm instance of a thread: how it starts, how a fuller one takes its place, and what an
// exception from it means.

import { PlaygroundError, fromPlain, isPlainError, messageOf } from "./errors.js";

/**
 * A module's functions, as wasm-bindgen wraps them.
 *
 * @typedef {typeof import("./pkg/bce_wasm.js")} Raw
 */

/** @typedef {BufferSource | WebAssembly.Module | Response} WasmBytes */

/** The instance's functions. The start module has only some of them: worker-core.js knows which. */
export let raw = /** @type {Raw} */ ({});

/** @type {Promise<void> | undefined} */
let started;
let ready = false;
/** @type {string | undefined} */
let lost;

// (module (func (result v128) i32.const 0 i8x16.splat)): valid only where SIMD128 is known.
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
);

/**
 * Starts the instance. Calls while it starts, and later ones, share the first one's promise; after
 * a failure the next call tries again.
 *
 * @param {Raw} functions
 * @param {() => Promise<WasmBytes>} read gets the module
 * @returns {Promise<void>}
 */
export function start(functions, read) {
  started ??= prepare(functions, read).then(
    (use) => use(),
    (error) => {
      started = undefined;
      throw error;
    },
  );
  return started;
}

/**
 * Instantiates a module, which nothing calls yet.
 *
 * @param {Raw} functions
 * @param {() => Promise<WasmBytes>} read
 * @returns {Promise<() => void>} puts it in the place of the instance that there is
 */
export async function prepare(functions, read) {
  try {
    if (typeof WebAssembly === "undefined" || !WebAssembly.validate(SIMD_PROBE)) {
      throw new PlaygroundError(
        "ImportError",
        "WebAssembly with SIMD128 is missing here: it needs Chrome 91, Firefox 89, Safari 16.4, " +
          "Node 20 or newer",
      );
    }
    await functions.default({ module_or_path: await read() });
  } catch (error) {
    if (error instanceof PlaygroundError) throw error;
    throw new PlaygroundError("ImportError", `the WebAssembly module: ${messageOf(error)}`);
  }
  return () => {
    raw = functions;
    ready = true;
  };
}

/**
 * Runs a call into wasm, and makes what it throws ours.
 *
 * A value that is not our own error is a trap: a panic, or memory used up. It leaves the object
 * that it happened in locked and others answering, so nothing from this instance can be trusted any
 * more: the trap is passed on as it is, and every later call says that the instance is lost.
 *
 * @template T
 * @param {() => T} run
 * @returns {T}
 */
export function call(run) {
  if (lost !== undefined) {
    throw new PlaygroundError("RuntimeError", `the WebAssembly instance is lost (${lost})`);
  }
  if (!ready) {
    throw new PlaygroundError("RuntimeError", "the package is not ready: await init() first");
  }
  try {
    return run();
  } catch (thrown) {
    if (isPlainError(thrown)) throw fromPlain(thrown);
    lost = messageOf(thrown);
    throw thrown;
  }
}

/** @returns {boolean} whether a trap has ended this thread's instance */
export const isLost = () => lost !== undefined;

/** Panics inside wasm, for tests of what a crash does. */
export const panicForTests = () => call(() => raw.panic_for_tests());
