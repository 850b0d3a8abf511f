// Several labels for a row: the made sets, and training on them through the package.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { Trainer, datasets, init, metrics } from "bce-playground";

before(() => init());

test("made sets of three labels: shapes, names, and the seed", () => {
  const reports = datasets.make("health_reports", { n_samples: 50, seed: 2 });
  assert.deepEqual([reports.inputs.shape, reports.targets.shape], [[50, 5], [50, 3]]);
  assert.deepEqual(reports.feature_names, ["age", "blood pressure", "glucose", "lipids", "BMI"]);
  assert.deepEqual(reports.target_names, ["hypertension", "high blood sugar", "high blood lipids"]);
  assert.deepEqual(reports, datasets.make("health_reports", { n_samples: 50, seed: 2 }));
  const regions = datasets.make("overlapping_regions", { n_samples: 30, noise: 5 });
  assert.deepEqual([regions.inputs.shape, regions.targets.shape], [[30, 2], [30, 3]]);
  assert.throws(() => datasets.make("health_reports", { noise: 60 }), { name: "ValueError", path: "noise" });
});

test("the tutorial's health reports are learnt with one weight for each label, whatever the batch size", () => {
  const made = datasets.make("health_reports", { n_samples: 400, seed: 1 });
  const { inputs, targets, test_inputs, test_targets } = datasets.split(made, { train_size: 0.5, standardize: true });
  for (const batch_size of [10, 64]) {
    const trainer = new Trainer({
      seed: 1,
      layers: [{ in: 5, out: 8, activation: "tanh" }, { in: 8, out: 3, activation: "sigmoid" }],
      loss: { name: "BCELoss", weight: [1, 2, 0.5] },
      optimizer: { name: "Adam", lr: 0.01 },
      batch_size,
    }, { inputs, targets, test_inputs, test_targets });
    trainer.trainEpochs(150, { evaluate: "last" });
    const scores = trainer.predict(/** @type {any} */ (test_inputs));
    const { subset_accuracy, hamming_loss } = metrics.multilabel(scores, /** @type {any} */ (test_targets));
    assert.ok(subset_accuracy > 0.8, `subset accuracy ${subset_accuracy}`);
    assert.ok(hamming_loss < 0.08, `Hamming loss ${hamming_loss}`);
    trainer.free();
  }
});
