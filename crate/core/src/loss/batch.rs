//! The loss of one batch of training, in the panels of [`kernels`](crate::kernels), with its gradient
//! in place.

use crate::full::FULL;
use crate::kernels::{Vector, WIDEST, place};
use crate::lanes::{Element, LANES, Lanes};
use crate::loss::{Criterion, bce, bce_with_logits, cross_entropy};
use crate::math::Math;

/// What a batch's outputs are compared with; every slice in panels.
#[derive(Clone, Copy)]
pub struct BatchTargets<'a, E> {
    /// One feature for each output.
    pub targets: &'a [Vector<E>],
    /// Whether all targets are 0 or 1.
    pub labels: bool,
    /// One feature for each output, one for all, or empty where every sample counts alike.
    pub sample_weight: &'a [Vector<E>],
    /// One number for each output, one for all, or empty.
    pub weight: &'a [E],
    /// As `weight`, for the positives.
    pub pos_weight: &'a [E],
    /// How many samples there are; the rest of the last vector is padding.
    pub samples: usize,
}

/// What came of a batch.
#[derive(Clone, Copy, Debug)]
pub struct BatchLoss {
    /// The sum of the losses of all elements (of all samples, where the loss is one of samples),
    /// before any reduction.
    pub sum: f64,
    /// Whether no output was outside of [0, 1]. A NaN is not outside: it makes the sum NaN.
    pub in_unit_range: bool,
}

/// Writes `scale` times the derivative of each element's loss by the outputs (out, batch), and
/// returns the sum of the losses. Padding becomes 0. `vectors` is the length of a row.
///
/// The sum runs over samples in lanes for each output, over outputs in float64.
pub fn loss_and_gradient<L: Math>(
    criterion: Criterion,
    outputs: &[Vector<L::Element>],
    grads: &mut [Vector<L::Element>],
    vectors: usize,
    with: BatchTargets<L::Element>,
    scale: f64,
) -> BatchLoss {
    let c = &L::constants();
    // The two losses that training is about have loops of their own, without a branch inside.
    match criterion {
        Criterion::BCELoss if with.labels || !FULL => {
            pass::<L>(outputs, grads, vectors, with, scale, |p, t, w, _| {
                bce::element_of_labels(p, t, w, c)
            })
        }
        Criterion::BCELoss => {
            pass::<L>(outputs, grads, vectors, with, scale, |p, t, w, _| bce::element(p, t, w))
        }
        Criterion::BCEWithLogitsLoss => {
            let element = |x, t, w, p| bce_with_logits::element(x, t, w, p, c);
            pass::<L>(outputs, grads, vectors, with, scale, element)
        }
        Criterion::CrossEntropyLoss { label_smoothing, .. } => {
            cross_entropy::batch::<L>(label_smoothing, outputs, grads, vectors, with, scale)
        }
        other => {
            pass::<L>(outputs, grads, vectors, with, scale, |x, t, w, p| other.element(x, t, w, p))
        }
    }
}

#[inline(always)]
fn pass<L: Math>(
    outputs: &[Vector<L::Element>],
    grads: &mut [Vector<L::Element>],
    vectors: usize,
    with: BatchTargets<L::Element>,
    scale: f64,
    element: impl Fn(L, L, L, L) -> (L, L),
) -> BatchLoss {
    let (zero, one, scale) = (L::constant(0.0), L::constant(1.0), L::constant(scale));
    let features = outputs.len() / vectors;
    let targets = &with.targets[..outputs.len()];
    let grads = &mut grads[..outputs.len()];
    let columns = with.sample_weight.len() / vectors;
    let mut result = BatchLoss { sum: 0.0, in_unit_range: true };
    for row in 0..features {
        let weight = of_output::<L>(with.weight, row);
        let pos_weight = of_output::<L>(with.pos_weight, row);
        // How far the outputs reach beyond [0, 1]; NaN does not count.
        let (mut sum, mut outside) = (zero, zero);
        let mut add = |v: usize, x: &Vector<L::Element>, target: &Vector<L::Element>, weight| {
            let mut x = L::load(x);
            let (mut loss, mut grad) = element(x, L::load(target), weight, pos_weight);
            grad = grad * scale;
            if (v + 1) * LANES > with.samples {
                let padding = padding::<L>(with.samples - v * LANES);
                [x, loss, grad] = [x, loss, grad].map(|x| L::select(padding, zero, x));
            }
            sum = sum + loss;
            outside = outside.max(x - one).max(-x);
            grad
        };
        if FULL && columns == 0 && vectors <= WIDEST {
            // Of a small batch the vectors of an output are neighbours.
            let of_row = row * vectors..(row + 1) * vectors;
            let with_targets = outputs[of_row.clone()].iter().zip(&targets[of_row.clone()]);
            for (v, ((x, target), to)) in with_targets.zip(&mut grads[of_row]).enumerate() {
                add(v, x, target, weight).store(to);
            }
        } else {
            for v in 0..vectors {
                let at = place(features, vectors, row, v);
                let mut weight = weight;
                if columns > 0 {
                    let column = if columns == 1 { 0 } else { row };
                    let at = place(columns, vectors, column, v);
                    weight = weight * L::load(&with.sample_weight[at]);
                }
                add(v, &outputs[at], &targets[at], weight).store(&mut grads[at]);
            }
        }
        result.sum += sum.sum().to_f64();
        result.in_unit_range &= outside.sum().to_f64() == 0.0;
    }
    result
}

/// The lanes from `samples` on.
#[inline(always)]
pub(super) fn padding<L: Lanes>(samples: usize) -> L::Mask {
    let lane = L::load(&std::array::from_fn(|i| L::Element::from_f64(i as f64)));
    L::constant(samples as f64).le(lane)
}

#[inline(always)]
pub(super) fn of_output<L: Lanes>(weights: &[L::Element], output: usize) -> L {
    match weights {
        [] => L::constant(1.0),
        [all] => L::splat(*all),
        each => L::splat(each[output]),
    }
}
