/** The loss chart as files: a picture of a good size whatever that of the panel, and the numbers. */
import { saveCSV, savePNG } from "../../export.js";
import { t } from "../../i18n/index.js";
import { markText } from "./naming.js";

/** @import uPlot from "uplot" */
/** @import { KeyEntry } from "../../export.js" */
/** @import { Session } from "../../session.js" */

const PICTURE = { width: 960, height: 540 };
/** Pixels for each of those. */
const ENLARGED = 2;

/**
 * Draws the chart once more where nobody sees it, and saves that.
 *
 * @param {(size: { width: number, height: number }, enlarged: number) => uPlot} draw
 * @param {KeyEntry[]} key
 */
export async function savePicture(draw, key) {
  const chart = draw({ width: PICTURE.width * ENLARGED, height: PICTURE.height * ENLARGED }, ENLARGED);
  const aside = document.createElement("div");
  aside.className = "curve-aside";
  aside.append(chart.root);
  document.body.append(aside);
  try {
    // uPlot draws in a microtask.
    await Promise.resolve();
    await savePNG(chart.ctx.canvas, "loss", { title: t("panel.curve"), key });
  } finally {
    chart.destroy();
    aside.remove();
  }
}

/** The recorded points, with what was changed by hand at the first point after it. @param {Session} session */
export function saveNumbers({ curve, runs }) {
  const columns = Object.fromEntries(curve.names.map((name) => [name, curve.column(name)]));
  const epochs = curve.column("epoch");
  const changed = Array.from(epochs, () => "");
  for (const mark of runs.present?.marks ?? []) {
    const k = epochs.findIndex((epoch) => epoch >= mark.epoch);
    if (k >= 0) changed[k] = [changed[k], markText(mark)].filter(Boolean).join("; ");
  }
  saveCSV(changed.some(Boolean) ? { ...columns, changed } : columns, "loss");
}
