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

/**
 * The lines along which the grid has the value `level`, in units of samples, and how many points
 * they have.
 *
 * @param {Float32Array} grid
 * @param {number} width
 * @param {number} height
 * @param {number} level
 */
export function contourLines(grid, width, height, level) {
  const path = new Path2D();
  let points = 0;
  const { coordinates } = contours().size([width, height]).contour(/** @type {any} */ (grid), level);
  // d3-contour closes its rings along the grid's border, where there is no line to show.
  /** @param {number[]} point */
  const atBorder = ([x, y]) => x === 0 || y === 0 || x === width || y === height;
  for (const ring of coordinates.flat()) {
    let drawing = false;
    for (let k = 1; k < ring.length; k += 1) {
      const from = ring[k - 1];
      const to = ring[k];
      if (atBorder(from) && atBorder(to)) {
        drawing = false;
        continue;
      }
      if (!drawing) path.moveTo(from[0], from[1]);
      path.lineTo(to[0], to[1]);
      drawing = true;
      points += 1;
    }
  }
  return { path, points };
}
