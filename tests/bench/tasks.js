// What is measured: networks, batches, data. Everything random comes from one small generator here,
// so that every contestant, host and run sees the same weights and the same rows in the same order.

/**
 * @typedef {object} Layer nn.Linear and an activation
 * @property {number} in
 * @property {number} out
 * @property {"tanh" | "relu" | "sigmoid"} activation
 */
/** @typedef {{ weight: Float32Array, bias: Float32Array }} Parameters weight (out, in) row-major */
/**
 * @typedef {object} Task
 * @property {string} name
 * @property {"train" | "predict"} kind
 * @property {Layer[]} layers
 * @property {number} batch
 * @property {number} rows of an epoch, or predicted at a time
 * @property {number} lr of SGD
 * @property {{ width: number, height: number, x: [number, number], y: [number, number] } | null} grid
 * @property {Float32Array} inputs (rows, in) row-major
 * @property {Float32Array} targets (rows, out) row-major
 * @property {Parameters[]} parameters where every contestant starts
 */

/** @typedef {"train" | "predict"} Kind */
/** @typedef {"tanh" | "relu"} Activation */
/**
 * A task as it is sent to a host: its data are made there.
 *
 * @typedef {object} TaskOptions
 * @property {string} name
 * @property {Kind} [kind]
 * @property {number[]} widths
 * @property {Activation} activation
 * @property {number} batch
 * @property {number} rows
 */

/** @type {(name: string, widths: number[], activation: Activation, batch: number, rows: number) => TaskOptions} */
const training = (name, widths, activation, batch, rows) =>
  ({ name, widths, activation, batch, rows });
/** @type {(name: string, widths: number[], activation: Activation) => TaskOptions} */
const prediction = (name, widths, activation) =>
  ({ name, kind: "predict", widths, activation, batch: 10_000, rows: 10_000 });

export const TASKS = [
  training("T1", [2, 4, 2, 1], "tanh", 10, 250),
  training("T2", [2, 8, 8, 1], "tanh", 32, 1000),
  training("T3", [2, 64, 64, 1], "relu", 128, 4096),
  training("T4", [30, 128, 128, 1], "relu", 569, 569),
  training("T5", [3, 16, 2], "tanh", 32, 1000),
  training("T6", [784, 256, 128, 1], "relu", 128, 4096),
  prediction("T7a", [2, 8, 8, 1], "tanh"),
  prediction("T7b", [2, 64, 64, 1], "relu"),
];

// A small rate: nothing overflows or dies on any of the networks, however long a cell trains.
const LR = 0.05;
// Flipped labels keep the loss away from 0, where gradients would become subnormal numbers, which
// are slow.
const NOISE = 0.1;

/** @param {TaskOptions} options @returns {Task} */
export function makeTask({ name, kind = "train", widths, activation, batch, rows }) {
  const random = mulberry32(1);
  const layers = widths.slice(1).map((out, i) => ({
    in: widths[i],
    out,
    activation: i === widths.length - 2 ? /** @type {const} */ ("sigmoid") : activation,
  }));
  const parameters = layers.map((layer) => defaultInit(layer, random));
  const common = { name, kind, layers, batch, rows, lr: LR, parameters };
  if (kind === "predict") {
    const side = Math.sqrt(rows);
    /** @type {[number, number]} */
    const span = [-1.5, 1.5];
    const grid = { width: side, height: side, x: span, y: span };
    return { ...common, grid, inputs: gridInputs(grid), targets: new Float32Array(0) };
  }
  const inputs = Float32Array.from({ length: rows * widths[0] }, () => 3 * random() - 1.5);
  const targets = labels(inputs, widths[0], layers[layers.length - 1].out, random);
  return { ...common, grid: null, inputs, targets };
}

/**
 * The products of a step for one sample: forward, to the weights, and, but in the first layer, back to
 * the inputs. A multiply and an add are two operations; activations, loss and optimizer are not
 * counted.
 *
 * @param {TaskOptions} options
 */
export function flopPerSample({ widths, kind }) {
  return widths.slice(1).reduce((sum, out, i) => {
    const products = kind === "predict" ? 1 : i === 0 ? 2 : 3;
    return sum + 2 * products * widths[i] * out;
  }, 0);
}

/**
 * nn.Linear's default: uniform in ±1/√in.
 *
 * @param {Layer} layer
 * @param {() => number} random
 * @returns {Parameters}
 */
function defaultInit(layer, random) {
  const bound = 1 / Math.sqrt(layer.in);
  const uniform = () => (2 * random() - 1) * bound;
  return {
    weight: Float32Array.from({ length: layer.in * layer.out }, uniform),
    bias: Float32Array.from({ length: layer.out }, uniform),
  };
}

/**
 * Output 0 is XOR of the first two inputs' signs, output 1 whether they lie outside of a circle;
 * further ones take turns.
 *
 * @param {Float32Array} inputs
 * @param {number} width
 * @param {number} outputs
 * @param {() => number} random
 */
function labels(inputs, width, outputs, random) {
  const targets = new Float32Array((inputs.length / width) * outputs);
  for (let i = 0; i < targets.length; i++) {
    const at = Math.floor(i / outputs) * width;
    const [a, b] = [inputs[at], inputs[at + 1]];
    const label = (i % outputs) % 2 === 0 ? a * b > 0 : a * a + b * b > 1.4;
    targets[i] = Number(label !== random() < NOISE);
  }
  return targets;
}

/**
 * The pixels' centres, row by row from the top: as `Trainer.predictGrid` takes them.
 *
 * @param {NonNullable<Task["grid"]>} grid
 */
function gridInputs({ width, height, x, y }) {
  const inputs = new Float32Array(width * height * 2);
  for (let i = 0; i < width * height; i++) {
    const column = (i % width) + 0.5;
    const row = Math.floor(i / width) + 0.5;
    inputs[2 * i] = x[0] + (x[1] - x[0]) * (column / width);
    inputs[2 * i + 1] = y[0] + (y[1] - y[0]) * (1 - row / height);
  }
  return inputs;
}

/**
 * A 32-bit generator by Tommy Ettinger; integer arithmetic, so the same everywhere.
 *
 * @param {number} seed
 * @returns {() => number} uniform in [0, 1)
 */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
