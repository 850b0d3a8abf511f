/** What the drawn views of this folder share: a canvas that follows several networks side by side. */
import { PageElement, UNSET } from "../../components/element.js";
import { token } from "../../colours.js";
import { looks } from "../../side/looks.js";
import { begin, keepSharp } from "../canvas.js";

/** @import { SideBySide } from "../../side/side-by-side.js" */
/** @import { Space } from "../metrics/drawn-view.js" */

export class ContestView extends PageElement {
  /** @type {SideBySide} */
  contest = UNSET;

  /** The event after which there is something else to draw. */
  get follows() {
    return "frame";
  }

  /** @returns {HTMLCanvasElement} */
  get canvas() {
    return this.find("canvas");
  }

  firstUpdated() {
    this.listen(this.contest, this.follows, () => this.redraw());
    this.untilGone(keepSharp([this.canvas], () => this.redraw()));
  }

  updated() {
    this.redraw();
  }

  redraw() {
    const { canvas } = this;
    // A canvas that is not shown has no size.
    if (!canvas?.clientWidth || !canvas.clientHeight) return;
    const { context, width, height } = begin(canvas);
    this.draw({ context, width, height });
  }

  /** Draws what there is; every view its own way. @param {Space} _space */
  draw(_space) {}
}

/**
 * Draws with a contestant's colour and dashes.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} name
 * @param {() => void} draw
 */
export function drawnAs(context, name, draw) {
  const { colour, dash } = looks[name];
  context.save();
  context.strokeStyle = token(colour);
  context.fillStyle = token(colour);
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.setLineDash(dash);
  draw();
  context.restore();
}
