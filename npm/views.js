// What a frame shows of a trainer beyond its figures, as far as it is asked for.

import { PlaygroundError } from "./errors.js";
import { metrics as metricsOf } from "./metrics.js";

/** @import { GridOptions, Part, PlaneOptions, Scores } from "./index.js" */
/** @import { Frame, FrameMetricsOptions, FrameOptions } from "./client.js" */
/** @import { Trainer } from "./trainer.js" */

/** @typedef {"grid" | "units" | "parameters" | "gradients" | "scores" | "metrics" | "health" | "grid_time"} View */

/**
 * @param {Trainer} trainer
 * @param {FrameOptions} asked
 * @param {Partial<PlaneOptions>} plane what units look at where they do not say it
 * @param {boolean} hasTest
 * @returns {Pick<Frame, View>}
 */
export function viewsOf(trainer, asked, plane, hasTest) {
  const { units } = asked;
  const start = performance.now();
  const grid = asked.grid ? reusing(asked.buffer, trainer.predictGrid(asked.grid)) : null;
  return {
    grid,
    grid_time: grid && performance.now() - start,
    units: units ? trainer.unitGrids(/** @type {PlaneOptions} */ ({ ...plane, ...units })) : null,
    parameters: asked.parameters ? trainer.parameters() : null,
    gradients: asked.gradients ? trainer.flatGradients() : null,
    scores: asked.scores ? scoresOf(trainer, asked.scores, hasTest) : null,
    metrics: asked.metrics ? metricsOfPart(trainer, asked.metrics, hasTest) : null,
    health: asked.health ? trainer.diagnose() : null,
  };
}

/**
 * @param {GridOptions | null | undefined} grid
 * @returns {Partial<PlaneOptions>} what the grid looks at, for the pictures of units
 */
export function planeOf(grid) {
  const { x, y, features, at, formulas, mean, std } = grid ?? {};
  return { x, y, features, at, formulas, mean, std };
}

/**
 * @param {Trainer} trainer
 * @param {Part} part
 * @param {boolean} hasTest
 * @returns {Scores | null} null without test data
 */
const scoresOf = (trainer, part, hasTest) =>
  part === "test" && !hasTest ? null : trainer.scores(part);

/**
 * @param {Trainer} trainer
 * @param {FrameMetricsOptions} options
 * @param {boolean} hasTest
 * @returns {Frame["metrics"]} null without test data, or where the outputs are no probabilities
 */
function metricsOfPart(trainer, { part = "train", ...options }, hasTest) {
  const found = scoresOf(trainer, part, hasTest);
  if (found === null) return null;
  const { scores, labels } = found;
  try {
    return scores.shape[1] === 1
      ? metricsOf.binary(scores, labels, options)
      : metricsOf.multilabel(scores, labels, options);
  } catch (error) {
    if (error instanceof PlaygroundError && error.path === "scores") return null;
    throw error;
  }
}

/**
 * Puts a grid into the buffer of an old one, where it fits: so two buffers go back and forth
 * between the page and the worker, and the page's memory has nothing to collect.
 *
 * @param {ArrayBuffer | undefined} buffer
 * @param {Float32Array} grid
 * @returns {Float32Array}
 */
function reusing(buffer, grid) {
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== grid.byteLength) return grid;
  const reused = new Float32Array(buffer);
  reused.set(grid);
  return reused;
}
