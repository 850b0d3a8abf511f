// Data sets: made, shipped, or read from a CSV; and how one is divided for training.

import type { Tensor } from "./index.js";

export interface Dataset {
  name: string;
  /** (rows, features) */
  inputs: Tensor;
  /**
   * (rows, 1): 0 or 1; of several classes (rows, classes), a single 1 in each row; of several labels
   * (rows, labels), any number of ones
   */
  targets: Tensor;
  feature_names: string[];
  /** What 0 and what 1 means, (negative, positive); of several classes or labels their names. */
  target_names: string[];
  /** Where shipped data comes from. */
  source?: string;
  licence?: string;
}

/** `"blobs"`: five classes, one of them in the middle of the others; it takes no `ratio`. */
export type MadeDataset =
  | "circle" | "xor" | "gauss" | "spiral" | "moons" | "blobs" | MultilabelDataset;

/**
 * Sets of three labels, of which a row has none, one or several; they take no `ratio`.
 * `"overlapping_regions"`: points in the plane, and which of three overlapping discs they lie in.
 * `"health_reports"`: made-up reports of age (years), systolic blood pressure (mmHg), fasting glucose and
 * total cholesterol (mmol/L) and body mass index (kg/m²), with labels that depend on each other:
 * hypertension, high blood sugar, high blood lipids; `noise` is the error of measurement, labels stay.
 */
export type MultilabelDataset = "overlapping_regions" | "health_reports";
export type ShippedDataset = "iris" | "breast_cancer";

export interface MakeOptions {
  /** Default 500. */
  n_samples?: number;
  /** 0 to 50, TensorFlow Playground's percent. Default 0. */
  noise?: number;
  /** Share of positives. Default 0.5. */
  ratio?: number;
  /** Default 1. */
  seed?: number;
}

export interface CSVOptions {
  /** Default `"auto"`. */
  header?: "auto" | boolean;
  /** Default `"auto"`. */
  delimiter?: "auto" | "," | ";" | "\t";
  /**
   * Default `"auto"`: a comma, if the cells are cut by something else and more of them are numbers
   * with a comma than with a point. Cells like `1,500` do not count.
   */
  decimal?: "auto" | "." | ",";
  /** The label's column, by name or by index from 0. Default: the last. */
  label?: string | number;
  /** The columns that are inputs, counted from 0. Default: all but the label's. */
  features?: number[];
  /**
   * What becomes of rows in which a value is missing: an error, left out, or kept, with NaN for
   * split() to impute. A label that is missing cannot be kept. Default `"refuse"`.
   */
  missing?: "refuse" | "drop" | "keep";
  /** The label that counts as positive. Default: chosen by the reader. */
  positive?: string;
}

/** What the text of a CSV looks like, before somebody says which column is what. */
export interface CSVPreview {
  delimiter: "," | ";" | "\t";
  /** Whether the first row holds names. */
  header: boolean;
  decimal: "." | ",";
  /** Rows of data. */
  rows: number;
  columns: CSVColumn[];
  /** The cells of the first rows of data. */
  first_rows: string[][];
  /** Where there is no value: the column, and the place as an error names it; the first hundred. */
  missing: { column: number; place: string }[];
}

export interface CSVColumn {
  name: string;
  /** Cells that are numbers. */
  numbers: number;
  /** Cells that are something else. */
  words: number;
  /** Cells without a value. */
  missing: number;
  /** The different texts, in the order of the rows; empty if there are more than twenty. */
  values: string[];
}

/**
 * A derived input: parseFormula() of "bce-playground/formula" makes it of a text. It is computed in
 * float64, the same on every host, and rounded to float32.
 */
export interface Formula {
  /** What a person reads: `"x1 * x2"`. */
  name: string;
  /**
   * In postfix order: numbers, `"x1"` (the first column), …, `"+"`, `"-"`, `"*"`, `"/"`, `"^"`,
   * `"min"`, `"max"` of two, `"neg"` (the sign), `"sin"`, `"cos"`, `"tanh"`, `"exp"`, `"log"`,
   * `"sqrt"`, `"abs"` of one.
   */
  program: (number | string)[];
}

export interface SplitOptions {
  /** The training part's share. Default 0.5. */
  train_size?: number;
  /** Default 1. */
  seed?: number;
  /** Whether both parts have the whole's share of positives. Default true. */
  stratify?: boolean;
  /** Whether inputs that are NaN get the training part's mean of their feature. Default false. */
  impute?: boolean;
  /** By the training part's mean and standard deviation. Default false. */
  standardize?: boolean;
  /**
   * The share of labels that are flipped, in both parts: exactly so many of the data set, chosen by
   * the seed, and more noise flips more of the same. Default 0.
   */
  label_noise?: number;
  /** Training targets t become t (1 − s) + s / 2; test targets stay. Default 0. */
  label_smoothing?: number;
}

/** Goes into a Trainer as it is. */
export interface Split {
  inputs: Tensor;
  targets: Tensor;
  /** Null where every row is for training. */
  test_inputs: Tensor | null;
  test_targets: Tensor | null;
  /**
   * Of the training part, for each feature; null unless standardised. A constant column's std is 1.
   */
  mean: Float32Array | null;
  std: Float32Array | null;
  /** Row numbers of the data set. */
  train_rows: Uint32Array;
  test_rows: Uint32Array;
}
