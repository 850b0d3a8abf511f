// trajectories.json: whole training runs, from data, weights and order of batches to the curve and
// the last weights.

import { Trainer } from "bce-playground";
import { configuration, number, numbers, optionalTensor, tensor } from "./files.js";
import { Report } from "./report.js";

/** @import { StateDict } from "bce-playground" */
/** @import { Case } from "./files.js" */

export const WEIGHT_PER_OUTPUT = "a run's weights have one number for each output";

// Below it rounding may decide the accuracy.
const MARGIN = 1e-4;

/** One report for each row of the README's table. */
const newReports = () => ({
  firstStep: new Report("runs: first gradients, parameters", 2e-6),
  losses: new Report("runs: losses", 5e-6),
  // The shares are quotients of the same whole numbers.
  accuracy: new Report("runs: accuracy", 1e-15),
  lr: new Report("runs: learning rates", 1e-6),
  outputs: new Report("runs: final outputs", 5e-5),
  parameters: new Report("runs: final parameters", 1e-3),
});

/** @typedef {ReturnType<typeof newReports>} Reports */

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function check({ cases }) {
  const reports = newReports();
  for (const golden of cases) {
    const config = runConfig(golden);
    if (config === null) {
      reports.parameters.notExpressible(golden.id, WEIGHT_PER_OUTPUT);
      continue;
    }
    try {
      run(reports, golden, config);
    } catch (error) {
      reports.losses.fail(golden.id, "run", error, "a whole run");
    }
  }
  return Object.values(reports);
}

/**
 * The case's run as our configuration, or null where it has no words for the weights.
 *
 * @param {Case} golden
 * @returns {any}
 */
function runConfig({ layers, loss, optimizer, scheduler, penalty, batch_size }) {
  const outputs = layers[layers.length - 1].out;
  const weights = [];
  for (const key of ["weight", "pos_weight"]) {
    if (!loss[key]) continue;
    const { shape, data } = tensor(loss[key]);
    // One number, or one for each output, but not a column of as many rows.
    const forEachOutput = data.length === outputs && shape[shape.length - 1] === outputs;
    if (data.length !== 1 && !forEachOutput) return null;
    weights.push([key, data]);
  }
  return {
    layers,
    loss: {
      ...configuration({ name: loss.loss, params: loss.params }),
      reduction: loss.reduction,
      ...Object.fromEntries(weights),
    },
    optimizer: configuration(optimizer),
    scheduler: configuration(scheduler),
    penalty,
    batch_size,
    shuffle: false,
  };
}

/** @param {Reports} reports @param {Case} golden @param {any} config */
function run(reports, golden, config) {
  const { id, f64: expected } = golden;
  const inputs = tensor(golden.inputs);
  const trainer = new Trainer(config, {
    inputs,
    targets: tensor(golden.targets),
    sample_weight: optionalTensor(golden.loss.sample_weight),
  });
  trainer.loadStateDict(named(Object.keys(trainer.stateDict()), golden.init));
  const records = golden.batches.map(
    (/** @type {number[][]} */ batches, /** @type {number} */ epoch) => {
      batches.forEach((batch, step) => {
        const losses = trainer.trainBatch(batch);
        if (epoch === 0 && step === 0)
          checkFirstStep(reports, id, trainer, losses, expected.first_step);
      });
      return trainer.endEpoch();
    },
  );
  checkCurve(reports, id, records, expected);

  reports.parameters.case();
  checkTensors(reports.parameters, id, "final", trainer.stateDict(), expected.final);
  reports.outputs.case();
  const output = trainer.predict(inputs);
  const wanted = tensor(expected.final_output);
  reports.outputs.same(id, "shape of final_output", output.shape, wanted.shape);
  reports.outputs.compare(id, "final_output", output.data, wanted.data);
  trainer.free();
}

/**
 * A list of `{ weight, bias }`, which has the order of the layers, under the parameters' names.
 *
 * @param {string[]} names
 * @param {Case[]} layers
 */
function named(names, layers) {
  const tensors = layers.flatMap(({ weight, bias }) => [tensor(weight), tensor(bias)]);
  return Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
}

/**
 * @param {Reports} reports
 * @param {string} id
 * @param {Trainer} trainer
 * @param {{ loss: number, objective: number }} losses
 * @param {Case} expected
 */
function checkFirstStep(reports, id, trainer, { loss, objective }, expected) {
  reports.losses.compare(id, "first loss", [loss], [number(expected.loss)]);
  reports.losses.compare(id, "first objective", [objective], [number(expected.objective)]);
  reports.firstStep.case();
  checkTensors(reports.firstStep, id, "first gradient", trainer.gradients(), expected.grads);
  checkTensors(reports.firstStep, id, "after step 1", trainer.stateDict(), expected.after);
}

/**
 * @param {Report} report
 * @param {string} id
 * @param {string} what
 * @param {StateDict} got
 * @param {Case[]} expected
 */
function checkTensors(report, id, what, got, expected) {
  const names = Object.keys(got);
  report.same(id, `${what}: number of tensors`, names.length, 2 * expected.length);
  for (const [name, { shape, data }] of Object.entries(named(names, expected))) {
    report.same(id, `${what}: shape of ${name}`, got[name].shape, shape);
    report.compare(id, `${what}: ${name}`, got[name].data, data);
  }
}

/** @param {Reports} reports @param {string} id @param {any[]} records @param {Case} expected */
function checkCurve(reports, id, records, expected) {
  const column = (/** @type {string} */ key) => records.map((record) => record[key] ?? NaN);
  reports.losses.case();
  for (const key of ["train_loss", "train_objective", "eval_loss"]) {
    // Without a penalty the objective is the loss.
    const wanted = numbers(expected[key] ?? expected.train_loss);
    reports.losses.compare(id, key, column(key), wanted);
  }
  reports.accuracy.case();
  const margin = numbers(expected.margin);
  for (const key of ["accuracy", "subset_accuracy"]) {
    reports.accuracy.compare(id, key, column(key), numbers(expected[key]), (epoch) =>
      margin[epoch] <= MARGIN ? "an output is so near 0.5 that rounding decides" : null,
    );
  }
  if (!expected.lr) return;
  reports.lr.case();
  reports.lr.compare(id, "lr", column("lr"), numbers(expected.lr));
}
