/** What the classification views are saved as: pictures, and the numbers behind them. */
import { saveCSV, savePNG } from "../../export.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { definitions, missing, shownValue } from "./definitions.js";
import { histogram } from "./histogram.js";

/** @import { Column } from "../../export.js" */
/** @import { MetricName } from "./definitions.js" */
/** @import { Measured } from "./measurement.js" */

/**
 * One file on offer, of the view that is named by a selector: `metrics.file.<name>` is its text. A
 * picture has the values of `above` written over it.
 *
 * @typedef {Element & { picture: (measured: Measured, width: number, height: number) => HTMLCanvasElement }} Pictured
 * @typedef {{ name: string, view: string, title: () => string, above: MetricName[] }} PictureFile
 * @typedef {{ name: string, view: string, columns: (measured: Measured) => Record<string, Column> }} NumbersFile
 */

const names = /** @type {MetricName[]} */ (Object.keys(definitions));

/** Of pictures, in CSS pixels. @type {[number, number]} */
const SIZE = [720, 480];

const THRESHOLD = "bce-score-histogram";
const CONFUSION = "bce-confusion-matrix";
const ROC = "bce-ranking-curve[kind=roc]";
const PR = "bce-ranking-curve[kind=pr]";
const CALIBRATION = "bce-reliability";

/** @type {(PictureFile | NumbersFile)[]} */
export const files = [
  { name: "scores_png", view: THRESHOLD, title: () => `${t("field.threshold")} ${state.values.threshold}`,
    above: ["accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "mcc"] },
  { name: "confusion_png", view: CONFUSION, title: () => `${t("field.threshold")} ${state.values.threshold}`,
    above: ["accuracy", "precision", "recall", "specificity"] },
  { name: "confusion_csv", view: CONFUSION, columns: cells },
  { name: "histogram_csv", view: THRESHOLD, columns: bars },
  { name: "scores_csv", view: THRESHOLD, columns: ({ scores, labels }) => ({ label: labels, score: scores }) },
  { name: "metrics_csv", view: THRESHOLD, columns: numbers },
  { name: "roc_png", view: ROC, title: () => t("metrics.roc"), above: ["roc_auc"] },
  { name: "roc_csv", view: ROC, columns: ({ metrics: { roc } }) =>
    ({ threshold: roc.thresholds, fpr: roc.fpr, tpr: roc.tpr }) },
  { name: "pr_png", view: PR, title: () => t("metrics.pr"), above: ["average_precision"] },
  // The last point, of recall 0 and precision 1, has no threshold.
  { name: "pr_csv", view: PR, columns: ({ metrics: { pr } }) =>
    ({ threshold: pr.thresholds, recall: pr.recall, precision: pr.precision }) },
  { name: "calibration_png", view: CALIBRATION, title: () => t("choice.metrics_view.calibration"),
    above: ["ece", "mce", "brier", "log_loss"] },
  { name: "calibration_csv", view: CALIBRATION, columns: bins },
];

/** @param {Measured} measured */
function bars({ scores, labels }) {
  const { bins: count, counts } = histogram(scores, labels);
  const edges = Array.from({ length: count + 1 }, (_, k) => k / count);
  return { from: edges.slice(0, -1), to: edges.slice(1), class_0: counts[0], class_1: counts[1] };
}

/** A row for each cell. @param {Measured} measured */
function cells({ metrics: { tn, fp, fn, tp } }) {
  const [negatives, positives] = [tn + fp, fn + tp];
  /** @type {(count: number, all: number) => number | null} */
  const share = (count, all) => (all > 0 ? count / all : null);
  return {
    cell: ["tn", "fp", "fn", "tp"],
    true_class: [0, 0, 1, 1],
    predicted_class: [0, 1, 0, 1],
    count: [tn, fp, fn, tp],
    share_of_true_class: [share(tn, negatives), share(fp, negatives), share(fn, positives), share(tp, positives)],
  };
}

/** @param {Measured} measured */
function bins({ metrics: { calibration: { bins: count, filled } } }) {
  return {
    from: filled.map(({ bin }) => bin / count),
    to: filled.map(({ bin }) => (bin + 1) / count),
    count: filled.map((bin) => bin.count),
    mean_score: filled.map(({ mean_score }) => mean_score),
    positive_fraction: filled.map(({ positive_fraction }) => positive_fraction),
  };
}

/**
 * Every number with its name; where one does not exist, its place is empty and the reason beside it.
 *
 * @param {Measured} measured
 */
function numbers({ part, metrics }) {
  const { threshold, tn, fp, fn, tp } = metrics;
  const counts = { part, n: tn + fp + fn + tp, threshold, tn, fp, fn, tp };
  const reasons = names.map((name) => missing(name, metrics));
  return {
    metric: [...Object.keys(counts), ...names],
    value: [...Object.values(counts), ...names.map((name, k) => (reasons[k] ? null : definitions[name].value(metrics)))],
    undefined_because: [...Object.keys(counts).map(() => null),
      ...reasons.map((reason) => reason && t(`metrics.missing.${reason}`))],
  };
}

/**
 * Saves one of the files.
 *
 * @param {PictureFile | NumbersFile} file
 * @param {Measured} measured
 * @param {Pictured | null} view the file's, for a picture
 */
export function saveFile(file, measured, view) {
  const { part, metrics } = measured;
  const name = `${file.name.split("_")[0]}-${part}`;
  if ("columns" in file) {
    saveCSV(file.columns(measured), name);
  } else if (view) {
    const key = file.above.map((each) => ({ text: `${t(`metric.${each}`)} ${shownValue(each, metrics)}` }));
    savePNG(view.picture(measured, ...SIZE), name, { title: `${file.title()}, ${t(`part.${part}`)}`, key });
  }
}
