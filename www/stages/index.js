/**
 * The stages: what stands below the bar for each task. The first is part of the page, the others are
 * loaded when they are chosen. A stage is an element with a `session`; style.css gives it the areas
 * data, network, boundary, curve and settings to put its panels in.
 */
import "./binary.js";

/** @type {Record<string, { tag: string, load: () => Promise<unknown> }>} */
export const stages = {
  binary: { tag: "bce-binary-stage", load: async () => {} },
  imbalance: { tag: "bce-imbalance-stage", load: () => import("./imbalance.js") },
  losses: { tag: "bce-losses-stage", load: () => import("./losses.js") },
};
