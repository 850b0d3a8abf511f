// Object detection as multi-label classification: made images, boxes on a grid, and how good they are.

import type { NumberArray, Tensor, TensorInput } from "./index.js";

/** Objects in images, in columns of one length. */
export interface ObjectsInput {
  /** (objects, 4): left, top, right, bottom in pixels from an image's upper left corner. */
  boxes: TensorInput;
  /** The number of each one's image. Default 0 for all. */
  images?: NumberArray | Uint32Array;
  /** The number of each one's class. Default 0 for all. */
  labels?: NumberArray | Uint32Array;
}

export interface DetectionsInput extends ObjectsInput {
  /** How sure each one is; whatever is not NaN. Default 0 for all. */
  scores?: NumberArray;
}

export interface Objects {
  images: Uint32Array;
  labels: Uint32Array;
  /** (objects, 4) */
  boxes: Tensor;
}

export interface Detections extends Objects {
  /** The probability of an object times that of its class, 0 to 1. */
  scores: Float64Array;
}

export interface MakeDetectionOptions {
  /** The number of images. Default 1000. */
  n_samples?: number;
  /**
   * The number of the first one: images with other numbers are others of the same seed, such as no
   * training has seen. Default 0.
   */
  first?: number;
  /** The standard deviation of a pixel in percent of full brightness, 0 to 50. Default 5. */
  noise?: number;
  /** The most lines and the most spots, which are no objects, in an image, 0 to 4. Default 2. */
  distractors?: number;
  /** Default 1. */
  seed?: number;
  /** Cells along a side of the grid that targets are coded on, 1 to 8. Default 4. */
  grid?: number;
}

/**
 * Grey images with one to four objects (discs, squares, triangles) of several sizes and brightnesses,
 * 6 to 11 pixels wide, that do not touch. It may be given to a Trainer as it is.
 */
export interface DetectionDataset {
  name: string;
  /** (n_samples, size²), row by row from the top: (brightness − mean) / std, brightness being 0 to 1. */
  inputs: Tensor;
  /** (n_samples, grid² · (1 + classes + 4)): see detection.encode(). */
  targets: Tensor;
  /** What is in the images, before it is coded. */
  objects: Objects;
  /** The classes' names: disc, square, triangle. */
  target_names: string[];
  grid: number;
  classes: number;
  /** The width and height of an image in pixels: 24. */
  size: number;
  mean: number;
  std: number;
}

export interface GridCoding {
  /** Cells along a side, 1 to 16. Default 4. */
  grid?: number;
  /** 1 to 32. Default 3. */
  classes?: number;
  /** The width and height of an image: what boxes are measured in. Default 24. */
  size?: number;
}

export interface Matching {
  /** A detection is right from this intersection over union on. Default 0.5. */
  iou_threshold?: number;
  /**
   * Precision at a recall is the best that is reached there or at a higher one: Pascal VOC's since
   * 2010, at all points. false: as it is, which is scikit-learn's average_precision_score.
   * Default true.
   */
  interpolated?: boolean;
}

export interface DetectOptions extends Matching {
  /** What is below is not found; average precision needs low scores too. Default 0.01. */
  score_threshold?: number;
  /** What overlaps a surer box of its class by more is not found, 0 to 1. Default 0.5. */
  nms_threshold?: number;
  /** As in GridCoding. */
  size?: number;
}

/** How well a class is found: its detections of all images, from the highest score down. */
export interface ClassPrecision {
  /** Objects that are there. */
  objects: number;
  /** The steps of recall times the precision at each, summed; NaN without objects. */
  average_precision: number;
  /** One for each distinct score: the share of the objects that is found down to it. */
  recall: number[];
  /** As many: the share of right ones among the detections, as it is. */
  precision: number[];
  /** Of each detection. */
  scores: number[];
  /**
   * Whether each detection is: the object of its class and image that it overlaps most is overlapped
   * enough, and no surer one has found it.
   */
  right: boolean[];
}

export interface AveragePrecision {
  classes: ClassPrecision[];
  /** mAP: the mean over the classes that have objects; NaN where none has. */
  mean_average_precision: number;
}

/** What a network finds, the surest first, and how good that is. */
export interface Detected extends Detections, AveragePrecision {}

export interface DetectionFunctions {
  /**
   * Targets for DetectionLoss. The cell that an object's centre lies in answers for it, the first of
   * several. A cell's numbers: 1 for an object, its class one-hot, and its box in cells: how far the
   * centre is to the right of and below the cell's upper left corner, width, height.
   *
   * @returns (n_samples, grid² · (1 + classes + 4)), cells row by row from the top
   * @throws PlaygroundError `ValueError`, with the path `"objects[3]"`: a class or an image beyond
   *   their numbers, a centre outside
   */
  encode(objects: ObjectsInput, options: GridCoding & { n_samples: number }): Tensor;
  /**
   * What a network finds: a box for each cell and class with a score of at least `score_threshold`
   * (default 0.5), after non-maximum suppression above `iou_threshold` (default 0.5).
   *
   * @param outputs (images, outputs) as predict() gives them: probabilities of labels, boxes as they are
   * @returns the surest first
   */
  decode(
    outputs: TensorInput,
    options?: GridCoding & { score_threshold?: number; iou_threshold?: number },
  ): Detections;
  /**
   * Intersection over union, torchvision's `box_iou`: 0 to 1.
   *
   * @param boxes (n, 4)
   * @param others (m, 4)
   * @returns (n, m)
   */
  iou(boxes: TensorInput, others: TensorInput): Tensor;
  /**
   * The numbers of the detections that stay, the surest first: those that overlap no surer one that
   * stays, of their image and class, by more than `iou_threshold` (default 0.5). torchvision's
   * `batched_nms`; of equal scores the earlier stays.
   */
  nonMaximumSuppression(
    detections: DetectionsInput,
    options?: { iou_threshold?: number },
  ): Uint32Array;
  /**
   * Average precision of each class, and its mean (Everingham et al., 2010). Equal scores are one
   * point, so that it does not depend on their order.
   */
  averagePrecision(
    detections: DetectionsInput,
    objects: ObjectsInput,
    options: Matching & { classes: number },
  ): AveragePrecision;
}
