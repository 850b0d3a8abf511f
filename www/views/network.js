/** The network as it is: units as dots, weights as lines, their colour the sign, their width the
 * size. It is drawn from the parameters that a frame brings. */
import { html } from "lit";

import { token } from "../colours.js";
import { PageElement, UNSET } from "../components/element.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";
import { begin, keepSharp } from "./canvas.js";

/** @import { Session } from "../session.js" */

/** The most room between two dots, in CSS pixels, and the largest dot. */
const STEP = 26;
const DOT = 6;
/** More units than this are drawn as so many dots and an ellipsis. */
const MOST_DOTS = 12;

export class Network extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const sizes = state.values.hidden_layer_sizes;
    const summary = t("network.summary", { sizes: [this.#inputs(), ...sizes, 1].join(" → ") });
    return html`<canvas class="network-picture" role="img" aria-label=${summary}></canvas>`;
  }

  firstUpdated() {
    const draw = () => this.#draw();
    this.listen(this.session, "frame", draw);
    this.listen(this.session, "plane", draw);
    this.untilGone(keepSharp([this.find("canvas")], draw));
  }

  updated() {
    this.#draw();
  }

  #inputs() {
    return this.session.dataset?.inputs.shape[1] ?? 2;
  }

  #draw() {
    const canvas = this.find("canvas");
    if (!canvas?.width) return;
    const sizes = [this.#inputs(), ...state.values.hidden_layer_sizes, 1];
    const { context, width, height } = begin(canvas);
    const columns = sizes.map((size, k) => column(size, k, sizes.length, width, height));
    const parameters = this.session.frame?.parameters;
    const count = sizes.slice(1).reduce((sum, out, k) => sum + (sizes[k] + 1) * out, 0);
    drawLinks(context, columns, sizes, parameters && parameters.length === count ? parameters : null);
    drawUnits(context, columns);
  }
}

/** @typedef {ReturnType<typeof column>} Column */

/**
 * The places of a layer's dots: `units` says which unit each stands for.
 *
 * @param {number} size of the layer
 * @param {number} k which layer
 * @param {number} layers
 * @param {number} width of the canvas
 * @param {number} height
 */
function column(size, k, layers, width, height) {
  const dots = Math.min(size, MOST_DOTS);
  const step = Math.min(STEP, (height - 12) / Math.max(dots, 1));
  const x = layers === 1 ? width / 2 : 8 + (k * (width - 16)) / (layers - 1);
  const half = Math.ceil(dots / 2);
  return {
    x,
    radius: Math.max(2.2, Math.min(DOT, step * 0.3)),
    folded: size > dots,
    // Of a folded layer, the first and the last units.
    units: Array.from({ length: dots }, (_, j) => ({
      unit: j < half ? j : size - dots + j,
      y: height / 2 + (j - (dots - 1) / 2) * step,
    })),
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Column[]} columns
 * @param {number[]} sizes
 * @param {Float32Array | null} parameters all of them, layer by layer: weight (out, in), bias (out)
 */
function drawLinks(context, columns, sizes, parameters) {
  const colours = [token("--class-0"), token("--class-1"), token("--line-strong")];
  let offset = 0;
  for (let k = 1; k < columns.length; k += 1) {
    const into = sizes[k - 1];
    for (const to of columns[k].units) {
      for (const from of columns[k - 1].units) {
        const weight = parameters?.[offset + to.unit * into + from.unit] ?? 0;
        const size = Number.isFinite(weight) ? Math.min(Math.abs(weight), 6) : 0;
        context.strokeStyle = parameters ? colours[weight > 0 ? 1 : 0] : colours[2];
        context.globalAlpha = parameters ? Math.min(0.95, 0.12 + size * 0.5) : 0.5;
        context.lineWidth = 0.5 + size * 0.55;
        context.beginPath();
        const middle = (columns[k - 1].x + columns[k].x) / 2;
        context.moveTo(columns[k - 1].x, from.y);
        context.bezierCurveTo(middle, from.y, middle, to.y, columns[k].x, to.y);
        context.stroke();
      }
    }
    offset += (into + 1) * sizes[k];
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Column[]} columns */
function drawUnits(context, columns) {
  for (const { x, units, radius, folded } of columns) {
    context.fillStyle = token("--panel");
    context.strokeStyle = token("--ink");
    context.lineWidth = 1.4;
    for (const { y } of units) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
    if (!folded) continue;
    context.fillStyle = token("--ink");
    const middle = (units[Math.ceil(units.length / 2) - 1].y + units[Math.ceil(units.length / 2)].y) / 2;
    context.fillRect(x - 3, middle - 0.75, 6, 1.5);
  }
}

customElements.define("bce-network", Network);
