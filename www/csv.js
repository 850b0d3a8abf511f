/**
 * A CSV of the user's own, as its dialog shows it: what the core sees in the text, what it reads, and
 * what one would choose for a text that is new. Only the core decides what a text means; a wrong guess
 * here offers a wrong choice, no more.
 */

import { loadTexts, t } from "./i18n/index.js";

/** @import { CSVColumn, CSVOptions, CSVPreview, Dataset, PlaygroundError } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Parameters } from "./notices.js" */

/**
 * @typedef {object} Reading
 * @property {CSVPreview | null} preview null where the text is no table
 * @property {Dataset} [dataset] where the text could be read
 * @property {number} [positives] rows of class 1
 * @property {{ key: string, parameters: Parameters }} [error] where it could not
 * @property {number} [line] that the error speaks of
 */

const errorTexts = {
  en: () => import("./i18n/en/csv-errors.js"),
  zh: () => import("./i18n/zh/csv-errors.js"),
};

/** So many missing values are named; all are counted. */
const NAMED = 4;

/**
 * What comes of a text that is read with these options.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {string} text
 * @param {CSVOptions} options
 * @returns {Promise<Reading>}
 */
export async function readCSV(source, text, options) {
  /** @type {CSVPreview | null} */
  let preview = null;
  try {
    preview = await source.previewCSV(text, options);
    const dataset = await source.parseCSV(text, options);
    const positives = dataset.targets.data.reduce((sum, target) => sum + target, 0);
    return { preview, dataset, positives };
  } catch (thrown) {
    const { message, path = "" } = /** @type {PlaygroundError} */ (thrown);
    const line = Number(/^line (\d+)/.exec(path)?.[1]) || undefined;
    return { preview, error: await explained(preview, options, message, path), line };
  }
}

/**
 * An error in the page's own words where it is one that every second table has.
 *
 * @param {CSVPreview | null} preview
 * @param {CSVOptions} options
 * @param {string} message
 * @param {string} path
 */
async function explained(preview, options, message, path) {
  const column = preview && preview.columns[labelOf(preview, options)];
  if (column && column.values.length > 0 && path === "positive" && !options.positive) {
    const parameters = { name: column.name, labels: column.values.length };
    return { key: "csv.several_labels", parameters };
  }
  const missing = preview ? missingValues(preview, options) : null;
  if (missing && missing.count > 0 && preview?.missing.some(({ place }) => place === path)) {
    return { key: "csv.missing", parameters: missing };
  }
  const [{ textOfError }] = await Promise.all([import("./csv-errors.js"), loadTexts(errorTexts)]);
  const at = placeText(path);
  return { key: at ? "csv.error_at" : "csv.error", parameters: { message: textOfError(message), path: at } };
}

/** A place in the text, as the core names it; nothing for the name of an option, of which the message tells. @param {string} path */
function placeText(path) {
  const [, line, column] = /^line (\d+)(?:, column (\d+))?$/.exec(path) ?? [];
  if (!line) return null;
  return column ? { key: "csv.place", parameters: { line, column } } : { key: "csv.place_line", parameters: { line } };
}

/** The label's column, counted from 0. @param {CSVPreview} preview @param {CSVOptions} options */
export function labelOf({ columns }, { label }) {
  return typeof label === "number" ? label : columns.length - 1;
}

/**
 * Whether each column is read: as an input or as the label.
 *
 * @param {CSVPreview} preview
 * @param {CSVOptions} options
 */
export function readColumns(preview, options) {
  const label = labelOf(preview, options);
  const { features } = options;
  return preview.columns.map((_, column) => column === label || (features?.includes(column) ?? true));
}

/** @param {ReturnType<typeof placeText>} place */
const spoken = (place) => (place ? t(place.key, place.parameters) : "");

/**
 * The missing values in the columns that are read: how many, and where the first ones are.
 *
 * @param {CSVPreview} preview
 * @param {CSVOptions} options
 */
export function missingValues(preview, options) {
  const isRead = readColumns(preview, options);
  const count = preview.columns.reduce((sum, { missing }, column) => sum + (isRead[column] ? missing : 0), 0);
  const places = preview.missing.filter(({ column }) => isRead[column]).slice(0, NAMED)
    .map(({ column, place }) => `${spoken(placeText(place))} (${preview.columns[column].name})`);
  return { count, places: `${places.join("; ")}${count > places.length ? "; …" : ""}` };
}

/**
 * What a column holds, as the key of a text.
 *
 * @param {CSVColumn} column
 */
export function kindOf({ numbers, words, values }) {
  if (numbers + words === 0) return "csv.kind.empty";
  if (values.length === 1) return "csv.kind.constant";
  if (words === 0) return values.length === 2 ? "csv.kind.two_numbers" : "csv.kind.numbers";
  if (values.length > 1) return "csv.kind.labels";
  return numbers === 0 ? "csv.kind.words" : "csv.kind.mixed";
}

/** Two words, or two numbers that people write for no and yes. @param {CSVColumn} column */
function isBinary({ words, values }) {
  if (values.length !== 2) return false;
  return words > 0 || ["0 1", "1 2", "-1 1"].includes(values.map(Number).sort((a, b) => a - b).join(" "));
}

/** A few words. @param {CSVColumn} column */
const isNominal = ({ numbers, words, values }) => words > numbers && values.length > 1;

/**
 * The column that is the label, most likely: the last one if it has two classes, else the last one
 * that has, of words rather than of numbers; else the last one with a few words; else the last one.
 *
 * @param {CSVPreview} preview
 */
export function likelyLabel({ columns }) {
  const last = columns.length - 1;
  /** @type {((column: CSVColumn) => boolean)[]} */
  const signs = [(column) => isBinary(column) && column.words > 0, isBinary, isNominal];
  if (isBinary(columns[last])) return last;
  const found = signs.map((sign) => columns.findLastIndex(sign)).find((column) => column >= 0);
  return found ?? last;
}

/**
 * The columns that can be inputs beside this label: those of numbers, where a few words are mistakes
 * to be put right; none where that is all others, as the state has it.
 *
 * @param {CSVPreview} preview
 * @param {number} label
 */
export function likelyFeatures({ columns }, label) {
  const others = columns.map((_, column) => column).filter((column) => column !== label);
  const numeric = others.filter((column) => columns[column].numbers > columns[column].words);
  return numeric.length === others.length ? [] : numeric;
}
