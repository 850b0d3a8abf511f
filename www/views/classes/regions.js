/**
 * Which class claims which part of the plane, with the training points and the point that is looked
 * at. A click or tap moves that point; its sliders do it by the keyboard.
 */
import { html } from "lit";

import { onTheme, token } from "../../colours.js";
import { PageElement, UNSET } from "../../components/element.js";
import { t } from "../../i18n/index.js";
import { MESH, SIDE, interpolate } from "../../mesh.js";
import { claimOf, probedPoint } from "../../side/classes.js";
import { state } from "../../state.js";
import { begin, font, keepSharp } from "../canvas.js";
import { scales } from "../metrics/plot.js";
import { colourOf, crossed, markOf, patterns, rgb } from "./marks.js";

/** @import { SideBySide } from "../../side/side-by-side.js" */
/** @import { Problem, Seen } from "../../side/classes.js" */

/** How much of the class's colour is in its region, and on the lines of its pattern. */
const TINT = 0.34;
const LINE = 0.6;

export class ClassRegions extends PageElement {
  static properties = { problem: { attribute: false }, name: {} };

  /** @type {SideBySide} */
  contest = UNSET;
  /** @type {Shades | null} those of the theme and the number of classes */
  #shades = null;

  constructor() {
    super();
    /** @type {Problem | null} */
    this.problem = null;
    this.name = "";
  }

  render() {
    return html`<div class="side-picture" role="img" @pointerdown=${this.#probe}
      aria-label=${t("classes.regions", { name: { key: `side.${this.name}` } })}>
      <canvas class="heat" width=${SIDE} height=${SIDE}></canvas><canvas class="points"></canvas>
    </div>`;
  }

  firstUpdated() {
    this.listen(this.contest, "frame", () => this.#drawRegions());
    this.untilGone(keepSharp([this.find(".points")], () => this.#draw()));
    this.untilGone(onTheme(() => this.updated()));
  }

  updated() {
    this.#shades = null;
    this.#draw();
  }

  #draw() {
    this.#drawRegions();
    this.#drawPoints();
  }

  #drawRegions() {
    const { problem } = this;
    const seen = /** @type {Seen | null} */ (this.contest.standings.find(({ name }) => name === this.name)?.extra ?? null);
    const classes = problem?.classes.length ?? 0;
    if (!seen || seen.mesh.length !== MESH * MESH * classes) return;
    this.#shades ??= shadesOf(classes);
    const context = /** @type {CanvasRenderingContext2D} */ (this.find(".heat").getContext("2d"));
    const image = context.createImageData(SIDE, SIDE);
    paint(new Uint32Array(image.data.buffer), seen.mesh, classes, state.values.classes_threshold, this.#shades);
    context.putImageData(image, 0, 0);
  }

  #drawPoints() {
    const { problem } = this;
    const canvas = this.find(".points");
    if (!canvas?.clientWidth || !problem) return;
    const { context, width, height } = begin(canvas);
    const { split, ranges, classes } = problem;
    const box = { left: 0, top: 0, width, height, size: 0, name_x: 0 };
    const [x, y] = ranges.map(([low, high]) => ({ low, high }));
    const { toX, toY } = scales(box, x, y);
    const radius = Math.max(2.2, width / 110);
    context.strokeStyle = token("--point-outline");
    context.lineWidth = Math.max(0.8, radius * 0.3);
    const { inputs, targets } = split;
    for (let row = 0; row < inputs.shape[0]; row += 1) {
      const label = targets.data.subarray(row * classes.length, (row + 1) * classes.length).indexOf(1);
      const mark = markOf(label, toX(inputs.data[2 * row]), toY(inputs.data[2 * row + 1]), radius);
      context.fillStyle = colourOf(label);
      context.fill(mark);
      context.stroke(mark);
    }
    const [px, py] = probedPoint(state.values, problem);
    drawProbe(context, toX(px), toY(py), Math.max(7, width / 42));
    drawNames(context, problem.names, width, height);
  }

  /** @param {PointerEvent} event */
  #probe(event) {
    const { left, top, width, height } = this.find(".side-picture").getBoundingClientRect();
    const share = (/** @type {number} */ at) => Math.max(-1, Math.min(1, Math.round((2 * at - 1) * 100) / 100));
    state.set({ classes_across: share((event.clientX - left) / width), classes_up: share(1 - (event.clientY - top) / height) });
  }
}

/**
 * The picture of the regions, the probabilities between the samples interpolated.
 *
 * @param {Uint32Array} pixels
 * @param {Float32Array} mesh
 * @param {number} classes
 * @param {number} threshold
 * @param {Shades} shades
 */
function paint(pixels, mesh, classes, threshold, { plain, lined }) {
  const here = new Float32Array(classes);
  for (let y = 0, pixel = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1, pixel += 1) {
      interpolate(mesh, classes, x, y, here);
      const claim = claimOf(here, 0, classes, threshold);
      const isLine = claim === -2 ? crossed(x, y) : claim >= 0 && patterns[claim % patterns.length](x, y);
      pixels[pixel] = (isLine ? lined : plain)[claim + 2];
    }
  }
}

/**
 * The colours of what several claim, of what none claims, and of each class, as words of pixels; on a
 * pattern's lines and beside them.
 *
 * @typedef {{ plain: number[], lined: number[] }} Shades
 */
/** @param {number} classes @returns {Shades} */
function shadesOf(classes) {
  const ground = rgb("--panel");
  const ink = rgb("--ink");
  const mixed = (/** @type {number[]} */ colour, /** @type {number} */ share) => {
    const [r, g, b] = ground.map((from, k) => Math.round(from + (colour[k] - from) * share));
    return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
  };
  const kinds = Array.from({ length: classes }, (_, k) => rgb(`--kind-${k + 1}`));
  return {
    plain: [mixed(ink, 0.12), mixed(ground, 0), ...kinds.map((kind) => mixed(kind, TINT))],
    lined: [mixed(ink, 0.55), mixed(ground, 0), ...kinds.map((kind) => mixed(kind, LINE))],
  };
}

/** The axes' names, inside the picture's edges. @param {CanvasRenderingContext2D} context
 * @param {[string, string]} names @param {number} width @param {number} height */
function drawNames(context, names, width, height) {
  context.font = font(Math.max(11, width / 34), 600);
  context.textAlign = "right";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = token("--panel");
  context.fillStyle = token("--ink");
  const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  context.textBaseline = "bottom";
  write(names[0], width - 6, height - 5);
  context.save();
  context.rotate(-Math.PI / 2);
  context.textBaseline = "top";
  write(names[1], -6, 5);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} reach */
function drawProbe(context, x, y, reach) {
  for (const [colour, width] of /** @type {const} */ ([["--panel", 5], ["--ink", 2.2]])) {
    context.strokeStyle = token(colour);
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + dx * reach * 0.6, y + dy * reach * 0.6);
      context.lineTo(x + dx * reach * 1.5, y + dy * reach * 1.5);
    }
    context.stroke();
  }
}

customElements.define("bce-class-regions", ClassRegions);
