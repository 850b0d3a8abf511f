/** The imbalance workbench's contestants: one problem with few positives, and five ways to deal with it. */
import { configuration } from "../configuration.js";
import { defaults } from "../fields.js";
import { gridRequest, makePlane } from "../plane.js";

/** @import { MadeDataset, Split, TrainingDataInput } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Values } from "../fields.js" */
/** @import { Plane } from "../plane.js" */
/** @import { Contestant } from "./runner.js" */

/** Samples along each side of the small pictures. */
export const SIDE = 96;

/**
 * @typedef {object} Problem
 * @property {string} key of the values that it is made of
 * @property {Split} split
 * @property {TrainingDataInput} weighted the training rows, each class with the same weight
 * @property {TrainingDataInput} resampled rows of the rarer class drawn again
 * @property {Plane} plane
 * @property {[number, number]} train negatives and positives
 * @property {[number, number]} test
 */

/**
 * The data that the values name; those that are there already, if they are the same.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {Values} values
 * @param {Problem | null} before
 * @returns {Promise<Problem>}
 */
export async function imbalanceProblem(source, values, before) {
  const { rare_data, rare_samples: n_samples, rare_noise: noise, rare_share: ratio, data_seed: seed, train_size } = values;
  const key = JSON.stringify([rare_data, n_samples, noise, ratio, seed, train_size]);
  if (key === before?.key) return before;
  const dataset = await source.make(/** @type {MadeDataset} */ (rare_data), { n_samples, noise, ratio, seed });
  const split = await source.split(dataset, { train_size, seed, stratify: true });
  const { inputs, targets, test_inputs, test_targets } = split;
  const [sample_weight, again] = await Promise.all([
    source.balancedWeights(targets), source.oversample({ inputs, targets }, { seed }),
  ]);
  return {
    key,
    split,
    weighted: { inputs, targets, test_inputs, test_targets, sample_weight },
    resampled: { inputs: again.inputs, targets: again.targets, test_inputs, test_targets },
    plane: makePlane(dataset, split, { ...defaults(), dataset: rare_data }),
    train: counts(targets.data),
    test: counts(test_targets?.data ?? new Float32Array()),
  };
}

/** @param {Float32Array} labels @returns {[number, number]} negatives and positives */
function counts(labels) {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return [labels.length - positives, positives];
}

/** The pos_weight that the values name: so many times negatives / positives. @param {Values} values @param {Problem} problem */
export const posWeight = ({ rare_pos_weight }, { train: [negatives, positives] }) =>
  Number((rare_pos_weight * (negatives / positives)).toPrecision(4));

/**
 * Who takes part: from the same rows, the same seed, and so the same initial weights.
 *
 * @param {Values} values
 * @param {Problem} problem
 * @returns {Contestant[]}
 */
export function imbalanceContestants(values, problem) {
  const { split, weighted, resampled } = problem;
  const { with_bce, with_pos_weight, with_weight, with_focal, with_resampling, rare_alpha, rare_gamma } = values;
  /** @type {(name: string, data: TrainingDataInput, loss: Partial<Values>) => Contestant} */
  const contestant = (name, data, loss) => ({
    name,
    data,
    config: configuration({ ...values, output_activation: "auto", weight: [1], pos_weight: [1], ...loss }, 2),
  });
  const pos_weight = [posWeight(values, problem)];
  return [
    ...(with_bce ? [contestant("bce", split, { loss: "BCELoss" })] : []),
    ...(with_pos_weight ? [contestant("pos_weight", split, { loss: "BCEWithLogitsLoss", pos_weight })] : []),
    ...(with_weight ? [contestant("weight", weighted, { loss: "BCELoss" })] : []),
    ...(with_focal ? [contestant("focal", split, { loss: "sigmoid_focal_loss", focal_alpha: rare_alpha,
      focal_gamma: rare_gamma })] : []),
    ...(with_resampling ? [contestant("resampling", resampled, { loss: "BCELoss" })] : []),
  ];
}

/** What each is asked for its picture. @param {Plane} plane */
export const smallGrid = (plane) => ({ ...gridRequest(plane, 0), width: SIDE, height: SIDE });
