// The two modules that a worker runs, one after the other. The start module comes first: it is small,
// and can do what a page needs until its first frames. The full one, which is the package's, takes its
// place. Both are of the same code, and so give the same bits.

import * as small from "./pkg/bce_wasm_start.js";
import { prepare } from "./wasm.js";

/** @import { WasmSource } from "./index.js" */
/** @import { Raw, WasmBytes } from "./wasm.js" */

/**
 * @typedef {object} Modules
 * @property {() => Promise<() => void>} start
 * @property {(source?: WasmSource) => Promise<() => void>} full
 */

/**
 * @param {(source: WasmSource) => Promise<WasmBytes>} read
 * @returns {Modules} what prepares each
 */
export function modules(read) {
  return {
    start() {
      const wasm = new URL("./pkg/bce_wasm_start_bg.wasm", import.meta.url);
      return prepare(/** @type {Raw} */ (/** @type {unknown} */ (small)), () => read(wasm));
    },
    async full(source = new URL("./pkg/bce_wasm_bg.wasm", import.meta.url)) {
      return prepare(await import("./pkg/bce_wasm.js"), () => read(source));
    },
  };
}
