/** Several labels for a row: as many sigmoids, and one BCE over all of them. */
import { configuration } from "../configuration.js";
import { ofEachLabel } from "../labels.js";

/** @import { Values } from "../fields.js" */
/** @import { Task } from "./index.js" */

/** @type {Task} */
export default {
  async makeData(source, values) {
    const { multilabel_data, multilabel_samples: n_samples, multilabel_noise: noise, data_seed: seed, train_size } = values;
    const dataset = await source.make(multilabel_data, { n_samples, noise, seed });
    // Years and mmol/L become comparable; points of the plane keep their places.
    const standardize = multilabel_data === "health_reports";
    return { dataset, split: await source.split(dataset, { train_size, seed, stratify: true, standardize }) };
  },

  formulas: () => null,

  configuration(values, in_features, outputs) {
    const plain = configuration({ ...values, ...lossArguments(values, outputs) }, in_features);
    const hidden = plain.layers.slice(0, -1);
    return { ...plain, layers: [...hidden, { ...plain.layers[hidden.length], out: outputs }] };
  },

  // The pictures are of several outputs at once: the views ask for them.
  makePlane: () => null,
  planeKeys: [],
  frame: () => ({ units: null, parameters: false, gradients: false }),
};

/**
 * The loss's arguments, in the fields that every task has. Without a reduction there is no gradient: what
 * is trained is the mean, as one would write it by hand.
 *
 * @param {Values} values
 * @param {number} labels
 */
function lossArguments(values, labels) {
  const { multilabel_weight, multilabel_pos_weight, multilabel_reduction } = values;
  return {
    weight: ofEachLabel(multilabel_weight, labels),
    pos_weight: ofEachLabel(multilabel_pos_weight, labels),
    reduction: multilabel_reduction === "sum" ? /** @type {const} */ ("sum") : /** @type {const} */ ("mean"),
    output_activation: /** @type {const} */ ("auto"),
  };
}
