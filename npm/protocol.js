// Every message between client and worker, both ways: its version, its form, its validators. Both
// ends read messages only through this file, so that nothing malformed, and nothing from another
// version of the package (a cached worker script, say), gets any further.
//
//   client -> worker   { protocol, id, method, args }
//   worker -> client   { protocol, kind: "result", id, value }
//                      { protocol, kind: "error", id, error }   id null: the request had none
//                      { protocol, kind: "snapshot", run, data, epoch, bytes, curve, speed }
//                      { protocol, kind: "crash", message, training }   its last words

import { CURVE_COLUMNS } from "./curve.js";
import { PlaygroundError, isPlainError } from "./errors.js";
import { isObject, shown } from "./tensor.js";

/** @import { PlainError } from "./errors.js" */
/** @import { Curve } from "./client.js" */
/** @import { Playing } from "./training-loop.js" */

export const PROTOCOL = 1;

/** @typedef {{ id: number, method: string, args: unknown[] }} Request */
/** @typedef {{ kind: "result", id: number, value: any }} Result */
/** @typedef {{ kind: "error", id: number | null, error: PlainError }} Failure */
/**
 * @typedef {object} SnapshotNotice
 * @property {"snapshot"} kind
 * @property {number} run
 * @property {number} data which of the run's data it was taken with: 0 for those it was loaded with
 * @property {number} epoch
 * @property {Uint8Array} bytes
 * @property {Curve} curve the points recorded since the snapshot before
 * @property {Playing | null} speed how it is playing; null: it is not
 */
/** @typedef {{ kind: "crash", message: string, training: boolean }} CrashNotice */
/** @typedef {Result | Failure | SnapshotNotice | CrashNotice} Reply */

/** @typedef {(value: unknown) => boolean} Check */

/** @type {Check} */
const isNumber = (value) => typeof value === "number";
/** @type {Check} */
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
/** @type {Check} */
const isString = (value) => typeof value === "string";
/** @type {Check} */
const isArray = (value) => Array.isArray(value) || ArrayBuffer.isView(value);
/** @type {Check} */
const isBytes = (value) => value instanceof Uint8Array;
/** @type {Check} */
const isPositive = (value) => Number.isFinite(value) && Number(value) > 0;
/** @type {Check} */
const isCurve = (value) =>
  isObject(value) &&
  CURVE_COLUMNS.every((column) => value[column] instanceof Float64Array) &&
  new Set(CURVE_COLUMNS.map((column) => /** @type {any} */ (value[column]).length)).size === 1;
/** @type {Check} */
const isSpeed = (value) =>
  isObject(value) &&
  (value.steps_per_second === null || isPositive(value.steps_per_second)) &&
  (value.until === undefined || value.until === null || isObject(value.until)) &&
  (value.from === undefined || isCount(value.from));
/** Where a restarted worker goes on from. @type {Check} */
const isOrigin = (value) =>
  isObject(value) &&
  isCount(value.run) &&
  isCount(value.data) &&
  isCount(value.version) &&
  isCurve(value.curve) &&
  (value.speed === null || isSpeed(value.speed));
/** @type {Check} */
const isEvaluate = (value) => value === "both" || value === "test";
/** A vector, plain or as a tensor. @type {Check} */
const isVector = (value) => isArray(value) || isObject(value);
/** None is a schedule too. @type {Check} */
const isConfigOrNull = (value) => value === null || isObject(value);
/** @type {(check: Check) => Check} */
const optional = (check) => (value) => value === undefined || check(value);

/**
 * The methods that a worker answers, with a check of each argument's kind. Only the kind: the
 * values are checked where the calling thread checks them too.
 *
 * @type {ReadonlyMap<string, readonly Check[]>}
 */
const METHODS = new Map(
  Object.entries({
    // the worker's own
    hold: [isString],
    start: [isObject],
    load: [isObject, isObject, optional(isOrigin), optional(isEvaluate)],
    restore: [isBytes, isObject, optional(isOrigin), optional(isEvaluate)],
    play: [optional(isObject)],
    pause: [],
    frame: [optional(isObject)],
    trainSteps: [isNumber],
    trainSamples: [isNumber],
    restoreGood: [optional(isObject)],
    cancel: [isNumber],
    crash: [],
    // Trainer's
    warnings: [],
    config: [],
    epoch: [],
    step: [],
    steps_per_epoch: [],
    trainEpochs: [isNumber, optional(isObject)],
    trainFor: [isNumber, optional(isObject)],
    trainBatch: [isArray],
    gradients: [],
    endEpoch: [],
    evaluate: [isString],
    scores: [isString],
    detect: [isString, optional(isObject)],
    predict: [isObject, optional(isObject)],
    logits: [isObject, optional(isObject)],
    predictGrid: [isObject],
    unitGrids: [isObject],
    parameters: [],
    flatGradients: [],
    initialParameters: [],
    data: [],
    runFrom: [isString],
    nonFinite: [],
    stateDict: [],
    loadStateDict: [isObject],
    setParameter: [isNumber, isNumber],
    setParameters: [isArray],
    reconfigure: [isObject],
    setData: [isObject, isCount],
    snapshot: [],
    rewind: [isBytes],
    diagnose: [],
    // data sets
    "datasets.make": [isString, optional(isObject)],
    "datasets.makeDetection": [optional(isObject)],
    "datasets.load": [isString, optional(isObject)],
    "datasets.previewCSV": [isString, optional(isObject)],
    "datasets.parseCSV": [isString, optional(isObject)],
    "datasets.features": [isObject, isArray],
    "datasets.split": [isObject, optional(isObject)],
    "datasets.balancedWeights": [isObject],
    "datasets.oversample": [isObject, optional(isObject)],
    // losses
    lossOfLogits: [isObject, isObject, isObject],
    binaryCrossEntropy: [isObject, isObject, optional(isObject)],
    binaryCrossEntropyWithLogits: [isObject, isObject, optional(isObject)],
    // metrics
    "metrics.binary": [isVector, isVector, optional(isObject)],
    "metrics.coOccurrence": [isObject, optional(isObject)],
    "metrics.multiclass": [isObject, isObject],
    "metrics.multilabel": [isObject, isObject, optional(isObject)],
    // boxes
    "detection.encode": [isObject, isObject],
    "detection.decode": [isObject, optional(isObject)],
    "detection.iou": [isObject, isObject],
    "detection.nonMaximumSuppression": [isObject, optional(isObject)],
    "detection.averagePrecision": [isObject, isObject, isObject],
    // schedules
    learningRates: [isConfigOrNull, isNumber, isNumber, optional(isObject)],
  }),
);

/**
 * @param {string} message
 * @returns {PlaygroundError}
 */
const refusal = (message) => new PlaygroundError("ProtocolError", message);

/** @param {unknown} value @returns {value is number} */
const isId = (value) => Number.isSafeInteger(value) && Number(value) > 0;

/**
 * @param {unknown} message
 * @returns {number | null} the id to answer to, even where the rest is unusable
 */
export function requestId(message) {
  return isObject(message) && isId(message.id) ? message.id : null;
}

/**
 * @param {unknown} message
 * @returns {PlaygroundError | null} why it is not from this version of the package
 */
function refusedOrigin(message) {
  if (!isObject(message)) return refusal(`a message must be an object, got ${shown(message)}`);
  if (message.protocol === PROTOCOL) return null;
  return refusal(
    `a message of protocol ${shown(message.protocol)}, this is protocol ${PROTOCOL}: ` +
      "page and worker are of different versions, reload the page",
  );
}

/**
 * @param {unknown} message
 * @returns {Request}
 * @throws {PlaygroundError} ProtocolError where it is not a request, TypeError for an argument's
 *   kind
 */
export function readRequest(message) {
  const refused = refusedOrigin(message);
  if (refused) throw refused;
  const { id, method, args } = /** @type {Record<string, unknown>} */ (message);
  if (!isId(id)) throw refusal(`a request's id must be a positive integer, got ${shown(id)}`);
  const checks = typeof method === "string" ? METHODS.get(method) : undefined;
  if (checks === undefined) throw refusal(`unknown method ${shown(method)}`);
  if (!Array.isArray(args)) throw refusal(`args must be an array, got ${shown(args)}`);
  if (args.length > checks.length) {
    throw new PlaygroundError(
      "TypeError",
      `${method} takes at most ${checks.length} arguments, got ${args.length}`,
    );
  }
  checks.forEach((check, i) => {
    if (check(args[i])) return;
    throw new PlaygroundError(
      "TypeError",
      `${method}: argument ${i + 1} may not be ${shown(args[i])}`,
    );
  });
  return { id, method: /** @type {string} */ (method), args };
}

/**
 * @param {unknown} message
 * @returns {Reply}
 * @throws {PlaygroundError} ProtocolError where it is not a worker's message
 */
export function readReply(message) {
  const refused = refusedOrigin(message);
  if (refused) throw refused;
  const reply = /** @type {Record<string, unknown>} */ (message);
  const valid =
    (reply.kind === "result" && isId(reply.id)) ||
    (reply.kind === "error" &&
      (reply.id === null || isId(reply.id)) &&
      isPlainError(reply.error)) ||
    (reply.kind === "snapshot" &&
      isCount(reply.run) &&
      isCount(reply.data) &&
      isCount(reply.epoch) &&
      isBytes(reply.bytes) &&
      isCurve(reply.curve) &&
      (reply.speed === null || isSpeed(reply.speed))) ||
    (reply.kind === "crash" && isString(reply.message));
  if (!valid) throw refusal(`a reply of unknown kind: ${shown(reply.kind)}`);
  return /** @type {Reply} */ (/** @type {unknown} */ (message));
}
