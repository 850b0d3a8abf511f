// When playing stops of itself: the conditions of play()'s `until`, looked at after every epoch that
// the curve records. A function of the curve, so that a run stops at the same epoch on every machine.

import { PlaygroundError } from "./errors.js";
import { isObject, shown, typeError } from "./tensor.js";

/** @import { Curve, Stopped, Until } from "./client.js" */

/** @typedef {keyof Until} Condition */

/** Each condition on the last of the recorded points, with the column that it looks at. */
const CONDITIONS = {
  train_loss_below: { column: "train_loss", holds: below },
  test_loss_below: { column: "test_loss", holds: below },
  accuracy: { column: "accuracy", holds: reached },
  test_accuracy: { column: "test_accuracy", holds: reached },
};

/** @param {number} value @param {number} limit */
function below(value, limit) {
  return value < limit;
}

/** @param {number} value @param {number} limit */
function reached(value, limit) {
  return value >= limit;
}

/**
 * @param {unknown} value play()'s `until`
 * @returns {Until | null} null where it holds nothing
 * @throws {PlaygroundError}
 */
export function readUntil(value) {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw typeError(`until must be an object, got ${shown(value)}`, "until");
  const known = ["epoch", ...Object.keys(CONDITIONS), "patience"];
  const given = Object.entries(value).filter(([, limit]) => limit !== undefined && limit !== null);
  for (const [key, limit] of given) {
    const path = `until.${key}`;
    if (!known.includes(key)) {
      throw new PlaygroundError("ValueError", `until takes ${known.join(", ")}`, path);
    }
    const counts = key === "epoch" || key === "patience";
    const valid = counts ? Number.isSafeInteger(limit) && Number(limit) >= 0 : Number.isFinite(limit);
    if (!valid || (key === "patience" && limit === 0)) {
      const wanted = counts ? "a whole number" : "a number";
      throw new PlaygroundError("ValueError", `${key} must be ${wanted}, got ${shown(limit)}`, path);
    }
  }
  return given.length > 0 ? /** @type {Until} */ (Object.fromEntries(given)) : null;
}

/**
 * @param {Until} until
 * @param {number} from the epoch at which playing began
 * @param {Curve} curve up to now, at least one point
 * @returns {Stopped | null} the first condition that holds at its last point
 */
export function stoppedBy(until, from, curve) {
  const last = curve.epoch.length - 1;
  const epoch = curve.epoch[last];
  for (const [by, { column, holds }] of Object.entries(CONDITIONS)) {
    const limit = until[/** @type {Condition} */ (by)];
    const value = curve[/** @type {keyof Curve} */ (column)][last];
    if (limit !== undefined && holds(value, limit)) {
      return { by: /** @type {Condition} */ (by), epoch, value };
    }
  }
  const { patience } = until;
  if (patience === undefined) return null;
  const best = lowest(curve, from);
  return epoch - best >= patience ? { by: "patience", epoch, value: epoch - best } : null;
}

/**
 * @param {Curve} curve
 * @param {number} from
 * @returns {number} the epoch, from there on, of the lowest test loss; without one of the lowest
 *   loss on the training data; of equal ones the first
 */
function lowest({ epoch, test_loss, eval_loss }, from) {
  const losses = Number.isNaN(test_loss[epoch.length - 1]) ? eval_loss : test_loss;
  let best = -1;
  for (let i = 0; i < epoch.length; i += 1) {
    if (epoch[i] >= from && (best < 0 || losses[i] < losses[best])) best = i;
  }
  return best < 0 ? from : epoch[best];
}
