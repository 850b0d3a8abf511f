/**
 * The page's state as one declared table: what each value is, its default and bounds, what it
 * changes, and where it is kept. Controls, the URL's hash, labels and help follow from it.
 *
 * Keys are PyTorch's and scikit-learn's argument names wherever they have one.
 *
 * A field's `effect`:
 *   "view"     only what is drawn;
 *   "live"     training goes on with the new value (`client.reconfigure`);
 *   "network"  a new network, from epoch 0;
 *   "data"     new data, and so a new network.
 * `keep` is "url" (the hash) or "browser" (local storage: what belongs to the person, not the run).
 * `when` says for which other values a field means something: elsewhere it is neither shown nor
 * written to the hash.
 */

/**
 * The values of all fields.
 *
 * @typedef {object} Values
 * @property {string} dataset
 * @property {number} n_samples
 * @property {number} noise
 * @property {number} ratio
 * @property {string} positive
 * @property {number} train_size
 * @property {number} data_seed
 * @property {string} csv
 * @property {string} csv_header
 * @property {string} csv_delimiter
 * @property {number | null} csv_label
 * @property {string} csv_positive
 * @property {readonly number[]} hidden_layer_sizes
 * @property {"tanh" | "relu" | "sigmoid" | "identity"} activation
 * @property {string} init
 * @property {number} seed
 * @property {"BCELoss" | "BCEWithLogitsLoss"} loss
 * @property {"mean" | "sum"} reduction
 * @property {"Adam" | "SGD"} optimizer
 * @property {number} lr
 * @property {number} momentum
 * @property {boolean} nesterov
 * @property {readonly number[]} betas
 * @property {number} weight_decay
 * @property {number} batch_size
 * @property {string} speed
 * @property {number | null} x_feature
 * @property {number | null} y_feature
 * @property {boolean} show_test
 * @property {boolean} log_scale
 * @property {number} threshold
 * @property {boolean} contours
 * @property {"en" | "zh"} language
 * @property {"auto" | "light" | "dark"} theme
 */

/**
 * What a field is, as the table below declares it.
 *
 * @typedef {object} Field
 * @property {keyof Values} key
 * @property {"choice" | "integer" | "number" | "switch" | "list" | "text"} type
 * @property {any} default
 * @property {"view" | "live" | "network" | "data"} effect
 * @property {"url" | "browser"} keep
 * @property {(values: Values) => boolean} when
 * @property {(values: Values) => boolean} disabled
 * @property {string} label the key of its name's text
 * @property {string} help the key of the sentence that explains it
 * @property {boolean} [optional] whether null is a value too: the page decides then
 * @property {string[]} choices of a choice
 * @property {number} min
 * @property {number} max
 * @property {number} step of the slider
 * @property {number[]} [ladder] the stops of the slider, where even steps would not do
 * @property {boolean} [percent] shown as 50 % for 0.5
 * @property {string} [unit]
 * @property {[number, number]} length least and most items of a list
 * @property {{ type: string, min: number, max: number }} item of a list
 * @property {number} max_length of a text
 */

/**
 * The data sets on offer. `features` are the two that a picture of more than two starts with.
 *
 * @type {Record<string, { kind: "generated" | "real" | "own", features?: [number, number] }>}
 */
export const datasets = {
  spiral: { kind: "generated" },
  moons: { kind: "generated" },
  circle: { kind: "generated" },
  xor: { kind: "generated" },
  gauss: { kind: "generated" },
  iris: { kind: "real", features: [2, 3] },
  breast_cancer: { kind: "real", features: [27, 21] },
  csv: { kind: "own" },
};

/** The most characters of an own CSV's packed text that a link may carry. */
export const CSV_IN_URL = 24_000;

/** @typedef {(values: Values) => boolean} Condition */

/** @type {Condition} */
const generated = ({ dataset }) => datasets[dataset].kind === "generated";
/** @type {Condition} */
const own = ({ dataset }) => dataset === "csv";
/** @type {Condition} */
const sgd = ({ optimizer }) => optimizer === "SGD";
/** @type {Condition} */
const adam = ({ optimizer }) => optimizer === "Adam";

/** @type {(choices: string[], rest: Partial<Field>) => Partial<Field>} */
const choice = (choices, rest) => ({ type: "choice", choices, default: choices[0], ...rest });
/**
 * @typedef {(fallback: number | null, min: number, max: number, rest: Partial<Field>)
 *   => Partial<Field>} NumberField
 */

/** @type {NumberField} */
const integer = (fallback, min, max, rest) =>
  ({ type: "integer", default: fallback, min, max, step: 1, ...rest });
/** @type {NumberField} */
const number = (fallback, min, max, rest) =>
  ({ type: "number", default: fallback, min, max, ...rest });
/** @type {(fallback: boolean, rest: Partial<Field>) => Partial<Field>} */
const flag = (fallback, rest) => ({ type: "switch", default: fallback, ...rest });
/**
 * @type {(fallback: number[], length: [number, number], item: Field["item"], rest: Partial<Field>)
 *   => Partial<Field>}
 */
const list = (fallback, length, item, rest) =>
  ({ type: "list", default: Object.freeze(fallback), length, item, ...rest });
/** @type {(max_length: number, rest: Partial<Field>) => Partial<Field>} */
const text = (max_length, rest) => ({ type: "text", default: "", max_length, ...rest });

/** @type {Record<keyof Values, Partial<Field>>} */
const table = {
  // Data
  dataset: choice(Object.keys(datasets), { effect: "data" }),
  n_samples: integer(500, 20, 5000, { effect: "data", when: generated,
    ladder: [20, 50, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000] }),
  noise: number(5, 0, 50, { effect: "data", when: generated, step: 1, unit: "%" }),
  ratio: number(0.5, 0.05, 0.95, { effect: "data", when: generated, step: 0.05, percent: true }),
  positive: choice(["virginica", "versicolor", "setosa"], { effect: "data",
    when: ({ dataset }) => dataset === "iris" }),
  train_size: number(0.5, 0.1, 0.9, { effect: "data", step: 0.05, percent: true }),
  data_seed: integer(1, 0, 2 ** 32 - 1, { effect: "data" }),
  csv: text(4_000_000, { effect: "data", when: own }),
  csv_header: choice(["auto", "true", "false"], { effect: "data", when: own }),
  csv_delimiter: choice(["auto", ",", ";", "\t"], { effect: "data", when: own }),
  // The label's column, counted from 0; null is the last one.
  csv_label: integer(null, 0, 9999, { effect: "data", when: own, optional: true }),
  csv_positive: text(1000, { effect: "data", when: own }),

  // Network
  hidden_layer_sizes: list([12, 8], [0, 8], { type: "integer", min: 1, max: 128 },
    { effect: "network" }),
  activation: choice(["tanh", "relu", "sigmoid", "identity"], { effect: "network" }),
  init: choice(["default", "xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal",
    "zeros"], { effect: "network" }),
  seed: integer(3, 0, 2 ** 32 - 1, { effect: "network" }),

  // Training
  loss: choice(["BCELoss", "BCEWithLogitsLoss"], { effect: "live" }),
  reduction: choice(["mean", "sum"], { effect: "live" }),
  optimizer: choice(["Adam", "SGD"], { effect: "live" }),
  lr: number(0.01, 1e-6, 1000, { effect: "live",
    ladder: [0.00001, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] }),
  momentum: number(0, 0, 0.999, { effect: "live", when: sgd }),
  nesterov: flag(false, { effect: "live", when: sgd,
    disabled: ({ momentum }) => momentum === 0 }),
  betas: list([0.9, 0.999], [2, 2], { type: "number", min: 0, max: 0.99999 },
    { effect: "live", when: adam }),
  weight_decay: number(0, 0, 10, { effect: "live" }),
  batch_size: integer(10, 1, 5000, { effect: "live",
    ladder: [1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1000] }),

  // View
  speed: choice(["1", "3", "10", "30", "100", "300", "1000", "3000", "max"], { effect: "view",
    default: "1000" }),
  x_feature: integer(null, 0, 9999, { effect: "view", optional: true }),
  y_feature: integer(null, 0, 9999, { effect: "view", optional: true }),
  show_test: flag(true, { effect: "view" }),
  log_scale: flag(false, { effect: "view" }),
  // Class 1 is predicted where the probability is not below it.
  threshold: number(0.5, 0, 1, { effect: "view", step: 0.01 }),
  contours: flag(false, { effect: "view" }),
  language: choice(["en", "zh"], { effect: "view", keep: "browser" }),
  theme: choice(["auto", "light", "dark"], { effect: "view", keep: "browser" }),
};

/**
 * Every field by its key, with the keys of its texts filled in.
 *
 * @type {Readonly<Record<keyof Values, Field>>}
 */
export const fields = Object.freeze(/** @type {any} */ (Object.fromEntries(
  Object.entries(table).map(([key, field]) => [key, Object.freeze({
    key, keep: "url", when: () => true, disabled: () => false,
    label: `field.${key}`, help: `help.${key}`, ...field,
  })]),
)));

/**
 * The default of every field.
 *
 * @returns {Values}
 */
export const defaults = () => /** @type {any} */ (
  Object.fromEntries(Object.values(fields).map((field) => [field.key, field.default]))
);

/**
 * Whether the table has a field of this name ("toString" is none).
 *
 * @param {string} key
 * @returns {key is keyof Values}
 */
export function isField(key) {
  return Object.hasOwn(fields, key);
}

/**
 * The key of the text of one choice; names that PyTorch gives are the same in every language.
 *
 * @param {Field} field
 * @param {string} value
 */
export const choiceLabel = (field, value) => `choice.${field.key}.${value}`;

/**
 * `undefined` if the field takes the value, else the key of the text that says why not.
 *
 * @param {Field} field
 * @param {any} value
 * @returns {string | undefined}
 */
export function problem(field, value) {
  if (value === null && field.optional) return undefined;
  switch (field.type) {
    case "choice":
      return field.choices.includes(value) ? undefined : "problem.choice";
    case "switch":
      return typeof value === "boolean" ? undefined : "problem.switch";
    case "text":
      if (typeof value !== "string") return "problem.text";
      return value.length <= field.max_length ? undefined : "problem.length";
    case "list":
      return listProblem(field, value);
    default:
      return numberProblem(field, value);
  }
}

/** @param {Pick<Field, "min" | "max"> & { type: string }} field @param {unknown} value */
function numberProblem(field, value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return "problem.number";
  if (field.type === "integer" && !Number.isInteger(value)) return "problem.integer";
  return value >= field.min && value <= field.max ? undefined : "problem.bounds";
}

/** @param {Field} field @param {unknown} value @returns {string | undefined} */
function listProblem(field, value) {
  if (!Array.isArray(value)) return "problem.list";
  const [least, most] = field.length;
  if (value.length < least || value.length > most) return "problem.list_length";
  return value.map((item) => numberProblem(field.item, item)).find(Boolean);
}
