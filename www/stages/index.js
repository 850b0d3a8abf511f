/**
 * The stages: what stands below the bar for each task. The first is part of the page, the others are
 * loaded when they are chosen, with their texts. A stage is an element with a `session` and
 * `notices`; where it trains by itself, it has a `driver` for the bar. style.css gives it the areas data,
 * network, boundary, curve and settings to put its panels in.
 */
import "./binary.js";
import { loadTexts } from "../i18n/index.js";

/** @import { TaskName } from "../fields/values.d.ts" */

/** @type {Record<TaskName, { tag: string, load: () => Promise<unknown> }>} */
export const stages = {
  binary: { tag: "bce-binary-stage", load: async () => {} },
  imbalance: { tag: "bce-imbalance-stage", load: () => import("./imbalance.js") },
  classes: { tag: "bce-classes-stage", load: () => import("./classes.js") },
  detection: {
    tag: "bce-detection-stage",
    load: () => Promise.all([loadTexts({
      en: () => import("../i18n/en/detection.js"),
      zh: () => import("../i18n/zh/detection.js"),
    }), import("./detection.js")]),
  },
  losses: { tag: "bce-losses-stage", load: () => import("./losses.js") },
};
