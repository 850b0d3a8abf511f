/** Numbers as the page shows them while they change: always the same number of places. */

const NONE = "–";

/**
 * A loss: four decimals, or two digits and an exponent where those would not fit.
 *
 * @param {number | null | undefined} value
 */
export function formatLoss(value) {
  if (value === null || value === undefined) return NONE;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1000)) {
    return value.toExponential(1).replace("e-", "e−").replace("e+", "e");
  }
  return value.toFixed(4);
}

/** A share as a percentage with one decimal. @param {number | null | undefined} value */
export function formatShare(value) {
  return typeof value === "number" && Number.isFinite(value) ? `${(value * 100).toFixed(1)} %` : NONE;
}

const GROUPED = new Intl.NumberFormat("en");

/** A count with grouped thousands. @param {number} value */
export const formatCount = (value) => GROUPED.format(value);

/** A coordinate or a probability, with a real minus sign. @param {number} value */
export function formatDecimal(value, decimals = 2) {
  return value.toFixed(decimals).replace("-", "−");
}

/**
 * About `count` round numbers within [low, high]: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function roundTicks(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const first = Math.ceil(low / step);
  const length = Math.floor(high / step) - first + 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return Array.from({ length }, (_, k) => {
    const value = (first + k) * step;
    return { value, text: formatDecimal(value === 0 ? 0 : value, decimals) };
  });
}
