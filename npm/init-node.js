// init() in Node.

import * as full from "./pkg/bce_wasm.js";
import { read } from "./read-node.js";
import { start } from "./wasm.js";

/** @import { WasmSource } from "./index.js" */

/**
 * @param {WasmSource} [source] a string that is no URL is a path
 * @returns {Promise<void>}
 */
export function init(source = new URL("./pkg/bce_wasm_bg.wasm", import.meta.url)) {
  return start(full, () => read(source));
}
