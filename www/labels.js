/** Labels: what each is called, what is set for each of them, and the subsets that they make. */
import { hasText, t } from "./i18n/index.js";

/** A list with a number for each label; of fewer the first counts for all that have none. @param {readonly number[]} list @param {number} labels */
export const ofEachLabel = (list, labels) => Array.from({ length: labels }, (_, k) => list[k] ?? list[0]);

/** @param {string} name of a label or a feature, as the data set has it */
export function nameOf(name) {
  const key = `multilabel.name.${name}`;
  return hasText(key) ? t(key) : name;
}

/**
 * The labels of a row as bits, the first being the lowest.
 *
 * @param {ArrayLike<number>} values
 * @param {number} start where the row's begin
 * @param {ArrayLike<number>} thresholds one for each label, from which on a row has it
 */
export function subsetOf(values, start, thresholds) {
  let bits = 0;
  for (let k = 0; k < thresholds.length; k += 1) if (values[start + k] >= thresholds[k]) bits |= 1 << k;
  return bits;
}

/** The labels of a subset. @param {number} bits @param {number} labels @returns {number[]} */
export const labelsOf = (bits, labels) => Array.from({ length: labels }, (_, k) => k).filter((k) => bits & (1 << k));

/** What a subset is called. @param {number} bits @param {readonly string[]} names of all labels */
export function subsetName(bits, names) {
  const those = labelsOf(bits, names.length).map((k) => nameOf(names[k]));
  return those.length > 0 ? those.join(" + ") : t("multilabel.no_label");
}

/** The thresholds of true labels, which are 0 and 1. @param {number} labels */
export const halves = (labels) => new Array(labels).fill(0.5);
