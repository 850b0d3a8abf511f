/**
 * The stages: what stands below the bar for each task. The first is part of the page, the others are
 * loaded when they are chosen, with their texts. A stage (stage.js) is an element with a `session` and
 * `notices`; where it trains by itself, it has a `driver` for the bar. style.css gives it the areas data,
 * network, boundary, curve and settings to put its panels in.
 */
import "./binary.js";
import { loadTexts } from "../i18n/index.js";

/** @import { TaskName } from "../fields/values.d.ts" */

const sideTexts = { en: () => import("../i18n/en/side.js"), zh: () => import("../i18n/zh/side.js") };
const classesTexts = { en: () => import("../i18n/en/classes.js"), zh: () => import("../i18n/zh/classes.js") };
const multilabelTexts = { en: () => import("../i18n/en/multilabel.js"), zh: () => import("../i18n/zh/multilabel.js") };
const detectionTexts = { en: () => import("../i18n/en/detection.js"), zh: () => import("../i18n/zh/detection.js") };

/** @type {Record<TaskName, { tag: string, load: () => Promise<unknown> }>} */
export const stages = {
  binary: { tag: "bce-binary-stage", load: async () => {} },
  imbalance: { tag: "bce-imbalance-stage", load: () => Promise.all([loadTexts(sideTexts), import("./imbalance.js")]) },
  multilabel: { tag: "bce-multilabel-stage", load: () => Promise.all([loadTexts(multilabelTexts), import("./multilabel.js")]) },
  classes: {
    tag: "bce-classes-stage",
    load: () => Promise.all([loadTexts(sideTexts), loadTexts(classesTexts), import("./classes.js")]),
  },
  detection: { tag: "bce-detection-stage", load: () => Promise.all([loadTexts(detectionTexts), import("./detection.js")]) },
  losses: { tag: "bce-losses-stage", load: () => Promise.all([loadTexts(sideTexts), import("./losses.js")]) },
};
