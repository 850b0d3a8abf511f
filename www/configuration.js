/** From the values of the fields to what the package takes: configurations and data. */
import { datasets } from "./fields.js";
import { ofLayer } from "./fields/network.js";
import { dataOfPoints, decodePoints } from "./points.js";

/**
 * @import { Config, CSVOptions, LayerConfig, LossConfig, MadeDataset, OptimizerConfig, PenaltyConfig,
 *   SchedulerConfig } from "bce-playground"
 */
/** @import { TrainerClient, Until } from "bce-playground/client" */
/** @import { Values } from "./fields.js" */
/** @import { PlainScheduler } from "./fields/values.d.ts" */

/**
 * The Trainer's configuration for data of `in_features` columns.
 *
 * @param {Values} values
 * @param {number} in_features
 * @returns {Config}
 */
export function configuration(values, in_features) {
  return {
    seed: values.seed,
    layers: layers(values, in_features),
    init: init(values),
    loss: loss(values),
    optimizer: optimizer(values),
    scheduler: scheduler(values),
    penalty: penalty(values),
    batch_size: values.batch_size,
    shuffle: values.shuffle,
  };
}

/** The end that each loss is made for: it takes probabilities, or logits. */
const ENDS = /** @type {const} */ ({
  BCELoss: "sigmoid",
  BCEWithLogitsLoss: "identity",
  sigmoid_focal_loss: "identity",
  MSELoss: "sigmoid",
  SmoothL1Loss: "sigmoid",
});

/** @param {Values} values @param {number} in_features @returns {LayerConfig[]} */
function layers(values, in_features) {
  const { hidden_layer_sizes, output_activation } = values;
  const sizes = [in_features, ...hidden_layer_sizes];
  const hidden = hidden_layer_sizes.map((out, layer) => {
    const { activation, dropout } = ofLayer(values, layer);
    const activation_params = parametersOf(activation, values);
    return { in: sizes[layer], out, activation, ...(activation_params ? { activation_params } : {}), dropout };
  });
  const end = output_activation === "auto" ? ENDS[values.loss] : output_activation;
  return [...hidden, { in: Number(sizes.at(-1)), out: 1, activation: end }];
}

/** @param {Values["activation"]} activation @param {Values} values */
function parametersOf(activation, values) {
  switch (activation) {
    case "leaky_relu": return { negative_slope: values.negative_slope };
    case "elu": return { alpha: values.elu_alpha };
    case "gelu": return { approximate: values.approximate };
    case "softplus": return { beta: values.softplus_beta, threshold: values.softplus_threshold };
    default: return null;
  }
}

/** @param {Values} values @returns {any} */
function init({ init: name, gain, a, mode, nonlinearity }) {
  if (name.startsWith("xavier")) return { name, gain };
  return name.startsWith("kaiming") ? { name, a, mode, nonlinearity } : name;
}

/** @param {Values} values @returns {LossConfig} */
function loss({ loss: name, reduction, weight, pos_weight, focal_alpha, focal_gamma, smooth_l1_beta }) {
  switch (name) {
    case "BCELoss": return { name, reduction, weight: weights(weight) };
    case "BCEWithLogitsLoss":
      return { name, reduction, weight: weights(weight), pos_weight: weights(pos_weight) };
    case "sigmoid_focal_loss": return { name, reduction, alpha: focal_alpha, gamma: focal_gamma };
    case "SmoothL1Loss": return { name, reduction, beta: smooth_l1_beta };
    default: return { name, reduction };
  }
}

/** Ones are no weights. @param {readonly number[]} items */
const weights = (items) => (items.every((item) => item === 1) ? null : [...items]);

/** @param {Values} values @returns {OptimizerConfig} */
function optimizer(values) {
  const { optimizer: name, lr, maximize, weight_decay, momentum, eps } = values;
  const common = { lr, maximize, weight_decay };
  const { dampening, nesterov, amsgrad, centered } = values;
  const betas = [...values.betas];
  switch (name) {
    case "SGD": return { name, ...common, momentum, dampening, nesterov };
    case "Adam": return { name, ...common, betas, eps, amsgrad };
    case "AdamW":
      return { name, ...common, betas, eps, amsgrad, weight_decay: values.adamw_weight_decay };
    case "RMSprop":
      return { name, ...common, alpha: values.rmsprop_alpha, eps, momentum, centered };
    default: {
      const { lr_decay, initial_accumulator_value, adagrad_eps } = values;
      return { name, ...common, lr_decay, initial_accumulator_value, eps: adagrad_eps };
    }
  }
}

/**
 * What ends playing, as the values say; null where nothing does.
 *
 * @param {Values} values
 * @returns {Until | null}
 */
export function until(values) {
  const { train_loss_below, test_loss_below, accuracy_from, test_accuracy_from } = values;
  const { no_gain_for, until_epoch } = values;
  const conditions = Object.entries({ train_loss_below, test_loss_below, accuracy: accuracy_from,
    test_accuracy: test_accuracy_from, patience: no_gain_for, epoch: until_epoch })
    .filter(([, limit]) => limit !== null);
  return conditions.length > 0 ? Object.fromEntries(conditions) : null;
}

/**
 * The schedule that the values describe; null for none.
 *
 * @param {Values} values
 * @returns {SchedulerConfig | null}
 */
export function scheduler(values) {
  switch (values.scheduler) {
    case "none": return null;
    case "SequentialLR": {
      const parts = [values.first_scheduler, values.second_scheduler];
      return {
        name: values.scheduler,
        schedulers: parts.map((part) => plainScheduler(part, values)),
        milestones: [values.switch_epoch],
      };
    }
    case "OneCycleLR": {
      const { max_lr, one_cycle_epochs, pct_start, anneal_strategy, cycle_momentum } = values;
      const { base_momentum, max_momentum, div_factor, final_div_factor, three_phase } = values;
      return { name: values.scheduler, max_lr, total_steps: one_cycle_epochs, pct_start, anneal_strategy,
        cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase };
    }
    case "ReduceLROnPlateau": {
      const { patience, threshold_mode, cooldown, min_lr } = values;
      return { name: values.scheduler, mode: values.plateau_mode, factor: values.plateau_factor, patience,
        threshold: values.plateau_threshold, threshold_mode, cooldown, min_lr, eps: values.plateau_eps };
    }
    default: return plainScheduler(values.scheduler, values);
  }
}

/** @param {PlainScheduler} name @param {Values} values @returns {SchedulerConfig} */
function plainScheduler(name, values) {
  const { step_size, gamma, T_max, eta_min, start_factor, end_factor, power } = values;
  switch (name) {
    case "StepLR": return { name, step_size, gamma };
    case "MultiStepLR": return { name, milestones: [...values.milestones], gamma };
    case "ExponentialLR": return { name, gamma: values.exponential_gamma };
    case "CosineAnnealingLR": return { name, T_max, eta_min };
    case "LinearLR": return { name, start_factor, end_factor, total_iters: values.linear_iters };
    case "ConstantLR":
      return { name, factor: values.constant_factor, total_iters: values.constant_iters };
    default: return { name, total_iters: values.polynomial_iters, power };
  }
}

/** @param {Values} values @returns {PenaltyConfig | null} */
function penalty({ penalty: kind, lambda, penalty_on }) {
  return kind === "none" ? null : { kind, lambda, on: penalty_on };
}

/**
 * The data set that the values name, and its train and test parts.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {Values} values
 */
export async function makeData(source, values) {
  if (datasets[values.dataset].kind === "drawn") return dataOfPoints(decodePoints(values.points));
  const dataset = await makeDataset(source, values);
  return { dataset, split: await source.split(dataset, splitOptions(values)) };
}

/**
 * The data set that the values name.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {Values} values
 */
export async function makeDataset(source, values) {
  const { dataset, n_samples, noise, ratio, data_seed, positive } = values;
  switch (datasets[dataset].kind) {
    case "generated":
      return source.make(/** @type {MadeDataset} */ (dataset), { n_samples, noise, ratio, seed: data_seed });
    case "real":
      return source.load(/** @type {any} */ (dataset), dataset === "iris" ? { positive } : {});
    case "drawn":
      return dataOfPoints(decodePoints(values.points)).dataset;
    default:
      return source.parseCSV(values.csv, csvOptions(values));
  }
}

/**
 * What the fields say of how an own CSV is to be read.
 *
 * @param {Pick<Values, "csv_header" | "csv_delimiter" | "csv_decimal" | "csv_label" | "csv_features" |
 *   "csv_missing" | "csv_positive">} values
 * @returns {CSVOptions}
 */
export function csvOptions(values) {
  const { csv_header, csv_delimiter, csv_decimal, csv_label, csv_features, csv_missing, csv_positive } = values;
  return {
    header: csv_header === "auto" ? "auto" : csv_header === "true",
    delimiter: /** @type {any} */ (csv_delimiter),
    decimal: /** @type {any} */ (csv_decimal),
    // What is kept gets its mean when the training part is known: see `splitOptions`.
    missing: csv_missing === "mean" ? "keep" : /** @type {any} */ (csv_missing),
    ...(csv_features.length === 0 ? {} : { features: [...csv_features] }),
    ...(csv_label === null ? {} : { label: csv_label }),
    ...(csv_positive === "" ? {} : { positive: csv_positive }),
  };
}

/**
 * How the values split a data set. Generated points keep their coordinates; measured columns of
 * different units are standardised by the training part.
 *
 * @param {Values} values
 */
function splitOptions({ dataset, train_size, data_seed, label_noise, label_smoothing, csv_missing }) {
  const standardize = datasets[dataset].kind !== "generated";
  const impute = dataset === "csv" && csv_missing === "mean";
  return { train_size, seed: data_seed, stratify: true, impute, standardize, label_noise, label_smoothing };
}
