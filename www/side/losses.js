/** The comparison of losses: one problem, each loss with a network of its own, and what each loss does. */
import { configuration } from "../configuration.js";
import { defaults } from "../fields.js";
import { makePlane } from "../plane.js";

/** @import { MadeDataset, Split } from "bce-playground" */
/** @import { TrainerClient } from "bce-playground/client" */
/** @import { Values } from "../fields.js" */
/** @import { Plane } from "../plane.js" */
/** @import { Contestant, Standing } from "./runner.js" */

/** @typedef {{ key: string, split: Split, plane: Plane }} Problem */
/** @typedef {{ z: Float32Array, labels: Float32Array, loss: Float32Array, slope: Float32Array }} Dots a sample each */
/** @typedef {{ z: number[], loss: Float32Array[], slope: Float32Array[] }} LossCurves for the targets 0 and 1 */

/** Points of a curve. */
const POINTS = 161;

/**
 * The data that the values name; those that are there already, if they are the same.
 *
 * @param {TrainerClient["datasets"]} source
 * @param {Values} values
 * @param {Problem | null} before
 * @returns {Promise<Problem>}
 */
export async function lossesProblem(source, values, before) {
  const { compared_data, compared_samples: n_samples, compared_noise: noise } = values;
  const { compared_label_noise: label_noise, data_seed: seed, train_size } = values;
  const key = JSON.stringify([compared_data, n_samples, noise, label_noise, seed, train_size]);
  if (key === before?.key) return before;
  const dataset = await source.make(/** @type {MadeDataset} */ (compared_data), { n_samples, noise, seed });
  const split = await source.split(dataset, { train_size, seed, stratify: true, label_noise });
  return { key, split, plane: makePlane(dataset, split, { ...defaults(), dataset: compared_data }) };
}

/**
 * Who takes part: from the same rows, the same seed, and so the same initial weights.
 *
 * @param {Values} values
 * @param {Problem} problem
 * @returns {Contestant[]}
 */
export function lossesContestants(values, { split: data }) {
  const { with_bce_loss, with_focal_loss, with_mse, with_smooth_l1 } = values;
  const { compared_alpha: focal_alpha, compared_gamma: focal_gamma, compared_beta: smooth_l1_beta } = values;
  /** @type {(name: string, loss: Partial<Values>) => Contestant} */
  const contestant = (name, loss) => ({
    name,
    data,
    config: configuration({ ...values, output_activation: "auto", weight: [1], ...loss }, 2),
  });
  // Of the logit: BCELoss of a float32 probability has no gradient left from z = 17 on.
  return [
    ...(with_bce_loss ? [contestant("bce", { loss: "BCEWithLogitsLoss", pos_weight: [1] })] : []),
    ...(with_focal_loss ? [contestant("focal", { loss: "sigmoid_focal_loss", focal_alpha, focal_gamma })] : []),
    ...(with_mse ? [contestant("mse", { loss: "MSELoss" })] : []),
    ...(with_smooth_l1 ? [contestant("smooth_l1", { loss: "SmoothL1Loss", smooth_l1_beta })] : []),
  ];
}

/**
 * Where the training rows are on the curves of a contestant's loss.
 *
 * @param {Standing} standing
 * @param {TrainerClient} client its own
 * @returns {Promise<Dots>}
 */
export async function dotsOf({ config, data }, client) {
  const { inputs, targets } = data;
  const logits = await client.logits(inputs);
  const { output, grad } = await client.lossOfLogits(config.loss, logits, targets);
  return { z: logits.data, labels: Float32Array.from(targets.data), loss: output.data, slope: grad.data };
}

/**
 * A loss and its slope from -reach to reach.
 *
 * @param {TrainerClient} client
 * @param {Contestant["config"]["loss"]} loss
 * @param {number} reach
 * @returns {Promise<LossCurves>}
 */
export async function lossCurves(client, loss, reach) {
  const z = Array.from({ length: POINTS }, (_, k) => reach * ((2 * k) / (POINTS - 1) - 1));
  const shape = [POINTS];
  const of = (/** @type {number} */ label) =>
    client.lossOfLogits(loss, { shape, data: z }, { shape, data: z.map(() => label) });
  const both = await Promise.all([of(0), of(1)]);
  return { z, loss: both.map(({ output }) => output.data), slope: both.map(({ grad }) => grad.data) };
}
