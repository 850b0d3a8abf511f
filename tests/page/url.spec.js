// The hash in the address: whatever it holds, the page runs within its bounds and says what it left out.

import { defaults, fields, isField, problem } from "../../www/fields.js";
import { hashOf, readHash } from "../../www/url.js";
import { expect, notices, open, stateOf, test, untilEpoch } from "./playground.js";

const KEYS = Object.keys(fields);
const NASTY = ["", "NaN", "Infinity", "-Infinity", "1e999", "-1", "0x10", "1e9", "toString", "__proto__", "null",
  "undefined", "[object Object]", "<img src=x onerror=alert(1)>", "8,8,8,8,8,8,8,8,8,8", "1e9,1", ",", "%", "%E0%A4%A",
  "\u0000", "true ", "🙂", "9".repeat(400), "' OR 1=1", "constructor", "0.1.2", "٣"];
const KEYS_OF_OBJECTS = ["toString", "__proto__", "constructor", "hasOwnProperty", "valueOf", "theme", "language"];

/** A stream of numbers in [0, 1) that is the same in every run. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("10,000 hostile hashes: every value in bounds, or left at its default with a notice", async () => {
  const random = numbers(1);
  const pick = (/** @type {string[]} */ list) => list[Math.floor(random() * list.length)];
  /** @type {string[]} */
  const wrong = [];
  for (let k = 0; k < 10_000; k += 1) {
    const parts = Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
      const value = pick(NASTY);
      const key = random() < 0.8 ? pick(KEYS) : pick(KEYS_OF_OBJECTS);
      return [key, random() < 0.3 ? value : encodeURIComponent(value)];
    });
    const hash = `#${parts.map((part) => part.join("=")).join("&")}`;
    const { changes, notices: said } = await readHash(hash);
    const taken = Object.entries(changes);
    const inBounds = taken.every(([key, value]) => isField(key) && !problem(fields[key], value));
    const leftOut = taken.length < new Set(parts.map(([key]) => key)).size;
    if (!inBounds || (leftOut && said.length === 0) || said.length > 4) wrong.push(hash);
  }
  expect(wrong).toEqual([]);
});

test("a hash of a megabyte is not read", async () => {
  const { changes, notices: said } = await readHash(`#noise=3&${"a".repeat(1 << 20)}`);
  expect(changes).toEqual({});
  expect(said[0][0]).toBe("notice.hash_too_long");
});

test("a packed CSV that unfolds beyond the limit is refused", async () => {
  const bomb = new Blob(["0".repeat(8_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = Buffer.from(await new Response(bomb).arrayBuffer()).toString("base64url");
  const { changes, notices: said } = await readHash(`#dataset=csv&csv=${packed}`);
  expect(changes).toEqual({});
  expect(said.map(([key]) => key)).toContain("notice.bad_value");
});

test("what is written is read back", async () => {
  const values = { ...defaults(), dataset: "csv", csv: "\uFEFFa;b\r\n1;\"ü, 二\"\n", csv_delimiter: ";", csv_label: 0,
    hidden_layer_sizes: [], lr: 1e-6, optimizer: /** @type {const} */ ("SGD"), nesterov: true, momentum: 0.9, y_feature: 0 };
  const { changes, notices: said } = await readHash(await hashOf(values));
  expect(said).toEqual([]);
  expect({ ...defaults(), ...changes }).toEqual({ ...values, n_samples: 500, noise: 5, ratio: 0.5 });
});

test("the page says what it could not use, and trains", async ({ page }) => {
  await open(page, "#lr=NaN&hidden_layer_sizes=1000000000&noise=20&wat=1&__proto__=x", "1000");
  const { lr, hidden_layer_sizes, noise } = await stateOf(page);
  expect([lr, hidden_layer_sizes, noise]).toEqual([0.01, [12, 8], 20]);
  await expect(notices(page).filter({ hasText: "lr cannot be “NaN”" })).toBeVisible();
  await expect(notices(page).filter({ hasText: "hidden_layer_sizes cannot be “1000000000”" })).toBeVisible();
  await expect(notices(page).filter({ hasText: "wat" })).toBeVisible();
  await untilEpoch(page, 10);
});

test("what no trainer can be made of gives way to the defaults", async ({ page }) => {
  // Two rows cannot be split into a train and a test part with both classes.
  const csv = Buffer.from(await new Response(new Blob(["a,b\n1,x\n2,y\n"]).stream()
    .pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer()).toString("base64url");
  await open(page, `#dataset=csv&csv=${csv}&csv_label=7`, "1000");
  await expect(notices(page).filter({ hasText: "does not work" })).toBeVisible();
  expect((await stateOf(page)).dataset).toBe("spiral");
  await untilEpoch(page, 10);
});

test("another hash in the same tab is another run", async ({ page }) => {
  await open(page);
  await page.evaluate(() => { location.hash = "#dataset=circle&n_samples=100&seed=4"; });
  await expect.poll(async () => (await stateOf(page)).dataset).toBe("circle");
  await page.waitForFunction(() => window.playground.frame?.steps_per_epoch === 5);
  const { seed, optimizer } = await stateOf(page);
  expect([seed, optimizer]).toEqual([4, "Adam"]);
});
