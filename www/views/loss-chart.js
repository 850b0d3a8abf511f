/** How the loss chart looks: its axes, their ticks, its lines, for any size of the space it has. */
import { token } from "../colours.js";
import { formatCount } from "../format.js";
import { t } from "../i18n/index.js";
import { font } from "./canvas.js";
import { logTicks } from "./curve/ranges.js";

/** @import uPlot from "uplot" */
/** @import { Axis, Options, Scale, Series } from "uplot" */
/** @import { Line } from "./curve/lines.js" */
/** @import { createRanges } from "./curve/ranges.js" */

/** Below this the axes do without their names. */
const NAMED = { width: 360, height: 170 };
/** What was recorded, behind the smoothed line. */
const BEHIND = 0.28;

/**
 * @param {object} of
 * @param {number} of.width in CSS pixels
 * @param {number} of.height
 * @param {number} [of.enlarged] lines and letters: for a picture to save
 * @param {boolean} of.log_scale whether losses are on a logarithmic axis
 * @param {boolean} of.log_epoch whether epochs are
 * @param {Line[]} of.lines
 * @param {boolean} of.smoothed whether each line has a smoothed one, after all others
 * @param {(line: Line) => boolean} of.shown
 * @param {ReturnType<typeof createRanges>} of.ranges
 * @returns {Options}
 */
export function chartOptions({ width, height, enlarged = 1, log_scale, log_epoch, lines, smoothed, shown, ranges }) {
  const size = Math.max(11, Math.min(15, width / enlarged / 34, height / enlarged / 17)) * enlarged;
  const named = width >= NAMED.width && height >= NAMED.height;
  const share = lines.some((line) => line.scale === "share");
  const series = lines.map((line) => seriesOf(line, enlarged, shown(line)));
  const behind = series.map((each) => ({ ...each, width: (each.width ?? 1) * 0.6, alpha: BEHIND,
    dash: undefined, points: { show: false } }));
  return {
    width,
    height,
    padding: [size * 0.6, share ? 0 : size * 2.6, named ? 0 : size * 0.2, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false, range: ranges.x, ...(log_epoch ? LOGARITHMIC_FROM_0 : {}) },
      y: { range: ranges.y, ...(log_scale ? { distr: 3 } : {}) },
      share: { range: () => [0, 1] },
    },
    axes: [
      { ...axis(size), label: named ? t("curve.x") : undefined, size: size * 2, space: size * 5,
        ...(log_epoch ? { splits: epochSplits } : {}), values: epochTicks },
      { ...axis(size), label: named ? t("curve.y") : undefined, size: size * 3.6, space: size * 2.6,
        ...(log_scale ? { splits: lossSplits } : {}), values: (_, splits) => splits.map(lossTick) },
      ...(share ? [shareAxis(size, height / enlarged, named)] : []),
    ],
    series: [{}, ...(smoothed ? behind : series), ...(smoothed ? series : [])],
  };
}

/** @param {Line} line @param {number} enlarged @param {boolean} show @returns {Series} */
function seriesOf({ label, colour, width, dash, scale }, enlarged, show) {
  return {
    label: t(label),
    scale,
    show,
    stroke: token(colour),
    width: width * enlarged,
    dash: dash?.map((length) => length * enlarged),
    points: { show: false },
    spanGaps: false,
  };
}

/** Epoch 0 has its place: one before epoch 1, as 1 is before 3. @type {Scale} */
const LOGARITHMIC_FROM_0 = {
  distr: 100,
  fwd: (epoch) => Math.log10(1 + epoch),
  bwd: (place) => 10 ** place - 1,
};

/** What the axes share. @param {number} size of the font @returns {Axis} */
function axis(size) {
  const line = Math.max(1, size / 15);
  return {
    stroke: token("--ink-soft"),
    font: font(size),
    labelFont: font(size, 600),
    labelSize: size * 1.5,
    labelGap: 0,
    gap: size / 3,
    // uPlot leaves out most ticks of logarithmic axes; ours are chosen already.
    filter: (_, splits) => splits,
    grid: { stroke: token("--line"), width: line },
    ticks: { stroke: token("--line-strong"), width: line, size: size / 3 },
  };
}

/** @param {number} size @param {number} height @param {boolean} named @returns {Axis} */
function shareAxis(size, height, named) {
  const parts = height > 200 ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1];
  return {
    ...axis(size),
    scale: "share",
    side: 1,
    label: named ? t("curve.share") : undefined,
    size: size * 4,
    grid: { show: false },
    splits: () => parts,
    values: (_, splits) => splits.map((value) => `${value * 100} %`),
  };
}

/** @type {(chart: uPlot, axis: number, low: number, high: number) => number[]} */
function epochSplits(chart, _axis, low, high) {
  const first = Math.max(low, 0.5);
  const ticks = logTicks(first, Math.max(high, first * 2), chart.width * 0.85, 48).filter(Number.isInteger);
  return low <= 0 ? [0, ...ticks] : ticks;
}

/** @type {(chart: uPlot, axis: number, low: number, high: number) => number[]} */
const lossSplits = (chart, _axis, low, high) => logTicks(low, high, chart.height * 0.75, 30);

/** @type {Axis.Values} */
const epochTicks = (_, splits) => splits.map((value) => (Number.isInteger(value) ? formatCount(value) : ""));

/** @param {number} value */
function lossTick(value) {
  if (value === 0) return "0";
  return value >= 1e-3 && value < 1e4 ? String(Number(value.toPrecision(5))) : exponential(value);
}

/** 2e−5: uPlot's own steps come with errors in their last digits. @param {number} value */
const exponential = (value) => String(Number(value.toPrecision(4)).toExponential()).replace("-", "−");
