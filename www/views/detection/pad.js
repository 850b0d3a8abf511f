/**
 * What lies over the large image while one draws: it takes the pointer and the keys. By keyboard there is a
 * cursor, moved by the arrow keys; the space bar and Enter lay the tool's mark there.
 */
import { html } from "lit";

import { token } from "../../colours.js";
import { PageElement } from "../../components/element.js";
import { apply, draws, greysOf, halfOf, stroke, textOf } from "../../drawing.js";
import { SIDE } from "../../fields/detection.js";
import { history } from "../../history.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { begin, keepSharp } from "../canvas.js";

/** @import { Tool } from "../../drawing.js" */
/** @typedef {[number, number]} Place in pixels of the image */

/** @type {Record<string, Place>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class DetectionPad extends PageElement {
  /** Where the keys act. @type {Place} */
  #cursor = [SIDE / 2, SIDE / 2];
  /** Where the mouse is, or the keys; null: nowhere. @type {Place | null} */
  #shown = null;
  /** The stroke that is being drawn: the greys so far, and where it has come to. @type {{ greys: Uint8Array, at: Place, pointer: number } | null} */
  #stroke = null;
  /** What is put into the state once a frame while a stroke is drawn. */
  #due = 0;
  /** What a screen reader is told. */
  #said = "";

  get #tool() {
    return /** @type {Tool} */ (state.values.detection_tool);
  }

  render() {
    return html`<canvas class="pad" tabindex="0" role="application" aria-label=${t("detection.pad")}
        aria-describedby="pad-keys" @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up}
        @pointercancel=${this.#up} @pointerleave=${this.#leave} @keydown=${this.#key} @blur=${this.#leave}></canvas>
      ${state.values.drawing === "" ? html`<p class="pad-hint">${t("detection.pad_empty")}</p>` : ""}
      <span class="unseen" id="pad-keys">${t("detection.pad_keys")}</span>
      <p class="unseen" role="status">${this.#said}</p>`;
  }

  firstUpdated() {
    this.untilGone(keepSharp([this.find("canvas")], () => this.#draw()));
    this.untilGone(this.#up);
  }

  updated() {
    this.#draw();
  }

  /** @param {PointerEvent} event @returns {Place} */
  #placeOf({ clientX, clientY }) {
    const { left, top, width } = this.find("canvas").getBoundingClientRect();
    return [(clientX - left) / width * SIDE, (clientY - top) / width * SIDE];
  }

  /** @param {PointerEvent} event */
  #down = (event) => {
    if (event.button !== 0 || this.#stroke) return;
    const at = this.#placeOf(event);
    const greys = greysOf(state.values.drawing);
    apply(greys, this.#tool, ...at);
    history.beginStroke();
    this.#put(greys);
    if (draws(this.#tool)) {
      /** @type {Element} */ (event.target).setPointerCapture(event.pointerId);
      this.#stroke = { greys, at, pointer: event.pointerId };
    } else history.endStroke();
  };

  /** @param {PointerEvent} event */
  #move = (event) => {
    this.#shown = this.#placeOf(event);
    this.#draw();
    const under_way = this.#stroke;
    if (!under_way || under_way.pointer !== event.pointerId) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) {
      const to = this.#placeOf(part);
      stroke(under_way.greys, this.#tool, under_way.at, to);
      under_way.at = to;
    }
    this.#due ||= requestAnimationFrame(() => {
      this.#due = 0;
      this.#put(under_way.greys);
    });
  };

  #up = () => {
    if (!this.#stroke) return;
    cancelAnimationFrame(this.#due);
    this.#due = 0;
    this.#put(this.#stroke.greys);
    this.#stroke = null;
    history.endStroke();
  };

  #leave = () => {
    this.#shown = null;
    this.#draw();
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const way = ARROWS[event.key];
    if (way) {
      const far = event.shiftKey ? 4 : 1;
      const within = (/** @type {number} */ at) => Math.max(0, Math.min(SIDE, at));
      this.#cursor = [within(this.#cursor[0] + far * way[0]), within(this.#cursor[1] + far * way[1])];
    } else if (event.key === " " || event.key === "Enter") {
      const greys = greysOf(state.values.drawing);
      apply(greys, this.#tool, ...this.#cursor);
      history.beginStroke();
      this.#put(greys);
      history.endStroke();
    } else return;
    // The space bar draws here; elsewhere it plays and pauses.
    event.stopPropagation();
    event.preventDefault();
    this.#shown = this.#cursor;
    this.#said = t("detection.pad_at", { x: this.#cursor[0], y: this.#cursor[1] });
    this.requestUpdate();
  };

  /** @param {Uint8Array} greys */
  #put(greys) {
    state.set({ drawing: textOf(greys) });
  }

  /** The outline of what the tool would do. */
  #draw() {
    const canvas = this.find("canvas");
    if (!canvas?.clientWidth) return;
    const { context, width } = begin(canvas);
    if (!this.#shown) return;
    const scale = width / SIDE;
    const [x, y] = this.#shown.map((at) => at * scale);
    const half = halfOf(this.#tool) * scale;
    const path = new Path2D();
    if (this.#tool === "square") path.rect(x - half, y - half, 2 * half, 2 * half);
    else if (this.#tool === "triangle") path.addPath(new Path2D(`M${x} ${y - half}L${x + half} ${y + half}L${x - half} ${y + half}z`));
    else path.arc(x, y, half, 0, 2 * Math.PI);
    for (const [colour, line] of /** @type {[string, number][]} */ ([["--on-found", 3], ["--true-box", 1.4]])) {
      context.strokeStyle = token(colour);
      context.lineWidth = line;
      context.stroke(path);
    }
  }
}

customElements.define("bce-detection-pad", DetectionPad);
