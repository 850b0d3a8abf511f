/** A square mesh over the plane, and its probabilities as a picture with more pixels than it has samples. */

/** @import { Tensor } from "bce-playground" */
/** @typedef {[number, number]} Pair */

/** A mesh has so many samples along each side, and its picture so many pixels: a whole multiple. */
export const MESH = 80;
export const SIDE = 320;

/** The middles of the mesh's cells, row by row from the top. @param {[Pair, Pair]} ranges what it spans @returns {Tensor} (MESH², 2) */
export function meshOf([x, y]) {
  const at = (/** @type {Pair} */ [low, high], /** @type {number} */ k) => low + ((k + 0.5) / MESH) * (high - low);
  const data = new Float32Array(MESH * MESH * 2);
  for (let k = 0; k < MESH * MESH; k += 1) {
    data[2 * k] = at(x, k % MESH);
    data[2 * k + 1] = at(y, MESH - 1 - Math.floor(k / MESH));
  }
  return { shape: [MESH * MESH, 2], data };
}

/** The samples that the pixels of a row or a column lie between. */
const BETWEEN = Array.from({ length: SIDE }, (_, pixel) => {
  const place = Math.max(0, Math.min(MESH - 1, ((pixel + 0.5) * MESH) / SIDE - 0.5));
  const low = Math.floor(place);
  return { low, high: Math.min(MESH - 1, low + 1), share: place - low };
});

/**
 * The probabilities at a pixel, interpolated.
 *
 * @param {Float32Array} mesh (MESH, MESH, outputs)
 * @param {number} outputs
 * @param {number} x
 * @param {number} y
 * @param {Float32Array} to (outputs)
 */
export function interpolate(mesh, outputs, x, y, to) {
  const { low: upper, high: lower, share: v } = BETWEEN[y];
  const { low: left, high: right, share: u } = BETWEEN[x];
  const a = (upper * MESH + left) * outputs;
  const b = (upper * MESH + right) * outputs;
  const c = (lower * MESH + left) * outputs;
  const d = (lower * MESH + right) * outputs;
  for (let k = 0; k < outputs; k += 1) {
    const above = mesh[a + k] + (mesh[b + k] - mesh[a + k]) * u;
    const below = mesh[c + k] + (mesh[d + k] - mesh[c + k]) * u;
    to[k] = above + (below - above) * v;
  }
}
