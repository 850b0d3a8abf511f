/** The picture of an input over the plane [−6, 6]², orange below 0 and blue above: what it adds to a network. */
import { LitElement, html } from "lit";

import { onTheme, probabilityShades } from "../colours.js";
import { toShades } from "../units.js";

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

export class InputPicture extends LitElement {
  static properties = { input: {} };

  /** @type {(() => void) | null} */
  #stop = null;

  constructor() {
    super();
    this.input = "";
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<canvas width=${SIDE} height=${SIDE}></canvas>`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stop ??= onTheme(() => this.updated());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  updated() {
    const context = this.querySelector("canvas")?.getContext("2d");
    if (!context) return;
    const at = (/** @type {number} */ k) => ((k + 0.5) / SIDE) * 2 * EXTENT - EXTENT;
    const shades = toShades("identity", Float32Array.from({ length: SIDE * SIDE }, (_, k) =>
      values[this.input](at(k % SIDE), -at(Math.floor(k / SIDE)))));
    const colours = probabilityShades();
    const image = context.createImageData(SIDE, SIDE);
    const pixels = new Uint32Array(image.data.buffer);
    shades.forEach((shade, k) => { pixels[k] = colours[Math.round(shade * (colours.length - 1))]; });
    context.putImageData(image, 0, 0);
  }
}

customElements.define("bce-input-picture", InputPicture);
