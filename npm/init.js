// init() where modules come over the network: pages and their workers.

import { PlaygroundError } from "./errors.js";
import { shown, typeError } from "./tensor.js";
import { start } from "./wasm.js";

/** @import { WasmSource } from "./index.js" */

/**
 * @param {WasmSource} [source]
 * @returns {Promise<void>}
 */
export function init(source) {
  return start(async () => {
    const wasm = await (source ?? new URL("./pkg/bce_wasm_bg.wasm", import.meta.url));
    if (typeof wasm === "string" || wasm instanceof URL) return succeeded(await fetch(wasm));
    if (wasm instanceof Response) return succeeded(wasm);
    return module(wasm);
  });
}

/**
 * @param {unknown} source
 * @returns {BufferSource | WebAssembly.Module}
 */
export function module(source) {
  if (
    source instanceof ArrayBuffer ||
    ArrayBuffer.isView(source) ||
    source instanceof WebAssembly.Module
  ) {
    return /** @type {BufferSource | WebAssembly.Module} */ (source);
  }
  throw typeError(
    `init takes bytes, a URL, a Response or a WebAssembly.Module, got ${shown(source)}`,
  );
}

/**
 * @param {Response} response
 * @returns {Response}
 */
export function succeeded(response) {
  if (response.ok) return response;
  throw new PlaygroundError(
    "ImportError",
    `the WebAssembly module could not be loaded: HTTP ${response.status} for ${response.url}`,
  );
}
