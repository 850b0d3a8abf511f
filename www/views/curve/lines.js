/** The lines of the loss chart: which columns of the curve they are, smoothed or as recorded. */

/** @import { Curve as Columns } from "bce-playground/client" */
/** @import { Curve } from "../../curve.js" */
/** @import { Values } from "../../fields.js" */

/**
 * @typedef {object} Line
 * @property {string} id
 * @property {string} label the key of its text
 * @property {string} colour a token
 * @property {number} width
 * @property {number[]} [dash]
 * @property {"y" | "share"} scale
 * @property {(keyof Columns)[]} columns one, or two of which it is the difference
 */

/** @type {Line[]} */
export const LOSSES = [
  { id: "train", label: "part.train", colour: "--train", width: 2.2, scale: "y", columns: ["eval_loss"] },
  { id: "test", label: "part.test", colour: "--test", width: 1.8, dash: [6, 3], scale: "y",
    columns: ["test_loss"] },
];

/** Where the training data are not evaluated, their line is the mean of the batches' losses. @type {Line[]} */
const AS_TRAINED = [{ ...LOSSES[0], columns: ["train_loss"] }, LOSSES[1]];

/**
 * The loss on the training data: as it was evaluated, else as it was trained.
 *
 * @param {Pick<Columns, "eval_loss" | "train_loss">} columns
 */
export const trainColumn = ({ eval_loss, train_loss }) => (eval_loss.some(Number.isFinite) ? eval_loss : train_loss);

/** What training minimises: the mean of the batches' losses, as PyTorch's loop would print it. @type {Line[]} */
const DATA = [
  { id: "data", label: "curve.line.data", colour: "--loss-data", width: 1.4, scale: "y", columns: ["train_loss"] },
];

/** And what the penalty adds to it. @type {Line[]} */
const PENALTY = [
  { id: "penalty", label: "curve.line.penalty", colour: "--loss-penalty", width: 1.4, dash: [4, 3], scale: "y",
    columns: ["train_objective", "train_loss"] },
  { id: "objective", label: "curve.line.objective", colour: "--loss-penalty", width: 1.4, scale: "y",
    columns: ["train_objective"] },
];

/** @type {Line[]} */
const ACCURACY = [
  { id: "train-accuracy", label: "curve.line.train_accuracy", colour: "--train", width: 1.2, dash: [1.5, 2.5],
    scale: "share", columns: ["accuracy"] },
  { id: "test-accuracy", label: "curve.line.test_accuracy", colour: "--test", width: 1.2, dash: [1.5, 2.5],
    scale: "share", columns: ["test_accuracy"] },
];

/** The lines that these values ask for. @param {Values} values @param {Curve} curve */
export function linesFor({ task, show_parts, show_accuracy, penalty }, curve) {
  return [
    ...(task === "detection" ? AS_TRAINED : LOSSES),
    ...(show_parts ? DATA : []),
    ...(show_parts && (penalty !== "none" || penalised(curve)) ? PENALTY : []),
    ...(show_accuracy ? ACCURACY : []),
  ];
}

/** Whether there was a penalty earlier in the run. @param {Curve} curve */
function penalised(curve) {
  const data = curve.column("train_loss");
  return curve.column("train_objective").some((objective, k) => objective > data[k]);
}

/**
 * A moving mean that forgets by `weight` with every recorded point, and is not drawn towards 0 in the
 * beginning (as TensorBoard's and Adam's). What is not finite is passed over.
 *
 * @param {number} weight 0 … 1
 */
export function createMean(weight) {
  let sum = 0;
  let weights = 0;
  return (/** @type {number} */ value) => {
    if (!Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    weights = weight * weights + (1 - weight);
    return sum / weights;
  };
}

/** A whole column, smoothed. @param {ArrayLike<number>} column @param {number} weight */
export const smoothed = (column, weight) => Float64Array.from(column, createMean(weight));

/** Value number k of a line. @param {Curve} curve @param {Line} line @param {number} k */
export function valueAt(curve, { columns: [whole, part] }, k) {
  const value = curve.column(whole)[k];
  return part ? value - curve.column(part)[k] : value;
}

/**
 * The lines' points in the form that uPlot takes, where null is a gap. Only what is new is computed.
 *
 * @param {Curve} curve
 * @param {Line[]} lines
 * @param {{ smoothing: number, log: boolean }} how
 */
export function createPoints(curve, lines, { smoothing, log }) {
  /** @type {(number | null)[][]} */
  const raw = lines.map(() => []);
  /** @type {(number | null)[][]} */
  const smooth = smoothing > 0 ? lines.map(() => []) : [];
  let means = lines.map(() => createMean(smoothing));
  let length = 0;
  let { cuts } = curve;

  /** A logarithm has no place for 0, and no line for what is not finite. @param {number} value @param {Line} line */
  const drawable = (value, { scale }) => (
    Number.isFinite(value) && !(log && scale === "y" && value <= 0) ? value : null
  );

  return {
    /** One column a line, the smoothed ones after the recorded ones. */
    get columns() {
      return [...raw, ...smooth];
    },

    /** Takes over what the curve has more, or less; tells whether that is anything. */
    update() {
      if (cuts === curve.cuts && length === curve.length) return false;
      if (cuts !== curve.cuts) {
        length = 0;
        for (const column of [...raw, ...smooth]) column.length = 0;
        means = lines.map(() => createMean(smoothing));
      }
      for (const [n, line] of lines.entries()) {
        for (let k = length; k < curve.length; k += 1) {
          const value = valueAt(curve, line, k);
          raw[n].push(drawable(value, line));
          if (smoothing > 0) smooth[n].push(drawable(means[n](value), line));
        }
      }
      ({ cuts, length } = curve);
      return true;
    },
  };
}

/** What is looked at for numbers that are none. @type {(keyof Columns)[]} */
const WATCHED = ["eval_loss", "test_loss"];

/**
 * Where a loss stops being finite: the first point of each stretch. A column that begins with NaN
 * has no data to be computed from.
 *
 * @param {Curve} curve
 * @returns {{ epoch: number, text: string }[]}
 */
export function nonFinite(curve) {
  const epochs = curve.column("epoch");
  /** @type {Map<number, string>} */
  const found = new Map();
  for (const name of WATCHED) {
    const column = curve.column(name);
    for (let k = 1; k < column.length; k += 1) {
      if (!Number.isFinite(column[k]) && Number.isFinite(column[k - 1])) {
        found.set(epochs[k], Number.isNaN(column[k]) ? "NaN" : "∞");
      }
    }
  }
  return [...found].map(([epoch, text]) => ({ epoch, text }));
}
