/** Marks on the loss chart: where something was changed by hand, and where a loss was not finite. */
import { token } from "../../colours.js";
import { font } from "../canvas.js";

/** @import uPlot from "uplot" */
/** @typedef {{ epoch: number, text: string, bad: boolean }} ChartMark */

const ROWS = 3;
const GAP = 6;

/**
 * What draws each mark as a vertical line with its text at the top, in up to three rows so that texts
 * do not lie over each other; a text that finds no room is left to the values under the pointer.
 *
 * @param {number} pixels of the canvas for one of the text's
 * @returns {(chart: uPlot, marks: ChartMark[]) => void}
 */
export function marksPainter(pixels) {
  const size = 11 * pixels;
  const letters = font(size, 600);
  const [ink, soft, error, panel] = ["--ink", "--ink-soft", "--error", "--panel"].map(token);

  return ({ ctx, bbox: { left, top, width, height }, scales: { x }, valToPos }, marks) => {
    const visible = marks.filter(({ epoch }) => epoch >= Number(x.min) && epoch <= Number(x.max));
    if (visible.length === 0) return;
    /** @type {number[]} where the last text of each row ends */
    const ends = Array(ROWS).fill(-Infinity);
    ctx.save();
    ctx.font = letters;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    for (const { epoch, text, bad } of visible.sort((a, b) => a.epoch - b.epoch)) {
      const at = Math.round(valToPos(epoch, "x", true));
      ctx.strokeStyle = bad ? error : soft;
      ctx.lineWidth = (bad ? 1.6 : 1) * pixels;
      ctx.setLineDash(bad ? [] : [2 * pixels, 2 * pixels]);
      ctx.beginPath();
      ctx.moveTo(at, top);
      ctx.lineTo(at, top + height);
      ctx.stroke();
      const wide = ctx.measureText(text).width;
      // At the right edge the text stands on the other side of its line.
      const start = at + 3 * pixels + wide < left + width ? at + 3 * pixels : at - 3 * pixels - wide;
      const row = ends.findIndex((end) => end < start);
      if (row < 0 || start < left) continue;
      ends[row] = start + wide + GAP * pixels;
      const y = top + row * size * 1.35 + 2 * pixels;
      ctx.globalAlpha = 0.8;
      ctx.fillStyle = panel;
      ctx.fillRect(start - 1, y - 1, wide + 2, size * 1.2);
      ctx.globalAlpha = 1;
      ctx.fillStyle = bad ? error : ink;
      ctx.fillText(text, start, y);
    }
    ctx.restore();
  };
}
