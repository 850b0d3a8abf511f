import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { PlaygroundError, activation, init } from "bce-playground";

const WASM = new URL("../../npm/pkg/bce_wasm_bg.wasm", import.meta.url);

// The tests of this file share one thread, and so one instance: their order matters.

test("a call before init says that init is missing", () => {
  assert.throws(() => activation("tanh", [0]), { name: "RuntimeError", message: /await init\(\)/ });
});

test("what is no source of a module is a TypeError", async () => {
  const number = /** @type {any} */ (42);
  await assert.rejects(init(number), { name: "TypeError", message: /init takes .* got 42/ });
});

test("a missing, a broken and a truncated module are ImportErrors, not the end", async () => {
  const bytes = await readFile(WASM);
  const broken = [
    new URL("./missing.wasm", WASM),
    new Uint8Array([0, 97, 115, 109, 9, 9, 9, 9]),
    bytes.subarray(0, bytes.length >> 1),
    new Response("not here", { status: 404 }),
  ];
  for (const source of broken) {
    const error = await init(source).catch((/** @type {unknown} */ caught) => caught);
    assert.ok(error instanceof PlaygroundError);
    assert.equal(error.name, "ImportError");
  }
});

test("concurrent calls of init share one instance, and later ones do nothing", async () => {
  await Promise.all([init(), init(), init(WASM)]);
  assert.deepEqual(activation("relu", [-1, 2]).output, Float32Array.of(0, 2));
  await init();
});

/** @type {[string, string][]} */
const sources = [
  ["nothing", ""],
  ["a file URL", `new URL(${JSON.stringify(WASM.href)})`],
  ["a URL in a string", JSON.stringify(WASM.href)],
  ["a path", JSON.stringify(fileURLToPath(WASM))],
  ["bytes", "readFileSync(path)"],
  ["an ArrayBuffer", "new Uint8Array(readFileSync(path)).buffer"],
  ["a WebAssembly.Module", "new WebAssembly.Module(readFileSync(path))"],
  [
    "a Response",
    'new Response(readFileSync(path), { headers: { "content-type": "application/wasm" } })',
  ],
  ["a promise of a Response", "Promise.resolve(new Response(readFileSync(path)))"],
];

for (const [what, source] of sources) {
  test(`init takes ${what}`, async () => {
    const worker = new Worker(
      `const { readFileSync } = require("node:fs");
       const { parentPort } = require("node:worker_threads");
       const path = ${JSON.stringify(fileURLToPath(WASM))};
       import(${JSON.stringify(import.meta.resolve("bce-playground"))})
         .then(async ({ init, activation }) => {
           await init(${source});
           parentPort.postMessage(activation("relu", [-1, 2]).output);
         });`,
      { eval: true },
    );
    const output = await new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    assert.deepEqual(output, Float32Array.of(0, 2));
    await worker.terminate();
  });
}
