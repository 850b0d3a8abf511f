/**
 * A CSV of the user's own, as its dialog shows it: what the core reads, and what else the text could
 * be read as. Only the core decides what a text means; the lists of columns and labels here are
 * choices to offer, and a wrong guess offers a wrong choice, no more.
 */

/** @import { CSVOptions, Dataset, PlaygroundError } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Parameters } from "./notices.js" */

/**
 * @typedef {object} Reading
 * @property {string[]} columns the names to choose the label's from
 * @property {string[]} labels the values to choose the positive one from
 * @property {Dataset} [dataset] where the text could be read
 * @property {number} [positives] rows of class 1
 * @property {{ key: string, parameters: Parameters }} [error] where it could not
 * @property {number} [line] that the error speaks of
 */

const DELIMITERS = ["\t", ";", ","];
/** More label values than this are no classes. */
const MOST_VALUES = 50;

/**
 * What comes of a text that is read with these options.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {string} text
 * @param {CSVOptions} options
 * @returns {Promise<Reading>}
 */
export async function readCSV(source, text, options) {
  const choices = columnsOf(text, options);
  try {
    const dataset = await source.parseCSV(text, options);
    const positives = dataset.targets.data.reduce((sum, target) => sum + target, 0);
    return { ...choices, dataset, positives };
  } catch (thrown) {
    const { message, path = "" } = /** @type {PlaygroundError} */ (thrown);
    const line = Number(/^line (\d+)/.exec(path)?.[1]) || undefined;
    const key = path ? "csv.error_at" : "csv.error";
    return { ...choices, error: { key, parameters: { message, path } }, line };
  }
}

/**
 * What there is to choose from in a text that is to be read with these options.
 *
 * @param {string} text
 * @param {CSVOptions} options
 * @returns {{ columns: string[], labels: string[] }}
 */
function columnsOf(text, { header, delimiter, label }) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  if (lines.length === 0) return { columns: [], labels: [] };
  const separator = delimiter === "auto" || !delimiter ? likelyDelimiter(lines[0]) : delimiter;
  const first = cellsOf(lines[0], separator);
  const chosen = typeof label === "number" ? label : first.length - 1;
  const named = header === "auto" ? hasNames(first, chosen) : header;
  const values = new Set();
  for (const line of lines.slice(named ? 1 : 0)) {
    const value = cellsOf(line, separator)[chosen];
    if (value) values.add(value);
    if (values.size > MOST_VALUES) break;
  }
  const columns = named ? first : first.map((_, k) => `x${k + 1}`);
  return { columns, labels: [...values].sort() };
}

/** Words, and no number beside the label. @param {string[]} cells @param {number} label */
function hasNames(cells, label) {
  return cells.every((cell, k) => k === label || Number.isNaN(Number(cell)));
}

/** @param {string} line */
function likelyDelimiter(line) {
  const counts = DELIMITERS.map((delimiter) => cellsOf(line, delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

/**
 * The cells of one line; one in quotes may hold the separator and doubled quotes.
 *
 * @param {string} line
 * @param {string} separator
 */
function cellsOf(line, separator) {
  const cells = [""];
  let quoted = false;
  for (let k = 0; k < line.length; k += 1) {
    const character = line[k];
    if (character === '"' && quoted && line[k + 1] === '"') {
      cells[cells.length - 1] += '"';
      k += 1;
    } else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) cells.push("");
    else cells[cells.length - 1] += character;
  }
  return cells.map((cell) => cell.trim());
}
