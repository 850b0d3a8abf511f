//! The products of a batch that is one panel: up to [`WIDEST`](super::WIDEST) vectors of a feature side
//! by side, those of one output in registers. Small batches come with small networks, where loops are
//! short: here are few, and nothing is done for whole panels and then again for the rest.

use std::array;

use super::{Vector, Vectors, multiply_add, store};
use crate::lanes::{LANES, Lanes};

/// `$block` with `$v` as the number of vectors of a feature where the batch is one panel, else `$panels`.
macro_rules! by_width {
    ($vectors:expr, $v:ident => $block:expr, $panels:expr) => {
        by_width!(@ $vectors, $v, $block, $panels, 1 2 3 4 5 6 7 8)
    };
    (@ $vectors:expr, $v:ident, $block:expr, $panels:expr, $($width:literal)*) => {
        match if FULL { $vectors } else { 0 } {
            $($width if FULL => {
                const $v: usize = $width;
                $block
            })*
            _ => $panels,
        }
    };
}
pub(super) use by_width;

/// As [`linear`](super::linear).
#[inline(always)]
pub(super) fn linear<L: Lanes, const V: usize>(
    weight: &[L::Element],
    bias: &[L::Element],
    x: &[Vectors<L::Element, V>],
    z: &mut [Vectors<L::Element, V>],
) {
    for ((z, &bias), weight) in z.iter_mut().zip(bias).zip(weight.chunks_exact(x.len())) {
        let mut sums = [[L::splat(bias); V]];
        for (x, &w) in x.iter().zip(weight) {
            multiply_add(&mut sums, [w], x);
        }
        store(sums, array::from_mut(z));
    }
}

/// As [`linear_backward_input`](super::linear_backward_input), and `through(dx, y)` of what comes out.
#[inline(always)]
pub(super) fn backward_input<L: Lanes, const V: usize>(
    weight: &[L::Element],
    dz: &[Vectors<L::Element, V>],
    dx: &mut [Vectors<L::Element, V>],
    y: &[Vectors<L::Element, V>],
    through: impl Fn(L, L) -> L,
) {
    let inputs = dx.len();
    let each = dx.iter_mut().zip(y);
    let put = |[sums]: [[L; V]; 1], dx: &mut Vectors<L::Element, V>, y: &Vectors<L::Element, V>| {
        let sums = array::from_fn(|v| through(sums[v], L::load(&y[v])));
        store([sums], array::from_mut(dx));
    };
    // The last layer has few outputs, and with them a loop would be little else than its own steps.
    match dz {
        [only] => {
            for ((dx, y), &w) in each.zip(weight) {
                let mut sums = [[L::constant(0.0); V]];
                multiply_add(&mut sums, [w], only);
                put(sums, dx, y);
            }
        }
        [first, second] => {
            let (of_first, of_second) = weight.split_at(inputs);
            for (((dx, y), &w), &w2) in each.zip(of_first).zip(of_second) {
                let mut sums = [[L::constant(0.0); V]];
                multiply_add(&mut sums, [w], first);
                multiply_add(&mut sums, [w2], second);
                put(sums, dx, y);
            }
        }
        _ => {
            for (i, (dx, y)) in each.enumerate() {
                let mut sums = [[L::constant(0.0); V]];
                for (dz, weight) in dz.iter().zip(weight.chunks_exact(inputs)) {
                    multiply_add(&mut sums, [weight[i]], dz);
                }
                put(sums, dx, y);
            }
        }
    }
}

/// As [`linear_backward_parameters`](super::linear_backward_parameters).
#[inline(always)]
pub(super) fn backward_parameters<L: Lanes, const V: usize>(
    dz: &[Vectors<L::Element, V>],
    x: &[Vectors<L::Element, V>],
    dweight: &mut [L::Element],
    dbias: &mut [L::Element],
) {
    let zero = L::constant(0.0);
    let (fours, rest) = x.as_chunks::<LANES>();
    let rows = dweight.chunks_exact_mut(x.len());
    for ((dz, dbias), dweight) in dz.iter().zip(dbias).zip(rows) {
        let dz: [L; V] = array::from_fn(|v| L::load(&dz[v]));
        let product = |x: &Vectors<L::Element, V>| {
            let mut sum = zero;
            for v in 0..V {
                sum = sum + dz[v] * L::load(&x[v]);
            }
            sum
        };
        let (to, to_rest) = dweight.as_chunks_mut::<LANES>();
        for (x, to) in fours.iter().zip(to) {
            let [a, b, c, d] = x.each_ref().map(product);
            L::sums(a, b, c, d).store(to);
        }
        // The bias is one more input, which is always 1.
        let mut bias = zero;
        for dz in dz {
            bias = bias + dz;
        }
        let mut four = [L::Element::default(); LANES];
        let mut last = [zero; LANES - 1];
        for (sum, x) in last.iter_mut().zip(rest) {
            *sum = product(x);
        }
        let [a, b, c] = last;
        L::sums(bias, a, b, c).store(&mut four);
        *dbias = four[0];
        // Not as a loop or a copy, which would become a call.
        match to_rest {
            [a, b, c] => [*a, *b, *c] = [four[1], four[2], four[3]],
            [a, b] => [*a, *b] = [four[1], four[2]],
            [a] => *a = four[1],
            _ => {}
        }
    }
}

/// As [`gather`](super::gather): in one panel the samples of a feature lie side by side.
#[inline(always)]
pub(super) fn gather<E: Copy + Default, const F: usize>(
    data: &[E],
    rows: &[u32],
    to: &mut [Vector<E>],
) {
    let data = data.as_chunks::<F>().0;
    let vectors = to.len() / F;
    for v in 0..vectors {
        let four: [[E; F]; LANES] = array::from_fn(|lane| {
            rows.get(v * LANES + lane).map_or([E::default(); F], |&row| data[row as usize])
        });
        for f in 0..F {
            to[f * vectors + v] = four.map(|sample| sample[f]);
        }
    }
}
