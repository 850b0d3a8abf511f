// Where a module's bytes come from where files come over the network: pages and their workers.

import { PlaygroundError } from "./errors.js";
import { shown, typeError } from "./tensor.js";

/** @import { WasmSource } from "./index.js" */
/** @import { WasmBytes } from "./wasm.js" */

/**
 * @param {WasmSource} source
 * @returns {Promise<WasmBytes>}
 */
export async function read(source) {
  const wasm = await source;
  if (typeof wasm === "string" || wasm instanceof URL) return succeeded(await fetch(wasm));
  if (wasm instanceof Response) return succeeded(wasm);
  return module(wasm);
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
