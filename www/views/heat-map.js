/** Probabilities on a grid as a smooth picture, and the lines where they have one value. */
import { contours } from "d3-contour";

/** A picture of the grid, one pixel a sample, to be drawn at any size. */
export function createHeatMap() {
  const canvas = new OffscreenCanvas(1, 1);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;

  return {
    canvas,

    /**
     * Takes over a grid; false, with the old picture kept, if any sample is not a probability.
     *
     * @param {Float32Array} grid
     * @param {number} width
     * @param {number} height
     * @param {Uint32Array} shades of the probabilities 0 … 1
     */
    paint(grid, width, height, shades) {
      if (!image || image.width !== width || image.height !== height) {
        canvas.width = width;
        canvas.height = height;
        image = context.createImageData(width, height);
      }
      const pixels = new Uint32Array(image.data.buffer);
      const top = shades.length - 1;
      for (let k = 0; k < grid.length; k += 1) {
        if (!(grid[k] >= 0 && grid[k] <= 1)) return false;
        pixels[k] = shades[Math.round(grid[k] * top)];
      }
      context.putImageData(image, 0, 0);
      return true;
    },
  };
}

/** @typedef {[x: number, y: number][]} Line */

/**
 * The lines along which the grid has the value `level`, in units of samples: sample (i, j) stands at
 * (i + 0.5, j + 0.5).
 *
 * @param {Float32Array} grid
 * @param {number} width
 * @param {number} height
 * @param {number} level
 * @returns {Line[]}
 */
export function contourLines(grid, width, height, level) {
  const { coordinates } = contours().size([width, height]).contour(/** @type {any} */ (grid), level);
  // d3-contour closes its rings along the grid's border, where there is no line to show.
  /** @param {number[]} point */
  const atBorder = ([x, y]) => x === 0 || y === 0 || x === width || y === height;
  /** @type {Line[]} */
  const lines = [];
  for (const ring of /** @type {Line[]} */ (coordinates.flat())) {
    /** @type {Line | null} */
    let line = null;
    for (let k = 1; k < ring.length; k += 1) {
      if (atBorder(ring[k - 1]) && atBorder(ring[k])) {
        line = null;
        continue;
      }
      if (!line) lines.push(line = [ring[k - 1]]);
      line.push(ring[k]);
    }
  }
  return lines;
}

/**
 * The grid at half its width and height: each sample is the mean of four.
 *
 * @param {Float32Array} grid
 * @param {number} width even
 * @param {number} height even
 */
export function halved(grid, width, height) {
  const half = new Float32Array((width / 2) * (height / 2));
  for (let j = 0, to = 0; j < height; j += 2) {
    for (let i = 0; i < width; i += 2, to += 1) {
      const k = j * width + i;
      half[to] = (grid[k] + grid[k + 1] + grid[k + width] + grid[k + width + 1]) / 4;
    }
  }
  return half;
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
