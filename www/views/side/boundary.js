/** One of several decision boundaries side by side: probabilities, the contour at the threshold, the training points. */
import { html } from "lit";

import { probabilityShades, token } from "../../colours.js";
import { PageElement, UNSET } from "../../components/element.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { begin, keepSharp } from "../canvas.js";
import { contourLines, pathOf } from "../contours.js";
import { createHeatMap } from "../heat-map.js";
import { drawPoints, looks, pointsAt } from "../markers.js";
import { scales } from "../metrics/plot.js";

/** @import { Plane, Points } from "../../plane.js" */
/** @import { SideBySide } from "../../side/side-by-side.js" */

/** From so many points on they are too many to be seen one by one. */
const CROWD = 500;

export class SideBoundary extends PageElement {
  static properties = { plane: { attribute: false }, name: {} };

  /** @type {SideBySide} */
  contest = UNSET;

  /** @type {ReturnType<typeof createHeatMap>} set once there is a canvas */
  #heat = UNSET;
  /** @type {Uint32Array | null} */
  #shades = null;

  constructor() {
    super();
    /** @type {Plane} */
    this.plane = UNSET;
    this.name = "";
  }

  render() {
    return html`<div class="side-picture" role="img"
      aria-label=${t("side.boundary", { name: { key: `side.${this.name}` } })}>
      <canvas class="heat"></canvas><canvas class="points"></canvas><canvas class="contours"></canvas>
    </div>`;
  }

  firstUpdated() {
    const [heat, points, contours] = this.querySelectorAll("canvas");
    this.#heat = createHeatMap(heat);
    this.listen(this.contest, "frame", () => this.#drawFrame());
    this.untilGone(keepSharp([points, contours], () => {
      this.#shades = probabilityShades();
      this.#drawPoints();
      this.#drawFrame();
    }));
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has("plane")) this.#drawPoints();
    this.#drawFrame();
  }

  #drawFrame() {
    const { frame } = this.contest.standings.find(({ name }) => name === this.name) ?? {};
    const canvas = this.find(".contours");
    if (!frame?.grid || !this.#shades || !canvas?.clientWidth) return;
    const { grid } = frame;
    const side = Math.sqrt(grid.length);
    // A grid with a NaN in it leaves the last good picture where it is.
    if (!this.#heat.paint(grid, side, side, this.#shades)) return;
    const { context, width } = begin(canvas);
    context.scale(width / side, width / side);
    context.lineWidth = (2 * side) / width;
    context.lineJoin = "round";
    context.strokeStyle = token("--contour");
    context.stroke(pathOf(contourLines(grid, side, side, state.values.threshold)));
  }

  #drawPoints() {
    const canvas = this.find(".points");
    if (!canvas?.clientWidth || !this.plane) return;
    const { x, y, train } = this.plane;
    const { context, width, height } = begin(canvas);
    const box = { left: 0, top: 0, width, height, size: 0, name_x: 0 };
    const { toX, toY } = scales(box, { low: x[0], high: x[1] }, { low: y[0], high: y[1] });
    const colours = [token("--point-outline"), token("--class-0"), token("--class-1")];
    const crowded = train.rows > CROWD;
    const radius = width / (crowded ? 85 : 60);
    const how = { toX, toY, radius, colours };
    if (!crowded) return drawPoints(context, train, looks.train, how);
    // Of a crowd the many are a haze, on which the few stand out.
    const few = rowsOf(train, 1).length <= rowsOf(train, 0).length ? 1 : 0;
    context.fillStyle = colours[2 - few];
    context.globalAlpha = 0.55;
    for (const row of rowsOf(train, 1 - few)) {
      context.fillRect(toX(train.x[row]) - radius / 2, toY(train.y[row]) - radius / 2, radius, radius);
    }
    context.globalAlpha = 1;
    drawPoints(context, pointsAt(train, rowsOf(train, few)), looks.train, how);
  }
}

/** The rows of one class. @param {Points} points @param {number} wanted */
const rowsOf = ({ label }, wanted) => [...label.keys()].filter((row) => label[row] === wanted);

customElements.define("bce-side-boundary", SideBoundary);
