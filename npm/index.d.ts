// Types of "bce-playground". Names, defaults and messages are PyTorch's; keys of data are in
// snake_case everywhere, functions and methods in camelCase.
//
// A missing key and an undefined one mean the default; `null` is Python's None. An unknown key, a
// wrong type or a size beyond the limits is a PlaygroundError whose `path` says where. The types of
// a configuration stand in config.d.ts, those of data sets in data.d.ts, what goes into training
// and comes out of it in training.d.ts, boxes in boxes.d.ts, options and results of losses in functional.d.ts, and those
// of metrics in evaluation.d.ts.
//
// The examples are run by the tests, after
//   import { … } from "bce-playground";
//   await init();
// and `// ->` is what the line gives, `…` standing for the keys that are left out.

import type {
  ActivationName,
  ActivationParams,
  Config,
  LossConfig,
  OptimizerConfig,
  SchedulerConfig,
} from "./config.js";
import type {
  CSVOptions,
  CSVPreview,
  Dataset,
  Formula,
  MadeDataset,
  MakeOptions,
  ShippedDataset,
  Split,
  SplitOptions,
} from "./data.js";
import type {
  DetectOptions,
  Detected,
  DetectionDataset,
  DetectionFunctions,
  MakeDetectionOptions,
} from "./boxes.js";
import type { Metrics } from "./evaluation.js";
import type {
  BCEOptions,
  BCEWithLogitsOptions,
  CrossEntropyOptions,
  FocalOptions,
  LossOptions,
  LossResult,
  SmoothL1Options,
} from "./functional.js";
import type {
  EpochOptions,
  EpochRecord,
  Evaluation,
  GridOptions,
  Health,
  InputOptions,
  Part,
  PlaneOptions,
  RunStart,
  Scores,
  ScriptOptions,
  TrainForOptions,
  TrainForResult,
  TrainingData,
  TrainingDataInput,
} from "./training.js";

export type * from "./config.js";
export type * from "./data.js";
export type * from "./boxes.js";
export type * from "./evaluation.js";
export type * from "./functional.js";
export type * from "./training.js";

/**
 * What every function here throws for a fault that it can name.
 *
 * Anything else that is thrown (a `WebAssembly.RuntimeError`) is a fault of this package: the
 * instance of this thread is lost then, and every later call throws a PlaygroundError that says so.
 * `TrainerClient` replaces its worker in that case.
 * @example
 * try {
 *   activation("swish", [0]);
 * } catch (error) {
 *   error instanceof PlaygroundError; // -> true
 *   error.name; // -> "ValueError"
 * }
 */
export class PlaygroundError extends Error {
  constructor(name: string, message: string, path?: string);
  /**
   * Python's name for it: `"ValueError"`, `"RuntimeError"`, `"TypeError"`, `"ZeroDivisionError"`,
   * …; `"ImportError"` where the wasm cannot be had; from a client also `"WorkerCrash"`,
   * `"AbortError"` and `"ProtocolError"`.
   */
  name: string;
  message: string;
  /**
   * Where in the configuration, the arguments or a CSV: `"layers[0].out"`, `"line 7, column 2"`.
   */
  path?: string;
}

/**
 * Where init() gets the wasm module. In Node a string that is no URL is a path, and `file:` URLs
 * are read from the disk.
 */
export type WasmSource = BufferSource | URL | string | Response | WebAssembly.Module;

/**
 * Starts the wasm instance of this thread; everything else here but `PlaygroundError` needs it.
 * Once it runs, and while it starts, further calls share the first one; after a failure the next
 * tries again.
 *
 * @param source default: the file that the package brings, fetched beside the script, or read from
 *   the disk in Node
 * @throws PlaygroundError `ImportError`: not found, not a wasm module, or no SIMD128 here
 * @example
 * await init(); // -> undefined
 */
export function init(source?: WasmSource | Promise<Response>): Promise<void>;

// ---------------------------------------------------------------- tensors

/** Numbers on the way in; they become float32. */
export type NumberArray =
  | number[]
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** Row-major, with an array of its own; a scalar's shape is `[]`. */
export interface Tensor {
  shape: number[];
  data: Float32Array;
}

/** A tensor on the way in: the product of `shape` must be the length of `data`. */
export interface TensorInput {
  shape: ArrayLike<number>;
  data: NumberArray;
}

/**
 * Parameters by torch.nn.Sequential's names: `"0.weight"` (out, in), `"0.bias"` (out),
 * `"2.weight"`, …
 */
export type StateDict = Record<string, Tensor>;

// ---------------------------------------------------------------- losses and activations

/**
 * torch.nn.functional.binary_cross_entropy with its gradient. Logs are clamped at −100, so that a
 * loss is at most 100 × weight; the gradient is (p − t) / max(p (1 − p), 1e-12).
 *
 * @param input probabilities
 * @param target of the input's shape, within [0, 1]
 * @throws PlaygroundError `RuntimeError`: input or target outside [0, 1], or NaN; `ValueError`:
 *   shapes that differ, an unknown reduction
 * @example
 * const input = { shape: [2], data: [0.5, 0.9] };
 * const target = { shape: [2], data: [0, 1] };
 * const { output, grad } = binaryCrossEntropy(input, target);
 * output; // -> { shape: [], data: [0.3993] }
 * grad.data; // -> [1, -0.5556]
 */
export function binaryCrossEntropy(
  input: TensorInput,
  target: TensorInput,
  options?: BCEOptions,
): LossResult;

/**
 * torch.nn.functional.binary_cross_entropy_with_logits with its gradient. No value is refused: NaN
 * and targets outside [0, 1] flow through.
 *
 * @param input logits
 * @param target of the input's shape
 * @throws PlaygroundError `ValueError`: shapes that differ, an unknown reduction
 * @example
 * // A document of 3 labels has 3 weights, whatever the batch size.
 * const input = { shape: [2, 3], data: [0, 0, 0, 0, 0, 0] };
 * const target = { shape: [2, 3], data: [1, 0, 0, 0, 1, 1] };
 * const weight = { shape: [3], data: [1, 2, 4] };
 * binaryCrossEntropyWithLogits(input, target, { weight }).output.data; // -> [1.6173]
 */
export function binaryCrossEntropyWithLogits(
  input: TensorInput,
  target: TensorInput,
  options?: BCEWithLogitsOptions,
): LossResult;

/**
 * torchvision.ops.sigmoid_focal_loss with its gradient.
 *
 * @param inputs logits
 * @param targets of the inputs' shape
 * @throws PlaygroundError `ValueError`: shapes that differ, alpha outside of [0, 1], an unknown
 *   reduction
 * @example
 * const inputs = { shape: [2], data: [0, 4] };
 * const targets = { shape: [2], data: [1, 1] };
 * sigmoidFocalLoss(inputs, targets).output.data; // -> [0.0433, 0]
 */
export function sigmoidFocalLoss(
  inputs: TensorInput,
  targets: TensorInput,
  options?: FocalOptions,
): LossResult;

/**
 * torch.nn.functional.mse_loss with its gradient. Shapes may broadcast, with PyTorch's warning.
 *
 * @throws PlaygroundError `RuntimeError`: shapes that do not broadcast
 * @example
 * const input = { shape: [2], data: [0.5, 1] };
 * mseLoss(input, { shape: [2], data: [0, 1] }).output.data; // -> [0.125]
 */
export function mseLoss(input: TensorInput, target: TensorInput, options?: LossOptions): LossResult;

/**
 * torch.nn.functional.smooth_l1_loss with its gradient. Shapes may broadcast, with PyTorch's
 * warning.
 *
 * @throws PlaygroundError `RuntimeError`: shapes that do not broadcast, a negative beta
 * @example
 * const input = { shape: [2], data: [0.5, 3] };
 * const target = { shape: [2], data: [0, 0] };
 * smoothL1Loss(input, target, { beta: 1, reduction: "none" }).output.data; // -> [0.125, 2.5]
 */
export function smoothL1Loss(
  input: TensorInput,
  target: TensorInput,
  options?: SmoothL1Options,
): LossResult;

/**
 * torch.nn.functional.cross_entropy with its gradient: −log of the softmax at the right class.
 *
 * @param input logits (N, C), or (C) for one sample
 * @param target class probabilities of the input's shape, or class indices: whole numbers, (N), or
 *   one for one sample
 * @throws PlaygroundError `ValueError`: another number of samples; `IndexError`: a class that there
 *   is not; `RuntimeError`: weights that are not one for each class, other shapes
 * @example
 * const input = { shape: [2, 3], data: [2, 1, 0, 0, 3, 0] };
 * crossEntropy(input, { shape: [2], data: [0, 1] }).output.data; // -> [0.2513]
 * const target = { shape: [2, 3], data: [1, 0, 0, 0, 0.5, 0.5] };
 * const { output } = crossEntropy(input, target, { reduction: "none" });
 * output; // -> { shape: [2], data: [0.4076, 1.5949] }
 */
export function crossEntropy(
  input: TensorInput,
  target: TensorInput,
  options?: CrossEntropyOptions,
): LossResult;

/**
 * The loss of each element as a function of its logit, whatever the loss takes: BCELoss, MSELoss and
 * SmoothL1Loss get the logit's sigmoid. The slope shows how hard each sample pulls; where the
 * sigmoid is flat, mean squared error hardly pulls at what is confidently wrong.
 *
 * @param loss its `reduction` does not count
 * @returns the loss of each element, and its derivative with respect to the logit (chain rule)
 * @throws PlaygroundError `ValueError` at `loss.name`, or as the loss itself
 * @example
 * const z = { shape: [2], data: [-8, 0] };
 * const ones = { shape: [2], data: [1, 1] };
 * lossOfLogits({ name: "BCELoss" }, z, ones).grad.data; // -> [-0.9997, -0.5]
 * lossOfLogits({ name: "MSELoss" }, z, ones).grad.data; // -> [-0.0007, -0.25]
 */
export function lossOfLogits(
  loss: LossConfig,
  logits: TensorInput,
  targets: TensorInput,
): { output: Tensor; grad: Tensor };

/**
 * An activation's values, and its derivative at each of them.
 *
 * @returns two arrays of the length of `x`
 * @throws PlaygroundError `ValueError`: an unknown name or parameter
 * @example
 * const { output, grad } = activation("sigmoid", [0, 2]);
 * output; // -> [0.5, 0.8808]
 * grad; // -> [0.25, 0.105]
 * activation("leaky_relu", [-1], { negative_slope: 0.2 }).output; // -> [-0.2]
 */
export function activation(
  name: ActivationName,
  x: NumberArray,
  params?: ActivationParams,
): { output: Float32Array; grad: Float32Array };

// ---------------------------------------------------------------- optimizers

/**
 * An optimizer of torch.optim with parameters of its own, one group of them.
 *
 * @example
 * const optimizer = new Optimizer({ name: "SGD", lr: 0.1, momentum: 0.9 }, [1, 2]);
 * optimizer.step([1, 1]); // -> [0.9, 1.9]
 * optimizer.step([1, 1]); // -> [0.71, 1.71]
 * optimizer.free();
 */
export class Optimizer {
  /** @param parameters are copied */
  constructor(config: OptimizerConfig, parameters: NumberArray);
  /**
   * @param gradients as many as there are parameters
   * @returns a copy of the parameters after the step
   * @throws PlaygroundError `ValueError`: another number of gradients
   */
  step(gradients: NumberArray): Float32Array;
  /** Gives the memory back. A later call, free() too, throws a PlaygroundError (`RuntimeError`). */
  free(): void;
  /** free(), and nothing after a free(). */
  [Symbol.dispose](): void;
}

/**
 * The learning rate during each of `steps` steps, the scheduler stepping once after each.
 *
 * @param options.metrics what ReduceLROnPlateau gets after each step
 * @throws PlaygroundError with a `path` in the scheduler's configuration
 * @example
 * learningRates({ name: "StepLR", step_size: 2, gamma: 0.1 }, 1, 5); // -> [1, 1, 0.1, 0.1, 0.01]
 */
export function learningRates(
  config: SchedulerConfig | null,
  base_lr: number,
  steps: number,
  options?: { metrics?: NumberArray },
): Float64Array;

// ---------------------------------------------------------------- training

/**
 * A network, its data and its optimizer, trained on the calling thread.
 *
 * @example
 * const config = {
 *   layers: [{ in: 1, out: 1, activation: "sigmoid" }],
 *   loss: { name: "BCELoss" },
 *   optimizer: { name: "SGD", lr: 0.5 },
 * };
 * const inputs = { shape: [4, 1], data: [-2, -1, 1, 2] };
 * const targets = { shape: [4, 1], data: [0, 0, 1, 1] };
 * const trainer = new Trainer(config, { inputs, targets });
 * trainer.trainEpochs(100).at(-1); // -> { epoch: 100, accuracy: 1, … }
 * trainer.predict({ shape: [1], data: [3] }).data[0] > 0.99; // -> true
 * trainer.free();
 * @example
 * // PyTorch's own loop, batch by batch, from weights of PyTorch's.
 * const config = {
 *   layers: [{ in: 1, out: 1 }],
 *   loss: { name: "BCEWithLogitsLoss" },
 *   optimizer: { name: "SGD", lr: 0.5 },
 * };
 * const inputs = { shape: [4, 1], data: [-2, -1, 1, 2] };
 * const data = { inputs, targets: { shape: [4, 1], data: [0, 0, 1, 1] } };
 * const trainer = new Trainer(config, data);
 * trainer.loadStateDict({
 *   "0.weight": { shape: [1, 1], data: [0] },
 *   "0.bias": { shape: [1], data: [0] },
 * });
 * trainer.trainBatch([0, 3]); // -> { loss: 0.6931, objective: 0.6931 }
 * trainer.gradients()["0.weight"].data; // -> [-1]
 * trainer.stateDict()["0.weight"]; // -> { shape: [1, 1], data: [0.5] }
 * trainer.endEpoch(); // -> { epoch: 1, lr: 0.5, accuracy: 1, … }
 * trainer.evaluate("train"); // -> { loss: 0.3937, accuracy: 1, … }
 * trainer.logits({ shape: [2, 1], data: [-4, 4] }).data; // -> [-2, 2]
 * const resumed = Trainer.restore(trainer.snapshot(), data);
 * resumed.trainEpochs(1); // -> [{ epoch: 2, … }]
 * @example
 * // Looking inside, and turning the knobs.
 * const inputs = { shape: [2, 2], data: [0, 1, 1, 0] };
 * const data = { inputs, targets: { shape: [2, 1], data: [0, 1] } };
 * const config = {
 *   layers: [{ in: 2, out: 1, activation: "sigmoid" }],
 *   init: "zeros",
 *   loss: { name: "BCEWithLogitsLoss" },
 *   optimizer: { name: "SGD", lr: 4 },
 * };
 * const trainer = new Trainer(config, data);
 * trainer.warnings.length; // -> 1
 * trainer.reconfigure({ ...trainer.config, loss: { name: "BCELoss" } });
 * trainer.warnings; // -> []
 * trainer.steps_per_epoch; // -> 1
 * trainer.trainFor(1000, { steps: 1 }); // -> { epoch: 1, step: 0, train_loss: 0.6931, … }
 * trainer.flatGradients(); // -> [-0.25, 0.25, 0]
 * trainer.parameters(); // -> [1, -1, 0]
 * trainer.setParameter(2, 1);
 * trainer.setParameters([0, 2, 1]);
 * trainer.nonFinite(); // -> null
 * trainer.scores("train").labels.data; // -> [0, 1]
 * const picture = { width: 1, height: 2, x: [0, 1], y: [-1, 1] };
 * trainer.predictGrid(picture); // -> [0.8808, 0.5]
 * trainer.unitGrids(picture); // -> [0.8808, 0.5]
 */
export class Trainer {
  /**
   * @throws PlaygroundError with a `path`: `TypeError` for a wrong type, `ValueError` for an
   *   unknown key or a value beyond the limits; `RuntimeError` for shapes that do not fit
   */
  constructor(config: Config, data: TrainingDataInput);

  /**
   * Goes on from a snapshot, bit for bit.
   *
   * @param data the same as before: a snapshot holds a hash of it
   * @throws PlaygroundError `ValueError`: not a snapshot, or of other data
   */
  static restore(bytes: Uint8Array | ArrayBuffer, data: TrainingDataInput): Trainer;

  /** What is allowed, but likely not meant: a sigmoid before BCEWithLogitsLoss, … */
  get warnings(): string[];
  /** With every default filled in. */
  get config(): Config;
  /** Whole epochs done. */
  get epoch(): number;
  /** Steps done in the current epoch. */
  get step(): number;
  get steps_per_epoch(): number;

  /** @returns a record for each of the n epochs; where an epoch has begun, the first is its rest */
  trainEpochs(n: number, options?: EpochOptions): EpochRecord[];
  /**
   * Whole steps until the time is up, or sooner by the options, or when something is not finite.
   */
  trainFor(milliseconds: number, options?: TrainForOptions): TrainForResult;
  /** One step on these rows; `loss` without and `objective` with the penalty. */
  trainBatch(indices: NumberArray): { loss: number; objective: number };
  /** Of the last step: PyTorch's `p.grad`, with the penalty, without weight_decay. */
  gradients(): StateDict;
  /** Ends an epoch of trainBatch: steps the schedule. */
  endEpoch(): EpochRecord;

  /** @throws PlaygroundError for `"test"` without test data */
  evaluate(part: Part): Evaluation;
  /**
   * Probabilities and labels of the data, for `metrics` and for pictures of how they are spread.
   *
   * @throws PlaygroundError for `"test"` without test data
   */
  scores(part: Part): Scores;
  /**
   * @param inputs (rows, in); as in nn.Linear any dimensions before the last, or none
   * @returns probabilities (rows, out)
   */
  predict(inputs: TensorInput, options?: InputOptions): Tensor;
  /** What the last Linear gives, of the same shape. */
  logits(inputs: TensorInput, options?: InputOptions): Tensor;
  /**
   * @returns width × height probabilities, or what a `unit` gives; the first row is that of the
   *   largest y
   */
  predictGrid(options: GridOptions): Float32Array;

  /**
   * What a network trained with DetectionLoss finds in the images of a part, held against the boxes in
   * their targets.
   *
   * @throws PlaygroundError `ValueError`: another loss, or no test data
   * @example
   * const images = datasets.makeDetection({ n_samples: 40, seed: 1 });
   * const trainer = new Trainer({
   *   layers: [{ in: 576, out: 32, activation: "relu" }, { in: 32, out: 128 }],
   *   loss: { name: "DetectionLoss", label_loss: { name: "BCEWithLogitsLoss" } },
   *   optimizer: { name: "Adam", lr: 0.003 },
   * }, images);
   * trainer.trainEpochs(60, { evaluate: "last" });
   * const { classes, mean_average_precision } = trainer.detect("train");
   * classes.length; // -> 3
   * mean_average_precision > 0.5; // -> true
   * trainer.evaluate("train").label_loss < 0.1; // -> true
   */
  detect(part: Part, options?: DetectOptions): Detected;

  /**
   * A picture of every unit: what its activation gives at each pixel, as it is.
   *
   * @returns (units, height, width) numbers, layer after layer, unit after unit; of each unit the
   *   first row is that of the largest y
   * @throws PlaygroundError `ValueError`: more than 2²² numbers
   */
  unitGrids(options: PlaneOptions): Float32Array;

  /** All parameters in stateDict()'s order. */
  parameters(): Float32Array;
  /** gradients() in parameters()' order. */
  flatGradients(): Float32Array;
  /** What parameters() were before training, by the present configuration's seed and init. */
  initialParameters(): Float32Array;
  /** Copies of the data. */
  data(): TrainingData;
  /** What toPyTorch() is made of, beside the data. */
  runFrom(from: "start" | "now"): RunStart;
  /** @returns the name of the first parameters that hold a NaN or an infinity, or null */
  nonFinite(): string | null;
  stateDict(): StateDict;
  /** @throws PlaygroundError `RuntimeError`: missing or unexpected keys, sizes that do not fit */
  loadStateDict(dict: Record<string, TensorInput>): void;
  /**
   * Puts one parameter, of those of parameters(), and leaves all else as it is: the optimizer's
   * state, the epoch, the curve.
   *
   * @throws PlaygroundError `ValueError`: no such index, or a value that is not finite in float32
   */
  setParameter(index: number, value: number): void;
  /** All of them, in parameters()' order; otherwise as setParameter(). */
  setParameters(values: NumberArray): void;
  /**
   * Takes over whatever leaves the parameters' shapes alone, and goes on training. An optimizer of
   * another name begins with a fresh state.
   *
   * @throws PlaygroundError `ValueError`: another seed, init or layer size, which need a new
   *   Trainer
   */
  reconfigure(config: Config): void;
  /**
   * Goes on with other data: parameters, optimizer, schedule and epoch stay as they are. The
   * current epoch goes on at its step, or at its last one where there are fewer now.
   *
   * @throws PlaygroundError of the constructor's kinds; the old data stay then
   * @example
   * const config = {
   *   layers: [{ in: 1, out: 1, activation: "sigmoid" }],
   *   loss: { name: "BCELoss" },
   *   optimizer: { name: "SGD", lr: 0.5 },
   * };
   * const inputs = { shape: [2, 1], data: [-2, 2] };
   * const trainer = new Trainer(config, { inputs, targets: { shape: [2, 1], data: [0, 1] } });
   * trainer.trainEpochs(10);
   * trainer.setData({ inputs, targets: { shape: [2, 1], data: [1, 0] } });
   * trainer.epoch; // -> 10
   * trainer.evaluate("train").accuracy; // -> 0
   */
  setData(data: TrainingDataInput): void;
  /**
   * A script in Python that does the same with PyTorch and prints the same curve: data, weights,
   * batches in this order, loss, penalty, optimizer and schedule. Only dropout is drawn
   * differently.
   *
   * @example
   * const config = {
   *   layers: [{ in: 1, out: 1, activation: "sigmoid" }],
   *   loss: { name: "BCELoss" },
   *   optimizer: { name: "SGD", lr: 0.5 },
   * };
   * const inputs = { shape: [2, 1], data: [-2, 2] };
   * const trainer = new Trainer(config, { inputs, targets: { shape: [2, 1], data: [0, 1] } });
   * trainer.toPyTorch().includes("nn.Linear(1, 1)"); // -> true
   * trainer.runFrom("start").parameters["0.weight"].data[0] === trainer.initialParameters()[0]; // -> true
   * trainer.data().inputs; // -> { shape: [2, 1], data: [-2, 2] }
   * const file = trainer.toSafetensors();
   * trainer.loadStateDict(readSafetensors(file));
   */
  toPyTorch(options?: ScriptOptions): string;
  /** stateDict() as a file, which `safetensors.torch.load_file` reads. */
  toSafetensors(): Uint8Array;
  /** Configuration, parameters, optimizer, generators and epoch; not the data. */
  snapshot(): Uint8Array;
  /**
   * Goes back, or forth, to a snapshot of this run, with the configuration of then.
   *
   * @throws PlaygroundError `ValueError`: not a snapshot, of other data, or with another seed, init
   *   or layer size; nothing is changed then
   * @example
   * const config = {
   *   layers: [{ in: 1, out: 1, activation: "sigmoid" }],
   *   loss: { name: "BCELoss" },
   *   optimizer: { name: "SGD", lr: 0.5 },
   * };
   * const inputs = { shape: [2, 1], data: [-2, 2] };
   * const targets = { shape: [2, 1], data: [0, 1] };
   * const trainer = new Trainer(config, { inputs, targets });
   * trainer.trainEpochs(10);
   * const bytes = trainer.snapshot();
   * trainer.trainEpochs(5);
   * trainer.rewind(bytes);
   * trainer.epoch; // -> 10
   */
  rewind(bytes: Uint8Array | ArrayBuffer): void;
  /**
   * What may be wrong with the network, on the training rows.
   *
   * @example
   * const config = {
   *   layers: [{ in: 1, out: 1, activation: "sigmoid" }],
   *   init: "zeros",
   *   loss: { name: "BCELoss" },
   *   optimizer: { name: "SGD", lr: 0.5 },
   * };
   * const inputs = { shape: [4, 1], data: [-2, -1, 1, 2] };
   * const targets = { shape: [4, 1], data: [0, 0, 0, 1] };
   * const { log_loss, entropy, outputs } = new Trainer(config, { inputs, targets }).diagnose();
   * log_loss; // -> 0.6931
   * entropy; // -> 0.5623
   * outputs[0].predicted; // -> 1
   */
  diagnose(): Health;

  /** Gives the memory back. A later call, free() too, throws a PlaygroundError (`RuntimeError`). */
  free(): void;
  /** free(), and nothing after a free(). */
  [Symbol.dispose](): void;
}

/**
 * The tensors of a safetensors file, of PyTorch or of toSafetensors(), for loadStateDict().
 *
 * @throws PlaygroundError `ValueError`: not such a file, or numbers other than F32
 */
export function readSafetensors(bytes: Uint8Array | ArrayBuffer): StateDict;

// ---------------------------------------------------------------- data sets

/**
 * Made, shipped and read data, and how it is divided for training.
 *
 * @example
 * datasets.make("spiral", { n_samples: 100, noise: 5, seed: 1 }).inputs.shape; // -> [100, 2]
 * datasets.load("iris").target_names[1]; // -> "virginica"
 * datasets.load("iris", { targets: "one_hot" }).targets.shape; // -> [150, 3]
 * datasets.make("blobs", { n_samples: 60 }).targets.shape; // -> [60, 5]
 * datasets.make("health_reports", { n_samples: 60 }).targets.shape; // -> [60, 3]
 * datasets.makeDetection({ n_samples: 60 }).inputs.shape; // -> [60, 576]
 * const data = datasets.parseCSV("height,width,kind\n1,2,a\n3,4,b\n5,6,a\n", { positive: "b" });
 * data.targets.data; // -> [0, 1, 0]
 * datasets.previewCSV("a;b\n1,5;x\n2,5;y\n").decimal; // -> ","
 * datasets.split(datasets.load("iris"), { train_size: 0.8 }).inputs.shape; // -> [120, 4]
 * const product = { name: "x1 * x2", program: ["x1", "x2", "*"] };
 * datasets.features({ shape: [2, 2], data: [1, 2, 3, 4] }, [product]).inputs.data; // -> [2, 12]
 * const rare = { inputs: { shape: [4, 1], data: [5, 6, 7, 8] }, targets: { shape: [4, 1], data: [0, 0, 1, 0] } };
 * datasets.oversample(rare).rows; // -> [0, 1, 2, 3, 2, 2]
 * datasets.balancedWeights(rare.targets).data[2]; // -> 2
 */
export const datasets: {
  /** Points within about [−6, 6]². */
  make(name: MadeDataset, options?: MakeOptions): Dataset;
  /** Images with objects to be found. */
  makeDetection(options?: MakeDetectionOptions): DetectionDataset;
  /**
   * @param options.positive default `"virginica"` for iris, `"malignant"` for breast_cancer
   * @param options.targets `"one_hot"`: a column for each class in place of the positive one's, and
   *   `target_names` their names
   */
  load(name: ShippedDataset, options?: { positive?: string; targets?: "one_hot" }): Dataset;
  /**
   * What parseCSV() would find; of its options `header`, `delimiter`, `decimal` and `label` count.
   *
   * @throws PlaygroundError `ValueError` for a text that is no table
   */
  previewCSV(text: string, options?: CSVOptions): CSVPreview;
  /** @throws PlaygroundError `ValueError`, with the path `"line 7, column 2"` */
  parseCSV(text: string, options?: CSVOptions): Dataset;
  /**
   * Inputs derived from others: `{ ...dataset, ...datasets.features(dataset.inputs, formulas) }` is
   * a data set of theirs.
   *
   * @param inputs (rows, in)
   * @returns (rows, formulas), and the formulas' names
   * @throws PlaygroundError `ValueError`, with the path `"formulas[1]"`: a program that cannot be
   *   computed, or a result that is not finite
   */
  features(inputs: TensorInput, formulas: Formula[]): { inputs: Tensor; feature_names: string[] };
  /**
   * The weight of each row by which both classes weigh the same, for `sample_weight`: rows / (2 ·
   * rows of its class), scikit-learn's `compute_sample_weight("balanced", targets)`.
   *
   * @param targets (rows, 1)
   * @returns (rows, 1)
   * @throws PlaygroundError `ValueError`: one class only
   */
  balancedWeights(targets: TensorInput): Tensor;
  /**
   * All rows, and after them rows of the smaller class, drawn with replacement until it has as many
   * as the larger: imbalanced-learn's RandomOverSampler. They are drawn once, while PyTorch's
   * WeightedRandomSampler draws in every epoch.
   *
   * @param dataset inputs (rows, in) and targets (rows, 1)
   * @param options.seed default 1
   * @returns the new rows, and which rows of `dataset` they are
   * @throws PlaygroundError `ValueError`: one class only
   */
  oversample(
    dataset: { inputs: TensorInput; targets: TensorInput },
    options?: { seed?: number },
  ): { inputs: Tensor; targets: Tensor; rows: Uint32Array };
  split(dataset: { inputs: TensorInput; targets: TensorInput }, options?: SplitOptions): Split;
};

// ---------------------------------------------------------------- boxes

/**
 * Boxes on a grid: their coding, their overlap, and how good found ones are. Columns of objects are
 * `{ images, labels, boxes }`, those of detections have `scores` too.
 *
 * @example
 * const there = { images: [0, 0], labels: [2, 0], boxes: { shape: [2, 4], data: [3, 3, 9, 9, 14, 2, 22, 10] } };
 * const targets = detection.encode(there, { n_samples: 1 });
 * targets.shape; // -> [1, 128]
 * detection.decode(targets).boxes.data; // -> [3, 3, 9, 9, 14, 2, 22, 10]
 * detection.iou(there.boxes, { shape: [1, 4], data: [6, 3, 12, 9] }).data; // -> [0.3333, 0]
 * const found = {
 *   images: [0, 0, 0],
 *   labels: [2, 2, 0],
 *   boxes: { shape: [3, 4], data: [3, 3, 9, 9, 3, 4, 9, 10, 10, 2, 18, 10] },
 *   scores: [0.9, 0.8, 0.7],
 * };
 * detection.nonMaximumSuppression(found, { iou_threshold: 0.5 }); // -> [0, 2]
 * const { classes, mean_average_precision } = detection.averagePrecision(found, there, { classes: 3 });
 * classes[2].average_precision; // -> 1
 * classes[0].right; // -> [false]
 * mean_average_precision; // -> 0.5
 */
export const detection: DetectionFunctions;

// ---------------------------------------------------------------- metrics

/** How good predictions are, as scikit-learn counts. */
export const metrics: Metrics;
