// Whether two contestants compute the same: a fast wrong answer is not a result.

/** @import { Model } from "./measure.js" */
/** @import { Task } from "./tasks.js" */

// Sums of float32 in another order differ in the 7th digit, and the difference grows slowly from step
// to step. What training has changed must agree too: a learning rate that is 1 % off is noticed.
const ROUNDING = 1e-6;
const LEARNING = 1e-3;
const STEPS = 64;

/**
 * @param {Task} task
 * @param {Model} model
 * @param {Model} other
 * @returns {string | null} how they differ; null where they agree
 */
export function disagreement(task, model, other) {
  model.reset();
  other.reset();
  return task.kind === "train" ? losses(task, model, other) : predictions(model, other);
}

/** @param {Task} task @param {Model} model @param {Model} other */
function losses(task, model, other) {
  const steps = Math.ceil(task.rows / task.batch);
  const epochs = Math.max(2, Math.ceil(STEPS / steps));
  let first = NaN;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const [a, b] = [model.train(1), other.train(1)];
    if (epoch === 1) first = b;
    if (!(Math.abs(a - b) <= ROUNDING * Math.abs(b) + LEARNING * Math.abs(first - b))) {
      return `after ${epoch} epochs of ${steps} steps the loss is ${a}, and ${b} in the baseline`;
    }
  }
  return null;
}

/** @param {Model} model @param {Model} other */
function predictions(model, other) {
  const [a, b] = [model.predict(), other.predict()];
  if (a.length !== b.length) return `${a.length} predictions, and ${b.length} in the baseline`;
  for (let i = 0; i < a.length; i++) {
    if (!(Math.abs(a[i] - b[i]) <= ROUNDING)) {
      return `prediction ${i} is ${a[i]}, and ${b[i]} in the baseline`;
    }
  }
  return null;
}
