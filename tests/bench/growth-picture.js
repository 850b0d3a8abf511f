// A picture of growth: samples a second against a size, both logarithmic, as an SVG that follows the
// reader's light or dark scheme.

/** @import { Point } from "./growth.js" */
/** @import { ContestantName } from "./measure.js" */

const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 70;
const RIGHT = 150;
const TOP = 40;
const BOTTOM = 50;

/** @type {[ContestantName, string][]} */
const LINES = [
  ["ours", "this project"],
  ["plainjs", "plain JavaScript"],
];

const STYLE = `
  svg { --paper: #fff; --ink: #222; --grid: #ddd; --ours: #0b6bbf; --plainjs: #b8560a; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #16181d; --ink: #e6e6e6; --grid: #3a3d44; --ours: #6cb6ff; --plainjs: #f0a35e; }
  }
  .paper { fill: var(--paper); }
  text { fill: var(--ink); font: 13px system-ui, sans-serif; }
  .title { font-weight: 600; }
  .grid { stroke: var(--grid); }
  polyline { fill: none; stroke-width: 2; }
  .ours { stroke: var(--ours); } circle.ours, text.ours { stroke: none; fill: var(--ours); }
  .plainjs { stroke: var(--plainjs); } circle.plainjs, text.plainjs { stroke: none; fill: var(--plainjs); }
`;

/**
 * @param {{ title: string, x: string, points: Point[] }} picture
 * @returns {string}
 */
export function growthPicture({ title, x: label, points }) {
  const rates = points.flatMap(({ rates }) => Object.values(rates));
  const first = Math.floor(Math.log10(Math.min(...rates)));
  const last = Math.ceil(Math.log10(Math.max(...rates)));
  const right = Math.log2(points[points.length - 1].x / points[0].x);
  const x = (/** @type {number} */ at) =>
    LEFT + ((WIDTH - LEFT - RIGHT) * Math.log2(at / points[0].x)) / right;
  const y = (/** @type {number} */ rate) =>
    HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (Math.log10(rate) - first)) / (last - first);

  const decades = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  const powers = Array.from({ length: Math.floor(right) + 1 }, (_, i) => points[0].x * 2 ** i);
  const [bottom, end] = [HEIGHT - BOTTOM, WIDTH - RIGHT];
  const parts = [
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>`,
    text(LEFT, 22, title, "title"),
    ...decades.flatMap((rate) => [
      `<path class="grid" d="M${LEFT} ${round(y(rate))}H${end}"/>`,
      text(LEFT - 8, y(rate) + 4, short(rate), "", "end"),
    ]),
    ...powers.flatMap((at) => [
      `<path class="grid" d="M${round(x(at))} ${TOP}V${bottom}"/>`,
      text(x(at), bottom + 20, String(at), "", "middle"),
    ]),
    text((LEFT + end) / 2, HEIGHT - 8, label, "", "middle"),
    `<text transform="translate(16 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">samples trained a second</text>`,
    ...LINES.flatMap(([name, words]) => {
      const drawn = points.map(({ x: at, rates }) => [x(at), y(rates[name] ?? NaN)]);
      const [, lastY] = drawn[drawn.length - 1];
      return [
        `<polyline class="${name}" points="${drawn.map((point) => point.map(round).join(",")).join(" ")}"/>`,
        ...drawn.map(([cx, cy]) => `<circle class="${name}" cx="${round(cx)}" cy="${round(cy)}" r="3"/>`),
        text(end + 10, lastY + 4, words, name),
      ];
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>${title}: samples trained a second against ${label}</title>
<style>${STYLE}</style>
${parts.join("\n")}
</svg>
`;
}

/** @param {number} x @param {number} y @param {string} words @param {string} [name] @param {string} [anchor] */
function text(x, y, words, name = "", anchor = "start") {
  return `<text class="${name}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${words}</text>`;
}

/** @param {number} rate 1000, 10 000, … */
function short(rate) {
  if (rate >= 1e6) return `${rate / 1e6} M`;
  return rate >= 1e3 ? `${rate / 1e3} k` : String(rate);
}

/** @param {number} value */
function round(value) {
  return Math.round(10 * value) / 10;
}
