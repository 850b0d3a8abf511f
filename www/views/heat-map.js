/** Probabilities on a grid as a smooth picture. */

/**
 * A picture of the grid, one pixel a sample, on a canvas that is shown at any size: who puts the page
 * together scales it, which costs the page's thread nothing.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function createHeatMap(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;

  return {
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
        pixels[k] = shades[(grid[k] * top + 0.5) | 0];
      }
      context.putImageData(image, 0, 0);
      return true;
    },
  };
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
