/**
 * What the pictures of the plane share: pixels and lines, which follow the mesh from frame to frame, and
 * over them the points, which are drawn anew when their numbers are.
 */
import { html } from "lit";

import { onTheme, token } from "../../colours.js";
import { MESH, SIDE } from "../../mesh.js";
import { begin, font, keepSharp } from "../canvas.js";
import { REACH } from "./reading.js";
import { ReadingView } from "./reading-view.js";

/** @import { Measured } from "./reading.js" */
/** @typedef {{ toX: (x: number) => number, toY: (y: number) => number, radius: number }} Placing */

export class PlaneView extends ReadingView {
  /** The lower layer's pixels, which are painted over. @type {ImageData | null} */
  #image = null;

  /** What the picture is of. @returns {string} */
  get about() {
    return "";
  }

  /** The lower layer's pixels. @param {Uint32Array} _pixels @param {Float32Array} _mesh @param {number} _labels */
  paint(_pixels, _mesh, _labels) {}

  /** What is forgotten when the colours change. */
  forget() {}

  /**
   * A row's point.
   *
   * @param {CanvasRenderingContext2D} _context
   * @param {Measured} _measured
   * @param {number} _row
   * @param {[number, number, number]} _place x, y and the radius
   */
  drawPoint(_context, _measured, _row, _place) {}

  /** On the layer between pixels and points. @param {CanvasRenderingContext2D} _context @param {number} _width */
  drawLines(_context, _width) {}

  render() {
    return html`<div class="side-picture" role="img" aria-label=${this.about}>
      <canvas class="heat" width=${SIDE} height=${SIDE}></canvas><canvas class="lines"></canvas><canvas class="points"></canvas>
    </div>`;
  }

  firstUpdated() {
    this.listen(this.reading, "mesh", () => this.#drawMesh());
    this.untilGone(keepSharp([this.find(".lines"), this.find(".points")], () => this.#drawAll()));
    this.untilGone(onTheme(() => {
      this.forget();
      this.#drawAll();
    }));
  }

  updated() {
    this.#drawAll();
  }

  #drawAll() {
    this.#drawMesh();
    this.#drawPoints();
  }

  #drawMesh() {
    const { mesh } = this.reading;
    if (!mesh) return;
    const context = /** @type {CanvasRenderingContext2D} */ (this.find(".heat").getContext("2d"));
    const image = this.#image ??= context.createImageData(SIDE, SIDE);
    this.paint(new Uint32Array(image.data.buffer), mesh, mesh.length / (MESH * MESH));
    context.putImageData(image, 0, 0);
    const lines = begin(this.find(".lines"));
    this.drawLines(lines.context, lines.width);
  }

  #drawPoints() {
    const canvas = this.find(".points");
    const { measured } = this.reading;
    if (!canvas?.clientWidth) return;
    const { context, width } = begin(canvas);
    if (measured && measured.split === this.session.split) {
      const { split, part } = measured;
      const inputs = part === "train" ? split.inputs : split.test_inputs;
      const rows = inputs?.shape[0] ?? 0;
      const radius = Math.max(1.8, (width / 85) * Math.sqrt(200 / Math.max(200, rows)));
      const at = (/** @type {number} */ value) => ((value / REACH + 1) / 2) * width;
      context.lineWidth = Math.max(0.8, radius * 0.3);
      for (let row = 0; inputs && row < rows; row += 1) {
        this.drawPoint(context, measured, row, [at(inputs.data[2 * row]), at(-inputs.data[2 * row + 1]), radius]);
      }
    }
    drawNames(context, width);
  }
}

/** A ring around a row that is predicted wrong. @param {CanvasRenderingContext2D} context @param {[number, number, number]} place */
export function drawRing(context, [x, y, radius]) {
  for (const [colour, width] of /** @type {const} */ ([["--panel", 4], ["--contour", 1.8]])) {
    context.strokeStyle = token(colour);
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, radius * 2, 0, 2 * Math.PI);
    context.stroke();
  }
  context.lineWidth = Math.max(0.8, radius * 0.3);
}

/** The axes' names, inside the picture's edges. @param {CanvasRenderingContext2D} context @param {number} side */
function drawNames(context, side) {
  context.font = font(Math.max(11, side / 30), 600);
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = token("--panel");
  context.fillStyle = token("--ink");
  for (const [text, x, y, align, line] of /** @type {const} */ ([
    ["x1", side - 5, side - 4, "right", "bottom"], ["x2", 5, 4, "left", "top"]])) {
    context.textAlign = align;
    context.textBaseline = line;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
