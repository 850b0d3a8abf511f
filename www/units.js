/** What a unit gives over the plane, in shades from 0 to 1: orange below 0, blue above. */

/**
 * Puts values between 0 and 1: tanh's and sigmoid's by their bounds, others by the largest of them. A
 * value that is not finite gets the middle.
 *
 * @param {string} activation
 * @param {Float32Array} values changed in place
 */
export function toShades(activation, values) {
  if (activation === "sigmoid") return clean(values, 1, 0);
  if (activation === "tanh") return clean(values, 0.5, 0.5);
  let largest = 0;
  for (const x of values) if (Math.abs(x) > largest && Number.isFinite(x)) largest = Math.abs(x);
  return clean(values, largest > 0 ? 0.5 / largest : 0, 0.5);
}

/** @param {Float32Array} values @param {number} scale @param {number} offset */
function clean(values, scale, offset) {
  for (let k = 0; k < values.length; k += 1) {
    const x = values[k] * scale + offset;
    values[k] = x >= 0 && x <= 1 ? x : x > 1 ? 1 : x < 0 ? 0 : 0.5;
  }
  return values;
}

/**
 * The pictures of all units of a frame, layer after layer.
 *
 * @param {Float32Array} units (units, side, side)
 * @param {readonly { out: number, activation?: string }[]} layers
 * @param {number} pixels of one picture
 * @returns {Float32Array[][]}
 */
export function picturesOf(units, layers, pixels) {
  let start = 0;
  return layers.map(({ out, activation = "identity" }) => Array.from({ length: out }, () => {
    const values = units.subarray(start, start + pixels);
    start += pixels;
    return toShades(activation, values);
  }));
}

/**
 * The picture of an input: how it rises over the plane; the middle where the plane does not show it.
 *
 * @param {number} feature
 * @param {readonly [number, number]} shown the plane's two
 * @param {number} side
 */
export function pictureOfInput(feature, shown, side) {
  const values = new Float32Array(side * side).fill(0.5);
  if (!shown.includes(feature)) return values;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      values[row * side + column] = (feature === shown[0] ? column : side - 1 - row) / (side - 1);
    }
  }
  return values;
}
