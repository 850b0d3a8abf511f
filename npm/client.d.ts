// Types of "bce-playground/client": Trainer's methods as promises, with the training in a worker (a
// Web Worker in pages, node:worker_threads in Node).

import type {
  BinaryMetrics,
  Config,
  CSVOptions,
  CSVPreview,
  Dataset,
  DetectOptions,
  Detected,
  DetectionDataset,
  DetectionFunctions,
  EpochOptions,
  EpochRecord,
  Evaluation,
  Formula,
  GridOptions,
  Health,
  InputOptions,
  LossResult,
  MadeDataset,
  MakeDetectionOptions,
  MakeOptions,
  Metrics,
  MetricsOptions,
  MulticlassMetrics,
  MultilabelMetrics,
  NonFinite,
  NumberArray,
  Part,
  PlaneOptions,
  RunStart,
  Scores,
  ScriptOptions,
  ShippedDataset,
  Split,
  SplitOptions,
  StateDict,
  Tensor,
  TensorInput,
  TrainForOptions,
  TrainForResult,
  TrainingData,
  TrainingDataInput,
  WasmSource,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  learningRates,
  lossOfLogits,
} from "./index.js";

export { PlaygroundError } from "./index.js";

export interface ClientOptions {
  /**
   * Called when a worker has died and a new one has taken up the last snapshot.
   *
   * `epoch` is that of the snapshot, null where no trainer was loaded; `message` says what
   * happened; `playing` whether it plays on, which it does not after training itself has crashed
   * three times in a row.
   */
  onRestart?: (restart: { epoch: number | null; message: string; playing: boolean }) => void;
  /**
   * Makes the worker, where it cannot be a file beside this one: a `Worker` that runs
   * "bce-playground/worker", or in Node one of node:worker_threads that runs worker-node.js.
   */
  worker?: () => unknown;
  /** Where the worker gets the wasm; default: the file beside it. */
  wasm?: Exclude<WasmSource, Response>;
  /** Allows crash(). Default false. */
  testing?: boolean;
}

export interface CallOptions {
  /**
   * Takes the call back: it rejects with an `AbortError` after the running slice, and steps done
   * stay.
   */
  signal?: AbortSignal;
}

export interface Speed {
  /** null: as fast as it goes. */
  steps_per_second: number | null;
}

/** Conditions that end playing, looked at after every epoch that the curve records. */
export interface Until {
  /** This many whole epochs are done: exactly then, recorded or not. */
  epoch?: number;
  train_loss_below?: number;
  test_loss_below?: number;
  /** Share of training elements on the right side, at least this. */
  accuracy?: number;
  test_accuracy?: number;
  /**
   * Epochs without a lower test loss, or without test data a lower eval_loss, counted from where
   * playing began.
   */
  patience?: number;
}

export interface PlayOptions extends Partial<Speed> {
  /** Default: while playing as before, else null, no end. */
  until?: Until | null;
}

/** The condition that ended playing. */
export interface Stopped {
  by: keyof Until;
  /** Whole epochs done then. */
  epoch: number;
  /** What met the condition: a loss, an accuracy, the epochs without gain, or the epoch itself. */
  value: number;
}

/** Where a run was taken back to. */
export interface Rewound {
  /** Whole epochs done there. */
  epoch: number;
  config: Config;
  warnings: string[];
}

export interface Loaded {
  /** Counts the trainers loaded by this client, from 1. */
  run: number;
  /** With every default filled in. */
  config: Config;
  warnings: string[];
  /** Whole epochs done: 0, unless restored. */
  epoch: number;
}

export interface LoadOptions {
  /**
   * What the worker looks at after an epoch that the curve holds, and for frames: `"test"` leaves the
   * training data out (`eval_loss` and `accuracy` are NaN in the curve, null in frames), whose pass
   * costs a quarter of a large epoch. Default `"both"`.
   */
  evaluate?: "both" | "test";
}

export interface FrameOptions {
  /** The version of the last frame: the answer waits for a newer one. Default −1: any. */
  after?: number;
  /** The last epoch of the curve that is known already. Default −1: none. */
  curve_after?: number;
  /**
   * `"recorded"`: eval_loss, test_loss and the accuracies are those of the last recorded epoch, and
   * nothing is evaluated for the frame. Default `"now"`.
   */
  figures?: "now" | "recorded";
  /** Default null: no grid. */
  grid?: GridOptions | null;
  /** Pictures of all units, of `grid`'s plane where they name none. Default null: none. */
  units?: UnitsOptions | null;
  /** Default false. */
  parameters?: boolean;
  /** Those of the last step, in the order of the parameters. Default false. */
  gradients?: boolean;
  /** Trainer's scores() of a part. Default null: none. */
  scores?: Part | null;
  /** Metrics of a part. They take longer than the rest: ask for them now and then. Default null. */
  metrics?: FrameMetricsOptions | null;
  /** Trainer's diagnose(): a pass over the training rows. Default false. */
  health?: boolean;
  /**
   * What of all this is otherwise while it plays: `{ grid: null }` leaves out a picture that comes
   * often enough. A frame of what rests is whole.
   */
  while_playing?: Omit<FrameOptions, "after" | "buffer" | "while_playing">;
  /** An old grid's buffer, given back for the next one. It is moved: of no use here any more. */
  buffer?: ArrayBuffer;
}

export interface FrameMetricsOptions extends MetricsOptions {
  /** Default `"train"`. */
  part?: Part;
}

/** Trainer's unitGrids(); what is left out is that of the frame's `grid`. */
export type UnitsOptions = Pick<PlaneOptions, "width" | "height"> & Partial<PlaneOptions>;

/**
 * Columns of recorded epochs: every one up to 512, every second up to 1024, every fourth up to
 * 2048, and so on; also 0, before training, without train_loss. What there is not is NaN.
 */
export interface Curve {
  epoch: Float64Array;
  train_loss: Float64Array;
  /** train_loss with the penalty. */
  train_objective: Float64Array;
  eval_loss: Float64Array;
  test_loss: Float64Array;
  accuracy: Float64Array;
  test_accuracy: Float64Array;
}

/**
 * Of the current parameters; null without test data, or where the loss refuses what the network
 * gives.
 */
export interface Figures {
  eval_loss: number | null;
  test_loss: number | null;
  accuracy: number | null;
  test_accuracy: number | null;
}

/** The newest state. Values without data (no test part, no step yet) are null. */
export interface Frame extends Figures {
  /** Rises with every change. */
  version: number;
  run: number;
  playing: boolean;
  epoch: number;
  step: number;
  /** Rows of the next batch that single-row steps have taken already. */
  sample: number;
  /** The training row that the next step takes first. */
  next_row: number;
  steps_per_epoch: number;
  lr: number;
  train_loss: number | null;
  train_objective: number | null;
  /** The points after `curve_after`. */
  curve: Curve;
  grid: Float32Array | null;
  /** How long the worker took for it, in milliseconds. */
  grid_time: number | null;
  /** (units, height, width) */
  units: Float32Array | null;
  parameters: Float32Array | null;
  gradients: Float32Array | null;
  /** Null without test data. */
  scores: Scores | null;
  /**
   * metrics.binary() of the scores, with several outputs metrics.multilabel(). Null without test
   * data, or where the network's outputs are no probabilities.
   */
  metrics: BinaryMetrics | MultilabelMetrics | null;
  health: Health | null;
  /** What stopped being finite, which pauses the run: restoreGood() is a way out. */
  non_finite: NonFinite | null;
  /**
   * What else paused it: outputs that the loss refuses, say (BCELoss after another end than
   * sigmoid).
   */
  error: { name: string; message: string } | null;
  /** What paused it as play()'s `until` wanted. */
  stopped: Stopped | null;
}

/**
 * A Trainer in a worker. Calls are answered in the order they were made, except that pause(),
 * frame(), learningRates(), `datasets`, `metrics` and `detection` pass by those that wait: training never holds
 * them up for longer than a slice of 8 ms.
 *
 * Every method rejects with a PlaygroundError. When the worker crashes or is killed, all that is
 * pending rejects with a `WorkerCrash`, a new worker takes up the last snapshot (made at load,
 * every second of training, and at a pause) and plays on if it played; then `onRestart` is called.
 * @example
 * import { TrainerClient } from "bce-playground/client";
 * const config = {
 *   layers: [{ in: 1, out: 1, activation: "sigmoid" }],
 *   loss: { name: "BCELoss" },
 *   optimizer: { name: "SGD", lr: 0.5 },
 * };
 * const inputs = { shape: [4, 1], data: [-2, -1, 1, 2] };
 * const targets = { shape: [4, 1], data: [0, 0, 1, 1] };
 * const client = new TrainerClient(config, { inputs, targets });
 * const records = await client.trainEpochs(100);
 * records.at(-1); // -> { epoch: 100, accuracy: 1, … }
 * const { roc_auc } = await client.metrics.binary(await client.predict(inputs), targets);
 * roc_auc; // -> 1
 * await client.free();
 */
export class TrainerClient {
  /** @param config null: a worker without a trainer, for load() later */
  constructor(config: Config, data: TrainingDataInput, options?: ClientOptions);
  constructor(config: null, data: null, options?: ClientOptions);

  /** Trainer.restore() in a worker. */
  static restore(
    bytes: Uint8Array | ArrayBuffer,
    data: TrainingDataInput,
    options?: ClientOptions,
  ): TrainerClient;

  /** Settles when the worker is up and the trainer, if one was given, is loaded. */
  readonly ready: Promise<Loaded | null>;

  /**
   * Puts another trainer in this one's place. Training calls that run end early, with what they
   * have done; playing goes on with the new trainer. After an error the old trainer stays,
   * undisturbed.
   */
  load(config: Config, data: TrainingDataInput, options?: LoadOptions): Promise<Loaded>;

  /**
   * Trains until pause(), between other calls, or until one of the conditions holds; frames say
   * which. While playing it changes the speed. What is not finite pauses it.
   */
  play(options?: PlayOptions): Promise<null>;
  /** Ends playing, and training calls: those resolve with what they have done so far. */
  pause(): Promise<null>;
  /**
   * The newest state, as soon as there is one newer than `after`. One request at a time: a second
   * one takes the first one's place, which resolves to null.
   */
  frame(options?: FrameOptions): Promise<Frame | null>;

  trainEpochs(n: number, options?: EpochOptions & CallOptions): Promise<EpochRecord[]>;
  trainFor(milliseconds: number, options?: TrainForOptions & CallOptions): Promise<TrainForResult>;
  /** Like trainFor(), with a number of steps only. */
  trainSteps(n: number, options?: CallOptions): Promise<TrainForResult>;
  /** Like trainFor(), with a number of samples only. */
  trainSamples(n: number, options?: CallOptions): Promise<TrainForResult>;

  /**
   * Goes back to the last good state, which the worker keeps: of the recorded epochs (and the
   * moments after something was set) the last with a finite loss of at most twice the lowest so
   * far. With a configuration, such as one of a smaller rate, the run goes on with that.
   *
   * The curve's points after its epoch are gone: whoever holds them drops them, too.
   *
   * @throws PlaygroundError as reconfigure(); nothing is changed then
   */
  restoreGood(config?: Config): Promise<Rewound>;

  // The rest is Trainer's: see there.
  get warnings(): Promise<string[]>;
  get config(): Promise<Config>;
  get epoch(): Promise<number>;
  get step(): Promise<number>;
  get steps_per_epoch(): Promise<number>;
  trainBatch(indices: NumberArray): Promise<{ loss: number; objective: number }>;
  gradients(): Promise<StateDict>;
  endEpoch(): Promise<EpochRecord>;
  evaluate(part: Part): Promise<Evaluation>;
  scores(part: Part): Promise<Scores>;
  detect(part: Part, options?: DetectOptions): Promise<Detected>;
  predict(inputs: TensorInput, options?: InputOptions): Promise<Tensor>;
  logits(inputs: TensorInput, options?: InputOptions): Promise<Tensor>;
  predictGrid(options: GridOptions): Promise<Float32Array>;
  unitGrids(options: PlaneOptions): Promise<Float32Array>;
  parameters(): Promise<Float32Array>;
  flatGradients(): Promise<Float32Array>;
  nonFinite(): Promise<string | null>;
  stateDict(): Promise<StateDict>;
  loadStateDict(dict: Record<string, TensorInput>): Promise<void>;
  setParameter(index: number, value: number): Promise<void>;
  setParameters(values: NumberArray): Promise<void>;
  reconfigure(config: Config): Promise<void>;
  setData(data: TrainingDataInput): Promise<void>;
  snapshot(): Promise<Uint8Array>;
  /** As restoreGood(), to a snapshot of the caller's choice. */
  rewind(bytes: Uint8Array | ArrayBuffer): Promise<Rewound>;
  diagnose(): Promise<Health>;
  initialParameters(): Promise<Float32Array>;
  data(): Promise<TrainingData>;
  runFrom(from: "start" | "now"): Promise<RunStart>;
  toPyTorch(options?: ScriptOptions): Promise<string>;
  toSafetensors(): Promise<Uint8Array>;

  /** The package's `datasets`, in the worker; shipped data is loaded when it is first asked for. */
  readonly datasets: {
    make(name: MadeDataset, options?: MakeOptions): Promise<Dataset>;
    makeDetection(options?: MakeDetectionOptions): Promise<DetectionDataset>;
    load(name: ShippedDataset, options?: { positive?: string; targets?: "one_hot" }): Promise<Dataset>;
    previewCSV(text: string, options?: CSVOptions): Promise<CSVPreview>;
    parseCSV(text: string, options?: CSVOptions): Promise<Dataset>;
    features(
      inputs: TensorInput,
      formulas: Formula[],
    ): Promise<{ inputs: Tensor; feature_names: string[] }>;
    balancedWeights(targets: TensorInput): Promise<Tensor>;
    oversample(
      dataset: { inputs: TensorInput; targets: TensorInput },
      options?: { seed?: number },
    ): Promise<{ inputs: Tensor; targets: Tensor; rows: Uint32Array }>;
    split(
      dataset: { inputs: TensorInput; targets: TensorInput },
      options?: SplitOptions,
    ): Promise<Split>;
  };

  /** The package's `learningRates`, in the worker. */
  learningRates(...args: Parameters<typeof learningRates>): Promise<Float64Array>;

  /** The package's `lossOfLogits`, in the worker. */
  lossOfLogits(...args: Parameters<typeof lossOfLogits>): Promise<{ output: Tensor; grad: Tensor }>;

  /** The package's `binaryCrossEntropy`, in the worker. */
  binaryCrossEntropy(...args: Parameters<typeof binaryCrossEntropy>): Promise<LossResult>;

  /** The package's `binaryCrossEntropyWithLogits`, in the worker. */
  binaryCrossEntropyWithLogits(
    ...args: Parameters<typeof binaryCrossEntropyWithLogits>
  ): Promise<LossResult>;

  /** The package's `metrics`, in the worker. */
  readonly metrics: {
    binary(...args: Parameters<Metrics["binary"]>): Promise<BinaryMetrics>;
    coOccurrence(...args: Parameters<Metrics["coOccurrence"]>): Promise<number[][]>;
    multiclass(...args: Parameters<Metrics["multiclass"]>): Promise<MulticlassMetrics>;
    multilabel(...args: Parameters<Metrics["multilabel"]>): Promise<MultilabelMetrics>;
  };

  /** The package's `detection`, in the worker. */
  readonly detection: {
    [Name in keyof DetectionFunctions]: (
      ...args: Parameters<DetectionFunctions[Name]>
    ) => Promise<ReturnType<DetectionFunctions[Name]>>;
  };

  /** Panics inside the worker's wasm, to test what happens then; needs `testing: true`. */
  crash(): Promise<unknown>;

  /**
   * Ends the worker and rejects what is pending. A later call, free() too, rejects. In Node the
   * worker keeps the process alive until then.
   */
  free(): Promise<void>;
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}
