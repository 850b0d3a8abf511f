/** What the drawn views of this folder share: a square canvas that is drawn again whenever something is found. */
import { PageElement, UNSET } from "../../components/element.js";
import { begin, keepSharp } from "../canvas.js";

/** @import { Finder } from "./finder.js" */
/** @import { Space } from "./picture.js" */

export class FinderView extends PageElement {
  /** @type {Finder} */
  finder = UNSET;

  firstUpdated() {
    this.listen(this.finder, "found", () => this.redraw());
    this.untilGone(keepSharp([...this.querySelectorAll("canvas.shapes")], () => this.redraw()));
  }

  updated() {
    this.redraw();
  }

  redraw() {
    const { images } = this.finder;
    if (!images) return;
    for (const [k, canvas] of /** @type {HTMLCanvasElement[]} */ ([...this.querySelectorAll("canvas.shapes")]).entries()) {
      // A canvas that is not shown has no size.
      if (!canvas.clientWidth) continue;
      const { context, width } = begin(canvas);
      this.draw({ context, side: width, scale: width / images.size }, k);
    }
  }

  /** Draws canvas number k; every view its own way. @param {Space} _space @param {number} _k */
  draw(_space, _k) {}
}
