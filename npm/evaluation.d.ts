// What `metrics` gives. Everything is float64, and every value scikit-learn's unless it says
// otherwise. Rates, areas and errors are shares from 0 to 1 unless noted; a ratio without a denominator
// is 0 (scikit-learn's `zero_division=0`), and NaN is there only where it is said.

import type { NumberArray, TensorInput } from "./index.js";

/** How good predictions are, as scikit-learn counts. */
export interface Metrics {
  /**
   * One label: confusion matrix and what follows from it, curves, log loss, calibration.
   *
   * @param scores probabilities of 1, one a sample; the numbers stay float64
   * @param labels as many, 0 or 1
   * @throws PlaygroundError `ValueError`: numbers of samples that differ, none at all, labels other
   *   than 0 and 1, scores outside [0, 1]; `TypeError`: what is not numbers
   * @example
   * const { tp, fp, recall, roc_auc } = metrics.binary([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
   * [tp, fp, recall, roc_auc]; // -> [1, 0, 0.5, 0.75]
   */
  binary(
    scores: NumberArray | TensorInput,
    labels: NumberArray | TensorInput,
    options?: MetricsOptions,
  ): BinaryMetrics;
  /**
   * Several labels a sample: each for itself, and averaged in scikit-learn's ways.
   *
   * @param scores (samples, labels); `number[]` data stays float64
   * @param labels of the same shape, 0 or 1
   * @throws PlaygroundError as binary(), and `ValueError`: another number of thresholds than one or
   *   one for each label
   * @example
   * const scores = { shape: [2, 3], data: [0.9, 0.2, 0.6, 0.3, 0.8, 0.1] };
   * const labels = { shape: [2, 3], data: [1, 0, 0, 0, 1, 1] };
   * const { average, subset_accuracy } = metrics.multilabel(scores, labels);
   * average.micro.precision; // -> 0.6667
   * subset_accuracy; // -> 0
   * metrics.multilabel(scores, labels, { threshold: [0.5, 0.5, 0.7] }).subset_accuracy; // -> 0.5
   */
  multilabel(
    scores: TensorInput,
    labels: TensorInput,
    options?: MultilabelOptions,
  ): MultilabelMetrics;
  /**
   * How many samples have both of two labels: `[i][j]`, on the diagonal how many have the label. A
   * sample has a label whose score is at least the threshold: so true labels, 0 and 1, are counted as
   * they are, and predicted ones by their probabilities. For labels Y it is the matrix Yᵀ Y.
   *
   * @param scores (samples, labels)
   * @throws PlaygroundError `ValueError`: another number of thresholds than one or one for each label
   * @example
   * const labels = { shape: [3, 2], data: [1, 1, 1, 0, 0, 0] };
   * metrics.coOccurrence(labels); // -> [[2, 1], [1, 1]]
   */
  coOccurrence(scores: TensorInput, options?: Pick<MultilabelOptions, "threshold">): number[][];
  /**
   * Classes of which each sample has exactly one. The class of the largest score is predicted, the
   * first of equals; the scores of a sample need not sum to 1.
   *
   * @param scores (samples, classes); `number[]` data stays float64
   * @param labels of the same shape, one-hot
   * @throws PlaygroundError as binary(), and `ValueError`: labels that are not one-hot
   * @example
   * const scores = { shape: [3, 3], data: [0.7, 0.2, 0.1, 0.2, 0.3, 0.5, 0.1, 0.1, 0.8] };
   * const labels = { shape: [3, 3], data: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
   * const { confusion, average } = metrics.multiclass(scores, labels);
   * confusion; // -> [[1, 0, 0], [0, 0, 1], [0, 0, 1]]
   * average.macro.recall; // -> 0.6667
   */
  multiclass(scores: TensorInput, labels: TensorInput): MulticlassMetrics;
}

/** How scores become predictions, and how finely calibration looks. */
export interface MetricsOptions {
  /** Positive is predicted where score >= threshold; any number but NaN. Default 0.5. */
  threshold?: number;
  /** Calibration bins, 1 to 1000. Default 10. */
  bins?: number;
}

/** As MetricsOptions, of several labels. */
export interface MultilabelOptions extends Omit<MetricsOptions, "threshold"> {
  /** One for all labels, or a list with one for each. Default 0.5. */
  threshold?: number | number[];
}

/** The confusion matrix: numbers of samples, or of elements where labels are taken together. */
export interface ConfusionCounts {
  /** Positives predicted positive. */
  tp: number;
  /** Negatives predicted positive. */
  fp: number;
  /** Negatives predicted negative. */
  tn: number;
  /** Positives predicted negative. */
  fn: number;
}

/** The harmonic mean and its parts. */
export interface PrecisionRecallF1 {
  /** tp / (tp + fp); 0 where nothing is predicted positive. */
  precision: number;
  /** tp / (tp + fn), the true positive rate; 0 without positives. */
  recall: number;
  /** 2 tp / (2 tp + fp + fn); 0 where there is no positive, neither predicted nor true. */
  f1: number;
}

/** What follows from the confusion matrix at one threshold. */
export interface ThresholdMetrics extends ConfusionCounts, PrecisionRecallF1 {
  /** As it was given. */
  threshold: number;
  /** (tp + tn) / samples. */
  accuracy: number;
  /** tn / (tn + fp), the true negative rate; 0 without negatives. */
  specificity: number;
  /** fp / (tn + fp), the false positive rate; 0 without negatives. */
  fpr: number;
  /** The mean of recall and specificity; a missing class counts as 0, unlike scikit-learn's. */
  balanced_accuracy: number;
  /** Matthews' correlation coefficient, −1 to 1; 0 where a row or column of the matrix is empty. */
  mcc: number;
}

/** ROC points, from (0, 0) to (1, 1): one more than there are distinct scores. */
export interface RocCurve {
  /** False positive rates; all NaN without negatives. */
  fpr: number[];
  /** True positive rates; all NaN without positives. */
  tpr: number[];
  /** Falling; the first is Infinity, where nothing is predicted positive. */
  thresholds: number[];
}

/** Precision-recall points, recall falling to 0. Never NaN. */
export interface PrecisionRecallCurve {
  /** tp / (tp + fp); the last, 1, has no threshold. */
  precision: number[];
  /** tp / positives, the last 0; all but the last are 1 without positives. */
  recall: number[];
  /** Every distinct score, rising: one fewer than the points. */
  thresholds: number[];
}

/** A bin of calibration that holds samples. */
export interface CalibrationBin {
  /** Its number, from 0: scores from bin / bins to (bin + 1) / bins, the last with 1. */
  bin: number;
  /** Samples in it, at least 1. */
  count: number;
  /** The mean of their scores. */
  mean_score: number;
  /** The share of positives among them. */
  positive_fraction: number;
}

/** Whether a probability of 0.8 comes true in 80 % of cases. Never NaN. */
export interface Calibration {
  /** How many bins there are, empty ones too. */
  bins: number;
  /** Expected calibration error: |mean_score − positive_fraction| of a sample's bin, on average. */
  ece_positive_class: number;
  /** Maximum calibration error: the largest of these. */
  mce_positive_class: number;
  /** The same mean for max(p, 1 − p) against the share of right predictions at 0.5. */
  ece_confidence: number;
  /** The bins that hold samples. */
  filled: CalibrationBin[];
}

/** What metrics.binary gives. */
export interface BinaryMetrics extends ThresholdMetrics {
  /** Every distinct score. */
  roc: RocCurve;
  /** The same without points on a line between their neighbours, as roc_curve does by default. */
  roc_drop_intermediate: { fpr: number[]; tpr: number[] };
  /** The chance that a positive scores above a negative, ties half; NaN with one class only. */
  roc_auc: number;
  pr: PrecisionRecallCurve;
  /** Precision summed over the steps of recall, not the trapezium; 0 without positives. */
  average_precision: number;
  /** The mean of (score − label)². */
  brier: number;
  /** Mean log loss in nats, scores clipped by float64's epsilon: at most 36.04. */
  log_loss_sklearn: number;
  /** BCELoss in float64, in nats, logs clamped at −100: at most 100. */
  log_loss_torch_bce: number;
  calibration: Calibration;
}

/** One label of metrics.multilabel. */
export interface LabelMetrics extends ThresholdMetrics {
  /** NaN where the label has one class only. */
  roc_auc: number;
  /** 0 without positives. */
  average_precision: number;
  brier: number;
  /** In nats. */
  log_loss_torch_bce: number;
}

/** What metrics.multilabel gives. */
export interface MultilabelMetrics {
  /** As it was given. */
  threshold: number | number[];
  /** In the order of the columns. */
  per_label: LabelMetrics[];
  average: {
    /** All elements as one label. */
    micro: PrecisionRecallF1;
    /** The mean over labels. */
    macro: PrecisionRecallF1;
    /** The mean over labels, weighted by their positives; 0 without any. */
    weighted: PrecisionRecallF1;
    /** The mean over samples; missing where there is one label only. */
    samples?: PrecisionRecallF1;
  };
  roc_auc: {
    /** Of all elements as one label; NaN with one class only. */
    micro: number;
    /** The mean over labels; NaN as soon as one label has one class only. */
    macro_over_all: number;
    /** The mean over labels with both classes; NaN where there is none. */
    macro_over_defined: number;
  };
  average_precision: {
    /** Of all elements as one label. */
    micro: number;
    /** The mean over labels, of those without positives 0. */
    macro: number;
  };
  /** Share of samples with every label right. */
  subset_accuracy: number;
  /** Share of elements that are wrong. */
  hamming_loss: number;
  /** Share of elements that are right. */
  element_accuracy: number;
  /** Of all elements. */
  micro_confusion: ConfusionCounts;
  /** Over all elements. */
  brier: number;
  /** Over all elements, in nats. */
  log_loss_torch_bce: number;
  /** Of all elements as one label. */
  calibration_micro: Calibration;
}

/** One class of metrics.multiclass, against all others. */
export interface ClassMetrics extends PrecisionRecallF1 {
  /** Samples of this class. */
  support: number;
}

/** What metrics.multiclass gives. */
export interface MulticlassMetrics {
  samples: number;
  /** Samples of class i that are taken for class j: `confusion[i][j]`. */
  confusion: number[][];
  /** Share of samples whose class is right. */
  accuracy: number;
  /** The mean recall of the classes; one without samples counts as 0. */
  balanced_accuracy: number;
  /** In the order of the columns. */
  per_class: ClassMetrics[];
  average: {
    /** The mean over classes. */
    macro: PrecisionRecallF1;
    /** The mean over classes, weighted by their samples. */
    weighted: PrecisionRecallF1;
  };
}
