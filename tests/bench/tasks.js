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
 * @property {string} title
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
/** @type {[string, Kind, number[], "tanh" | "relu", number, number][]} */
const TABLE = [
  ["T1", "train", [2, 4, 2, 1], "tanh", 10, 250],
  ["T2", "train", [2, 8, 8, 1], "tanh", 32, 1000],
  ["T3", "train", [2, 64, 64, 1], "relu", 128, 4096],
  ["T4", "train", [30, 128, 128, 1], "relu", 569, 569],
  ["T5", "train", [3, 16, 2], "tanh", 32, 1000],
  ["T6", "train", [784, 256, 128, 1], "relu", 128, 4096],
  ["T7a", "predict", [2, 8, 8, 1], "tanh", 10_000, 10_000],
  ["T7b", "predict", [2, 64, 64, 1], "relu", 10_000, 10_000],
];

export const TASK_NAMES = TABLE.map(([name]) => name);

// A small rate: nothing overflows or dies on any of the networks, however long a cell trains.
const LR = 0.05;
// Flipped labels keep the loss away from 0, where gradients would become subnormal numbers, which
// are slow.
const NOISE = 0.1;

/** @param {string} name @returns {Task} */
export function taskNamed(name) {
  const row = TABLE.find(([other]) => other === name);
  if (!row) throw new Error(`There is no task ${name}; there are ${TASK_NAMES.join(", ")}.`);
  const [, kind, widths, activation, batch, rows] = row;
  return makeTask({ name, kind, widths, activation, batch, rows });
}

/**
 * @param {{ name: string, kind?: Kind, widths: number[], activation: "tanh" | "relu", batch: number,
 *   rows: number }} options
 * @returns {Task}
 */
export function makeTask({ name, kind = "train", widths, activation, batch, rows }) {
  const random = mulberry32(1);
  const layers = widths.slice(1).map((out, i) => ({
    in: widths[i],
    out,
    activation: i === widths.length - 2 ? /** @type {const} */ ("sigmoid") : activation,
  }));
  const title = `${widths.join("-")} ${activation}, ${batch}, ${rows}`;
  const parameters = layers.map((layer) => defaultInit(layer, random));
  const common = { name, title, kind, layers, batch, rows, lr: LR, parameters };
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
 * Sums of products of a training step for one sample: forward, to the weights, and, but in the first
 * layer, back to the inputs. A multiply and an add are two operations.
 *
 * @param {Task} task
 */
export function flopPerSample({ layers, kind }) {
  return layers.reduce((sum, layer, i) => {
    const products = kind === "predict" ? 1 : i === 0 ? 2 : 3;
    return sum + 2 * products * layer.in * layer.out;
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
