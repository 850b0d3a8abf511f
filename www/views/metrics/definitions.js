/**
 * The numbers of classification: each with its formula, the formula with its counts filled in, and
 * what makes it undefined. The values are the core's; where it gives scikit-learn's 0 for a ratio
 * without a denominator, the page says why there is none.
 *
 * Texts: `metric.<name>` is the name, `metric.<name>.help` the sentence.
 */
import { formatDecimal, formatLoss } from "../../format.js";

/** @import { BinaryMetrics } from "bce-playground" */

/** @typedef {"accuracy" | "balanced_accuracy" | "precision" | "recall" | "specificity" | "f1" | "mcc"
 *   | "roc_auc" | "average_precision" | "log_loss" | "brier" | "ece" | "mce"} MetricName */

/**
 * @typedef {object} Definition
 * @property {string} known_as what scikit-learn calls it; a name of its own where it does not have it
 * @property {(metrics: BinaryMetrics) => number} value
 * @property {string} formula
 * @property {(metrics: BinaryMetrics) => string} [filled] the formula with its numbers
 * @property {((metrics: BinaryMetrics) => Missing | null)[]} needs what it does not exist without
 * @property {(value: number) => string} [format]
 */
/** @typedef {"positives" | "negatives" | "predicted_positives" | "predicted_negatives"} Missing */

/** @type {(metrics: BinaryMetrics) => Missing | null} */
const positives = ({ tp, fn }) => (tp + fn === 0 ? "positives" : null);
/** @type {(metrics: BinaryMetrics) => Missing | null} */
const negatives = ({ tn, fp }) => (tn + fp === 0 ? "negatives" : null);
/** @type {(metrics: BinaryMetrics) => Missing | null} */
const predictedPositives = ({ tp, fp }) => (tp + fp === 0 ? "predicted_positives" : null);
/** @type {(metrics: BinaryMetrics) => Missing | null} */
const predictedNegatives = ({ tn, fn }) => (tn + fn === 0 ? "predicted_negatives" : null);

/** @param {BinaryMetrics} metrics */
const samples = ({ tp, fp, tn, fn }) => tp + fp + tn + fn;

/** @type {Record<MetricName, Definition>} */
export const definitions = {
  accuracy: {
    known_as: "accuracy_score",
    value: ({ accuracy }) => accuracy,
    formula: "(TP + TN) / n",
    filled: (metrics) => `(${metrics.tp} + ${metrics.tn}) / ${samples(metrics)}`,
    needs: [],
  },
  balanced_accuracy: {
    known_as: "balanced_accuracy_score",
    value: ({ balanced_accuracy }) => balanced_accuracy,
    formula: "½ TP / (TP + FN) + ½ TN / (TN + FP)",
    filled: ({ tp, fn, tn, fp }) => `½ ${tp} / (${tp} + ${fn}) + ½ ${tn} / (${tn} + ${fp})`,
    needs: [positives, negatives],
  },
  precision: {
    known_as: "precision_score",
    value: ({ precision }) => precision,
    formula: "TP / (TP + FP)",
    filled: ({ tp, fp }) => `${tp} / (${tp} + ${fp})`,
    needs: [predictedPositives],
  },
  recall: {
    known_as: "recall_score",
    value: ({ recall }) => recall,
    formula: "TP / (TP + FN)",
    filled: ({ tp, fn }) => `${tp} / (${tp} + ${fn})`,
    needs: [positives],
  },
  specificity: {
    known_as: "recall_score(pos_label=0)",
    value: ({ specificity }) => specificity,
    formula: "TN / (TN + FP)",
    filled: ({ tn, fp }) => `${tn} / (${tn} + ${fp})`,
    needs: [negatives],
  },
  f1: {
    known_as: "f1_score",
    value: ({ f1 }) => f1,
    formula: "2 TP / (2 TP + FP + FN)",
    filled: ({ tp, fp, fn }) => `2 · ${tp} / (2 · ${tp} + ${fp} + ${fn})`,
    needs: [(metrics) => positives(metrics) && predictedPositives(metrics)],
  },
  mcc: {
    known_as: "matthews_corrcoef",
    value: ({ mcc }) => mcc,
    formula: "(TP · TN − FP · FN) / √((TP + FP) (TP + FN) (TN + FP) (TN + FN))",
    filled: ({ tp, fp, tn, fn }) => `(${tp} · ${tn} − ${fp} · ${fn}) / `
      + `√(${tp + fp} · ${tp + fn} · ${tn + fp} · ${tn + fn})`,
    needs: [positives, negatives, predictedPositives, predictedNegatives],
  },
  roc_auc: {
    known_as: "roc_auc_score",
    value: ({ roc_auc }) => roc_auc,
    formula: "P(p₊ > p₋) + ½ P(p₊ = p₋)",
    needs: [positives, negatives],
  },
  average_precision: {
    known_as: "average_precision_score",
    value: ({ average_precision }) => average_precision,
    formula: "Σₖ (Rₖ − Rₖ₋₁) · Pₖ",
    needs: [positives],
  },
  log_loss: {
    known_as: "BCELoss",
    value: ({ log_loss_torch_bce }) => log_loss_torch_bce,
    formula: "−1/n · Σᵢ (yᵢ ln pᵢ + (1 − yᵢ) ln(1 − pᵢ))",
    format: formatLoss,
    needs: [],
  },
  brier: {
    known_as: "brier_score_loss",
    value: ({ brier }) => brier,
    formula: "1/n · Σᵢ (pᵢ − yᵢ)²",
    format: formatLoss,
    needs: [],
  },
  ece: {
    known_as: "ECE",
    value: ({ calibration }) => calibration.ece_positive_class,
    formula: "Σₖ nₖ/n · |p̄ₖ − ȳₖ|",
    needs: [],
  },
  mce: {
    known_as: "MCE",
    value: ({ calibration }) => calibration.mce_positive_class,
    formula: "maxₖ |p̄ₖ − ȳₖ|",
    needs: [],
  },
};

/**
 * What is missing for a number to exist; null where it does.
 *
 * @param {MetricName} name
 * @param {BinaryMetrics} metrics
 */
export function missing(name, metrics) {
  return definitions[name].needs.map((need) => need(metrics)).find(Boolean) ?? null;
}

/**
 * The number as it is shown: three decimals, and no number where there is none.
 *
 * @param {MetricName} name
 * @param {BinaryMetrics} metrics
 */
export function shownValue(name, metrics) {
  if (missing(name, metrics)) return "–";
  const { value, format = (/** @type {number} */ number) => formatDecimal(number, 3) } = definitions[name];
  return format(value(metrics));
}
