/** What every drawn view needs: canvases as sharp as the screen, and to be told when to redraw. */
import { onTheme } from "../colours.js";

/**
 * Keeps the canvases' pixels at their size on the screen, and calls `redraw` after a change of size
 * or theme. Returns how to stop that.
 *
 * @param {Element[]} elements canvases, or what holds one that looks after its own pixels
 * @param {() => void} redraw
 */
export function keepSharp(elements, redraw) {
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) fit(entry);
    redraw();
  });
  for (const element of elements) observer.observe(element);
  const forget = onTheme(redraw);
  return () => {
    observer.disconnect();
    forget();
  };
}

/** @param {ResizeObserverEntry} entry */
function fit({ target, contentRect, devicePixelContentBoxSize }) {
  if (!(target instanceof HTMLCanvasElement)) return;
  const [box] = devicePixelContentBoxSize ?? [];
  const width = box?.inlineSize ?? Math.round(contentRect.width * devicePixelRatio);
  const height = box?.blockSize ?? Math.round(contentRect.height * devicePixelRatio);
  if (target.width !== width) target.width = width;
  if (target.height !== height) target.height = height;
}

/**
 * The 2-D context with CSS pixels as its unit, cleared, and the size in CSS pixels.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function begin(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const ratio = canvas.width / (canvas.clientWidth || 1) || 1;
  // Clears clips as well, which would otherwise pile up from one drawing to the next.
  context.reset();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width: canvas.width / ratio, height: canvas.height / ratio };
}

/** The page's font at a size in CSS pixels. @param {number} size */
export function font(size, weight = 400) {
  return `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
}
