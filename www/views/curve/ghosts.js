/** The curves of earlier runs, behind the present one. They do not change, so neither do their paths. */
import { token } from "../../colours.js";
import { smoothed, trainColumn } from "./lines.js";

/** @import uPlot from "uplot" */
/** @import { KeptRun } from "../../runs.js" */
/** @import { Span } from "./ranges.js" */

/** @typedef {ReturnType<typeof createGhost>} Ghost */

/** The token of a run's colour. @param {KeptRun} run */
export const ghostColour = ({ slot }) => `--run-${slot + 1}`;

/** The first index whose epoch is not below this. @param {ArrayLike<number>} epochs @param {number} epoch */
function indexOf(epochs, epoch) {
  let [low, high] = [0, epochs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (epochs[middle] < epoch) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A run's ghost, smoothed as the present curve is.
 *
 * @param {KeptRun} run
 * @param {number} smoothing
 */
export function createGhost(run, smoothing) {
  const { epoch: epochs, test_loss } = run.columns;
  const train_loss = trainColumn(run.columns);
  const [train, test] = [train_loss, test_loss].map((column) => (
    smoothing > 0 ? smoothed(column, smoothing) : column
  ));
  const colour = token(ghostColour(run));
  /** What the paths were made for, and they. */
  let place = "";
  /** @type {[Path2D, Path2D]} */
  let paths = [new Path2D(), new Path2D()];
  let extent_of = "";
  /** @type {Span} */
  let extent = [Infinity, -Infinity];

  return {
    run,
    colour,
    last_epoch: epochs[epochs.length - 1],

    /** Losses within a span of epochs; [∞, −∞] if there are none. @param {Span} span @param {boolean} log */
    extent(span, log) {
      const key = `${span} ${log}`;
      if (key === extent_of) return extent;
      extent_of = key;
      extent = [Infinity, -Infinity];
      const end = indexOf(epochs, span[1] + 1e-9);
      for (let k = indexOf(epochs, span[0]); k < end; k += 1) {
        for (const value of [train[k], test[k]]) {
          if (!Number.isFinite(value) || (log && value <= 0)) continue;
          if (value < extent[0]) extent[0] = value;
          if (value > extent[1]) extent[1] = value;
        }
      }
      return extent;
    },

    /** Its losses at an epoch; null after its end. @param {number} epoch */
    at(epoch) {
      const k = indexOf(epochs, epoch);
      return k < epochs.length ? { train: train_loss[k], test: run.columns.test_loss[k] } : null;
    },

    /** @param {uPlot} chart @param {number} alpha @param {number} scale of line widths */
    draw(chart, alpha, scale) {
      const { ctx, bbox, scales: { x, y } } = chart;
      const here = [x.min, x.max, y.min, y.max, y.distr, x.distr, ...Object.values(bbox)].join();
      if (here !== place) {
        place = here;
        paths = [pathOf(chart, epochs, train), pathOf(chart, epochs, test)];
      }
      ctx.globalAlpha = alpha;
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.5 * scale;
      for (const [k, path] of paths.entries()) {
        ctx.setLineDash(k === 0 ? [] : [5 * scale, 3 * scale]);
        ctx.stroke(path);
      }
    },
  };
}

/**
 * A column as a path in the canvas's pixels: of the points in one pixel's column the first, the
 * lowest, the highest and the last.
 *
 * @param {uPlot} chart
 * @param {Float64Array} epochs
 * @param {Float64Array} values
 */
function pathOf(chart, epochs, values) {
  const path = new Path2D();
  const { min, max } = chart.scales.x;
  const log = chart.scales.y.distr === 3;
  const first = Math.max(0, indexOf(epochs, min ?? 0) - 1);
  const last = Math.min(epochs.length - 1, indexOf(epochs, max ?? 0));
  let pen = false;
  let column = NaN;
  let [low, high, end] = [0, 0, 0];
  const finish = () => {
    if (low !== high) {
      path.lineTo(column, low);
      path.lineTo(column, high);
      path.lineTo(column, end);
    }
  };
  for (let k = first; k <= last; k += 1) {
    const value = values[k];
    if (!Number.isFinite(value) || (log && value <= 0)) {
      if (pen) finish();
      pen = false;
      continue;
    }
    const x = Math.round(chart.valToPos(epochs[k], "x", true));
    const y = chart.valToPos(value, "y", true);
    if (pen && x === column) {
      low = Math.min(low, y);
      high = Math.max(high, y);
      end = y;
      continue;
    }
    if (pen) finish();
    if (pen) path.lineTo(x, y);
    else path.moveTo(x, y);
    pen = true;
    column = x;
    low = high = end = y;
  }
  if (pen) finish();
  return path;
}
