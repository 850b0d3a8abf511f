/** What the drawn views of this folder share: a canvas that is drawn again whenever it must be. */
import { PageElement, UNSET } from "../../components/element.js";
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
   * Draws what was measured; every view its own way.
   *
   * @param {Space} _space
   * @param {Measured} _measured
   */
  draw(_space, _measured) {}
}
