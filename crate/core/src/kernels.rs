//! Products of small matrices over lanes, in the `[features][batch]` layout.
//!
//! A batch of activations is a row of vectors for each feature: `rows[feature * vectors + v]` holds
//! the samples 4v to 4v + 3, so that lanes run over samples and a layer of 3 units is as well
//! vectorised as one of 300. The order of each sum is fixed: over features one after another, over
//! samples in [`LANES`] accumulators that are joined by [`Lanes::sums`]. Tiles only choose which
//! sums run side by side, so they do not change a bit.

use crate::lanes::{Element, LANES, Lanes};

/// Four samples of one feature.
pub type Vector<E> = [E; LANES];

/// How many vectors hold `batch` samples.
pub fn vectors_for(batch: usize) -> usize {
    batch.div_ceil(LANES)
}

/// The weights of a product seen as (result row, term), whichever way they are stored.
#[derive(Clone, Copy)]
struct Weights<'a, E> {
    data: &'a [E],
    row_stride: usize,
    term_stride: usize,
    terms: usize,
}

/// nn.Linear forward: `z = weight · x + bias`, for weight (out, in) row-major, bias (out),
/// x (in, batch) and z (out, batch).
pub fn linear<L: Lanes>(
    weight: &[L::Element],
    bias: &[L::Element],
    x: &[Vector<L::Element>],
    z: &mut [Vector<L::Element>],
) {
    let terms = weight.len() / bias.len();
    let weights = Weights { data: weight, row_stride: terms, term_stride: 1, terms };
    product::<L>(weights, bias, x, z);
}

/// The gradient with respect to the input: `dx = weightᵀ · dz`, for weight (out, in), dz (out, batch)
/// and dx (in, batch). `inputs` is in_features.
pub fn linear_backward_input<L: Lanes>(
    weight: &[L::Element],
    inputs: usize,
    dz: &[Vector<L::Element>],
    dx: &mut [Vector<L::Element>],
) {
    let terms = weight.len() / inputs;
    let weights = Weights { data: weight, row_stride: 1, term_stride: inputs, terms };
    product::<L>(weights, &[], dz, dx);
}

/// `result[row] = start[row] + Σ_term weights[row][term] · x[term]`, the terms in rising order; an
/// empty `start` is 0 in every row.
#[inline(never)]
fn product<L: Lanes>(
    weights: Weights<L::Element>,
    start: &[L::Element],
    x: &[Vector<L::Element>],
    result: &mut [Vector<L::Element>],
) {
    let vectors = x.len() / weights.terms;
    let mut rows = result.chunks_exact_mut(vectors.max(1));
    let count = rows.len();
    let mut row = 0;
    while row + 4 <= count {
        let four = std::array::from_fn(|_| rows.next().expect("four rows are left"));
        product_rows::<L, 4>(weights, row, start, x, four);
        row += 4;
    }
    for last in rows {
        product_rows::<L, 1>(weights, row, start, x, [last]);
        row += 1;
    }
}

fn product_rows<L: Lanes, const R: usize>(
    weights: Weights<L::Element>,
    row: usize,
    start: &[L::Element],
    x: &[Vector<L::Element>],
    mut result: [&mut [Vector<L::Element>]; R],
) {
    let vectors = result[0].len();
    let mut v = 0;
    while v + 2 <= vectors {
        product_tile::<L, R, 2>(weights, row, start, x, &mut result, v);
        v += 2;
    }
    if v < vectors {
        product_tile::<L, R, 1>(weights, row, start, x, &mut result, v);
    }
}

/// R rows by V vectors, kept in registers while the terms go by.
#[inline(always)]
fn product_tile<L: Lanes, const R: usize, const V: usize>(
    weights: Weights<L::Element>,
    row: usize,
    start: &[L::Element],
    x: &[Vector<L::Element>],
    result: &mut [&mut [Vector<L::Element>]; R],
    v: usize,
) {
    let vectors = result[0].len();
    let start = |r: usize| start.get(row + r).copied().unwrap_or_default();
    let mut sums: [[L; V]; R] = std::array::from_fn(|r| [L::splat(start(r)); V]);
    for (term, samples) in x.chunks_exact(vectors).enumerate() {
        let samples: [L; V] = std::array::from_fn(|j| L::load(&samples[v + j]));
        for (r, sums) in sums.iter_mut().enumerate() {
            let at = (row + r) * weights.row_stride + term * weights.term_stride;
            let weight = L::splat(weights.data[at]);
            for j in 0..V {
                sums[j] = sums[j] + weight * samples[j];
            }
        }
    }
    for r in 0..R {
        for j in 0..V {
            sums[r][j].store(&mut result[r][v + j]);
        }
    }
}

/// The gradients with respect to the parameters: `dweight = dz · xᵀ` (out, in) and
/// `dbias = Σ_samples dz` (out). Padding samples must be 0 in `dz`.
pub fn linear_backward_parameters<L: Lanes>(
    dz: &[Vector<L::Element>],
    x: &[Vector<L::Element>],
    dweight: &mut [L::Element],
    dbias: &mut [L::Element],
) {
    let outputs = dbias.len();
    let vectors = dz.len() / outputs;
    let inputs = dweight.len() / outputs;
    for ((dz, dweight), dbias) in
        dz.chunks_exact(vectors).zip(dweight.chunks_exact_mut(inputs)).zip(dbias)
    {
        *dbias = dz.iter().fold(L::constant(0.0), |sum, d| sum + L::load(d)).sum();
        let (fours, rest) = dweight.as_chunks_mut::<LANES>();
        let mut x = x.chunks_exact(vectors);
        for four in fours {
            let x = std::array::from_fn(|_| x.next().expect("a row for each input"));
            dots::<L>(dz, x).store(four);
        }
        for (one, x) in rest.iter_mut().zip(x) {
            *one = dot::<L>(dz, x).sum();
        }
    }
}

/// The dot product of `a` with each of four rows.
#[inline(always)]
fn dots<L: Lanes>(a: &[Vector<L::Element>], rows: [&[Vector<L::Element>]; LANES]) -> L {
    let mut sums = [L::constant(0.0); LANES];
    let [r0, r1, r2, r3] = rows;
    for ((((a, b0), b1), b2), b3) in a.iter().zip(r0).zip(r1).zip(r2).zip(r3) {
        let a = L::load(a);
        sums[0] = sums[0] + a * L::load(b0);
        sums[1] = sums[1] + a * L::load(b1);
        sums[2] = sums[2] + a * L::load(b2);
        sums[3] = sums[3] + a * L::load(b3);
    }
    L::sums(sums[0], sums[1], sums[2], sums[3])
}

/// The products of two rows, summed in [`LANES`] accumulators.
#[inline(always)]
fn dot<L: Lanes>(a: &[Vector<L::Element>], b: &[Vector<L::Element>]) -> L {
    a.iter().zip(b).fold(L::constant(0.0), |sum, (a, b)| sum + L::load(a) * L::load(b))
}

/// Copies rows of row-major `data` into columns: `to[feature][k] = data[rows[k]][feature]`. The
/// padding samples become 0.
pub fn gather<E: Element>(data: &[E], features: usize, rows: &[u32], to: &mut [Vector<E>]) {
    let vectors = vectors_for(rows.len());
    for (feature, to) in to.chunks_exact_mut(vectors.max(1)).enumerate() {
        for (rows, to) in rows.chunks(LANES).zip(to) {
            *to = std::array::from_fn(|k| {
                rows.get(k).map_or(E::default(), |&row| data[row as usize * features + feature])
            });
        }
    }
}

/// Applies `f` to every vector in place.
#[inline(always)]
pub fn map_in_place<L: Lanes>(x: &mut [Vector<L::Element>], f: impl Fn(L) -> L) {
    for x in x {
        f(L::load(x)).store(x);
    }
}
