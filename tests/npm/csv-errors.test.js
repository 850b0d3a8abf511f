// What the page says of a CSV, in two languages, against what the core says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { datasets, init } from "bce-playground";
import { KINDS, textOfError } from "../../www/csv-errors.js";
import en from "../../www/i18n/en/csv-errors.js";
import zh from "../../www/i18n/zh/csv-errors.js";

await init();

const rows = (/** @type {string[]} */ ...lines) => `${lines.join("\n")}\n`;
const wide = (/** @type {string} */ cell) => Array.from({ length: 8200 }, () => cell).join(",");

/** A text for every kind of message but that of a million rows. @type {[text: string, options?: object][]} */
const MALFORMED = [
  [""],
  [rows("a,y", "1\0,0", "2,1")],
  [rows("a,b,y", "1,2,0", "1,1")],
  [rows("a", "1", "2")],
  [rows("a", "1", "2"), { delimiter: ";" }],
  [rows("a", "1", "2"), { delimiter: "\t" }],
  [rows("a,y", '"1,0', "2,1")],
  [rows("a,y", '"1"x,0', "2,1")],
  [rows(wide("1"), wide("2"))],
  [rows("a,y", `${"1".repeat(10_001)},0`, "2,1")],
  [rows("a,y", "1,0")],
  [rows("a,y", "1,0", ",1", "NA,1"), { missing: "drop" }],
  [rows("a,y", ",0", "2,1")],
  [rows("a,y", "NA,0", "2,1")],
  [rows("a,y", "inf,0", "2,1")],
  [rows("a,y", "1e39,0", "2,1")],
  [rows("a,y", '"1\n2",0', "2,1")],
  [rows("a,y", "1,0", "oops,1", "2,1")],
  [rows("a,y", "1,", "2,1")],
  [rows("1,", "2,1")],
  [rows("a,y", "1,NA", "2,1")],
  [rows("a,y", ...Array.from({ length: 300 }, (_, k) => `1,w${k}`))],
  [rows("a,y", "1,0", "2,0")],
  [rows("a,y", "1,0", "2,1"), { positive: "cat" }],
];

/** The text as the page writes it. @param {import("../../www/refusal.js").Text | string} text @param {Record<string, string>} table @returns {string} */
function written(text, table) {
  if (typeof text === "string") return text;
  return table[text.key].replace(/\{(\w+)\}/g, (_, name) => written(text.parameters[name], table));
}

test("every message of the core on a malformed CSV has a text: in English its own words, in Chinese none of them", () => {
  const seen = new Set();
  for (const [text, options] of MALFORMED) {
    let message = "";
    assert.throws(() => datasets.parseCSV(text, options), (error) => {
      ({ message } = /** @type {Error} */ (error));
      return true;
    });
    const found = textOfError(message);
    assert.notEqual(typeof found, "string", message);
    assert.equal(written(found, en), message);
    const chinese = written(found, zh).replace(/"[^"]*"|NUL|UTF-8|float32|CSV|1e-3|3\.4e38/g, "");
    assert.doesNotMatch(chinese, /[a-z]{2}/i, message);
    for (let part = /** @type {any} */ (found); part?.key; part = part.parameters.what) seen.add(part.key);
  }
  const never = Object.keys(en).filter((key) => !seen.has(key));
  assert.deepEqual(never, ["csv.core.many_rows"]);
  assert.equal(Object.keys(en).length, KINDS.length + 2);
});
