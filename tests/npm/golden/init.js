// init.json: bounds, means and deviations of the initialisers, from the weights that a Trainer
// begins with.

import { Trainer } from "bce-playground";
import { number } from "./files.js";
import { Report } from "./report.js";

/** @import { Case } from "./files.js" */

// Enough that 0.04 is eight standard errors of the mean: no set fails by chance.
const DRAWS = 40_000;

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function check({ cases }) {
  const report = new Report("init: mean and deviation of draws", 0.04);
  for (const golden of cases) {
    report.case();
    try {
      const drawn = draw(configuration(golden), golden.fan_in, golden.fan_out, golden.bias);
      checkDraws(report, golden.id, "weight", golden.weight, drawn.weight);
      if (golden.bias) checkDraws(report, golden.id, "bias", golden.bias, drawn.bias);
    } catch (error) {
      report.fail(golden.id, "init", error, "weights");
    }
  }
  return [report];
}

/**
 * The case's call in the words of our configuration: `kaiming_uniform_` is `kaiming_uniform`.
 *
 * @param {Case} golden
 * @returns {any}
 */
function configuration({ init, gain, mode, nonlinearity, negative_slope }) {
  if (init === "nn.Linear default") return "default";
  const name = init.replace(/_$/, "");
  // PyTorch's xavier takes a gain, its kaiming computes one from nonlinearity and `a`.
  if (name.startsWith("xavier")) return { name, gain };
  return { name, mode, nonlinearity, a: negative_slope ?? undefined };
}

/**
 * The parameters of as many networks as it takes, each of a seed of its own.
 *
 * @param {any} init
 * @param {number} inputs
 * @param {number} outputs
 * @param {unknown} biases whether as many of them are wanted
 */
function draw(init, inputs, outputs, biases) {
  const data = {
    inputs: { shape: [1, inputs], data: new Float32Array(inputs) },
    targets: { shape: [1, outputs], data: new Float32Array(outputs) },
  };
  const layers = [{ in: inputs, out: outputs }];
  /** @type {{ weight: number[], bias: number[] }} */
  const drawn = { weight: [], bias: [] };
  for (
    let seed = 0;
    Math.min(drawn.weight.length, biases ? drawn.bias.length : DRAWS) < DRAWS;
    seed += 1
  ) {
    const config = { seed, layers, init, loss: mse, optimizer: sgd };
    const trainer = new Trainer(config, data);
    const state = trainer.stateDict();
    if (drawn.weight.length < DRAWS) drawn.weight.push(...state["0.weight"].data);
    drawn.bias.push(...state["0.bias"].data);
    trainer.free();
  }
  return drawn;
}
const mse = /** @type {const} */ ({ name: "MSELoss" });
const sgd = /** @type {const} */ ({ name: "SGD" });

/**
 * @param {Report} report
 * @param {string} id
 * @param {string} part
 * @param {Case} expected
 * @param {number[]} drawn
 */
function checkDraws(report, id, part, expected, drawn) {
  const std = number(expected.std);
  const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
  const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length;
  report.compare(id, `${part}: mean / std`, [mean / std], [0]);
  report.compare(id, `${part}: deviation / std`, [Math.sqrt(variance) / std], [1]);
  const extent = drawn.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  if (expected.distribution === "uniform") {
    // float32 rounds the bound itself; the draws come near it.
    const bound = number(expected.high);
    const inside = extent <= bound * (1 + 1e-6) && extent >= bound * 0.99;
    if (!inside) report.fail(id, `${part}: bounds`, extent, bound);
  } else {
    // A uniform distribution of the same deviation ends at 1.73 of it.
    const beyond = drawn.filter((x) => Math.abs(x) > Math.sqrt(3) * std).length / drawn.length;
    report.compare(id, `${part}: share beyond 1.73 std`, [beyond], [0.0833]);
  }
}
