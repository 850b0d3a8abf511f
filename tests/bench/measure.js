// One task on one host: first that all contestants compute the same, then rounds in which they take
// turns. Knows nothing of Node or browsers, so that both run the same.

import { disagreement } from "./agreement.js";
import { peakOf } from "./peak.js";
import { makeTask } from "./tasks.js";

/** @import { Task, TaskOptions } from "./tasks.js" */

/**
 * What every contestant is.
 *
 * @typedef {object} Model
 * @property {() => void} reset puts the parameters back to where everybody starts
 * @property {(epochs: number) => number} train whole epochs; the last one's mean loss over its batches
 * @property {() => ArrayLike<number>} predict the task's rows
 * @property {() => void} free
 */
/** @typedef {"ours" | "plainjs" | "tfjs-wasm"} ContestantName */
/** @typedef {(task: Task) => Model} Create */
/** @typedef {() => number | Promise<number>} Clock in milliseconds */
/**
 * @typedef {object} Request
 * @property {TaskOptions} task
 * @property {ContestantName[]} contestants
 * @property {number | null} rounds null: as many as the time allows, up to 9
 * @property {number} seconds for all rounds together
 * @property {Uint8Array} peak the wasm of peak.js
 */
/**
 * @typedef {object} Outcome
 * @property {number} peak multiply-and-add of f32x4, in operations a second; the best that was seen
 * @property {Partial<Record<ContestantName, number[]>>} rates samples a second, one for each round
 * @property {Partial<Record<ContestantName, string>>} refused why there are no rates
 */

/** The one that the others are divided by. @type {ContestantName} */
export const BASELINE = "plainjs";
const MOST_ROUNDS = 9;
const FEWEST_ROUNDS = 3;
const WARM_UP_MS = 150;

/**
 * @param {Request} request
 * @param {(name: ContestantName) => Promise<Create>} load
 * @param {Clock} now
 * @returns {Promise<Outcome>}
 */
export async function measure(request, load, now) {
  const task = makeTask(request.task);
  /** @type {Map<ContestantName, Model>} */
  const models = new Map();
  for (const name of request.contestants) models.set(name, (await load(name))(task));

  const refused = refusals(task, models);
  for (const name of Object.keys(refused)) models.delete(/** @type {ContestantName} */ (name));
  const peak = await peakOf(request.peak, now);
  const runs = await plan(task, models, request, now);
  /** @type {Outcome} */
  const outcome = { peak: 0, rates: {}, refused };
  for (let round = 0; round < runs.rounds; round++) {
    outcome.peak = Math.max(outcome.peak, await peak());
    // Nobody always follows the same neighbour.
    const turn = round % runs.cells.length;
    for (const { name, model, count } of runs.cells.slice(turn).concat(runs.cells.slice(0, turn))) {
      model.reset();
      const seconds = await secondsOf(() => run(task, model, count), now);
      (outcome.rates[name] ??= []).push((count * task.rows) / seconds);
    }
  }
  for (const model of models.values()) model.free();
  return outcome;
}

/**
 * @param {Task} task
 * @param {Map<ContestantName, Model>} models
 */
function refusals(task, models) {
  /** @type {Partial<Record<ContestantName, string>>} */
  const refused = {};
  const baseline = /** @type {Model} */ (models.get(BASELINE));
  for (const [name, model] of models) {
    if (model === baseline) continue;
    const reason = disagreement(task, model, baseline);
    if (reason) refused[name] = reason;
  }
  return refused;
}

/**
 * How many rounds, and how often each contestant does the task in one: about the same time for each.
 *
 * @param {Task} task
 * @param {Map<ContestantName, Model>} models
 * @param {Request} request
 * @param {Clock} now
 */
async function plan(task, models, request, now) {
  const once = [];
  for (const [name, model] of models) {
    once.push({ name, model, seconds: await warmUp(task, model, now) });
  }
  const cell = request.seconds / (request.rounds ?? MOST_ROUNDS) / once.length;
  const cells = once.map(({ name, model, seconds }) => {
    const count = Math.max(1, Math.round(cell / seconds));
    return { name, model, count, seconds: count * seconds };
  });
  const round = cells.reduce((sum, { seconds }) => sum + seconds, 0);
  const affordable = Math.min(MOST_ROUNDS, Math.floor(request.seconds / round));
  return { cells, rounds: request.rounds ?? Math.max(FEWEST_ROUNDS, affordable) };
}

/**
 * Runs until the engine has compiled what it will.
 *
 * @param {Task} task
 * @param {Model} model
 * @param {Clock} now
 * @returns {Promise<number>} seconds that the task takes once
 */
async function warmUp(task, model, now) {
  model.reset();
  let count = 1;
  let seconds = await secondsOf(() => run(task, model, 1), now);
  for (let spent = seconds; spent < WARM_UP_MS / 1000; spent += seconds * count) {
    count = Math.min(2 * count, Math.max(1, Math.round(0.05 / seconds)));
    seconds = Math.max((await secondsOf(() => run(task, model, count), now)) / count, 1e-7);
  }
  return seconds;
}

/** @param {Task} task @param {Model} model @param {number} count */
function run(task, model, count) {
  if (task.kind === "train") model.train(count);
  else for (let i = 0; i < count; i++) model.predict();
}

/** @param {() => void} work @param {Clock} now */
async function secondsOf(work, now) {
  const start = await now();
  work();
  return ((await now()) - start) / 1000;
}
