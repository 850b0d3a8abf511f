/**
 * The network's inputs: x1, x2, and what the core derives from them. Points, the plane and the probe
 * stay in x1 and x2; only the network sees the others.
 */
import { datasets } from "./fields.js";
import { inputChoices } from "./fields/network.js";
import { formatDecimal } from "./format.js";
import { typedFormulas } from "./typed-formulas.js";
import { toShades } from "./units.js";

/** @import { Formula, Tensor, TrainingDataInput } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Text } from "./refusal.js" */
/** @import { Values } from "./fields.js" */
/** @import { Plane } from "./plane.js" */
/** @import { Data } from "./tasks/index.js" */

/** @type {Record<string, Formula["program"]>} */
const programs = {
  x1: ["x1"],
  x2: ["x2"],
  "x1^2": ["x1", 2, "^"],
  "x2^2": ["x2", 2, "^"],
  "x1*x2": ["x1", "x2", "*"],
  "sin(x1)": ["x1", "sin"],
  "sin(x2)": ["x2", "sin"],
};

/** As a person reads it. @param {string} input */
export const inputName = (input) =>
  input.replace("^2", "²").replace("*", " · ").replace(/sin\((.*)\)/, "sin $1");

/**
 * What the network's inputs are computed by; null where they are the data's columns.
 *
 * @param {Pick<Values, "dataset" | "inputs" | "formulas">} values
 * @returns {Formula[] | null}
 */
export function formulasOf({ dataset, inputs, formulas }) {
  if (!["generated", "drawn"].includes(datasets[dataset].kind)) return null;
  // In the order of the choices, whatever order a link has them in.
  const chosen = inputChoices.filter((input) => inputs.includes(input));
  if (chosen.join() === "x1,x2" && !formulas) return null;
  const pictured = chosen.map((input) => ({ name: inputName(input), program: programs[input] }));
  return [...pictured, ...typedFormulas(formulas)];
}

/**
 * The data with the inputs that the network sees.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {{ inputs: Tensor, targets: Tensor, test_inputs: Tensor | null, test_targets: Tensor | null }} data
 * @param {Formula[] | null} formulas
 * @returns {Promise<TrainingDataInput>}
 */
export async function derived(source, data, formulas) {
  if (!formulas) return data;
  /** @param {Tensor} columns */
  const of = async (columns) => {
    try {
      return (await source.features(columns, formulas)).inputs;
    } catch (error) {
      throw withoutValue(columns, formulas, /** @type {Error} */ (error));
    }
  };
  return { ...data, inputs: await of(data.inputs), test_inputs: data.test_inputs && await of(data.test_inputs) };
}

/**
 * The core's error where a formula has no finite value, with the point instead of the row's number.
 *
 * @param {Tensor} columns
 * @param {Formula[]} formulas
 * @param {Error & { path?: string | null, text?: Text }} error
 */
function withoutValue({ data, shape }, formulas, error) {
  const at = error.path?.match(/^formulas\[(\d+)\]$/);
  const row = error.message.match(/^the formula gives no finite number for row (\d+)$/);
  if (!at || !row) return error;
  const [x, y] = data.subarray(Number(row[1]) * shape[1]);
  const parameters = { formula: formulas[Number(at[1])].name, x: formatDecimal(x), y: formatDecimal(y) };
  return Object.assign(new Error(error.message), { text: { key: "formula.no_value", parameters } });
}

/**
 * What a trainer takes of the data. It needs a row: where there is nothing to train on it gets one that
 * is never trained on.
 *
 * @param {Data} data
 */
export function trained({ dataset, split: { inputs, targets, test_inputs, test_targets } }) {
  if (inputs.shape[0] > 0) return { inputs, targets, test_inputs, test_targets };
  const [features, outputs] = [dataset.inputs.shape[1], dataset.targets.shape[1]];
  return {
    inputs: { shape: [1, features], data: new Float32Array(features) },
    targets: { shape: [1, outputs], data: new Float32Array(outputs) },
    test_inputs,
    test_targets,
  };
}

/**
 * What each formula gives over the plane, in shades.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {Plane} plane
 * @param {Formula[]} formulas
 * @param {number} side
 */
export async function picturesOfInputs(source, { x, y }, formulas, side) {
  const places = Float32Array.from({ length: 2 * side * side }, (_, k) => {
    const pixel = k >> 1;
    const [column, row] = [pixel % side, Math.floor(pixel / side)];
    return k % 2 === 0 ? x[0] + (x[1] - x[0]) * (column + 0.5) / side
      : y[1] - (y[1] - y[0]) * (row + 0.5) / side;
  });
  const { inputs } = await source.features({ shape: [side * side, 2], data: places }, formulas);
  const count = formulas.length;
  return formulas.map((_, k) => toShades("identity",
    Float32Array.from({ length: side * side }, (__, pixel) => inputs.data[pixel * count + k])));
}
