// optimizers.json: fifty steps from given gradients, and the schedules.

import { Optimizer, Trainer, learningRates } from "bce-playground";
import { configuration, number, numbers } from "./files.js";
import { Report } from "./report.js";

/** @import { Case } from "./files.js" */

export const OWN_METRIC = "a Trainer gives ReduceLROnPlateau its own loss, not the case's metric";

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function check({ cases }) {
  const report = new Report("optimizers: every step", 2e-5);
  for (const { id, optimizer: name, params, initial, grads, f64 } of cases) {
    report.case();
    try {
      const optimizer = new Optimizer(configuration({ name, params }), numbers(initial));
      const got = grads.map((/** @type {any} */ row) => optimizer.step(numbers(row)));
      optimizer.free();
      report.same(id, "steps", got.length, f64.after_step.length);
      got.forEach((/** @type {Float32Array} */ row, /** @type {number} */ k) =>
        report.compare(id, `after step ${k + 1}`, row, numbers(f64.after_step[k])),
      );
    } catch (error) {
      report.fail(id, "optimizer", error, "fifty steps");
    }
  }
  return [report];
}

/** @param {Record<string, Case[]>} golden @returns {Report[]} */
export function checkSchedules({ schedules }) {
  const rates = new Report("schedules: learning rates", 1e-6);
  const inRuns = new Report("schedules: in a Trainer", 1e-6);
  const momenta = new Report("schedules: momenta in a Trainer", 1e-6);
  for (const golden of schedules) {
    const { id, steps } = golden;
    const scheduler = configuration(golden.scheduler);
    const [base_lr, lr] = [number(golden.base_lr), numbers(golden.lr)];
    const metrics = golden.metrics && numbers(golden.metrics);
    rates.case();
    try {
      rates.compare(id, "lr", learningRates(scheduler, base_lr, steps, { metrics }), lr);
      if (metrics) {
        inRuns.notExpressible(id, OWN_METRIC);
        continue;
      }
      inRuns.case();
      const records = epochs(scheduler, base_lr, steps);
      inRuns.compare(
        id,
        "lr",
        records.map((record) => record.lr),
        lr,
      );
      const got = records.flatMap(({ momentum }) => momentum ?? []);
      if (golden.momentum_per_step) momenta.case();
      momenta.compare(id, "momentum", got, numbers(golden.momentum_per_step ?? []));
    } catch (error) {
      rates.fail(id, "schedule", error, "learning rates");
    }
  }
  return [rates, inRuns, momenta];
}

/**
 * Epochs without a batch, which step nothing but the schedule: so their records are the schedule.
 *
 * @param {any} scheduler
 * @param {number} lr
 * @param {number} steps
 */
function epochs(scheduler, lr, steps) {
  const one = { shape: [1, 1], data: [1] };
  const trainer = new Trainer(
    {
      layers: [{ in: 1, out: 1 }],
      loss: { name: "MSELoss" },
      optimizer: { name: "SGD", lr, momentum: 0.9 },
      scheduler,
    },
    { inputs: one, targets: one },
  );
  const records = Array.from({ length: steps }, () => trainer.endEpoch());
  trainer.free();
  return records;
}
