/** The fields of the network: its layers, what its units do, and how its weights begin. */
import { datasets } from "./data.js";
import { choice, integer, list, number, text } from "./declare.js";

/** @import { Condition, Table } from "./declare.js" */
/** @import { HiddenActivation, Values } from "./values.d.ts" */

export const MOST_HIDDEN_LAYERS = 8;

/** @type {HiddenActivation[]} */
export const activations = ["tanh", "relu", "sigmoid", "identity", "leaky_relu", "elu", "gelu", "silu",
  "softplus", "logsigmoid"];

export const MOST_FORMULAS = 4;

export const inputChoices = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"];

/** @type {Condition} */
const onPlane = ({ dataset }) => ["generated", "drawn"].includes(datasets[dataset].kind);
/**
 * What a hidden layer, counted from 0, has: of its own, or as all.
 *
 * @param {Pick<Values, "activation" | "layer_activations" | "dropout" | "layer_dropouts">} values
 * @param {number} layer
 */
export const ofLayer = (values, layer) => ({
  activation: values.layer_activations[layer] ?? values.activation,
  dropout: values.layer_dropouts[layer] ?? values.dropout,
});
/** Whether some hidden layer has this activation. @type {(name: HiddenActivation) => Condition} */
const active = (name) => (values) =>
  values.hidden_layer_sizes.some((_, layer) => ofLayer(values, layer).activation === name);
/** @type {(kind: string) => Condition} */
const startsWith = (kind) => ({ init }) => init.startsWith(kind);

export default /** @satisfies {Table} */ ({
  // What the network sees of a point of the plane; the core computes it.
  inputs: list(["x1", "x2"], [0, inputChoices.length], { type: "choice", choices: inputChoices },
    { effect: "data", control: "inputs", when: onPlane }),
  // And what a person has typed, with ";" between: no more than `MOST_FORMULAS`.
  formulas: text(400, { effect: "data", when: onPlane, pattern: /^([^;]+(;[^;]+){0,3})?$/ }),
  hidden_layer_sizes: list([12, 8], [0, MOST_HIDDEN_LAYERS], { type: "integer", min: 1, max: 128 },
    { effect: "network", pinned: true }),
  activation: choice(activations, { effect: "network", pinned: true }),
  layer_activations: list([], [0, MOST_HIDDEN_LAYERS], { type: "choice", choices: activations, optional: true },
    { effect: "network" }),
  negative_slope: number(0.01, -10, 10, { effect: "network", when: active("leaky_relu") }),
  elu_alpha: number(1, -100, 100, { effect: "network", when: active("elu"), argument: "alpha" }),
  approximate: choice(["none", "tanh"], { effect: "network", when: active("gelu"), control: "segments" }),
  softplus_beta: number(1, 0.01, 100, { effect: "network", when: active("softplus"), argument: "beta" }),
  softplus_threshold: number(20, 0, 1000, { effect: "network", when: active("softplus"),
    argument: "threshold" }),
  dropout: number(0, 0, 0.95, { effect: "live", step: 0.05, percent: true,
    when: ({ hidden_layer_sizes }) => hidden_layer_sizes.length > 0 }),
  layer_dropouts: list([], [0, MOST_HIDDEN_LAYERS], { type: "number", min: 0, max: 0.95, optional: true },
    { effect: "live", percent: true }),
  // "auto" is what the loss expects; the others can be the wrong pairing, to see what that does.
  output_activation: choice(["auto", "sigmoid", "identity"], { effect: "live", control: "segments" }),
  init: choice(["default", "xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal",
    "zeros"], { effect: "network" }),
  gain: number(1, 0, 100, { effect: "network", when: startsWith("xavier") }),
  a: number(0, -100, 100, { effect: "network",
    when: (values) => startsWith("kaiming")(values) && values.nonlinearity === "leaky_relu" }),
  mode: choice(["fan_in", "fan_out"], { effect: "network", when: startsWith("kaiming"),
    control: "segments" }),
  nonlinearity: choice(["leaky_relu", "relu", "tanh", "sigmoid", "linear", "selu"],
    { effect: "network", when: startsWith("kaiming") }),
  seed: integer(3, 0, 2 ** 32 - 1, { effect: "network", pinned: true, control: "seed" }),
});
