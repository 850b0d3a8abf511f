// init() in pages. In Node, init-node.js stands in its place.

import * as full from "./pkg/bce_wasm.js";
import { read } from "./read.js";
import { start } from "./wasm.js";

/** @import { WasmSource } from "./index.js" */

/**
 * @param {WasmSource} [source]
 * @returns {Promise<void>}
 */
export function init(source = new URL("./pkg/bce_wasm_bg.wasm", import.meta.url)) {
  return start(full, () => read(source));
}
