// The most that wasm's f32x4 multiply and add can do here, as a measure for the kernels: chains of
// them in registers, without a load or a store. More chains hide more latency, until they spill: the
// best of 8 to 13 is taken.

/** @import { Clock } from "./measure.js" */

const CHAINS = [8, 9, 10, 11, 12, 13];
const TURNS = 4_000_000;
const FLOP_PER_CHAIN = 8;

/** The module as text, with a function `chains8(turns) -> f32` for each number of chains. */
export function peakText() {
  return `(module\n${CHAINS.map(chainsFunction).join("\n")}\n)`;
}

/** @param {number} chains */
function chainsFunction(chains) {
  const all = Array.from({ length: chains }, (_, i) => i);
  // x goes to (1 − 2⁻²⁰)·x + 2⁻²⁰: it stays near 1, and no step can be left out.
  const step = (/** @type {number} */ i) =>
    `(local.set $x${i} (f32x4.add (f32x4.mul (local.get $x${i}) (local.get $a)) (local.get $b)))`;
  const sum = all.map((i) => `(local.get $x${i})`);
  return `(func (export "chains${chains}") (param $turns i32) (result f32)
  (local $a v128) (local $b v128) ${all.map((i) => `(local $x${i} v128)`).join(" ")}
  (local.set $a (f32x4.splat (f32.const ${1 - 2 ** -20})))
  (local.set $b (f32x4.splat (f32.const ${2 ** -20})))
  (loop $again
    ${all.map(step).join("\n    ")}
    (br_if $again (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
  (f32x4.extract_lane 0 ${sum.reduce((a, b) => `(f32x4.add ${a} ${b})`)}))`;
}

/**
 * @param {Uint8Array} wasm
 * @param {Clock} now
 * @returns {Promise<() => Promise<number>>} each call tries all numbers of chains for a few milliseconds, and
 *   returns the most operations a second
 */
export async function peakOf(wasm, now) {
  const { instance } = await WebAssembly.instantiate(/** @type {BufferSource} */ (wasm));
  const all = async () => {
    let most = 0;
    for (const chains of CHAINS) {
      const turn = /** @type {(turns: number) => number} */ (instance.exports[`chains${chains}`]);
      const start = await now();
      turn(TURNS);
      const seconds = ((await now()) - start) / 1000;
      most = Math.max(most, (TURNS * chains * FLOP_PER_CHAIN) / seconds);
    }
    return most;
  };
  await all();
  return all;
}
