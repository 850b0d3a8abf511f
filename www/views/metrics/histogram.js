/** The scores of the two classes as bars: how many there are in each fiftieth of 0 … 1. */

const BINS = 50;
/** The tops of the axis of counts: each has a whole quarter, which is half as high. */
const TOPS = [4, 8, 12, 20];

/** @typedef {ReturnType<typeof histogram>} Histogram */

/**
 * Counts each class's scores. A bin holds its lower end, as predictions hold the threshold, and the
 * last one 1 too.
 *
 * @param {Float32Array} scores
 * @param {Float32Array} labels
 */
export function histogram(scores, labels) {
  const counts = [new Uint32Array(BINS), new Uint32Array(BINS)];
  scores.forEach((score, k) => {
    counts[labels[k]][Math.min(BINS - 1, Math.floor(score * BINS))] += 1;
  });
  const highest = Math.max(...counts.map((each) => Math.max(...each)));
  return { bins: BINS, counts, top: topOf(highest) };
}

/**
 * The end of an axis that holds this count. It grows in steps, so that bars rest while counts change.
 *
 * @param {number} count
 */
export function topOf(count) {
  for (let power = 1; ; power *= 10) {
    const top = TOPS.find((each) => each * power >= count);
    if (top) return top * power;
  }
}
