// Data sets for JavaScript: made by the core, read from a CSV, or shipped with the package. This
// file knows what is shipped, where it comes from, and nothing of how a CSV is read.

import { PlaygroundError } from "./errors.js";
import { isObject, options as optionsOf, programs, shown, tensor, typeError, valueError } from "./tensor.js";
import { call, raw } from "./wasm.js";

/** @import { datasets as Datasets } from "./index.js" */

/**
 * The shipped data: what `load` reads from its table, and what a page must say about it.
 *
 * @type {Record<string, { label: string, classes: string[], positive: string, source: string,
 *   licence: string }>}
 */
export const about = {
  iris: {
    label: "species",
    classes: ["setosa", "versicolor", "virginica"],
    positive: "virginica",
    source:
      "R. A. Fisher, The use of multiple measurements in taxonomic problems (1936); UCI Machine " +
      "Learning Repository, doi:10.24432/C56C76; scikit-learn's copy",
    licence: "CC BY 4.0",
  },
  breast_cancer: {
    label: "diagnosis",
    classes: ["benign", "malignant"],
    positive: "malignant",
    source:
      "W. H. Wolberg, W. N. Street, O. L. Mangasarian, Breast Cancer Wisconsin (Diagnostic) " +
      "(1995); UCI Machine Learning Repository, doi:10.24432/C5DW2B; scikit-learn's copy",
    licence: "CC BY 4.0",
  },
};

/**
 * @param {unknown} name
 * @returns {string} the name of a shipped data set
 */
export function shippedName(name) {
  if (typeof name !== "string") {
    throw typeError(`a data set's name must be a string, got ${shown(name)}`, "name");
  }
  if (Object.hasOwn(about, name)) return name;
  throw new PlaygroundError(
    "ValueError",
    `no shipped data set is called ${shown(name)}; there are ${Object.keys(about).join(", ")}`,
    "name",
  );
}

/** @param {unknown} text @returns {string} */
function csvText(text) {
  if (typeof text === "string") return text;
  throw typeError(`a CSV must be a string, got ${shown(text)}`, "text");
}

/**
 * @param {Record<string, string>} texts CSV of each shipped data set that is there already: all of
 *   them on the calling thread, those asked for so far in a worker
 * @returns {typeof Datasets}
 */
export function datasetsFrom(texts) {
  return {
    make(name, options) {
      if (typeof name !== "string") {
        throw typeError(`a data set's name must be a string, got ${shown(name)}`, "name");
      }
      return call(() => raw.datasetsMake(name, optionsOf(options)));
    },

    makeDetection(options) {
      return call(() => raw.datasetsMakeDetection(optionsOf(options)));
    },

    load(name, options) {
      const { label, classes, positive, source, licence } = about[shippedName(name)];
      const { positive: asked = positive, targets, ...unknown } = optionsOf(options);
      for (const key of Object.keys(unknown)) {
        const message = `unknown key "${key}": load takes positive or targets`;
        throw new PlaygroundError("ValueError", message, key);
      }
      const against = (/** @type {unknown} */ one) =>
        call(() => raw.datasetsParseCSV(texts[name], { header: true, label, positive: one }));
      if (targets === undefined) return { ...against(asked), name, source, licence };
      if (targets !== "one_hot") {
        throw valueError(`targets must be "one_hot", got ${shown(targets)}`, "targets");
      }
      const each = classes.map(against);
      const columns = each.map((dataset) => dataset.targets.data);
      return {
        ...each[0],
        ...{ name, source, licence, target_names: [...classes] },
        targets: oneHot(columns),
      };
    },

    previewCSV(text, options) {
      const checked = csvText(text);
      return call(() => raw.datasetsPreviewCSV(checked, optionsOf(options)));
    },

    parseCSV(text, options) {
      const checked = csvText(text);
      return call(() => raw.datasetsParseCSV(checked, optionsOf(options)));
    },

    features(inputs, formulas) {
      const rows = tensor(inputs, "inputs");
      const given = { formulas: programs(formulas) };
      const derived = call(() => raw.datasetsFeatures(rows, given));
      return { inputs: derived, feature_names: formulas.map(({ name }) => String(name)) };
    },

    balancedWeights(targets) {
      const column = tensor(targets, "targets");
      return call(() => raw.datasetsBalancedWeights(column));
    },

    oversample(dataset, options) {
      if (!isObject(dataset)) {
        throw typeError(`dataset must be an object, got ${shown(dataset)}`, "dataset");
      }
      const inputs = tensor(dataset.inputs, "inputs");
      const targets = tensor(dataset.targets, "targets");
      const rows = call(() => raw.datasetsOversample(targets, optionsOf(options)));
      return { inputs: taken(inputs, rows, "inputs"), targets: taken(targets, rows, "targets"), rows };
    },

    split(dataset, options) {
      if (!isObject(dataset)) {
        throw typeError(`dataset must be an object, got ${shown(dataset)}`, "dataset");
      }
      const inputs = tensor(dataset.inputs, "inputs");
      const targets = tensor(dataset.targets, "targets");
      return call(() => raw.datasetsSplit({ inputs, targets }, optionsOf(options)));
    },
  };
}

/**
 * @param {Float32Array[]} columns
 * @returns {{ shape: number[], data: Float32Array }} (rows, columns)
 */
function oneHot(columns) {
  const data = new Float32Array(columns[0].length * columns.length);
  columns.forEach((column, k) => column.forEach((x, row) => (data[row * columns.length + k] = x)));
  return { shape: [columns[0].length, columns.length], data };
}

/**
 * @param {{ shape: number[], data: Float32Array }} matrix
 * @param {Uint32Array} rows
 * @param {string} path
 * @returns {{ shape: number[], data: Float32Array }} those rows of it
 */
function taken({ shape: [count, columns = 1], data }, rows, path) {
  if (rows.some((row) => row >= count)) {
    throw new PlaygroundError("ValueError", `there are ${count} rows of ${path}, too few`, path);
  }
  const from = (/** @type {number} */ row) => data.subarray(row * columns, (row + 1) * columns);
  const result = new Float32Array(rows.length * columns);
  rows.forEach((row, k) => result.set(from(row), k * columns));
  return { shape: [rows.length, columns], data: result };
}
