/** From the values of the fields to what the package takes: configurations and data. */
import { datasets } from "./fields.js";

/** @import { Config, CSVOptions, MadeDataset, OptimizerConfig } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Values } from "./fields.js" */

/**
 * The Trainer's configuration for data of `in_features` columns.
 *
 * @param {Values} values
 * @param {number} in_features
 * @returns {Config}
 */
export function configuration(values, in_features) {
  const sizes = [in_features, ...values.hidden_layer_sizes, 1];
  /** @type {"sigmoid" | "identity"} */
  const end = values.loss === "BCELoss" ? "sigmoid" : "identity";
  return {
    seed: values.seed,
    layers: sizes.slice(1).map((out, layer) => ({
      in: sizes[layer],
      out,
      activation: layer === sizes.length - 2 ? end : values.activation,
    })),
    init: /** @type {any} */ (values.init),
    loss: { name: values.loss, reduction: values.reduction },
    optimizer: optimizer(values),
    batch_size: values.batch_size,
    shuffle: true,
  };
}

/** @param {Values} values @returns {OptimizerConfig} */
function optimizer({ optimizer: name, lr, momentum, nesterov, betas, weight_decay }) {
  if (name === "Adam") return { name, lr, betas: [...betas], weight_decay };
  // PyTorch refuses nesterov without momentum; the switch is disabled then, but keeps its place.
  return { name, lr, momentum, weight_decay, nesterov: nesterov && momentum > 0 };
}

/**
 * The data set that the values name.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {Values} values
 */
export function makeDataset(source, values) {
  const { dataset, n_samples, noise, ratio, data_seed, positive } = values;
  switch (datasets[dataset].kind) {
    case "generated":
      return source.make(/** @type {MadeDataset} */ (dataset), { n_samples, noise, ratio, seed: data_seed });
    case "real":
      return source.load(/** @type {any} */ (dataset), dataset === "iris" ? { positive } : {});
    default:
      return source.parseCSV(values.csv, csvOptions(values));
  }
}

/**
 * What the fields say of how an own CSV is to be read.
 *
 * @param {Pick<Values, "csv_header" | "csv_delimiter" | "csv_label" | "csv_positive">} values
 * @returns {CSVOptions}
 */
export function csvOptions({ csv_header, csv_delimiter, csv_label, csv_positive }) {
  return {
    header: csv_header === "auto" ? "auto" : csv_header === "true",
    delimiter: /** @type {any} */ (csv_delimiter),
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
export function splitOptions({ dataset, train_size, data_seed }) {
  const standardize = datasets[dataset].kind !== "generated";
  return { train_size, seed: data_seed, stratify: true, standardize };
}
