//! Products of small matrices over lanes, and the layout that they work on.
//!
//! A batch of activations (features, batch) lies in **panels** of [`PANEL`] vectors, eight samples:
//! panel after panel, in each one feature after feature, and where the number of vectors is odd, a
//! last panel with one vector for each feature. So lanes run over samples (a layer of 3 units is as
//! well vectorised as one of 300), a layer reads and writes memory in one direction, and the panel
//! that it works on stays in the first cache however large the batch is. A batch of up to [`WIDEST`]
//! vectors is one panel, as wide as it is long: see [`block`].
//!
//! The order of each sum is fixed: over features one after another, over samples in [`LANES`]
//! accumulators that are joined by [`Lanes::sums`]. Tiles only choose which sums run side by side, so
//! they do not change a bit. Inner loops run over iterators of one length, which leaves no bounds to
//! check.

mod block;

use std::array;

use block::by_width;

use crate::full::FULL;
use crate::lanes::{Element, LANES, Lanes};

/// Four samples of one feature.
pub type Vector<E> = [E; LANES];

/// How many vectors of a feature stand side by side in a large batch.
pub const PANEL: usize = 2;

/// A batch of up to so many vectors is one panel. (In the start module, which has one way for all, two
/// as well.)
pub const WIDEST: usize = if FULL { 8 } else { PANEL };

/// How many vectors hold `batch` samples.
pub fn vectors_for(batch: usize) -> usize {
    batch.div_ceil(LANES)
}

/// Where vector `v` of a feature lies among the panels of (features, 4 · vectors).
#[inline(always)]
pub fn place(features: usize, vectors: usize, feature: usize, v: usize) -> usize {
    if FULL && vectors <= WIDEST {
        return feature * vectors + v;
    }
    let panel = v / PANEL;
    let width = PANEL.min(vectors - panel * PANEL);
    panel * PANEL * features + feature * width + v % PANEL
}

/// Whole panels, and the vectors of the last one where it is half a panel.
type Panels<'a, E> = (&'a [Vectors<E, PANEL>], &'a [Vectors<E, 1>]);
type PanelsMut<'a, E> = (&'a mut [Vectors<E, PANEL>], &'a mut [Vectors<E, 1>]);
/// The vectors of one feature in one panel.
type Vectors<E, const V: usize> = [Vector<E>; V];

#[inline(always)]
fn whole(vectors: usize, features: usize) -> usize {
    vectors / features / PANEL * PANEL * features
}

#[inline(always)]
fn panels<E>(x: &[Vector<E>], features: usize) -> Panels<'_, E> {
    let (whole, last) = x.split_at(whole(x.len(), features));
    (whole.as_chunks().0, last.as_chunks().0)
}

#[inline(always)]
fn panels_mut<E>(x: &mut [Vector<E>], features: usize) -> PanelsMut<'_, E> {
    let (whole, last) = x.split_at_mut(whole(x.len(), features));
    (whole.as_chunks_mut().0, last.as_chunks_mut().0)
}

/// nn.Linear forward: `z = weight · x + bias`, for weight (out, in) row-major, bias (out),
/// x (in, batch) and z (out, batch).
#[inline(never)]
pub fn linear<L: Lanes>(
    weight: &[L::Element],
    bias: &[L::Element],
    x: &[Vector<L::Element>],
    z: &mut [Vector<L::Element>],
) {
    by_width!(x.len() / (weight.len() / bias.len()), V =>
        block::linear::<L, V>(weight, bias, x.as_chunks().0, z.as_chunks_mut().0),
        linear_panels::<L>(weight, bias, x, z))
}

// The panels of large batches are apart from blocks: together they would be more than a compiler
// inlines.
#[cfg_attr(feature = "full", inline(never))]
fn linear_panels<L: Lanes>(
    weight: &[L::Element],
    bias: &[L::Element],
    x: &[Vector<L::Element>],
    z: &mut [Vector<L::Element>],
) {
    let (inputs, outputs) = (weight.len() / bias.len(), bias.len());
    let ((x, x_last), (z, z_last)) = (panels(x, inputs), panels_mut(z, outputs));
    for (x, z) in x.chunks_exact(inputs).zip(z.chunks_exact_mut(outputs)) {
        linear_panel::<L, PANEL>(weight, bias, x, z);
    }
    if !x_last.is_empty() {
        linear_panel::<L, 1>(weight, bias, x_last, z_last);
    }
}

#[inline(always)]
fn linear_panel<L: Lanes, const V: usize>(
    weight: &[L::Element],
    bias: &[L::Element],
    x: &[Vectors<L::Element, V>],
    z: &mut [Vectors<L::Element, V>],
) {
    let (fours, rest) = tiles_mut::<_, 4>(z);
    let (bias, bias_rest) = bias.split_at(4 * fours.len());
    let mut weight = weight.chunks_exact(x.len());
    for (z, &bias) in fours.iter_mut().zip(bias.as_chunks().0) {
        let [Some(w0), Some(w1), Some(w2), Some(w3)] = array::from_fn(|_| weight.next()) else {
            return;
        };
        let mut sums: [[L; V]; 4] = bias.map(|b| [L::splat(b); V]);
        for ((((x, &w0), &w1), &w2), &w3) in x.iter().zip(w0).zip(w1).zip(w2).zip(w3) {
            multiply_add(&mut sums, [w0, w1, w2, w3], x);
        }
        store(sums, z);
    }
    for ((z, &bias), weight) in rest.iter_mut().zip(bias_rest).zip(weight) {
        let mut sums = [[L::splat(bias); V]];
        for (x, &w) in x.iter().zip(weight) {
            multiply_add(&mut sums, [w], x);
        }
        store(sums, array::from_mut(z));
    }
}

/// The gradient with respect to the input: `dx = weightᵀ · dz`, for weight (out, in), dz (out, batch)
/// and dx (in, batch). `inputs` is in_features. Each number of `dx` is then replaced by `through` of it
/// and of the number of `y` at its place: on the way back through the activation that gave `y`, small
/// batches need no other pass.
#[inline(always)]
pub fn linear_backward_input<L: Lanes>(
    weight: &[L::Element],
    inputs: usize,
    dz: &[Vector<L::Element>],
    dx: &mut [Vector<L::Element>],
    y: &[Vector<L::Element>],
    through: impl Fn(L, L) -> L,
) {
    by_width!(dx.len() / inputs, V => {
        let (dx, y) = (dx.as_chunks_mut().0, y.as_chunks().0);
        block::backward_input::<L, V>(weight, dz.as_chunks().0, dx, y, through);
    }, {
        backward_input_panels::<L>(weight, inputs, dz, dx);
        if FULL {
            for (dx, y) in dx.iter_mut().zip(y) {
                through(L::load(dx), L::load(y)).store(dx);
            }
        }
    });
}

#[inline(never)]
fn backward_input_panels<L: Lanes>(
    weight: &[L::Element],
    inputs: usize,
    dz: &[Vector<L::Element>],
    dx: &mut [Vector<L::Element>],
) {
    let outputs = weight.len() / inputs;
    let ((dz, dz_last), (dx, dx_last)) = (panels(dz, outputs), panels_mut(dx, inputs));
    for (dz, dx) in dz.chunks_exact(outputs).zip(dx.chunks_exact_mut(inputs)) {
        backward_input_panel::<L, PANEL>(weight, dz, dx);
    }
    if !dz_last.is_empty() {
        backward_input_panel::<L, 1>(weight, dz_last, dx_last);
    }
}

#[inline(always)]
fn backward_input_panel<L: Lanes, const V: usize>(
    weight: &[L::Element],
    dz: &[Vectors<L::Element, V>],
    dx: &mut [Vectors<L::Element, V>],
) {
    let inputs = dx.len();
    let (fours, rest) = tiles_mut::<_, 4>(dx);
    let mut first = 0;
    for dx in fours {
        backward_input_tile::<L, V, 4>(weight, inputs, first, dz, dx);
        first += 4;
    }
    for dx in rest {
        backward_input_tile::<L, V, 1>(weight, inputs, first, dz, array::from_mut(dx));
        first += 1;
    }
}

/// The gradients of R inputs from `first` on.
#[inline(always)]
fn backward_input_tile<L: Lanes, const V: usize, const R: usize>(
    weight: &[L::Element],
    inputs: usize,
    first: usize,
    dz: &[Vectors<L::Element, V>],
    dx: &mut [Vectors<L::Element, V>; R],
) {
    let mut sums = [[L::constant(0.0); V]; R];
    for (dz, row) in dz.iter().zip(weight.chunks_exact(inputs)) {
        // They are always there, which is found out once, before the loop.
        let Some(&weight) = row[first..].first_chunk::<R>() else { break };
        multiply_add(&mut sums, weight, dz);
    }
    store(sums, dx);
}

/// Tiles of N and the rest. In the start module all are the rest.
#[inline(always)]
fn tiles_mut<T, const N: usize>(x: &mut [T]) -> (&mut [[T; N]], &mut [T]) {
    if FULL { x.as_chunks_mut() } else { (&mut [], x) }
}

/// R rows by V vectors that stay in registers while the terms of their sums go by.
#[inline(always)]
fn multiply_add<L: Lanes, const V: usize, const R: usize>(
    sums: &mut [[L; V]; R],
    weights: [L::Element; R],
    x: &Vectors<L::Element, V>,
) {
    let x: [L; V] = array::from_fn(|v| L::load(&x[v]));
    for r in 0..R {
        let weight = L::splat(weights[r]);
        for v in 0..V {
            sums[r][v] = sums[r][v] + weight * x[v];
        }
    }
}

#[inline(always)]
fn store<L: Lanes, const V: usize, const R: usize>(
    sums: [[L; V]; R],
    to: &mut [Vectors<L::Element, V>; R],
) {
    for r in 0..R {
        for v in 0..V {
            sums[r][v].store(&mut to[r][v]);
        }
    }
}

/// The gradients with respect to the parameters: `dweight = dz · xᵀ` (out, in) and
/// `dbias = Σ_samples dz` (out). Padding samples must be 0 in `dz`.
#[inline(never)]
pub fn linear_backward_parameters<L: Lanes>(
    dz: &[Vector<L::Element>],
    x: &[Vector<L::Element>],
    dweight: &mut [L::Element],
    dbias: &mut [L::Element],
) {
    by_width!(x.len() / (dweight.len() / dbias.len()), V =>
        block::backward_parameters::<L, V>(dz.as_chunks().0, x.as_chunks().0, dweight, dbias),
        backward_parameters_panels::<L>(dz, x, dweight, dbias))
}

#[cfg_attr(feature = "full", inline(never))]
fn backward_parameters_panels<L: Lanes>(
    dz: &[Vector<L::Element>],
    x: &[Vector<L::Element>],
    dweight: &mut [L::Element],
    dbias: &mut [L::Element],
) {
    let (inputs, outputs) = (dweight.len() / dbias.len(), dbias.len());
    let x = Rows { panels: panels(x, inputs), features: inputs, first: 0 };
    let mut dz = Rows { panels: panels(dz, outputs), features: outputs, first: 0 };
    sums_of_rows::<L>(dz, dbias);
    let whole = if FULL { inputs / LANES * LANES } else { 0 };
    rest_of_inputs::<L>(dz, Rows { first: whole, ..x }, dweight);
    if whole == 0 {
        return;
    }
    let mut pairs = dweight.chunks_exact_mut(2 * inputs);
    for pair in &mut pairs {
        let (one, other) = pair.split_at_mut(inputs);
        dot_products::<L, 2>(dz, x, [one, other]);
        dz.first += 2;
    }
    let rest = pairs.into_remainder();
    if !rest.is_empty() {
        dot_products::<L, 1>(dz, x, [rest]);
    }
}

/// Features of a batch, from one of them on.
#[derive(Clone, Copy)]
struct Rows<'a, E> {
    panels: Panels<'a, E>,
    features: usize,
    first: usize,
}

impl<'a, E> Rows<'a, E> {
    /// R features in each whole panel.
    #[inline(always)]
    fn whole<const R: usize>(self) -> impl Iterator<Item = &'a [Vectors<E, PANEL>; R]> {
        let first = self.first;
        let panels = self.panels.0.chunks_exact(self.features);
        panels.map_while(move |panel| panel.get(first..)?.first_chunk())
    }

    /// R features in the last panel, where it is half a panel.
    #[inline(always)]
    fn half<const R: usize>(self) -> Option<&'a [Vectors<E, 1>; R]> {
        self.panels.1.get(self.first..)?.first_chunk()
    }
}

/// `to[feature] = Σ_samples`
#[inline(always)]
fn sums_of_rows<L: Lanes>(mut from: Rows<L::Element>, to: &mut [L::Element]) {
    #[inline(always)]
    fn sums<L: Lanes, const R: usize>(from: Rows<L::Element>) -> [L; R] {
        let mut sums = [L::constant(0.0); R];
        for panel in from.whole::<R>() {
            for (sum, vectors) in sums.iter_mut().zip(panel) {
                for vector in vectors {
                    *sum = *sum + L::load(vector);
                }
            }
        }
        for (sum, [last]) in sums.iter_mut().zip(from.half::<R>().into_iter().flatten()) {
            *sum = *sum + L::load(last);
        }
        sums
    }
    let (fours, rest) = tiles_mut(to);
    for four in fours {
        let [a, b, c, d] = sums::<L, LANES>(from);
        L::sums(a, b, c, d).store(four);
        from.first += LANES;
    }
    for one in rest {
        *one = sums::<L, 1>(from)[0].sum();
        from.first += 1;
    }
}

/// `to[r][input] = dz[r] · x[input]` for R outputs and the inputs in fours.
#[inline(always)]
fn dot_products<L: Lanes, const R: usize>(
    dz: Rows<L::Element>,
    mut x: Rows<L::Element>,
    to: [&mut [L::Element]; R],
) {
    let mut to = to.map(|row| row.as_chunks_mut().0.iter_mut());
    for _ in 0..x.features / LANES {
        let sums = dot_tile::<L, R, LANES>(dz, x);
        for ([a, b, c, d], to) in sums.into_iter().zip(&mut to) {
            if let Some(four) = to.next() {
                L::sums(a, b, c, d).store(four);
            }
        }
        x.first += LANES;
    }
}

/// `dweight[output][input] = dz[output] · x[input]` for the inputs from `x.first` on, the outputs in
/// fours.
#[inline(always)]
fn rest_of_inputs<L: Lanes>(
    mut dz: Rows<L::Element>,
    mut x: Rows<L::Element>,
    dweight: &mut [L::Element],
) {
    let (inputs, outputs) = (x.features, dz.features);
    while x.first < inputs {
        dz.first = 0;
        let mut to = dweight[x.first..].iter_mut().step_by(inputs);
        for _ in 0..outputs / LANES * usize::from(FULL) {
            let [[a, b, c, d]] = dot_tile::<L, 1, LANES>(x, dz);
            let mut four = [L::Element::default(); LANES];
            L::sums(a, b, c, d).store(&mut four);
            four.into_iter().zip(&mut to).for_each(|(sum, to)| *to = sum);
            dz.first += LANES;
        }
        for to in to {
            *to = dot_tile::<L, 1, 1>(x, dz)[0][0].sum();
            dz.first += 1;
        }
        x.first += 1;
    }
}

/// The products of R rows with C others, summed in [`LANES`] accumulators each.
#[inline(always)]
fn dot_tile<L: Lanes, const R: usize, const C: usize>(
    rows: Rows<L::Element>,
    others: Rows<L::Element>,
) -> [[L; C]; R] {
    let mut sums = [[L::constant(0.0); R]; C];
    for (a, b) in rows.whole::<R>().zip(others.whole::<C>()) {
        add_products(&mut sums, a, b);
    }
    if let (Some(a), Some(b)) = (rows.half::<R>(), others.half::<C>()) {
        add_products(&mut sums, a, b);
    }
    array::from_fn(|r| array::from_fn(|c| sums[c][r]))
}

/// One column of the tile after another, so that few of `b`'s vectors need a register at a time.
#[inline(always)]
fn add_products<L: Lanes, const V: usize, const R: usize, const C: usize>(
    sums: &mut [[L; R]; C],
    a: &[Vectors<L::Element, V>; R],
    b: &[Vectors<L::Element, V>; C],
) {
    let a: [[L; V]; R] = array::from_fn(|r| array::from_fn(|v| L::load(&a[r][v])));
    for c in 0..C {
        let b: [L; V] = array::from_fn(|v| L::load(&b[c][v]));
        for r in 0..R {
            for v in 0..V {
                sums[c][r] = sums[c][r] + a[r][v] * b[v];
            }
        }
    }
}

/// Copies rows of row-major `data` (rows, features) into panels (features, batch). The padding samples
/// become 0.
#[inline(never)]
pub fn gather<E: Element>(data: &[E], features: usize, rows: &[u32], to: &mut [Vector<E>]) {
    if to.is_empty() {
        return;
    }
    let vectors = vectors_for(rows.len());
    let wide = if FULL && vectors <= WIDEST { vectors } else { PANEL };
    // Steps on small batches of few features are so short that a loop over features would show.
    let done = match features {
        _ if !FULL => 0,
        1 => gather_panels::<E, 1>(data, rows, to),
        2 => gather_panels::<E, 2>(data, rows, to),
        3 => gather_panels::<E, 3>(data, rows, to),
        _ => 0,
    };
    let mut panels = to.chunks_mut(features * wide).skip(done);
    for rows in rows.chunks(wide * LANES).skip(done) {
        let Some(panel) = panels.next() else { return };
        let width = panel.len() / features;
        panel.fill([E::default(); LANES]);
        for (sample, &row) in rows.iter().enumerate() {
            let (v, lane) = (sample / LANES, sample % LANES);
            let row = &data[row as usize * features..][..features];
            for (vectors, &x) in panel.chunks_exact_mut(width).zip(row) {
                vectors[v][lane] = x;
            }
        }
    }
}

/// [`gather`] for full panels of F features, or the one of a small batch; how many there were.
#[inline(always)]
fn gather_panels<E: Element, const F: usize>(
    data: &[E],
    rows: &[u32],
    to: &mut [Vector<E>],
) -> usize {
    if to.len() / F <= WIDEST {
        block::gather::<E, F>(data, rows, to);
        return 1;
    }
    let (data, (rows, _)) = (data.as_chunks::<F>().0, rows.as_chunks::<{ PANEL * LANES }>());
    let panels = panels_mut(to, F).0.as_chunks_mut::<F>().0;
    for (rows, panel) in rows.iter().zip(panels) {
        let samples = rows.map(|row| data[row as usize]);
        for f in 0..F {
            panel[f] = array::from_fn(|v| array::from_fn(|lane| samples[v * LANES + lane][f]));
        }
    }
    rows.len()
}

/// Copies panels (features, batch) into row-major `to` (rows, features), padding left out: the
/// inverse of [`gather`].
#[inline(never)]
pub fn scatter<E: Element>(from: &[Vector<E>], features: usize, to: &mut [E]) {
    let vectors = from.len() / features;
    for (sample, to) in to.chunks_exact_mut(features).enumerate() {
        for (feature, to) in to.iter_mut().enumerate() {
            *to = from[place(features, vectors, feature, sample / LANES)][sample % LANES];
        }
    }
}

/// Copies one feature of panels (features, batch) to vectors side by side.
#[inline(never)]
pub fn copy_feature<E: Element>(
    from: &[Vector<E>],
    features: usize,
    feature: usize,
    to: &mut [Vector<E>],
) {
    let vectors = to.len();
    for (v, to) in to.iter_mut().enumerate() {
        *to = from[place(features, vectors, feature, v)];
    }
}

/// Applies `f` to every vector in place.
#[inline(always)]
pub fn map_in_place<L: Lanes>(x: &mut [Vector<L::Element>], f: impl Fn(L) -> L) {
    for x in x {
        f(L::load(x)).store(x);
    }
}
