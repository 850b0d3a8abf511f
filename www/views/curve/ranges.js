/**
 * What part of the curve the chart shows: all of it, growing as it does, or what was zoomed to. And
 * the ticks of a logarithmic axis.
 */
import { roundTicks } from "../../format.js";

/** @import { Ghost } from "./ghosts.js" */
/** @typedef {[number, number]} Span */
/** @typedef {{ x: Span | null, y: Span | null }} View what was zoomed to; null: the chart's own choice */

/** Ghosts run ahead of the present run only so far: it never shrinks below a quarter of the width. */
const AHEAD = 4;
const LEAST_EPOCHS = 20;
const LEAST_EPOCHS_WITH_GHOSTS = 100;
/** Room for ln 2, where an untrained network stands. */
const LEAST_LOSS = 0.8;
/** The ends of axes, times a power of ten: steps of about a quarter, so that axes rest in between. */
const STEPS = [1, 1.2, 1.6, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** @param {number} high */
function steppedUp(high) {
  const power = 10 ** Math.floor(Math.log10(high));
  return STEPS.map((step) => step * power).find((end) => end >= high) ?? high;
}

/**
 * The ranges of both axes, as uPlot asks for them.
 *
 * @param {object} of
 * @param {View} of.view
 * @param {() => Ghost[]} of.ghosts those that are shown
 * @param {() => number} of.recorded the last epoch of the present run
 * @param {boolean} of.log whether losses are on a logarithmic axis
 */
export function createRanges({ view, ghosts, recorded, log }) {
  /** @type {Span} */
  let x = [0, LEAST_EPOCHS];
  /** @type {Span} */
  let y = [0, LEAST_LOSS];
  const farthest = () => Math.max(0, ...ghosts().map((ghost) => ghost.last_epoch));

  return {
    /** What is shown without zooming. */
    get whole() {
      return { x, y };
    },

    /** The epochs that there is anything to see of. @returns {Span} */
    get epochs() {
      return [0, Math.max(x[1], farthest())];
    },

    /** @returns {Span} */
    x() {
      const last = Math.max(0, recorded());
      const ahead = Math.max(AHEAD * last, LEAST_EPOCHS_WITH_GHOSTS);
      const end = Math.max(last, Math.min(farthest(), ahead));
      x = [0, end > LEAST_EPOCHS ? steppedUp(end) : LEAST_EPOCHS];
      return view.x ?? x;
    },

    /** @param {unknown} _chart @param {number | null} low @param {number | null} high @returns {Span} */
    y(_chart, low, high) {
      const shown = view.x ?? x;
      const spans = ghosts().map((ghost) => ghost.extent(shown, log));
      const bottom = Math.min(low ?? Infinity, ...spans.map((span) => span[0]));
      const top = Math.max(high ?? -Infinity, ...spans.map((span) => span[1]));
      y = (log ? logarithmic : linear)(bottom, top, view.x !== null);
      return view.y ?? y;
    },
  };
}

/** From 0, with room; close around what there is where epochs are zoomed to. */
function linear(/** @type {number} */ low, /** @type {number} */ high, /** @type {boolean} */ zoomed) {
  if (!(high >= low)) return /** @type {Span} */ ([0, LEAST_LOSS]);
  if (!zoomed) return /** @type {Span} */ ([0, high > LEAST_LOSS ? steppedUp(high) : LEAST_LOSS]);
  const room = (high - low) * 0.08 || high * 0.1 || 0.1;
  return /** @type {Span} */ ([Math.max(0, low - room), high + room]);
}

/** Whole decades, at least one; close around what there is where epochs are zoomed to. */
function logarithmic(/** @type {number} */ low, /** @type {number} */ high, /** @type {boolean} */ zoomed) {
  if (!(low > 0 && high >= low)) return /** @type {Span} */ ([0.01, 1]);
  if (zoomed) return /** @type {Span} */ ([low / 1.1, high * 1.1]);
  const bottom = 10 ** Math.floor(Math.log10(low));
  return /** @type {Span} */ ([bottom, Math.max(10 ** Math.ceil(Math.log10(high)), bottom * 10)]);
}

/**
 * Ticks of a logarithmic axis of so many pixels: powers of ten, with 2 and 5 times them where there
 * is room, and round numbers within less than a decade.
 *
 * @param {number} low above 0
 * @param {number} high
 * @param {number} pixels
 * @param {number} space that one tick needs
 */
export function logTicks(low, high, pixels, space) {
  const decades = Math.log10(high / low);
  if (decades < 1.2) {
    return roundTicks(low, high, Math.max(2, pixels / space / 1.5)).map(({ value }) => value);
  }
  const room = pixels / decades / space;
  const factors = room >= 4 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(1 / room));
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high) + 1e-9; power += 1) {
    if (power % stride !== 0) continue;
    for (const factor of factors) {
      // 10 ** -3 is 0.001 exactly as written, 1 * 10 ** -3 need not be.
      const value = Number(`${factor}e${power}`);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) ticks.push(value);
    }
  }
  return ticks;
}
