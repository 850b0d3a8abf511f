/** The page's icons, on a grid of 24 units, in the colour of the text around them. */
import { html, svg } from "lit";

/** @type {Record<string, string>} */
const strokes = {
  again: "M20 11a8 8 0 1 0-2.3 6.2M20 4v7h-7",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.6 1.6M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.6-1.6",
  undo: "M9 6L4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3",
  redo: "M15 6l4.5 4.5L15 15M19 10.5h-9a5 5 0 0 0 0 10h3",
  lesson: "M3 12s3.2-6 9-6c1.6 0 3 .45 4.2 1.1M21 12s-3.2 6-9 6c-1.6 0-3-.45-4.2-1.1M9.8 12.6a2.3 2.3 0 0 0 3 1.6M5 19L19 5",
  presets: "M4.5 6.5h15M4.5 12h15M4.5 17.5h9",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  plus: "M12 6v12M6 12h12",
  minus: "M6 12h12",
  close: "M7 7l10 10M17 7L7 17",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  dark: "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5",
  auto: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 4v16M12 8h4.5M12 12h8M12 16h4.5",
  download: "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5",
  pencil: "M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM13.5 7.5l3 3",
  point: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M12 3.5v2M12 18.5v2M3.5 12h2M18.5 12h2",
  brush: "M8 8.5v.1M14 6v.1M18 10.5v.1M12.5 11.5v.1M6.5 14v.1M17 16v.1M11.5 17.5v.1",
  move: "M12 3.5v17M3.5 12h17M9.5 6L12 3.5 14.5 6M9.5 18l2.5 2.5 2.5-2.5M6 9.5L3.5 12 6 14.5M18 9.5l2.5 2.5-2.5 2.5",
  erase: "M8.5 19.5l-4-4a1.5 1.5 0 0 1 0-2l8.5-8.5a1.5 1.5 0 0 1 2 0l4 4a1.5 1.5 0 0 1 0 2l-8.5 8.500zM8.500 9.500l6 6M8.500 19.500h11",
  bin: "M5 7h14M9.5 7V4.500h5V7M7 7l.8 12.500h8.400L17 7M10.500 10.500v5.500M13.500 10.500v5.500",
  whole: "M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5",
  runs: "M4 17c3-9 5-9 8-4s5 4 8-6M4 20.5h16",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  warning: "M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.1",
};

/** @type {Record<string, string>} */
const solids = {
  reset: "M20 5.2v13.6a.8.8 0 0 1-1.2.7l-9.8-6.8V18.5H6V5.5h3v5.8l9.8-6.8A.8.8 0 0 1 20 5.2z",
  play: "M8 5.2v13.6a.8.8 0 0 0 1.2.7l11-6.8a.8.8 0 0 0 0-1.4l-11-6.8A.8.8 0 0 0 8 5.2z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  step: "M6 5.5v13l9-6.5zM16 5.5h2.5v13H16z",
  steps: "M3 6v12l7-6zM10.5 6v12l7-6zM18.5 6H21v12h-2.5z",
};

/** An icon by its name; it says nothing to a screen reader. @param {string} name */
export function icon(name) {
  const path = name in strokes
    ? svg`<path d=${strokes[name]} fill="none" stroke="currentColor" stroke-width="1.8"
        stroke-linecap="round" stroke-linejoin="round"/>`
    : svg`<path d=${solids[name]} fill="currentColor"/>`;
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`;
}
