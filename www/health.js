/** What may be wrong with a run, in words: from what the core has found out of the numbers. */

/** @import { Health, NonFinite } from "bce-playground" */
/** @import { Values } from "./fields.js" */
/** @import { Parameters } from "./notices.js" */

/**
 * One line about the network: `health.<topic>` is its text, `why.<topic>.…` explains it.
 *
 * @typedef {{ topic: string, parameters: Parameters }} Finding
 */

/** Before so many steps nothing can be said of a network. */
const EARLIEST = 300;
/** Nearer than this to a constant's loss, in nats, nothing has been learnt. */
const NO_BETTER = 0.01;
/** A share of dead or saturated units from which on it is worth a word. */
const MANY_UNITS = 0.25;
/** A share of saturated units that is worth a word even where the loss falls. */
const NEARLY_ALL = 0.95;
/** A share of points with a wrong answer at 0 or 1. */
const MANY_WRONG = 0.03;
/** A finding that holds once may pass; so many in a row are told. */
const IN_A_ROW = 2;

/** @param {number} share */
const percent = (share) => Math.round(share * 100);

/**
 * The most telling thing that is wrong, or null.
 *
 * @param {Health} health
 * @returns {Finding | null}
 */
export function findingOf({ log_loss, entropy, layers, outputs }) {
  const stuck = Math.abs(log_loss - entropy) < NO_BETTER && entropy > 10 * NO_BETTER;
  const dead = layers.findIndex((layer) => (layer.dead ?? 0) >= MANY_UNITS);
  if (dead >= 0) {
    return { topic: "dead", parameters: { percent: percent(Number(layers[dead].dead)), layer: dead + 1 } };
  }
  // Saturated units do no harm by themselves: a sharp boundary is made of them.
  const enough = stuck ? MANY_UNITS : NEARLY_ALL;
  const saturated = layers.findIndex((layer) => (layer.saturated ?? 0) >= enough);
  if (saturated >= 0) {
    const share = percent(Number(layers[saturated].saturated));
    return { topic: "saturated", parameters: { percent: share, layer: saturated + 1 } };
  }
  const one = outputs.find(({ predicted, positives }) =>
    (predicted === 0 || predicted === 1) && positives > 0 && positives < 1);
  if (one && Math.abs(one.positives - 0.5) > 0.1) return { topic: "one_class", parameters: { label: one.predicted } };
  if (stuck) return { topic: "stuck", parameters: { loss: log_loss.toFixed(3) } };
  if (one) return { topic: "one_class", parameters: { label: one.predicted } };
  const wrong = outputs.find(({ saturated_wrong }) => saturated_wrong >= MANY_WRONG);
  return wrong ? { topic: "certain", parameters: { percent: percent(wrong.saturated_wrong) } } : null;
}

/** Follows the findings, and tells only what lasts. */
export class HealthWatch {
  /** @type {Finding | null} what is to be said now */
  finding = null;
  #topic = "";
  #times = 0;

  /**
   * Takes another look; tells whether there is something else to say.
   *
   * @param {Health} health
   * @param {number} steps of the run so far
   */
  take(health, steps) {
    const found = steps < EARLIEST ? null : findingOf(health);
    const topic = found?.topic ?? "";
    this.#times = topic === this.#topic ? this.#times + 1 : 1;
    this.#topic = topic;
    if (this.#times < IN_A_ROW) return false;
    this.finding = found;
    return true;
  }

  /** Another run begins. */
  forget() {
    this.finding = null;
    this.#topic = "";
    this.#times = 0;
  }
}

/**
 * What the page says of a value that is not finite: which one, when, and what has probably led to it.
 *
 * @param {NonFinite} found
 * @param {Values} values
 * @returns {Parameters}
 */
export function overflowText({ epoch, step, kind, layer, name }, values) {
  const place = { layer: (layer ?? 0) + 1, name };
  return {
    epoch,
    step: step + 1,
    quantity: { key: `quantity.${kind}`, parameters: place },
    cause: { key: `overflow.${overflowCause(kind, values)}`, parameters: { ...values } },
  };
}

/** @param {NonFinite["kind"]} kind @param {Values} values */
function overflowCause(kind, { maximize, loss, output_activation, penalty, lambda, lr, reduction, batch_size,
  momentum, optimizer, scheduler }) {
  if (kind === "input") return "input";
  if (maximize) return "maximize";
  if (penalty === "l2" && 2 * lambda * lr >= 1) return "penalty";
  if (loss === "BCELoss" && output_activation === "identity") return "end";
  if (reduction === "sum" && batch_size > 1) return "sum";
  if (optimizer === "SGD" && momentum >= 0.97) return "momentum";
  return scheduler === "OneCycleLR" ? "schedule" : "lr";
}
