/** Where on a slider a number stands: on the nearest rung of the field's ladder, or at the number itself. */

/**
 * The slider's bounds and the position of the number.
 *
 * @param {{ ladder?: readonly number[], step?: number }} field
 * @param {{ min: number, max: number }} bounds
 * @param {number} number
 */
export function trackOf({ ladder, step }, { min, max }, number) {
  if (!ladder) return { min, max, step, position: number };
  const distance = ladder.map((rung) => Math.abs(Math.log(rung / number)));
  return { min: 0, max: ladder.length - 1, step: 1, position: distance.indexOf(Math.min(...distance)) };
}

/** Colours the track up to the position. @param {HTMLElement} slider @param {{ min: number, max: number, position: number }} track */
export function fill(slider, { min, max, position }) {
  slider.style.setProperty("--filled", String((position - min) / (max - min)));
}
