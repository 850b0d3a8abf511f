/** The exact values at one epoch of the loss chart: under the pointer, and for a screen reader. */
import { html } from "lit";

import { formatCount, formatLoss, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { valueAt } from "./lines.js";

/** @import { Curve } from "../../curve.js" */
/** @import { Ghost } from "./ghosts.js" */
/** @import { Line } from "./lines.js" */

/**
 * @typedef {object} Reading
 * @property {number} epoch
 * @property {{ id: string, label: string, value: string }[]} rows
 * @property {{ slot: number, label: string, train: string, test: string }[]} ghosts
 * @property {string[]} marks what was changed there
 */

/**
 * @param {object} of
 * @param {Curve} of.curve
 * @param {number} of.k the point of the curve
 * @param {Line[]} of.lines
 * @param {Ghost[]} of.ghosts
 * @param {(ghost: Ghost) => string} of.nameOf
 * @param {{ epoch: number, text: string }[]} of.marks near that point
 * @returns {Reading}
 */
export function readingAt({ curve, k, lines, ghosts, nameOf, marks }) {
  const epoch = curve.column("epoch")[k];
  return {
    epoch,
    rows: lines.map((line) => ({
      id: line.id,
      label: t(line.label),
      value: (line.scale === "share" ? formatShare : formatLoss)(valueAt(curve, line, k)),
    })),
    ghosts: ghosts.flatMap((ghost) => {
      const values = ghost.at(epoch);
      return values ? [{ slot: ghost.run.slot, label: nameOf(ghost), train: formatLoss(values.train),
        test: formatLoss(values.test) }] : [];
    }),
    marks: marks.map(({ text }) => text),
  };
}

/** What is drawn beside the pointer. @param {Reading} reading */
export function readoutTemplate({ epoch, rows, ghosts, marks }) {
  return html`
    <div class="readout-epoch" data-part="epoch">${t("curve.at_epoch", { epoch: formatCount(epoch) })}</div>
    ${marks.map((text) => html`<div class="readout-mark">${text}</div>`)}
    <div class="readout-rows">${rows.map(({ id, label, value }) => html`
      <span class="line-sample ${id}"></span>
      <span>${label}</span><span class="figure" data-part=${id}>${value}</span>`)}
    </div>
    ${ghosts.length === 0 ? "" : html`<div class="readout-ghosts">${ghosts.map(({ slot, label, train, test }) => html`
      <span class="line-sample run-${slot + 1}"></span>
      <span class="readout-name">${label}</span><span class="figure">${train}</span><span class="figure">${test}</span>`)}
    </div>`}`;
}

/** The same in a sentence. @param {Reading} reading */
export function readoutText({ epoch, rows, ghosts, marks }) {
  const values = rows.map(({ label, value }) => `${label} ${value}`);
  const others = ghosts.map(({ label, train, test }) => t("curve.ghost_values", { name: label, train, test }));
  return [t("curve.at_epoch", { epoch: formatCount(epoch) }), ...values, ...marks, ...others].join(", ");
}
