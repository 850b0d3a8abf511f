// Every example of the documentation runs, and gives what it says that it gives.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import * as main from "bce-playground";
import * as client from "bce-playground/client";
import * as formula from "bce-playground/formula";
import { check, examplesIn, run } from "./examples.js";

/** @type {Record<string, object>} */
const modules = {
  "bce-playground": main,
  "bce-playground/client": client,
  "bce-playground/formula": formula,
};
// Where imports must be written out, and where the package's names are taken as imported.
const standalone = ["npm/README.md", "docs/pytorch.md", "README.md"].flatMap(examplesIn);
const inDeclarations = ["index", "evaluation", "client", "formula"].flatMap((name) =>
  examplesIn(`npm/${name}.d.ts`),
);

before(() => main.init());

for (const example of standalone) {
  test(`${example.file}:${example.line} runs as it stands`, () => run(example, modules, {}));
}
for (const example of inDeclarations) {
  test(`${example.file}:${example.line} gives what it says`, () => run(example, modules, main));
}

test("every example but the repository's own first one states what it gives", () => {
  for (const { file, line, code } of [...standalone, ...inDeclarations]) {
    if (file !== "README.md") assert.match(code, /\/\/ -> /, `${file}:${line}`);
  }
});

test("everything that is exported has an example", () => {
  const code = [...standalone, ...inDeclarations].map((example) => example.code).join("\n");
  const groups = { datasets: main.datasets, metrics: main.metrics };
  const classes = [main.Trainer, Object.getPrototypeOf(main.Trainer), main.Optimizer];
  const methods = classes.flatMap((Class) =>
    Object.getOwnPropertyNames(Class.prototype).filter((name) => name !== "constructor"),
  );
  const names = [
    ...Object.keys(main).filter((name) => !(name in groups)),
    ...Object.keys(client),
    ...Object.keys(formula),
    ...methods,
    ...Object.entries(groups).flatMap(([group, functions]) =>
      Object.keys(functions).map((name) => `${group}.${name}`),
    ),
  ];
  for (const name of ["metrics.multilabel", "TrainerClient", "trainBatch"]) {
    assert.ok(names.includes(name), name);
  }
  const unused = names.filter(
    (name) => !new RegExp(`\\b${name.replace(".", "\\.")}\\b`).test(code),
  );
  assert.deepEqual(unused, []);
});

test("an example that gives something else is found", async () => {
  const running = (/** @type {string} */ code) =>
    run({ file: "here", line: 1, code }, modules, main);
  await running("const x = 1 + 1; // -> 2");
  await running("({ a: [1, 2], b: 3 }); // -> { a: [1, 2], … }");
  await running(
    "metrics.binary([2], [1]); // -> ValueError: scores must be probabilities between 0 and 1, not 2",
  );
  for (const wrong of [
    "1 + 1; // -> 3",
    "const x = 0.1234; // -> 0.1236",
    "[1, 2]; // -> [1]",
    "({ a: 1, b: 2 }); // -> { a: 1 }",
    "({ a: 1 }); // -> { a: 2, … }",
    "({ a: 1 }); // -> { b: undefined, … }",
    "'x'; // -> undefined",
    "metrics.binary([2], [1]); // -> ValueError: labels",
    "1; // -> ValueError: labels",
    "f(\n  1,\n); // -> 1",
  ]) {
    await assert.rejects(running(wrong), Error, wrong);
  }
  assert.throws(() => check("a place", NaN, 0));
  check("a place", Float32Array.of(0.33333334), [0.3333]);
});
