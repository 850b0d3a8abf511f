/** Parts of the page whose modules are loaded when they are needed, not before the first frame. */
import { until } from "lit/directives/until.js";

/**
 * A part that is drawn as soon as its module is there, and nothing before.
 *
 * @param {() => Promise<unknown>} load
 * @returns {(draw: () => unknown) => unknown} what stands for the part in a template
 */
export function later(load) {
  let there = false;
  /** @type {Promise<unknown> | null} */
  let coming = null;
  return (draw) => {
    if (there) return draw();
    coming ??= load().then(() => { there = true; }, () => { coming = null; });
    return until(coming.then(() => (there ? draw() : "")), "");
  };
}

/** @type {() => void} */
let draw_rest;
/** Settles when what can wait may be loaded. @type {Promise<void>} */
export const first_frame = new Promise((resolve) => { draw_rest = resolve; });

/** Lets what can wait be loaded: the first frame is drawn, or will not come. */
export const firstFrameDrawn = () => draw_rest();

/** {@link later}, once the first frame is drawn. @param {() => Promise<unknown>} load */
export const afterFirstFrame = (load) => later(() => first_frame.then(load));
