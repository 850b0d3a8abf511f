/**
 * What lies over the decision boundary and takes its pointer and its keys: with the tools in hand it
 * draws points, without them it pins the probe. By keyboard there is a cursor, moved by the arrow
 * keys; what has happened is told to a screen reader.
 */
import { html } from "lit";

import { token } from "../colours.js";
import { PageElement, UNSET } from "../components/element.js";
import { formatDecimal } from "../format.js";
import { t } from "../i18n/index.js";
import { BRUSH } from "../point-editor.js";
import { EXTENT } from "../points.js";
import { boxOn, placing } from "./axes.js";
import { begin, keepSharp } from "./canvas.js";

/** @import { Place } from "../point-editor.js" */
/** @import { Parameters } from "../notices.js" */
/** @import { Plane } from "../plane.js" */
/** @import { Session } from "../session.js" */
/** @import { Box } from "./axes.js" */

/** How near a pointer must come to a point, in CSS pixels: half of what a finger or a mouse hits. */
const REACH = { touch: 22, other: 13 };
/** How far an arrow key moves the cursor, and with Shift, as a share of the plane. */
const STEP = 1 / 48;
const FINE_STEP = 1 / 240;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class PointEditorView extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** Where the keys act. @type {Place} */
  #cursor = { x: 0, y: 0 };
  /** Whether the keys were used last, so that the cursor is shown. */
  #byKeys = false;
  /** Where the mouse is. @type {Place | null} */
  #hover = null;
  /** The pointer that is down. */
  #pointer = -1;
  /** What is done once a frame while it moves. @type {(() => void) | null} */
  #due = null;

  get #editor() {
    return this.session.editor;
  }

  render() {
    const { active, tool } = this.#editor;
    return html`
      <canvas class="plane-pointer ${active ? `editing ${tool}` : ""}" tabindex="0" role="application"
        aria-label=${t(active ? "points.plane_editing" : "points.plane")} aria-describedby="plane-keys"
        @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up}
        @pointercancel=${this.#up} @pointerleave=${this.#leave} @keydown=${this.#key}
        @click=${this.#tap} @focus=${this.#draw} @blur=${this.#blur}></canvas>
      ${this.session.plane && this.#editor.points.length === 0 ? html`<p class="plane-hint">
        ${t(active ? "points.empty" : "points.empty_idle")}</p>` : ""}
      <p id="plane-keys" class="unseen">${t(active ? "points.keys_editing" : "points.keys")}</p>
      <p class="unseen plane-said" role="status"></p>`;
  }

  firstUpdated() {
    this.listen(this.#editor, "change", () => this.requestUpdate());
    this.listen(this.session.probe, "change", () => this.#draw());
    this.listen(this.session, "plane", () => this.requestUpdate());
    this.untilGone(keepSharp([this.#canvas], () => this.#draw()));
  }

  updated() {
    this.#draw();
  }

  /** @returns {HTMLCanvasElement} */
  get #canvas() {
    return this.find("canvas");
  }

  /** Where on the plane an event is. @param {MouseEvent} event @returns {Place | null} */
  #placeOf({ offsetX, offsetY }) {
    const { plane } = this.session;
    if (!plane) return null;
    const { fromX, fromY } = placing(plane, boxOn(this.#canvas));
    const [x, y] = [fromX(offsetX), fromY(offsetY)];
    const within = x >= plane.x[0] && x <= plane.x[1] && y >= plane.y[0] && y <= plane.y[1];
    return within ? { x, y } : null;
  }

  /** The reach of the pointer in units of the plane. @param {PointerEvent} event */
  #reach({ pointerType }) {
    const { width } = boxOn(this.#canvas);
    return (pointerType === "touch" ? REACH.touch : REACH.other) * ((2 * EXTENT) / width);
  }

  #down = (/** @type {PointerEvent} */ event) => {
    const place = this.#placeOf(event);
    // A second finger, or another button than the first, is not for drawing.
    if (!place || !event.isPrimary || event.button !== 0) return;
    this.#byKeys = false;
    // A finger that pins the probe may be about to scroll the page: it counts when it is lifted.
    if (event.pointerType === "touch" && !this.#editor.active) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    if (this.#editor.active) this.#editor.press(place, this.#reach(event));
    else this.session.probe.pin(place);
    this.#draw();
  };

  #move = (/** @type {PointerEvent} */ event) => {
    const place = this.#placeOf(event);
    this.#hover = event.pointerType === "mouse" ? place : null;
    if (event.pointerId !== this.#pointer) {
      this.#draw();
      return;
    }
    if (!place) return;
    const reach = this.#reach(event);
    if (this.#editor.active) this.#soon(() => this.#editor.drag(place, reach));
    else this.#soon(() => this.session.probe.pin(place));
  };

  #up = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== this.#pointer) return;
    this.#due?.();
    this.#due = null;
    this.#pointer = -1;
    this.#editor.release();
    this.#draw();
  };

  /** A finger has pinned the probe. */
  #tap = (/** @type {PointerEvent} */ event) => {
    const place = this.#placeOf(event);
    if (event.pointerType === "touch" && !this.#editor.active && place) this.session.probe.pin(place);
  };

  #leave = () => {
    this.#hover = null;
    this.#draw();
  };

  #blur = () => {
    this.#byKeys = false;
    this.#draw();
  };

  /** The last of the moves within an animation frame is carried out. @param {() => void} run */
  #soon(run) {
    if (!this.#due) {
      requestAnimationFrame(() => {
        this.#due?.();
        this.#due = null;
        this.#draw();
      });
    }
    this.#due = run;
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const done = event.key in ARROWS ? this.#step(ARROWS[event.key], event.shiftKey)
      : this.#editor.active ? this.#edit(event.key) : this.#examine(event.key);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    this.#byKeys = true;
    this.#draw();
  };

  /** Moves the cursor, and what it carries. @param {[number, number]} direction @param {boolean} fine */
  #step([right, up], fine) {
    const { plane } = this.session;
    if (!plane) return false;
    const [x, y] = /** @type {const} */ (["x", "y"]).map((axis, k) => {
      const [low, high] = plane[axis];
      const step = (high - low) * (fine ? FINE_STEP : STEP) * [right, up][k];
      return Math.min(high, Math.max(low, this.#cursor[axis] + step));
    });
    this.#cursor = { x, y };
    this.#editor.carry(this.#cursor);
    if (!this.#editor.active && this.session.probe.place) this.#pin();
    else this.#say("points.at", this.#words(this.#cursor));
    return true;
  }

  /** Pins the probe at the cursor, and says what it found there. */
  async #pin() {
    const { probe } = this.session;
    const place = this.#cursor;
    probe.pin(place);
    await new Promise((done) => probe.addEventListener("change", done, { once: true }));
    if (probe.place !== place || !probe.answer) return;
    this.#say("probe.at", { ...this.#words(place), p: formatDecimal(probe.answer.p, 3) });
  }

  /** What a key does without the tools; false for a key that means nothing. @param {string} key */
  #examine(key) {
    const { probe } = this.session;
    if (key === "Enter" || key === " ") {
      this.#pin();
      return true;
    }
    if (!["Escape", "Delete", "Backspace"].includes(key) || !probe.place) return false;
    probe.unpin();
    this.#say("probe.unpinned", {});
    return true;
  }

  /** What a key does with the tools in hand; false for a key that means nothing. @param {string} key */
  #edit(key) {
    const editor = this.#editor;
    switch (key) {
      case "0":
      case "1":
        this.#place(/** @type {0 | 1} */ (Number(key)));
        return true;
      case "Enter":
      case " ":
        if (editor.tool === "erase") this.#erase();
        else if (editor.tool === "move") this.#pickOrDrop();
        else this.#place(editor.label);
        return true;
      case "Delete":
      case "Backspace":
        this.#erase();
        return true;
      case "m":
        this.#pickOrDrop();
        return true;
      case "Escape":
        if (!editor.held) return false;
        editor.release();
        this.#say("points.dropped", this.#words(this.#cursor));
        return true;
      default:
        return false;
    }
  }

  /** @param {0 | 1} label */
  #place(label) {
    this.#editor.release();
    if (!this.#editor.add([this.#cursor], label)) return;
    const count = this.#editor.points.length;
    this.#say("points.added", { label, count, ...this.#words(this.#cursor) });
  }

  #erase() {
    this.#editor.release();
    const removed = this.#editor.remove(this.#cursor);
    if (!removed) return;
    const count = this.#editor.points.length;
    this.#say("points.removed", { label: removed.label, count, ...this.#words(removed) });
  }

  #pickOrDrop() {
    if (this.#editor.held) {
      this.#editor.release();
      this.#say("points.dropped", this.#words(this.#cursor));
      return;
    }
    const held = this.#editor.pick(this.#cursor);
    if (!held) return;
    this.#cursor = { x: held.x, y: held.y };
    this.#say("points.picked", { label: held.label, ...this.#words(held) });
  }

  /** A place in the data's units, for a text. @param {Place} place */
  #words({ x, y }) {
    const { scale, offset } = /** @type {Plane} */ (this.session.plane);
    return { x: formatDecimal(x * scale[0] + offset[0]), y: formatDecimal(y * scale[1] + offset[1]) };
  }

  /** @param {string} key @param {Parameters} parameters */
  #say(key, parameters) {
    this.find(".plane-said").textContent = t(key, parameters);
  }

  #draw = () => {
    const canvas = this.#canvas;
    const { plane } = this.session;
    if (!plane || !canvas?.width) return;
    const { context } = begin(canvas);
    const box = boxOn(canvas);
    const { toX, toY } = placing(plane, box);
    const scale = box.width / (2 * EXTENT);
    const { active, tool, held } = this.#editor;
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    if (active) {
      if (tool === "brush" && this.#hover) ring(context, toX(this.#hover.x), toY(this.#hover.y), BRUSH.radius * scale);
      const marked = held ?? this.#underMouse(scale);
      if (marked) ring(context, toX(marked.x), toY(marked.y), 9);
    }
    const { place } = this.session.probe;
    if (place && !active) drawProbe(context, toX(place.x), toY(place.y));
    if (this.#byKeys && document.activeElement === canvas) {
      drawCursor(context, toX(this.#cursor.x), toY(this.#cursor.y), box);
    }
  };

  /** The point that the mouse would move or delete. @param {number} scale */
  #underMouse(scale) {
    const { tool, points } = this.#editor;
    if (!this.#hover || (tool !== "move" && tool !== "erase")) return null;
    return points[this.#editor.nearest(this.#hover, REACH.other / scale)] ?? null;
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius */
function ring(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  outlined(context);
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {Box} box */
function drawCursor(context, x, y, { left, top, width, height }) {
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + width, y);
  context.moveTo(x, top);
  context.lineTo(x, top + height);
  outlined(context);
  ring(context, x, y, 7);
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y */
function drawProbe(context, x, y) {
  context.beginPath();
  for (const [across, up] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    context.moveTo(x + 4 * across, y + 4 * up);
    context.lineTo(x + 13 * across, y + 13 * up);
  }
  outlined(context);
  ring(context, x, y, 8);
}

/** A line that is seen on any ground. @param {CanvasRenderingContext2D} context */
function outlined(context) {
  context.lineWidth = 3.5;
  context.strokeStyle = token("--point-outline");
  context.stroke();
  context.lineWidth = 1.5;
  context.strokeStyle = token("--ink");
  context.stroke();
}

customElements.define("bce-point-editor", PointEditorView);
