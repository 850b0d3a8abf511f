/** The colours of `style.css`, for what is drawn on a canvas, and the theme that picks them. */
import { state } from "./state.js";

const STOPS = ["--p-0", "--p-25", "--p-50", "--p-75", "--p-100"];
const SHADES = 512;

const dark = matchMedia("(prefers-color-scheme: dark)");
/** @type {Set<() => void>} */
const listeners = new Set();
/** The tokens of the present theme that have been asked for: a frame asks for dozens. @type {Map<string, string>} */
const tokens = new Map();

/** The theme in force: the person's choice, or the browser's. */
export function theme() {
  const { theme: wanted } = state.values;
  if (wanted !== "auto") return wanted;
  return dark.matches ? "dark" : "light";
}

/** Puts the theme on the page, and keeps it there. */
export function followTheme() {
  const apply = () => {
    document.documentElement.dataset.theme = theme();
    tokens.clear();
    for (const listener of listeners) listener();
  };
  apply();
  dark.addEventListener("change", apply);
  state.subscribe((keys) => { if (keys.includes("theme")) apply(); });
}

/** Calls `listener` after each change of theme; returns how to stop that. @param {() => void} listener */
export function onTheme(listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The value of a token of `style.css`, as `--ink`. @param {string} name */
export function token(name) {
  let value = tokens.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    if (value) tokens.set(name, value);
  }
  return value;
}

/** The colours of the probabilities 0 … 1 as packed RGBA words, for an ImageData's buffer. */
export function probabilityShades() {
  const canvas = new OffscreenCanvas(SHADES, 1);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  const gradient = context.createLinearGradient(0, 0, SHADES, 0);
  STOPS.forEach((name, k) => gradient.addColorStop(k / (STOPS.length - 1), token(name)));
  context.fillStyle = gradient;
  context.fillRect(0, 0, SHADES, 1);
  return new Uint32Array(context.getImageData(0, 0, SHADES, 1).data.buffer);
}
