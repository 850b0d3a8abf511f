/**
 * Zooming and moving the loss chart: the arithmetic, in pixels of the plot so that it holds for every
 * kind of axis, and the gestures of mouse and fingers.
 */

/** @import uPlot from "uplot" */
/** @import { createRanges, Span, View } from "./ranges.js" */
/** @typedef {"x" | "y"} Direction */
/** @typedef {ReturnType<typeof createZoom>} Zoom */

/** Less than this is not worth a look: epochs, and a share of a loss. */
const LEAST_EPOCHS = 2;
const LEAST_SHARE = 1e-4;
/** A drag of fewer pixels is a click. */
const LEAST_DRAG = 6;
/** A box of less than this share of the height is meant for the epochs alone. */
const FLAT = 0.2;
const WHEEL = 0.0016;

/**
 * @param {object} of
 * @param {() => uPlot | null} of.chart
 * @param {View} of.view
 * @param {() => ReturnType<typeof createRanges>} of.ranges
 * @param {() => void} of.changed
 */
export function createZoom({ chart, view, ranges, changed }) {
  const sizeOf = (/** @type {uPlot} */ { over }, /** @type {Direction} */ axis) => {
    // Not clientWidth, which is rounded: in and out by the same factor would not end where it began.
    const { width, height } = over.getBoundingClientRect();
    return axis === "x" ? width : height;
  };

  /** The pixels where a range begins and ends. */
  const pixels = (/** @type {uPlot} */ plot, /** @type {Direction} */ axis, /** @type {Span} */ range) => (
    range.map((value) => plot.valToPos(value, axis)).sort((a, b) => a - b)
  );

  /** Shows what is between two pixels, in the whole plot, as far as there is anything to see. */
  const show = (/** @type {Direction} */ axis, /** @type {number} */ start, /** @type {number} */ end) => {
    const plot = chart();
    if (!plot) return;
    const { whole, epochs } = ranges();
    const [low, high] = pixels(plot, axis, axis === "x" ? epochs : whole.y);
    const length = Math.min(end - start, high - low);
    const from = Math.min(Math.max(start, low), high - length);
    const [bottom, top] = [from, from + length].map((place) => plot.posToVal(place, axis)).sort((a, b) => a - b);
    const enlarges = end - start < sizeOf(plot, axis);
    if (enlarges && top - bottom < (axis === "x" ? LEAST_EPOCHS : top * LEAST_SHARE)) return;
    const [first, last] = pixels(plot, axis, whole[axis]);
    const all = Math.abs(from - first) < 1 && Math.abs(from + length - last) < 1;
    view[axis] = all ? null : [axis === "x" ? Math.max(0, bottom) : bottom, top];
    changed();
  };

  const zoom = {
    get zoomed() {
      return view.x !== null || view.y !== null;
    },

    show,

    /** Enlarges (a factor below 1) around a place of the plot, or shrinks. */
    by(/** @type {Direction} */ axis, /** @type {number} */ factor, /** @type {number} */ at) {
      const plot = chart();
      if (!plot) return;
      show(axis, at - at * factor, at + (sizeOf(plot, axis) - at) * factor);
    },

    /** Moves along what there is by so many pixels. */
    move(/** @type {Direction} */ axis, /** @type {number} */ distance) {
      const plot = chart();
      if (!plot || view[axis] === null || distance === 0) return;
      show(axis, distance, sizeOf(plot, axis) + distance);
    },

    /** Shows everything again. */
    reset() {
      if (view.x === null && view.y === null) return;
      view.x = null;
      view.y = null;
      changed();
    },
  };
  return zoom;
}

/**
 * Lets the wheel, the mouse and fingers zoom and move. Over an axis they do so along it; in the plot
 * along the epochs, and what is seen of the losses follows. Returns how to stop that.
 *
 * @param {HTMLElement} space what holds the chart
 * @param {() => uPlot | null} chart
 * @param {Zoom} zoom
 */
export function followGestures(space, chart, zoom) {
  /** Where the pointers are that are down, by their ids. @type {Map<number, { x: number, y: number }>} */
  const down = new Map();
  /** @type {{ x: number, y: number } | null} where a box began */
  let box = null;

  /** The place of an event in the plot, and along which axis it acts. */
  const place = (/** @type {MouseEvent} */ { clientX, clientY, shiftKey }) => {
    const { left, top, height } = /** @type {uPlot} */ (chart()).over.getBoundingClientRect();
    const at = { x: clientX - left, y: clientY - top };
    /** @type {Direction} */
    const axis = at.x < 0 || (shiftKey && at.y <= height) ? "y" : "x";
    return { ...at, axis };
  };

  const wheel = (/** @type {WheelEvent} */ event) => {
    if (!chart() || (!event.ctrlKey && !event.metaKey && scrolls(space))) return;
    event.preventDefault();
    const at = place(event);
    // With Shift some browsers turn the wheel sideways.
    const turned = event.deltaY || event.deltaX;
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? turned * 30 : turned;
    if (event.deltaY === 0 && !event.shiftKey) zoom.move("x", event.deltaX);
    else zoom.by(at.axis, Math.exp(Math.max(-300, Math.min(300, pixels)) * WHEEL), at[at.axis]);
  };

  const press = (/** @type {PointerEvent} */ event) => {
    if (!chart() || event.button !== 0 || down.size > 1) return;
    const { x, y } = place(event);
    down.set(event.pointerId, { x, y });
    const boxing = event.pointerType === "mouse" && (event.shiftKey || !zoom.zoomed);
    box = boxing ? { x, y } : null;
    if (event.pointerType !== "mouse") point(event);
  };

  /** Puts the cursor under a finger, which does not hover. */
  const point = (/** @type {PointerEvent} */ event) => {
    const { x, y } = place(event);
    chart()?.setCursor({ left: x, top: y });
  };

  const drag = (/** @type {PointerEvent} */ event) => {
    const before = down.get(event.pointerId);
    const plot = chart();
    if (!before || !plot) return;
    const { x, y } = place(event);
    if (Math.hypot(x - before.x, y - before.y) > 1) space.setPointerCapture(event.pointerId);
    if (down.size === 2) pinch(event.pointerId, before, { x, y });
    else if (box) plot.setSelect(boxOf(plot, box, { x, y }), false);
    else if (zoom.zoomed) {
      zoom.move("x", before.x - x);
      zoom.move("y", before.y - y);
    } else point(event);
    down.set(event.pointerId, { x, y });
  };

  /** Keeps under both fingers what was there; along the direction in which they are apart. */
  const pinch = (/** @type {number} */ id, /** @type {{ x: number, y: number }} */ before,
    /** @type {{ x: number, y: number }} */ now) => {
    const plot = /** @type {uPlot} */ (chart());
    const [, other] = /** @type {[number, { x: number, y: number }]} */ ([...down].find(([each]) => each !== id));
    const axis = Math.abs(before.y - other.y) > 2 * Math.abs(before.x - other.x) ? "y" : "x";
    const [from, to, still] = [before[axis], now[axis], other[axis]];
    if (Math.abs(to - still) < 8 || (from - still) * (to - still) <= 0) return;
    const factor = (from - still) / (to - still);
    const size = axis === "x" ? plot.over.clientWidth : plot.over.clientHeight;
    zoom.show(axis, still - still * factor, still + (size - still) * factor);
  };

  const release = (/** @type {PointerEvent} */ event) => {
    const plot = chart();
    if (!down.delete(event.pointerId) || !box || !plot) return;
    const { left, width, top, height } = plot.select;
    box = null;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (event.type !== "pointerup" || width < LEAST_DRAG) return;
    // The losses first: their pixels are those of the range that is on the screen.
    if (height < plot.over.clientHeight) zoom.show("y", top, top + height);
    zoom.show("x", left, left + width);
  };

  /** @type {[string, (event: any) => void][]} */
  const listeners = [["wheel", wheel], ["pointerdown", press], ["pointermove", drag], ["pointerup", release],
    ["pointercancel", release], ["dblclick", () => zoom.reset()]];
  for (const [type, listener] of listeners) space.addEventListener(type, listener, { passive: false });
  return () => {
    for (const [type, listener] of listeners) space.removeEventListener(type, listener);
  };
}

/** The box between two places, inside the plot; the whole height where it is flat. */
function boxOf(/** @type {uPlot} */ { over }, /** @type {{ x: number, y: number }} */ a,
  /** @type {{ x: number, y: number }} */ b) {
  const { clientWidth, clientHeight } = over;
  const within = (/** @type {number} */ place, /** @type {number} */ size) => Math.min(Math.max(place, 0), size);
  const [left, right] = [a.x, b.x].map((x) => within(x, clientWidth)).sort((p, q) => p - q);
  const [top, bottom] = [a.y, b.y].map((y) => within(y, clientHeight)).sort((p, q) => p - q);
  const flat = bottom - top < FLAT * clientHeight;
  return { left, width: right - left, top: flat ? 0 : top, height: flat ? clientHeight : bottom - top };
}

/** Whether the wheel is needed to scroll: not where the page fits, nor once the chart has the focus. */
function scrolls(/** @type {HTMLElement} */ space) {
  const { scrollHeight, clientHeight } = document.documentElement;
  return scrollHeight > clientHeight + 1 && document.activeElement !== space;
}
