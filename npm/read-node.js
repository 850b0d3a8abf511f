// Where a module's bytes come from in Node: mostly from the disk.

import { readFile } from "node:fs/promises";
import { module, succeeded } from "./read.js";

/** @import { WasmSource } from "./index.js" */
/** @import { WasmBytes } from "./wasm.js" */

/**
 * @param {WasmSource} source a string that is no URL is a path
 * @returns {Promise<WasmBytes>}
 */
export async function read(source) {
  const wasm = await source;
  if (typeof wasm === "string" && !URL.canParse(wasm)) return readFile(wasm);
  if (typeof wasm === "string" || wasm instanceof URL) {
    const url = new URL(wasm);
    return url.protocol === "file:" ? readFile(url) : succeeded(await fetch(url));
  }
  return wasm instanceof Response ? succeeded(wasm) : module(wasm);
}
