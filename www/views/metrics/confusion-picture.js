/** The confusion matrix as it is drawn for a file: counts, each row's shares, the classes beside them. */
import { token } from "../../colours.js";
import { formatCount, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { font } from "../canvas.js";

/** @import { Space } from "./drawn-view.js" */
/** @import { Measured } from "./measurement.js" */

const CELLS = /** @type {const} */ ([["tn", "fp"], ["fn", "tp"]]);
/** For the names of the classes, and between cells, in CSS pixels. */
const ROOM = 44;
const GAP = 8;
const FRAME = 4;

/** @param {Space} space @param {Measured} measured */
export function drawConfusion({ context, width, height }, { metrics }) {
  const [w, h] = [(width - ROOM) / 2 - GAP, (height - ROOM) / 2 - GAP];
  context.textAlign = "center";
  context.textBaseline = "middle";
  CELLS.forEach((row, actual) => {
    const all = row.reduce((sum, cell) => sum + metrics[cell], 0);
    write(context, t("metrics.actual", { label: actual }), [ROOM / 2, ROOM + actual * (h + GAP) + h / 2], 18, -Math.PI / 2);
    row.forEach((cell, predicted) => {
      const [left, top] = [ROOM + predicted * (w + GAP), ROOM + actual * (h + GAP)];
      const middle = left + w / 2;
      if (actual === 0) write(context, t("metrics.predicted", { label: predicted }), [middle, ROOM / 2], 18);
      const share = all > 0 ? metrics[cell] / all : 0;
      context.fillStyle = token("--field");
      context.fillRect(left, top, w, h);
      context.globalAlpha = share;
      context.fillStyle = token(predicted === 0 ? "--p-0" : "--p-100");
      context.fillRect(left, top, w, h);
      context.globalAlpha = 1;
      if (actual !== predicted) {
        context.strokeStyle = token(actual === 0 ? "--class-0" : "--class-1");
        context.lineWidth = FRAME;
        context.strokeRect(left + FRAME / 2, top + FRAME / 2, w - FRAME, h - FRAME);
      }
      write(context, t(`metrics.${cell}`), [middle, top + h * 0.2], 18);
      write(context, formatCount(metrics[cell]), [middle, top + h * 0.5], 44, 0, 650);
      if (all > 0) write(context, formatShare(share), [middle, top + h * 0.78], 20);
    });
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {[number, number]} at
 * @param {number} size
 * @param {number} [angle]
 * @param {number} [weight]
 */
function write(context, text, [x, y], size, angle = 0, weight = 400) {
  context.save();
  context.font = font(size, weight);
  context.fillStyle = token("--ink");
  context.translate(x, y);
  context.rotate(angle);
  context.fillText(text, 0, 0);
  context.restore();
}
