/** The picture of an input over the plane [−6, 6]², orange below 0 and blue above: what it adds to a network. */
import { html } from "lit";

import { onTheme, probabilityShades } from "../colours.js";
import { toShades } from "../units.js";
import { createHeatMap } from "../views/heat-map.js";
import { PageElement } from "./element.js";

/** Samples along each side. */
const SIDE = 24;
const EXTENT = 6;

/** For the picture alone: what the network is given is computed by the core. @type {Record<string, (x1: number, x2: number) => number>} */
const values = {
  x1: (x1) => x1,
  x2: (_, x2) => x2,
  "x1^2": (x1) => x1 * x1,
  "x2^2": (_, x2) => x2 * x2,
  "x1*x2": (x1, x2) => x1 * x2,
  "sin(x1)": (x1) => Math.sin(x1),
  "sin(x2)": (_, x2) => Math.sin(x2),
};

export class InputPicture extends PageElement {
  render() {
    return html`<canvas></canvas>`;
  }

  firstUpdated() {
    this.#draw();
    this.untilGone(onTheme(() => this.#draw()));
  }

  #draw() {
    const value = values[String(this.getAttribute("input"))];
    const at = (/** @type {number} */ k) => ((k + 0.5) / SIDE) * 2 * EXTENT - EXTENT;
    const picture = Float32Array.from({ length: SIDE * SIDE }, (_, k) => value(at(k % SIDE), -at(Math.floor(k / SIDE))));
    createHeatMap(this.find("canvas")).paint(toShades("identity", picture), SIDE, SIDE, probabilityShades());
  }
}

customElements.define("bce-input-picture", InputPicture);
