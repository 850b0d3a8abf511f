// init() in Node, where the module lies on the disk beside this file.

import { readFile } from "node:fs/promises";
import { module, succeeded } from "./init.js";
import { start } from "./wasm.js";

/** @import { WasmSource } from "./index.js" */

/**
 * @param {WasmSource} [source] a string that is no URL is a path
 * @returns {Promise<void>}
 */
export function init(source) {
  return start(async () => {
    const wasm = await (source ?? new URL("./pkg/bce_wasm_bg.wasm", import.meta.url));
    if (typeof wasm === "string" && !URL.canParse(wasm)) return readFile(wasm);
    if (typeof wasm === "string" || wasm instanceof URL) {
      const url = new URL(wasm);
      return url.protocol === "file:" ? readFile(url) : succeeded(await fetch(url));
    }
    return wasm instanceof Response ? succeeded(wasm) : module(wasm);
  });
}
