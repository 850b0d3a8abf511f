/** The core's ROC and precision-recall curves in one form: points by rising x, each with its threshold. */

/** @import { BinaryMetrics } from "bce-playground" */

/**
 * @typedef {object} RankingCurve
 * @property {number[]} x
 * @property {number[]} y
 * @property {number[]} thresholds from which on class 1 is predicted
 * @property {[number, number]} dot where the threshold of the page stands
 * @property {[number, number]} baseline what guessing gives: y at x = 0 and at x = 1
 */

/** @param {BinaryMetrics} metrics @returns {RankingCurve} */
export function rocCurve({ roc, fpr, recall }) {
  return { x: roc.fpr, y: roc.tpr, thresholds: roc.thresholds, dot: [fpr, recall], baseline: [0, 1] };
}

/** @param {BinaryMetrics} metrics @returns {RankingCurve} */
export function prCurve({ pr, precision, recall, tp, fp, tn, fn }) {
  const positives = (tp + fn) / (tp + fp + tn + fn);
  return {
    x: pr.recall.toReversed(),
    y: pr.precision.toReversed(),
    // The point of recall 0 and precision 1 stands for predicting nothing.
    thresholds: [...pr.thresholds, Infinity].reverse(),
    dot: tp + fp === 0 ? [0, 1] : [recall, precision],
    baseline: [positives, positives],
  };
}

/**
 * The point nearest to a place, both in the curve's own units.
 *
 * @param {RankingCurve} curve
 * @param {number} x
 * @param {number} y
 */
export function nearestPoint(curve, x, y) {
  let nearest = 0;
  let least = Infinity;
  curve.x.forEach((each, k) => {
    const distance = (each - x) ** 2 + (curve.y[k] - y) ** 2;
    if (distance < least) [least, nearest] = [distance, k];
  });
  return nearest;
}
