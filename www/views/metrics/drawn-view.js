/** What the drawn views of this folder share: a canvas that is drawn again whenever it must be. */
import { PageElement, UNSET } from "../../components/element.js";
import { LEAST_RATIO } from "../../export.js";
import { begin, keepSharp } from "../canvas.js";

/** @import { Measured, Measurement } from "./measurement.js" */

/**
 * What a view draws on, in CSS pixels.
 *
 * @typedef {object} Space
 * @property {CanvasRenderingContext2D} context
 * @property {number} width
 * @property {number} height
 */

/**
 * What is drawn on a canvas that is not on the page, for a file.
 *
 * @param {(space: Space) => void} draw
 * @param {number} width in CSS pixels
 * @param {number} height
 */
export function pictureOf(draw, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width * LEAST_RATIO;
  canvas.height = height * LEAST_RATIO;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(LEAST_RATIO, LEAST_RATIO);
  draw({ context, width, height });
  return canvas;
}

export class DrawnView extends PageElement {
  /** @type {Measurement} */
  measurement = UNSET;

  /** @returns {HTMLCanvasElement} */
  get canvas() {
    return this.find("canvas");
  }

  firstUpdated() {
    this.listen(this.measurement, "measured", () => this.redraw());
    this.untilGone(keepSharp([this.canvas], () => this.redraw()));
  }

  updated() {
    this.redraw();
  }

  redraw() {
    const { canvas, measurement: { measured } } = this;
    // A canvas that is not shown has no size.
    if (!canvas.clientWidth || !canvas.clientHeight) return;
    const { context, width, height } = begin(canvas);
    if (measured) this.draw({ context, width, height }, measured);
  }

  /**
   * The same for a file, as large as it is worth there, not as small as it stands on the page.
   *
   * @param {Measured} measured
   * @param {number} width in CSS pixels
   * @param {number} height
   */
  picture(measured, width, height) {
    return pictureOf((space) => this.draw(space, measured), width, height);
  }

  /**
   * Draws what was measured; every view its own way.
   *
   * @param {Space} _space
   * @param {Measured} _measured
   */
  draw(_space, _measured) {}
}
