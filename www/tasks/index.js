/**
 * The tasks: what each has the network learn, and of what data. A session knows no task by name; it
 * asks the one of the state. The first is part of the page, the others are loaded when they are chosen.
 */
import binary from "./binary.js";

/** @import { Config, Dataset, Formula, Split } from "bce-playground" */
/** @import { FrameOptions, TrainerClient } from "bce-playground/client" */
/** @import { Values } from "../fields.js" */
/** @import { TaskName } from "../fields/values.d.ts" */
/** @import { Plane } from "../plane.js" */
/** @import { Session } from "../session.js" */

/** @typedef {{ dataset: Dataset, split: Split }} Data */

/**
 * A task that trains one network in the session's worker.
 *
 * @typedef {object} Task
 * @property {(source: TrainerClient["datasets"], values: Values) => Promise<Data>} makeData what is learnt
 * @property {(values: Values) => Formula[] | null} formulas how the network's inputs follow from the
 *   data's columns; null: they are the columns
 * @property {(values: Values, in_features: number, outputs: number) => Config} configuration the network,
 *   its end, its loss and how it is trained
 * @property {(data: Data, values: Values) => Plane | null} makePlane what a picture of the inputs shows;
 *   null: there is none
 * @property {"lr" | "detection_lr"} [rate] the field of the learning rate, by default `lr`
 * @property {"test"} [evaluate] what the worker looks at after an epoch, by default both parts: a pass over
 *   many large rows would cost more than it tells
 * @property {(keyof Values)[]} planeKeys the fields that only turn the plane
 * @property {(session: Session, parameters: number) => Partial<FrameOptions>} frame what a frame brings for
 *   this task's views, of a network of so many parameters
 */

/**
 * What the worker trains.
 *
 * @typedef {object} Network
 * @property {Task} task
 * @property {number} run the worker's number of it: frames of another one are of no use
 * @property {Config["layers"]} layers
 * @property {number} parameters how many
 */

/**
 * null: the stage of the task trains by itself, and has a `driver` for the bar.
 *
 * @type {Record<TaskName, () => Promise<Task | null>>}
 */
const loaders = {
  binary: async () => binary,
  imbalance: async () => null,
  multilabel: async () => (await import("./multilabel.js")).default,
  classes: async () => null,
  losses: async () => null,
  detection: async () => (await import("./detection.js")).default,
};

/** @param {string} name one of the choices of the field `task` */
export const loadTask = (name) => loaders[/** @type {TaskName} */ (name)]();

/** @param {Task} task @param {Config["layers"]} layers @param {number} run @returns {Network} */
export function networkOf(task, layers, run) {
  return { task, run, layers, parameters: layers.reduce((sum, layer) => sum + (layer.in + 1) * layer.out, 0) };
}
