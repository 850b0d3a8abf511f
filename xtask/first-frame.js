// What the built page loads before its first trained frame: `node xtask/first-frame.js` prints it after
// `cargo xtask build`, and the test of the budget compares it with what a browser asks for.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const SITE = new URL("../dist/", import.meta.url);

/** Bytes at most: of the wasm, and gzipped of the wasm and of everything. */
export const BUDGET = { wasm: 120_000, wasm_gzipped: 45_000, gzipped: 150_000 };

/** @typedef {{ name: string, raw: number, gzipped: number }} File */

/**
 * The page, all that its document and its scripts name, the worker, its first wasm, and the texts in
 * one language.
 *
 * @returns {File[]} in the order of their size
 */
export function firstFrameFiles() {
  const assets = readdirSync(new URL("assets/", SITE)).map((file) => `assets/${file}`);
  /** @param {RegExp} pattern */
  const only = (pattern) => {
    const found = assets.filter((file) => pattern.test(file));
    if (found.length !== 1) throw new Error(`not one file is ${pattern}, but ${found.length}`);
    return found[0];
  };
  const names = new Set(["index.html"]);
  const add = (/** @type {string} */ name) => {
    if (names.has(name)) return;
    names.add(name);
    if (name.endsWith(".js")) imports(name).forEach(add);
  };
  for (const [, name] of text("index.html").matchAll(/(?:src|href)="\.\/([^"]+)"/g)) add(name);
  add(only(/\/worker-.*\.js$/));
  add(only(/\/bce_wasm_start_bg-.*\.wasm$/));
  add(only(/\/en-.*\.js$/));
  const files = [...names].map((name) => {
    const bytes = readFileSync(new URL(name, SITE));
    return { name, raw: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
  });
  return files.sort((a, b) => b.gzipped - a.gzipped);
}

/** @param {string} name */
const text = (name) => readFileSync(new URL(name, SITE), "utf8");

/** The modules that a script imports at once. @param {string} name */
function imports(name) {
  const found = text(name).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g);
  return Array.from(found, ([, file]) => `assets/${file}`);
}

/** @param {File[]} files */
export function sums(files) {
  const add = (/** @type {(file: File) => number} */ size) => files.reduce((sum, file) => sum + size(file), 0);
  return { raw: add(({ raw }) => raw), gzipped: add(({ gzipped }) => gzipped) };
}

/** @param {File} file */
export const isWasm = ({ name }) => name.endsWith(".wasm");

/** @param {string} name @param {{ raw: number, gzipped: number }} size */
function line(name, { raw, gzipped }) {
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
  return `  ${name.padEnd(48)}${kilobytes(raw)} ${kilobytes(gzipped)} gzipped`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = firstFrameFiles();
  console.log("Up to the first trained frame:");
  for (const file of files) console.log(line(file.name, file));
  console.log(line("together", sums(files)));
}
