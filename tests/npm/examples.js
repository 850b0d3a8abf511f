// Finds examples in the documentation and runs them. `// -> value` at the end of a statement says
// what it gives: numbers to four decimals, `…` in place of an object's other keys, or an error as
// `Name: message`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** @typedef {{ file: string, line: number, code: string }} Example */

// What `…` stands for.
const REST = Symbol("…");

/**
 * The js blocks of a Markdown file, or the @example blocks of a file of declarations.
 *
 * @param {string} file in the repository
 * @returns {Example[]}
 */
export function examplesIn(file) {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const blocks = file.endsWith(".md")
    ? text.matchAll(/^```js\n(.*?)^```$/gms)
    : text.matchAll(/^ *\* @example\n((?: *\* ?.*\n)+?)(?= *\* @| *\*\/)/gm);
  const found = Array.from(blocks, ({ 1: block, index }) => ({
    file,
    line: text.slice(0, index).split("\n").length,
    code: file.endsWith(".md") ? block : block.replace(/^ *\* ?/gm, ""),
  }));
  const marks = text.match(file.endsWith(".md") ? /^```js$/gm : /@example/g) ?? [];
  assert.equal(found.length, marks.length, `an example of ${file} has another form`);
  return found;
}

/**
 * @param {Example} example
 * @param {Record<string, object>} modules what it may import
 * @param {object} scope names that it need not import
 */
export async function run({ file, line, code }, modules, scope) {
  const imported = code.replace(
    /^import (\{[^}]*\}) from "([^"]*)";/gm,
    (_, names, name) => `const ${names} = modules["${name}"];`,
  );
  const own = new Set(
    Array.from(code.matchAll(/^import \{([^}]*)\}/gm), ([, names]) => names).flatMap((names) =>
      names.split(",").map((name) => name.trim()),
    ),
  );
  const names = Object.keys(scope).filter((name) => !own.has(name));
  const body = checked(imported, `${file}:${line}`);
  const AsyncFunction = /** @type {any} */ (run.constructor);
  const program = new AsyncFunction("modules", "check", "raises", "REST", ...names, `{${body}\n}`);
  const values = names.map((name) => /** @type {any} */ (scope)[name]);
  await program(modules, check, raises, REST, ...values);
}

/**
 * Puts the checks in the place of the comments.
 *
 * @param {string} code
 * @param {string} place
 * @returns {string}
 */
function checked(code, place) {
  let statement = "";
  let program = "";
  for (const line of code.split("\n")) {
    const [, source, stated] = /^(.*?)(?:\s*\/\/ -> (.*))?$/.exec(line) ?? [];
    statement += `${statement && "\n"}${source}`;
    const ends = /[;{}]\s*(\/\/.*)?$/.test(source) || source.trim() === "";
    if (!ends && stated === undefined) continue;
    program += `${stated === undefined ? statement : checking(statement, stated, place)}\n`;
    statement = "";
  }
  return program + statement;
}

/** @param {string} statement @param {string} stated @param {string} place */
function checking(statement, stated, place) {
  const [, indent, declared, expression] =
    /^(\s*)(?:const (\w+) = )?(.*);$/s.exec(statement) ?? assert.fail(`${place}: ${statement}`);
  const at = JSON.stringify(`${place}: ${statement.trim()}`);
  if (/^[A-Z]\w*Error: /.test(stated)) {
    return `${indent}await raises(${at}, async () => (${expression}), ${JSON.stringify(stated)});`;
  }
  const expected = stated.replace("…", "[REST]: true");
  if (!declared) return `${indent}check(${at}, (${expression}), (${expected}));`;
  return `${statement} check(${at}, ${declared}, (${expected}));`;
}

/** @param {string} place @param {() => Promise<unknown>} call @param {string} stated */
async function raises(place, call, stated) {
  const thrown = await call().then(
    () => assert.fail(`${place} gives a value, not ${stated}`),
    (error) => error,
  );
  assert.equal(`${thrown.name}: ${thrown.message}`, stated, place);
}

/**
 * @param {string} place
 * @param {any} got
 * @param {any} stated
 */
export function check(place, got, stated) {
  if (typeof stated === "number") {
    const near = Object.is(got, stated) || Math.abs(got - stated) <= 5e-5;
    assert.ok(typeof got === "number" && near, `${place} gives ${got}, not ${stated}`);
  } else if (Array.isArray(stated)) {
    assert.equal(got?.length, stated.length, `${place}: length`);
    stated.forEach((item, i) => check(`${place}[${i}]`, got[i], item));
  } else if (typeof stated === "object" && stated !== null) {
    const keys = Object.keys(stated);
    if (!(REST in stated)) assert.deepEqual(Object.keys(got).sort(), keys.sort(), place);
    for (const key of keys) {
      assert.ok(key in got, `${place} has no ${key}`);
      check(`${place}.${key}`, got[key], stated[key]);
    }
  } else {
    assert.deepEqual(got, stated, place);
  }
}
