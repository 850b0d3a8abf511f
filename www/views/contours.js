/** Lines along which a grid of numbers has one value: marching squares. */

/** @typedef {[x: number, y: number][]} Line */

// The sides of a cell, which lies between four samples. A line enters and leaves it by two of them.
const [TOP, RIGHT, BOTTOM, LEFT] = [0, 1, 2, 3];

/**
 * By which sides the line goes through a cell, as [in, out, in, out], for each set of corners that are
 * at the level or above: 1 the upper left, 2 the upper right, 4 the lower right, 8 the lower left.
 * Those corners are always on the same hand, so that what leaves one cell enters the next. Where two
 * opposite corners are above (5 and 10), the cell's middle decides, and 16 says that it is above too.
 *
 * @type {readonly (readonly number[])[]}
 */
const WAYS = Object.assign(Array.from({ length: 32 }, () => /** @type {number[]} */ ([])), {
  1: [LEFT, TOP],
  2: [TOP, RIGHT],
  3: [LEFT, RIGHT],
  4: [RIGHT, BOTTOM],
  5: [LEFT, TOP, RIGHT, BOTTOM],
  6: [TOP, BOTTOM],
  7: [LEFT, BOTTOM],
  8: [BOTTOM, LEFT],
  9: [BOTTOM, TOP],
  10: [TOP, RIGHT, BOTTOM, LEFT],
  11: [BOTTOM, RIGHT],
  12: [RIGHT, LEFT],
  13: [RIGHT, TOP],
  14: [TOP, LEFT],
  [16 + 5]: [RIGHT, TOP, LEFT, BOTTOM],
  [16 + 10]: [TOP, LEFT, BOTTOM, RIGHT],
});

/**
 * The lines along which the grid has the value `level`, in units of samples: sample (i, j) stands at
 * (i + 0.5, j + 0.5). A line that leaves the grid is drawn on to the edge of the outermost samples.
 *
 * @param {Float32Array} grid without NaN
 * @param {number} width
 * @param {number} height
 * @param {number} level
 * @returns {Line[]}
 */
export function contourLines(grid, width, height, level) {
  if (next.length < 2 * width * height) next = new Int32Array(2 * width * height);
  const entries = crossings(grid, width, height, level);
  /** @type {Line[]} */
  const lines = [];
  const follow = (/** @type {number} */ start) => {
    const line = [pointOn(start, grid, width, level)];
    for (let from = start; next[from] > 0;) {
      const at = next[from] - 1;
      next[from] = 0;
      line.push(pointOn(at, grid, width, level));
      from = at;
    }
    lines.push(line);
    return line;
  };
  // Lines that begin at the border also end there; what is left then are closed ones.
  for (const start of entries) {
    if (!isBorder(start, width, height)) continue;
    const line = follow(start);
    line.unshift(toEdge(line[0], width, height));
    line.push(toEdge(line[line.length - 1], width, height));
  }
  for (const start of entries) if (next[start] > 0) follow(start);
  return lines;
}

/**
 * From each side of a cell by which a line enters it to the side by which it leaves, and 1 more: 0 where
 * none does, as everywhere once the lines have been followed. A side is known by its sample of the lower
 * index k: 2k is the one between k and its neighbour on the right, 2k + 1 between k and the one below.
 */
let next = new Int32Array(0);

/**
 * Fills `next`; returns the sides by which lines enter cells.
 *
 * @param {Float32Array} grid
 * @param {number} width
 * @param {number} height
 * @param {number} level
 * @returns {number[]}
 */
function crossings(grid, width, height, level) {
  const entries = [];
  for (let j = 0; j < height - 1; j += 1) {
    const row = j * width;
    let left = Number(grid[row] >= level) + 8 * Number(grid[row + width] >= level);
    for (let k = row; k < row + width - 1; k += 1) {
      const above = left + 2 * Number(grid[k + 1] >= level) + 4 * Number(grid[k + width + 1] >= level);
      // The right corners of this cell are the left ones of the next.
      left = ((above & 2) >> 1) + ((above & 4) << 1);
      if (above === 0 || above === 15) continue;
      const middle = grid[k] + grid[k + 1] + grid[k + width] + grid[k + width + 1] >= 4 * level;
      const saddle = (above === 5 || above === 10) && middle;
      const ways = WAYS[above + (saddle ? 16 : 0)];
      for (let way = 0; way < ways.length; way += 2) {
        const entry = sideOf(k, width, ways[way]);
        entries.push(entry);
        next[entry] = sideOf(k, width, ways[way + 1]) + 1;
      }
    }
  }
  return entries;
}

/** @param {number} k the cell's upper left sample @param {number} width @param {number} side */
function sideOf(k, width, side) {
  if (side === TOP) return 2 * k;
  if (side === BOTTOM) return 2 * (k + width);
  return side === LEFT ? 2 * k + 1 : 2 * (k + 1) + 1;
}

/** @param {number} side @param {number} width @param {number} height */
function isBorder(side, width, height) {
  const k = side >> 1;
  const [i, j] = [k % width, Math.floor(k / width)];
  return side % 2 === 0 ? j === 0 || j === height - 1 : i === 0 || i === width - 1;
}

/**
 * Where the value on a side is the level.
 *
 * @param {number} side
 * @param {Float32Array} grid
 * @param {number} width
 * @param {number} level
 * @returns {[number, number]}
 */
function pointOn(side, grid, width, level) {
  const k = side >> 1;
  const down = (k / width) | 0;
  const [x, y] = [k - down * width + 0.5, down + 0.5];
  if (side & 1) return [x, y + (level - grid[k]) / (grid[k + width] - grid[k])];
  return [x + (level - grid[k]) / (grid[k + 1] - grid[k]), y];
}

/**
 * Half a sample on from the border's samples.
 *
 * @param {[number, number]} point
 * @param {number} width
 * @param {number} height
 * @returns {[number, number]}
 */
function toEdge([x, y], width, height) {
  if (y === 0.5 || y === height - 0.5) return [x, y === 0.5 ? 0 : height];
  return [x === 0.5 ? 0 : width, y];
}

/**
 * A line without the points that make no difference: none lies further than `tolerance` from what is
 * left. From each point that stays the line goes straight on to the last one that it reaches past all
 * between: each of those leaves it fewer slopes.
 *
 * @param {Line} line
 * @param {number} tolerance
 * @returns {Line}
 */
export function straightened(line, tolerance) {
  const kept = line.slice(0, 1);
  for (let from = 0; from < line.length - 1;) {
    const [x, y] = line[from];
    const [right, down] = [line[from + 1][0] - x, line[from + 1][1] - y];
    const stride = tolerance * Math.hypot(right, down);
    let [low, high, reached] = [-Infinity, Infinity, 0];
    let to = from + 1;
    for (; to < line.length; to += 1) {
      const along = (line[to][0] - x) * right + (line[to][1] - y) * down;
      const slope = ((line[to][1] - y) * right - (line[to][0] - x) * down) / along;
      if (!(along > reached && slope >= low && slope <= high)) break;
      reached = along;
      low = Math.max(low, slope - stride / along);
      high = Math.min(high, slope + stride / along);
    }
    from = Math.max(from + 1, to - 1);
    kept.push(line[from]);
  }
  return kept;
}

/** The lines as a path to be stroked. @param {Line[]} lines */
export function pathOf(lines) {
  const path = new Path2D();
  for (const [[x, y], ...rest] of lines) {
    path.moveTo(x, y);
    for (const point of rest) path.lineTo(point[0], point[1]);
  }
  return path;
}
