/** How the loss chart looks: its axes, their ranges and ticks, its lines. */
import { token } from "../colours.js";
import { formatCount } from "../format.js";
import { t } from "../i18n/index.js";
import { font } from "./canvas.js";

/** @import { Curve as Columns } from "bce-playground/client" */
/** @import { Axis, Options, Scale } from "uplot" */

/**
 * What the chart draws, in this order: columns of the curve, and the tokens of their colours.
 *
 * @type {{ column: keyof Columns, part: "train" | "test", colour: string, width: number,
 *   dash?: number[] }[]}
 */
export const LINES = [
  { column: "eval_loss", part: "train", colour: "--train", width: 2.2 },
  { column: "test_loss", part: "test", colour: "--test", width: 1.8, dash: [6, 3] },
];

/**
 * @param {object} space
 * @param {number} space.width in CSS pixels
 * @param {number} space.height
 * @param {boolean} space.log whether losses are on a logarithmic axis
 * @returns {Options}
 */
export function chartOptions({ width, height, log }) {
  const size = Math.max(11, Math.min(15, width / 30, height / 20));
  return {
    width,
    height,
    padding: [size * 0.6, size * 1.6, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { x: { time: false, range: epochRange }, y: log ? LOGARITHMIC : LINEAR },
    axes: [
      { ...axis(size), label: t("curve.x"), size: size * 2, space: 60,
        values: (_, splits) => splits.map((value) => (Number.isInteger(value) ? formatCount(value) : "")) },
      { ...axis(size, log ? decades : every), label: t("curve.y"), size: size * 3.6, space: 36,
        values: (_, splits) => splits.map((value) => (value === null ? "" : lossTick(value))) },
    ],
    series: [
      {},
      ...LINES.map(({ colour, width: line, dash, part }) => ({
        label: t(`part.${part}`),
        stroke: token(colour),
        width: line,
        dash,
        points: { show: false },
        spanGaps: false,
      })),
    ],
  };
}

/** @type {Axis.Filter} */
const every = (_, splits) => splits;

/** A logarithmic axis has ten splits a decade: one is enough. @type {Axis.Filter} */
const decades = (_, splits) => splits.map((value) => (isPowerOfTen(value) ? value : null));

/**
 * What both axes share.
 *
 * @param {number} size of the font
 * @param {Axis.Filter} filter which splits are drawn
 * @returns {Axis}
 */
function axis(size, filter = every) {
  return {
    stroke: token("--ink-soft"),
    font: font(size),
    labelFont: font(size, 600),
    labelSize: size * 1.5,
    labelGap: 0,
    gap: 4,
    filter,
    grid: { stroke: token("--line"), width: 1, filter },
    ticks: { stroke: token("--line-strong"), width: 1, size: 4, filter },
  };
}

/** The smallest of the steps, times a power of ten, that is not below `high`. */
const SOFT_STEPS = [1, 1.2, 1.6, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** @param {number} high */
function steppedUp(high) {
  const power = 10 ** Math.floor(Math.log10(high));
  return SOFT_STEPS.map((step) => step * power).find((end) => end >= high) ?? high;
}

/**
 * Axes grow in steps of about a quarter, so that they rest in between.
 *
 * @type {Scale.Range}
 */
const epochRange = (_, _low, high) => [0, high > 20 ? steppedUp(high) : 20];

/** The top of 0.8 has room for ln 2, where an untrained network stands. @type {Scale} */
const LINEAR = { range: (_, _low, high) => [0, high > 0.8 ? steppedUp(high) : 0.8] };

/** At least one whole decade. @type {Scale} */
const LOGARITHMIC = {
  distr: 3,
  range: (_, low, high) => {
    if (!(low > 0)) return [0.01, 1];
    const bottom = 10 ** Math.floor(Math.log10(low));
    return [bottom, Math.max(10 ** Math.ceil(Math.log10(high)), bottom * 10)];
  },
};

/** @param {number} value */
const isPowerOfTen = (value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;

/** @param {number} value */
function lossTick(value) {
  if (value === 0) return "0";
  return value >= 1e-3 && value < 1e4 ? String(Number(value.toPrecision(6))) : value.toExponential(0);
}
