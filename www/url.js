/**
 * The URL's hash <-> values of the fields. A hash comes from anyone: each value is read by its
 * field's type and bounds, and what does not fit is left at its default and reported.
 */
import { CSV_IN_URL, fields, isField, problem, same } from "./fields.js";

/** @import { Field, Values } from "./fields.js" */
/** @typedef {[key: string, parameters: { [name: string]: any }]} Notice */

/** A hash longer than this is not read at all. */
const LONGEST_HASH = 40_000;
/** No more notices than a person would read. */
const MOST_NOTICES = 4;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @type {(field: Field) => boolean} */
const inUrl = (field) => field.keep === "url";

/**
 * The hash that describes these values. A `csv` too big for a link is left out.
 *
 * @param {Values} values
 */
export async function hashOf(values) {
  const parameters = new URLSearchParams();
  for (const field of Object.values(fields).filter(inUrl)) {
    const value = values[field.key];
    if (!field.when(values) || (!field.pinned && same(value, field.default))) continue;
    const written = field.key === "csv" ? await pack(values.csv) : String(value);
    if (written !== null) parameters.set(field.key, written);
  }
  // Commas are allowed in a fragment, and a reader sees "8,8" rather than "8%2C8".
  return `#${parameters.toString().replaceAll("%2C", ",")}`;
}

/**
 * What a hash asks for.
 *
 * @param {string} hash
 * @returns {Promise<{ changes: { [key: string]: any }, notices: Notice[] }>}
 */
export async function readHash(hash) {
  /** @type {{ [key: string]: any }} */
  const changes = {};
  /** @type {Notice[]} */
  const notices = [];
  if (hash.length > LONGEST_HASH) {
    return { changes, notices: [["notice.hash_too_long", { length: hash.length }]] };
  }
  const seen = new Set();
  for (const [key, written] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const field = isField(key) && inUrl(fields[key]) ? fields[key] : null;
    if (!field) {
      notices.push(["notice.unknown_key", { key: shortened(key) }]);
    } else if (seen.has(key)) {
      notices.push(["notice.key_twice", { key }]);
    } else {
      seen.add(key);
      const value = key === "csv" ? await unpack(written) : parse(field, written);
      const wrong = value === undefined ? "problem.unreadable" : problem(field, value);
      if (wrong) notices.push(["notice.bad_value", { key, value: shortened(written), wrong }]);
      else changes[key] = value;
    }
  }
  if (changes.formulas) {
    const { readFormulas } = await import("./read-formula.js");
    const read = readFormulas(changes.formulas);
    changes.formulas = "why" in read ? "" : read.text;
    if ("why" in read) notices.push(["notice.bad_value", { key: "formulas", value: shortened(read.typed), reason: read.why }]);
  }
  if (changes.inputs?.length === 0 && !changes.formulas) delete changes.inputs;
  if (changes.dataset === "csv" && !changes.csv) {
    delete changes.dataset;
    notices.push(["notice.csv_not_in_link", {}]);
  }
  if (notices.length > MOST_NOTICES) {
    const more = notices.length - MOST_NOTICES + 1;
    notices.splice(MOST_NOTICES - 1, more, ["notice.more", { more }]);
  }
  return { changes, notices };
}

/**
 * The value that the text spells for this field; `undefined` if it spells none.
 *
 * @param {Field} field
 * @param {string} written
 */
export function parse(field, written) {
  switch (field.type) {
    case "choice":
    case "text":
      return written;
    case "switch":
      return written === "true" ? true : written === "false" ? false : undefined;
    case "list": {
      if (written === "") return [];
      const { type, optional } = field.item;
      const items = written.split(",").map((item) =>
        (optional && item === "" ? null : type === "choice" ? item : parseNumber(item)));
      return items.includes(undefined) ? undefined : items;
    }
    default:
      return parseNumber(written);
  }
}

/**
 * Decimal notation only: no hexadecimal, no Infinity, no empty text.
 *
 * @param {string} written
 */
function parseNumber(written) {
  return NUMBER.test(written) ? Number(written) : undefined;
}

/** @type {(text: string) => string} */
const shortened = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * The text, compressed and in base64url; null if that is longer than a link should be.
 *
 * @param {string} text
 */
async function pack(text) {
  if (packed.text !== text) packed = { text, written: await compress(text) };
  return packed.written;
}

/**
 * The last answer of `pack`: the text stays the same while other fields change.
 *
 * @type {{ text: string, written: string | null }}
 */
let packed = { text: "", written: "" };

/** @param {string} text */
async function compress(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (bytes.length * 4 / 3 > CSV_IN_URL) return null;
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The packed text; `undefined` if it is not one. Stops at the field's limit: a few kilobytes can
 * unfold to gigabytes.
 *
 * @param {string} written
 */
async function unpack(written) {
  try {
    const binary = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream()
      .pipeThrough(new DecompressionStream("deflate-raw"))
      .pipeThrough(new TextDecoderStream("utf-8", { fatal: true, ignoreBOM: true }));
    let text = "";
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
      if (text.length > fields.csv.max_length) {
        await reader.cancel();
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
}
