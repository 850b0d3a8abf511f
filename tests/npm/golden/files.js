// Reads golden files: the common form that tests/golden/README.md describes. Nothing here or beside
// it depends on which cases a set has, or on how many.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {number | string} Written a number as the files write it */
/** @typedef {{ shape: number[], data: Written[] }} WrittenTensor */
/** @typedef {any} Case */

const WORKSPACE = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * `GOLDEN_DIR`, from where the shell stands or else from the workspace; tests/golden without one.
 *
 * @returns {string}
 */
export function folder() {
  const given = process.env.GOLDEN_DIR;
  if (!given) return path.join(WORKSPACE, "tests/golden");
  const places = [process.env.PWD ?? process.cwd(), WORKSPACE].map((from) =>
    path.resolve(from, given),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`there is no golden data in ${places.join(" or ")}`);
  return found;
}

/**
 * @param {string} name
 * @returns {Record<string, Case[]>}
 */
export const file = (name) => JSON.parse(readFileSync(path.join(folder(), name), "utf8"));

/**
 * A number: NaN and the infinities are written as strings.
 *
 * @param {Written} written
 * @returns {number}
 */
export function number(written) {
  if (typeof written === "number") return written;
  const values = { NaN, Infinity, "-Infinity": -Infinity };
  if (Object.hasOwn(values, written)) return values[/** @type {"NaN"} */ (written)];
  throw new TypeError(`${written} is no number of a golden file`);
}

/** @param {Written[]} written @returns {number[]} */
export const numbers = (written) => written.map(number);

/** @param {WrittenTensor} written @returns {{ shape: number[], data: number[] }} */
export const tensor = ({ shape, data }) => ({ shape, data: numbers(data) });

/** @param {WrittenTensor | null | undefined} written */
export const optionalTensor = (written) => (written ? tensor(written) : undefined);

/**
 * `{ name, params }` as our configurations have it: the arguments stand beside the name, in the
 * parts of SequentialLR too.
 *
 * @param {{ name: string, params?: Record<string, unknown> } | null | undefined} written
 * @returns {any}
 */
export function configuration(written) {
  if (!written) return null;
  const params = Object.entries(written.params ?? {}).map(([key, value]) => [
    key,
    key === "schedulers" ? /** @type {any[]} */ (value).map(configuration) : value,
  ]);
  return { name: written.name, ...Object.fromEntries(params) };
}

/**
 * Whether only one is NaN, or infinite, or they are infinite on different sides.
 *
 * @param {number} a
 * @param {number} b
 */
export const differInKind = (a, b) =>
  Number.isNaN(a) !== Number.isNaN(b) ||
  (a !== b && (Math.abs(a) === Infinity || Math.abs(b) === Infinity));
