/** The loss chart by keyboard: a cursor from point to point, and the zoom. */

/** @import uPlot from "uplot" */
/** @import { Curve } from "../../curve.js" */
/** @import { Zoom } from "./zoom.js" */

const PAGE = 10;
const STRIDE = 0.1;

/**
 * @param {object} of
 * @param {() => uPlot | null} of.chart
 * @param {() => Curve} of.curve
 * @param {Zoom} of.zoom
 * @param {() => void} of.moved the cursor stands elsewhere because of a key
 */
export function createKeys({ chart, curve, zoom, moved }) {
  /** The epoch where the cursor is held; null: it follows the pointer. @type {number | null} */
  let held = null;

  const point = () => {
    const epochs = curve().column("epoch");
    const k = epochs.findIndex((epoch) => epoch >= Number(held));
    return k < 0 ? epochs.length - 1 : k;
  };

  /** Puts the cursor to the held epoch: pixels change as the axes grow. */
  const hold = () => {
    const plot = chart();
    if (held === null || !plot) return;
    const epoch = held;
    // After uPlot's microtask, which is when the axes have their new ranges.
    queueMicrotask(() => plot.setCursor({ left: plot.valToPos(epoch, "x"), top: plot.over.clientHeight / 2 }));
  };

  const move = (/** @type {number} */ k) => {
    const plot = chart();
    const epochs = curve().column("epoch");
    if (!plot || epochs.length === 0) return;
    held = epochs[Math.min(Math.max(k, 0), epochs.length - 1)];
    const at = plot.valToPos(held, "x");
    const { clientWidth } = plot.over;
    // The cursor takes the view along.
    if (at < 0) zoom.move("x", at - clientWidth * STRIDE);
    else if (at > clientWidth) zoom.move("x", at - clientWidth * (1 - STRIDE));
    queueMicrotask(() => {
      plot.setCursor({ left: plot.valToPos(Number(held), "x"), top: plot.over.clientHeight / 2 });
      moved();
    });
  };

  const leave = () => {
    if (held !== null) chart()?.setCursor({ left: -10, top: -10 });
    held = null;
  };

  /** Around the cursor, or the middle. */
  const enlarge = (/** @type {number} */ factor) => {
    const plot = chart();
    if (!plot) return;
    const left = Number(plot.cursor.left);
    zoom.by("x", factor, left >= 0 ? left : plot.over.clientWidth / 2);
    hold();
  };

  const shift = (/** @type {"x" | "y"} */ axis, /** @type {number} */ share) => {
    const over = chart()?.over;
    if (!over) return;
    zoom.move(axis, share * (axis === "x" ? over.clientWidth : over.clientHeight));
    hold();
  };

  /** @type {Record<string, () => void>} */
  const plain = {
    ArrowLeft: () => move(point() - 1),
    ArrowRight: () => move(point() + 1),
    ArrowDown: () => move(point() - 1),
    ArrowUp: () => move(point() + 1),
    PageDown: () => move(point() - PAGE),
    PageUp: () => move(point() + PAGE),
    Home: () => move(0),
    End: () => move(Infinity),
    "+": () => enlarge(0.7),
    "=": () => enlarge(0.7),
    "-": () => enlarge(1 / 0.7),
    0: () => { zoom.reset(); hold(); },
    Escape: () => { zoom.reset(); hold(); },
  };
  /** @type {Record<string, () => void>} */
  const shifted = {
    ArrowLeft: () => shift("x", -STRIDE),
    ArrowRight: () => shift("x", STRIDE),
    ArrowDown: () => shift("y", STRIDE),
    ArrowUp: () => shift("y", -STRIDE),
    "+": plain["+"],
  };

  return {
    hold,
    leave,

    /** By keyboard the focus brings the cursor, to the newest point. @param {FocusEvent} event */
    focus(event) {
      if (/** @type {Element} */ (event.target).matches(":focus-visible")) move(Infinity);
    },

    /** @param {KeyboardEvent} event */
    press(event) {
      const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
      const act = (shiftKey ? shifted : plain)[key];
      if (!act || ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      if (held === null && key.startsWith("Arrow") && !shiftKey) held = curve().column("epoch")[chart()?.cursor.idx ?? -1] ?? Infinity;
      act();
    },
  };
}
