//! CrossEntropyLoss: the negative log likelihood of the right class under the softmax of the logits,
//! `torch.nn.CrossEntropyLoss`. Unlike the other losses it looks at all classes of a sample together.
//!
//! With logits z, weights w and class probabilities q, of which label smoothing ε over C classes has
//! made q = (1 − ε) · target + ε / C:
//!
//! ```text
//! loss = − Σ w_c q_c log softmax(z)_c,     ∂loss / ∂z_c = softmax(z)_c · Σ w q − w_c q_c
//! ```
//!
//! The largest logit is subtracted first, so that no exponential overflows. Sums run over the classes
//! in their order, lane by lane.

use crate::error::{Error, ErrorKind, Result};
use crate::full::Full;
use crate::kernels::{Vector, gather, place, scatter, vectors_for};
use crate::lanes::{Element, LANES, Lanes};
use crate::loss::batch::{BatchLoss, BatchTargets, of_output, padding};
use crate::loss::functional::{LossOutput, LossTensors, check_upstream};
use crate::loss::{Criterion, Reduction};
use crate::math::Math;
use crate::tensor::{Tensor, list, size};
use crate::value::{Fields, python_number};

/// Reads `label_smoothing`; PyTorch's RuntimeError where it is not within [0, 1].
pub fn from_fields(fields: &mut Fields, full: Full) -> Result<Criterion> {
    let label_smoothing = fields.number("label_smoothing", 0.0)?;
    if (0.0..=1.0).contains(&label_smoothing) {
        return Ok(Criterion::CrossEntropyLoss { label_smoothing, full });
    }
    let got = python_number(label_smoothing);
    let message = words!("label_smoothing must be between 0.0 and 1.0. Got: {got}");
    Err(Error::runtime(message).at(fields.path_of("label_smoothing")))
}

/// The largest of `classes` logits for each lane.
#[inline(always)]
fn largest<L: Lanes>(classes: usize, z: impl Fn(usize) -> L) -> L {
    (1..classes).fold(z(0), |largest, c| largest.max(z(c)))
}

/// The class probabilities after label smoothing.
#[inline(always)]
fn smoothed<L: Lanes>(target: L, label_smoothing: f64, classes: usize) -> L {
    if label_smoothing == 0.0 {
        return target;
    }
    target * L::constant(1.0 - label_smoothing) + L::constant(label_smoothing / classes as f64)
}

/// share · logit, but 0 where a class is not wanted: a logit of −∞ there costs nothing.
#[inline(always)]
fn but_unwanted<L: Lanes>(share: L, logit: L) -> L {
    let zero = L::constant(0.0);
    L::select(share.abs().le(zero), zero, share * logit)
}

/// Writes `scale` times the gradient of the losses of logits in panels, and hands the losses on, four
/// samples at a time. Padding becomes 0.
#[inline(always)]
fn pass<L: Math>(
    label_smoothing: f64,
    (outputs, classes, vectors): (&[Vector<L::Element>], usize, usize),
    grads: &mut [Vector<L::Element>],
    with: BatchTargets<L::Element>,
    scale: f64,
    mut losses: impl FnMut(usize, L),
) {
    let (zero, scale) = (L::constant(0.0), L::constant(scale));
    for v in 0..vectors {
        let at = |c| place(classes, vectors, c, v);
        let share = |c| {
            let target = smoothed(L::load(&with.targets[at(c)]), label_smoothing, classes);
            of_output::<L>(with.weight, c) * target
        };
        let largest = largest(classes, |c| L::load(&outputs[at(c)]));
        // Σ e^z, Σ w q and Σ w q z of the shifted logits.
        let [mut exps, mut mass, mut dot] = [zero; 3];
        for c in 0..classes {
            let shifted = L::load(&outputs[at(c)]) - largest;
            let exp = shifted.exp_shared();
            exps = exps + exp;
            mass = mass + share(c);
            dot = dot + but_unwanted(share(c), shifted);
            exp.store(&mut grads[at(c)]);
        }
        let mut loss = mass * exps.log_shared() - dot;
        let is_padding =
            ((v + 1) * LANES > with.samples).then(|| padding::<L>(with.samples - v * LANES));
        let but_padding = |x: L| is_padding.map_or(x, |mask| L::select(mask, zero, x));
        for c in 0..classes {
            let softmax = L::load(&grads[at(c)]) / exps;
            but_padding((softmax * mass - share(c)) * scale).store(&mut grads[at(c)]);
        }
        loss = but_padding(loss);
        losses(v, loss);
    }
}

/// [`loss_and_gradient`](super::batch::loss_and_gradient) of this loss: the outputs are logits, the
/// targets class probabilities, and `sum` is over samples.
#[inline(never)]
pub(super) fn batch<L: Math>(
    label_smoothing: f64,
    outputs: &[Vector<L::Element>],
    grads: &mut [Vector<L::Element>],
    vectors: usize,
    with: BatchTargets<L::Element>,
    scale: f64,
) -> BatchLoss {
    let classes = outputs.len() / vectors;
    let mut sum = L::constant(0.0);
    pass::<L>(label_smoothing, (outputs, classes, vectors), grads, with, scale, |_, loss| {
        sum = sum + loss;
    });
    BatchLoss { sum: sum.sum().to_f64(), in_unit_range: true }
}

/// Replaces logits (classes, batch) in panels by their softmax: what `predict` gives.
#[inline(never)]
pub fn softmax<L: Math>(outputs: &mut [Vector<L::Element>], vectors: usize) {
    let classes = outputs.len() / vectors;
    for v in 0..vectors {
        let at = |c| place(classes, vectors, c, v);
        let largest = largest(classes, |c| L::load(&outputs[at(c)]));
        let mut sum = L::constant(0.0);
        for c in 0..classes {
            let exp = (L::load(&outputs[at(c)]) - largest).exp_shared();
            sum = sum + exp;
            exp.store(&mut outputs[at(c)]);
        }
        for c in 0..classes {
            (L::load(&outputs[at(c)]) / sum).store(&mut outputs[at(c)]);
        }
    }
}

/// What the plain function takes beside input, target and tensors.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How the samples' losses become the result.
    pub reduction: Reduction,
    /// How much of every target is spread over all classes, 0 to 1.
    pub label_smoothing: f64,
    /// Samples of this class count for nothing, where the targets are class indices.
    pub ignore_index: Option<i64>,
}

/// PyTorch's `ignore_index` where none is given.
const IGNORE_INDEX: i64 = -100;

/// `torch.nn.functional.cross_entropy` of logits (batch, classes) or (classes), with its gradient.
///
/// `target` has the input's shape and holds class probabilities, or it has one dimension less (or one
/// number for a single sample) and holds class indices. `weight` has one number for each class. The
/// mean over indices is a mean by the weights of their classes, that over probabilities one over
/// samples, as in PyTorch. With reduction none the output is (batch), a scalar for a single sample.
///
/// # Errors
/// PyTorch's: ValueError for another number of samples, IndexError for a class that there is not,
/// RuntimeError for the rest.
pub fn cross_entropy<L: Math>(
    input: &Tensor<L::Element>,
    target: &Tensor<L::Element>,
    options: Options,
    tensors: &LossTensors<L::Element>,
) -> Result<LossOutput<L::Element>> {
    let (rows, classes) = match input.shape[..] {
        [classes] if classes > 0 => (1, classes),
        [rows, classes] if classes > 0 => (rows, classes),
        _ => {
            let got = size(&input.shape);
            return Err(Error::runtime(words!(
                "input must have the shape (N, C) or (C), not {got}"
            )));
        }
    };
    let indices = input.shape != target.shape;
    let weight = class_weights(classes, tensors.weight.as_ref(), indices)?;
    let wanted = if indices {
        of_indices(&input.shape, target, classes, options.ignore_index, weight)?
    } else if options.ignore_index.is_some_and(|ignored| ignored >= 0) {
        let message = "ignore_index is not supported for floating point target";
        return Err(Error::runtime(message).at("ignore_index"));
    } else {
        Wanted { probabilities: target.data.clone(), counts: vec![Some(1.0); rows] }
    };

    let shape = &input.shape[..input.shape.len() - 1];
    let each = options.reduction == Reduction::None;
    let output_shape: &[usize] = if each { shape } else { &[] };
    check_upstream(tensors.grad_output.as_ref(), output_shape)?;
    let (mut losses, mut grads) = losses_and_gradients::<L>(
        &input.data,
        &wanted.probabilities,
        (rows, classes),
        weight,
        options.label_smoothing,
    );
    let counts = wanted.counts;
    let total = match options.reduction {
        Reduction::Mean => counts.iter().flatten().sum(),
        _ => 1.0,
    };
    for (row, grad) in grads.chunks_exact_mut(classes).enumerate() {
        if counts[row].is_none() {
            losses[row] = L::Element::default();
            grad.fill(L::Element::default());
            continue;
        }
        let upstream =
            tensors.grad_output.as_ref().map(|grad| grad.data[if each { row } else { 0 }]);
        let upstream = upstream.unwrap_or(L::Element::from_f64(1.0));
        let divisor = L::Element::from_f64(total);
        grad.iter_mut().for_each(|grad| *grad = *grad * upstream / divisor);
    }
    let output = if each {
        Tensor { shape: shape.to_vec(), data: losses }
    } else {
        let sum = losses.iter().map(|loss| loss.to_f64()).sum::<f64>() + 0.0;
        Tensor::scalar(L::Element::from_f64(sum / total))
    };
    let grad = Tensor { shape: input.shape.clone(), data: grads };
    Ok(LossOutput { output, grad, warnings: Vec::new() })
}

/// What a batch's samples should be.
struct Wanted<E> {
    /// (batch, classes)
    probabilities: Vec<E>,
    /// What each sample counts in a mean; none for one that is ignored.
    counts: Vec<Option<f64>>,
}

fn class_weights<E>(classes: usize, weight: Option<&Tensor<E>>, indices: bool) -> Result<&[E]> {
    let Some(weight) = weight else { return Ok(&[]) };
    if weight.shape == [classes] {
        return Ok(&weight.data);
    }
    // PyTorch's two ways have the same words but for their beginning.
    let (start, got) = (if indices { "" } else { "cross_entropy: " }, list(&weight.shape));
    let message = words!(
        "{start}weight tensor should be defined either for all {classes} classes or no classes but \
         got weight tensor of shape: {got}"
    );
    Err(Error::runtime(message).at("weight"))
}

/// One-hot probabilities of class indices, which are whole numbers in a float tensor.
fn of_indices<E: Element>(
    input: &[usize],
    target: &Tensor<E>,
    classes: usize,
    ignore_index: Option<i64>,
    weight: &[E],
) -> Result<Wanted<E>> {
    match (input, &target.shape[..]) {
        ([_], [] | [1]) => {}
        ([_], [got]) => {
            return Err(Error::value(words!(
                "For 1D input, 1D target must have size 1, but got target size: {got}"
            )));
        }
        ([rows, _], [targets]) if rows == targets => {}
        ([rows, _], [targets]) => {
            return Err(Error::value(words!(
                "Expected input batch_size ({rows}) to match target batch_size ({targets})."
            )));
        }
        _ => {
            let message = "0D or 1D target tensor expected, multi-target not supported";
            return Err(Error::runtime(message));
        }
    }
    let ignored = ignore_index.unwrap_or(IGNORE_INDEX) as f64;
    let mut probabilities = vec![E::default(); target.data.len() * classes];
    let mut counts = Vec::with_capacity(target.data.len());
    for (row, class) in target.data.iter().map(|class| class.to_f64()).enumerate() {
        if class % 1.0 != 0.0 {
            let message = "expected target dtype to be Long or Byte, but got Float";
            return Err(Error::runtime(message));
        }
        if class == ignored {
            counts.push(None);
        } else if (0.0..classes as f64).contains(&class) {
            let class = class as usize;
            probabilities[row * classes + class] = E::from_f64(1.0);
            counts.push(Some(weight.get(class).map_or(1.0, |weight| weight.to_f64())));
        } else {
            let class = python_number(class);
            let message = words!("Target {class} is out of bounds.");
            return Err(Error::new(ErrorKind::IndexError, message));
        }
    }
    Ok(Wanted { probabilities, counts })
}

/// Each sample's loss, and its gradient (batch, classes).
fn losses_and_gradients<L: Math>(
    input: &[L::Element],
    probabilities: &[L::Element],
    (rows, classes): (usize, usize),
    weight: &[L::Element],
    label_smoothing: f64,
) -> (Vec<L::Element>, Vec<L::Element>) {
    let order: Vec<u32> = (0..rows as u32).collect();
    let vectors = vectors_for(rows);
    let panels = |data: &[L::Element]| {
        let mut panels = vec![[L::Element::default(); LANES]; vectors * classes];
        gather(data, classes, &order, &mut panels);
        panels
    };
    let (outputs, targets) = (panels(input), panels(probabilities));
    let mut grads = outputs.clone();
    let with = BatchTargets {
        targets: &targets,
        labels: false,
        sample_weight: &[],
        weight,
        pos_weight: &[],
        samples: rows,
    };
    let mut losses = vec![[L::Element::default(); LANES]; vectors];
    let shape = (&outputs[..], classes, vectors);
    pass::<L>(label_smoothing, shape, &mut grads, with, 1.0, |v, loss| {
        loss.store(&mut losses[v]);
    });
    let mut rows_of_grads = vec![L::Element::default(); rows * classes];
    scatter(&grads, classes, &mut rows_of_grads);
    (losses.as_flattened()[..rows].to_vec(), rows_of_grads)
}
