// What the tests of the package train: small, and the same each time.

/** @import { Config, TrainingDataInput } from "../../npm/index.js" */

/**
 * @param {object} [changes]
 * @returns {Config}
 */
export const moonsConfig = (changes = {}) => ({
  seed: 7,
  layers: [
    { in: 2, out: 6, activation: "tanh" },
    { in: 6, out: 1, activation: "sigmoid" },
  ],
  loss: { name: "BCELoss" },
  optimizer: { name: "Adam", lr: 0.01 },
  batch_size: 16,
  ...changes,
});

/** A run whose numbers leave float32 within a few steps. */
export const explodingConfig = () =>
  moonsConfig({
    layers: [
      { in: 2, out: 4, activation: "relu" },
      { in: 4, out: 1, activation: "identity" },
    ],
    loss: { name: "BCEWithLogitsLoss" },
    optimizer: { name: "SGD", lr: 1e30, momentum: 0.9 },
  });

/**
 * @param {number[]} shape
 * @param {number[]} data
 */
export const tensor = (shape, data) => ({ shape, data });

/**
 * Two classes that no line separates, without a generator and without a package to make them.
 *
 * @param {number} [rows]
 * @returns {TrainingDataInput}
 */
export function xorData(rows = 64) {
  const inputs = [];
  const targets = [];
  for (let i = 0; i < rows; i += 1) {
    const x = ((i * 37) % 64) / 16 - 2;
    const y = ((i * 23 + 11) % 64) / 16 - 2;
    inputs.push(x, y);
    targets.push(x * y > 0 ? 1 : 0);
  }
  const test = inputs.slice(0, 32).map((x) => x + 0.03125);
  return {
    inputs: tensor([rows, 2], inputs),
    targets: tensor([rows, 1], targets),
    test_inputs: tensor([16, 2], test),
    test_targets: tensor([16, 1], targets.slice(0, 16)),
  };
}

/**
 * @param {number} milliseconds
 * @returns {Promise<void>}
 */
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
