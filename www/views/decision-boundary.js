/**
 * The probability over the plane as a heat map, with the contour at the threshold and, on demand,
 * those at 0.1 … 0.9; the axes and the points.
 */
import { html } from "lit";

import "./point-editor.js";
import "./point-toolbar.js";
import "./probe.js";
import { probabilityShades, token } from "../colours.js";
import { PageElement, UNSET } from "../components/element.js";
import { formatDecimal } from "../format.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";
import { boxOn, drawAxes, placing } from "./axes.js";
import { begin, font, keepSharp } from "./canvas.js";
import { contourLines, pathOf, straightened } from "./contours.js";
import { createHeatMap, halved } from "./heat-map.js";
import { drawCrosses, drawPoints, looks, pointsAt } from "./markers.js";

/** @import { Label } from "./contour-labels.js" */
/** @import { Line } from "./contours.js" */
/** @import { Session } from "../session.js" */

/** Where the thin contours are. */
const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/** @type {typeof import("./contour-labels.js") | null} */
let contourLabels = null;
/** So far from its place, in CSS pixels, a line may be drawn. */
const UNSEEN = 0.1;
/** Neither class. */
const NEUTRAL = 0.5;

export class DecisionBoundary extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /**
   * What separates the classes: where the probability is the threshold. Empty if no such place is in
   * sight. In units of the grid's samples.
   *
   * @type {Line[]}
   */
  contour = [];

  /** @type {ReturnType<typeof createHeatMap>} set once there is a canvas */
  #heat = UNSET;
  /** @type {Uint32Array | null} */
  #shades = null;
  /** @type {{ values: Float32Array, side: number } | null} */
  #grid = null;
  /** The run that the picture is of. */
  #run = 0;
  /** Which contours and colours it has. */
  #drawn = "";

  render() {
    const { session } = this;
    return html`
      <bce-point-toolbar .session=${session}></bce-point-toolbar>
      <div class="plot-space"><div class="plot" @pointermove=${this.#point} @pointerleave=${this.#unpoint}>
        <div role="img" aria-labelledby="panel-boundary" aria-describedby="boundary-summary">
          <canvas class="heat"></canvas>
          <canvas class="contours"></canvas>
          <canvas class="points"></canvas>
          <canvas class="labels"></canvas>
        </div>
        <bce-point-editor .session=${session}></bce-point-editor>
        <bce-probe .session=${session}></bce-probe>
      </div></div>
      <p id="boundary-summary" class="unseen">
        ${t("boundary.summary", { threshold: state.values.threshold })}</p>`;
  }

  firstUpdated() {
    const [heat, contours, points, labels] = this.querySelectorAll("canvas");
    this.#heat = createHeatMap(heat);
    this.listen(this.session, "frame", () => {
      if (this.session.frame?.grid !== this.#grid?.values) this.#drawFrame();
    });
    this.listen(this.session, "plane", () => this.#drawPlane());
    this.listen(this.session, "marked", () => this.#drawPlane());
    this.untilGone(keepSharp([contours, points, labels], () => {
      this.#shades = probabilityShades();
      for (const [side, length] of Object.entries(boxOn(contours))) {
        if (side !== "size") heat.style.setProperty(side, `${length}px`);
      }
      this.#drawPlane();
      this.#drawFrame();
    }));
  }

  updated() {
    if (this.session.plane) this.#drawPlane();
    if (!this.#grid || this.#drawn === lookWanted()) return;
    this.#paint(this.#grid);
    this.#drawContours(this.#grid);
  }

  #drawFrame() {
    const { grid = null, run = 0 } = this.session.frame ?? {};
    if (!grid || !this.#shades) return;
    const side = Math.sqrt(grid.length);
    if (!this.#paint({ values: grid, side })) {
      // A grid with a NaN in it leaves the run's last good picture where it is; a run that has none
      // yet gets a neutral one.
      if (run === this.#run) return;
      grid.fill(NEUTRAL);
      this.#paint({ values: grid, side });
    }
    this.#run = run;
    this.#grid = { values: grid, side };
    this.#drawContours(this.#grid);
  }

  /** Probabilities, or classes where the output is looked at and they are asked for. @param {{ values: Float32Array, side: number }} grid */
  #paint({ values, side }) {
    const { discretize, threshold } = state.values;
    const all = this.#shades ?? probabilityShades();
    const [first, last] = [all[0], all[all.length - 1]];
    const shades = discretize && !this.session.unit
      ? all.map((_, k) => (k / (all.length - 1) < threshold ? first : last)) : all;
    return this.#heat.paint(values, side, side, shades);
  }

  /** @param {{ values: Float32Array, side: number }} grid */
  #drawContours({ values, side }) {
    const { threshold, contours } = state.values;
    this.#drawn = lookWanted();
    this.contour = contourLines(values, side, side, threshold);
    const canvas = this.find(".contours");
    const { context } = begin(canvas);
    const { left, top, width, height } = boxOn(canvas);
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.translate(left, top);
    context.lineJoin = "round";
    context.strokeStyle = token("--contour");
    const scale = width / side;
    const thin = contours ? thinContours(values, side, threshold) : [];
    strokeLines(context, thin.flatMap(({ lines }) => lines), 2 * scale, Math.max(0.75, width / 700));
    this.#drawLabels([{ level: threshold, lines: this.contour, scale }, ...thin.map((each) => ({ ...each, scale: 2 * scale }))]);
    strokeLines(context, this.contour, scale, Math.max(1.75, width / 280));
    this.#drawNext(context, canvas);
  }

  /** What each number on a contour says, and where it stands. @type {Map<string, Label>} */
  #labels = new Map();

  /**
   * The contours' numbers, above the points. Their module comes when contours are wanted.
   *
   * @param {{ level: number, lines: Line[], scale: number }[]} contours
   */
  #drawLabels(contours) {
    const canvas = this.find(".labels");
    if (!state.values.contours) {
      // Even an empty canvas, cleared again, is put on the screen again.
      if (this.#labels.size > 0) begin(canvas);
      this.#labels = new Map();
      return;
    }
    if (!contourLabels) {
      import("./contour-labels.js").then((module) => {
        contourLabels = module;
        if (this.#grid) this.#drawContours(this.#grid);
      });
      return;
    }
    const { left, top, width, height } = boxOn(canvas);
    const size = Math.max(11, width / 32);
    const inPixels = contours.map(({ level, lines, scale }) =>
      ({ level, lines: lines.map((line) => line.map(([x, y]) => /** @type {[number, number]} */ ([x * scale, y * scale]))) }));
    this.#labels = contourLabels.placeLabels(inPixels, { width, height }, size, this.#labels);
    const { context } = begin(canvas);
    context.translate(left, top);
    contourLabels.drawLabels(context, this.#labels.values(),
      { size, font: font(size, 600), ink: token("--ink"), ground: token("--panel") });
  }

  /**
   * A ring around the point that is trained on next, where training goes point by point.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {HTMLCanvasElement} canvas
   */
  #drawNext(context, canvas) {
    const { frame, plane } = this.session;
    if (!frame || !plane || !(state.values.speed === "sample" || frame.sample > 0)) return;
    const box = boxOn(canvas);
    const { toX, toY } = placing(plane, box);
    const { x, y } = plane.train;
    context.beginPath();
    context.arc(toX(x[frame.next_row]) - box.left, toY(y[frame.next_row]) - box.top, box.width / 45, 0, 2 * Math.PI);
    context.lineWidth = box.width / 160;
    context.strokeStyle = token("--contour");
    context.stroke();
  }

  #drawPlane() {
    const canvas = this.find(".points");
    const { plane } = this.session;
    if (!plane || !canvas?.width) return;
    const { context } = begin(canvas);
    const box = boxOn(canvas);
    drawAxes(context, plane, box);
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    const crowd = Math.sqrt(400 / Math.max(400, plane.train.rows + plane.test.rows));
    const radius = Math.max(2.2, (box.width / 125) * crowd);
    const colours = [token("--point-outline"), token("--class-0"), token("--class-1")];
    const how = { ...placing(plane, box), radius, colours };
    const { marked } = this.session;
    if (marked) context.globalAlpha = 0.2;
    if (state.values.show_test) drawPoints(context, plane.test, looks.test, how);
    drawPoints(context, plane.train, looks.train, how);
    if (!marked) return;
    context.globalAlpha = 1;
    const points = pointsAt(plane[marked.part], marked.rows);
    if (marked.wrong) drawCrosses(context, points, { ...how, radius, colour: token("--contour") });
    drawPoints(context, points, looks[marked.part], { ...how, radius: radius * 1.4 });
  }

  /** Tells what the pointer is over: the place in the data's units, and the probability there. */
  #point = (/** @type {PointerEvent} */ event) => {
    const { plane } = this.session;
    const box = boxOn(this.find(".points"));
    const across = (event.offsetX - box.left) / box.width;
    const down = (event.offsetY - box.top) / box.height;
    if (!plane || !this.#grid || !(across >= 0 && across < 1 && down >= 0 && down < 1)) {
      this.#unpoint();
      return;
    }
    const { values, side } = this.#grid;
    const { fromX, fromY } = placing(plane, box);
    const p = values[Math.floor(down * side) * side + Math.floor(across * side)];
    const at = [fromX(event.offsetX), fromY(event.offsetY)]
      .map((z, axis) => formatDecimal(z * plane.scale[axis] + plane.offset[axis]));
    this.#tell({ x: at[0], y: at[1], p: formatDecimal(p, 3) });
  };

  #unpoint = () => this.#tell(null);

  /** @param {{ x: string, y: string, p: string } | null} detail */
  #tell(detail) {
    this.dispatchEvent(new CustomEvent("pointed", { bubbles: true, detail }));
  }
}

/**
 * The lines at the levels beside the threshold, on half the grid: the nine take a third of the time
 * there, and look the same.
 *
 * @param {Float32Array} values
 * @param {number} side
 * @param {number} threshold
 */
function thinContours(values, side, threshold) {
  const half = halved(values, side, side);
  return LEVELS.filter((level) => level !== threshold)
    .map((level) => ({ level, lines: contourLines(half, side / 2, side / 2, level) }));
}

/** What of the state the picture depends on. */
function lookWanted() {
  const { threshold, contours, discretize } = state.values;
  return `${threshold} ${contours} ${discretize}`;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Line[]} lines
 * @param {number} scale CSS pixels for one of the lines' units
 * @param {number} thickness in CSS pixels
 */
function strokeLines(context, lines, scale, thickness) {
  context.save();
  context.scale(scale, scale);
  context.lineWidth = thickness / scale;
  context.stroke(pathOf(lines.map((line) => straightened(line, UNSEEN / scale))));
  context.restore();
}

customElements.define("bce-decision-boundary", DecisionBoundary);
