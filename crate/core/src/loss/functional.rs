//! The losses of whole tensors, with PyTorch's checks, broadcasting and messages.

use crate::error::{Error, Result};
use crate::lanes::{Element, LANES};
use crate::loss::{Criterion, Reduction};
use crate::math::Math;
use crate::tensor::{Tensor, broadcast, check_not_enlarged, list, size};

/// The tensors that may be given beside input and target.
#[derive(Clone, Debug, Default)]
pub struct LossTensors<E> {
    /// A factor for each element; broadcasts to the input.
    pub weight: Option<Tensor<E>>,
    /// A factor for the positive part of BCEWithLogitsLoss; broadcasts to the input.
    pub pos_weight: Option<Tensor<E>>,
    /// The upstream gradient, of the shape of the output; ones where it is missing.
    pub grad_output: Option<Tensor<E>>,
}

/// A loss and its gradient.
#[derive(Clone, Debug)]
pub struct LossOutput<E> {
    /// The input's shape for reduction none, else a scalar.
    pub output: Tensor<E>,
    /// The gradient with respect to the input, of its shape.
    pub grad: Tensor<E>,
    /// What PyTorch warns of.
    pub warnings: Vec<String>,
}

/// A loss of `input` and `target`, reduced, with its gradient by the input.
///
/// Errors are PyTorch's, in its order: shapes first, then the range of the values (BCELoss only), then
/// a weight that is larger than the input. Formulas: see the files of this module.
pub fn loss<L: Math>(
    criterion: Criterion,
    input: &Tensor<L::Element>,
    target: &Tensor<L::Element>,
    reduction: Reduction,
    tensors: &LossTensors<L::Element>,
) -> Result<LossOutput<L::Element>> {
    let mut warnings = Vec::new();
    let shape = check_shapes(criterion, &input.shape, &target.shape, &mut warnings)?;
    let pos_weight = expand_pos_weight(&shape, tensors.pos_weight.as_ref())?;
    if let (Criterion::BCELoss, Some(weight)) = (criterion, &tensors.weight) {
        check_expandable(&shape, &weight.shape)?;
    }
    if criterion == Criterion::BCELoss {
        check_probabilities(&input.data, &target.data)?;
    }
    let weight = expand_weight(&shape, tensors.weight.as_ref())?;
    let (losses, mut grads) = elements::<L>(
        criterion,
        &input.expanded(&shape),
        &target.expanded(&shape),
        weight.as_deref(),
        pos_weight.as_deref(),
    );
    scale_gradients(&shape, reduction, tensors.grad_output.as_ref(), &mut grads)?;
    let output = match reduction {
        Reduction::None => Tensor { shape: shape.clone(), data: losses },
        _ => Tensor::scalar(reduce(reduction, &losses)),
    };
    Ok(LossOutput { output, grad: Tensor::reduced(&input.shape, &shape, &grads), warnings })
}

/// The shape of the elementwise result. Only MSELoss and SmoothL1Loss broadcast, with a warning.
fn check_shapes(
    criterion: Criterion,
    input: &[usize],
    target: &[usize],
    warnings: &mut Vec<String>,
) -> Result<Vec<usize>> {
    if input == target {
        return Ok(input.to_vec());
    }
    let (theirs, ours) = (size(target), size(input));
    match criterion {
        Criterion::BCELoss => Err(Error::value(words!(
            "Using a target size ({theirs}) that is different to the input size ({ours}) is \
             deprecated. Please ensure they have the same size."
        ))),
        Criterion::BCEWithLogitsLoss | Criterion::SigmoidFocalLoss { .. } => Err(Error::value(
            words!("Target size ({theirs}) must be the same as input size ({ours})"),
        )),
        // It has a function of its own, in its file.
        Criterion::CrossEntropyLoss { .. } => {
            Err(Error::runtime(words!("CrossEntropyLoss is of samples, not of elements")))
        }
        Criterion::MSELoss(_) | Criterion::SmoothL1Loss { .. } => {
            warnings.push(words!(
                "Using a target size ({theirs}) that is different to the input size ({ours}). This \
                 will likely lead to incorrect results due to broadcasting. Please ensure they \
                 have the same size."
            ));
            broadcast(input, target)
        }
    }
}

fn expand_weight<E: Element>(
    shape: &[usize],
    weight: Option<&Tensor<E>>,
) -> Result<Option<Vec<E>>> {
    let Some(weight) = weight else { return Ok(None) };
    check_not_enlarged(shape, &broadcast(shape, &weight.shape)?)?;
    Ok(Some(weight.expanded(shape)))
}

/// BCELoss expands its weight by `torch.broadcast_shapes`, which has its own words for a mismatch:
/// the shape that it names has grown by the weight's dimensions after the mismatch.
fn check_expandable(shape: &[usize], weight: &[usize]) -> Result<()> {
    let rank = shape.len().max(weight.len());
    let mut expected = vec![1; rank - shape.len()];
    expected.extend_from_slice(shape);
    for (from_end, &length) in weight.iter().rev().enumerate() {
        let known = &mut expected[rank - 1 - from_end];
        if *known == 1 {
            *known = length;
        } else if length != 1 && length != *known {
            return Err(Error::runtime(words!(
                "Attempting to broadcast a dimension of length {length} at -{}! Mismatching \
                 argument at index 1 had {}; but expected shape should be broadcastable to {}",
                from_end + 1,
                size(weight),
                list(&expected),
            )));
        }
    }
    Ok(())
}

fn expand_pos_weight<E: Element>(
    shape: &[usize],
    pos_weight: Option<&Tensor<E>>,
) -> Result<Option<Vec<E>>> {
    let Some(pos_weight) = pos_weight else { return Ok(None) };
    check_not_enlarged(shape, &broadcast(&pos_weight.shape, shape)?)?;
    Ok(Some(pos_weight.expanded(shape)))
}

/// RuntimeError for the first element that is outside [0, 1], NaN included: its input or its target.
fn check_probabilities<E: Element>(input: &[E], target: &[E]) -> Result<()> {
    let valid = |x: E| x >= E::default() && x <= E::from_f64(1.0);
    for (&p, &t) in input.iter().zip(target) {
        if !valid(p) {
            return Err(out_of_range("input"));
        }
        if !valid(t) {
            return Err(out_of_range("target"));
        }
    }
    Ok(())
}

/// PyTorch's RuntimeError for probabilities that are none.
pub fn out_of_range(name: &str) -> Error {
    Error::runtime(words!("all elements of {name} should be between 0 and 1"))
}

/// The losses and derivatives of all elements, four at a time.
fn elements<L: Math>(
    criterion: Criterion,
    input: &[L::Element],
    target: &[L::Element],
    weight: Option<&[L::Element]>,
    pos_weight: Option<&[L::Element]>,
) -> (Vec<L::Element>, Vec<L::Element>) {
    let one = L::Element::from_f64(1.0);
    let count = input.len();
    let (mut losses, mut grads) = (vec![one; count], vec![one; count]);
    for start in (0..count).step_by(LANES) {
        let four = |data: &[L::Element]| {
            L::load(&std::array::from_fn(|i| data.get(start + i).copied().unwrap_or(one)))
        };
        let ones = L::splat(one);
        let weight = weight.map_or(ones, four);
        let pos_weight = pos_weight.map_or(ones, four);
        let (loss, grad) = criterion.element(four(input), four(target), weight, pos_weight);
        let mut pair = [[one; LANES]; 2];
        loss.store(&mut pair[0]);
        grad.store(&mut pair[1]);
        let end = (start + LANES).min(count);
        losses[start..end].copy_from_slice(&pair[0][..end - start]);
        grads[start..end].copy_from_slice(&pair[1][..end - start]);
    }
    (losses, grads)
}

/// The reduced loss, summed in float64. The mean of nothing is NaN, the sum 0.
fn reduce<E: Element>(reduction: Reduction, losses: &[E]) -> E {
    let sum: f64 = losses.iter().map(|x| x.to_f64()).sum::<f64>() + 0.0;
    E::from_f64(if reduction == Reduction::Mean { sum / losses.len() as f64 } else { sum })
}

/// RuntimeError for an upstream gradient that has not the output's shape.
pub(super) fn check_upstream<E>(grad_output: Option<&Tensor<E>>, output: &[usize]) -> Result<()> {
    match grad_output {
        Some(upstream) if upstream.shape != output => {
            let (got, wanted) = (size(&upstream.shape), size(output));
            Err(Error::runtime(words!(
                "Mismatch in shape: grad_output[0] has a shape of {got} and output[0] has a shape \
                 of {wanted}."
            )))
        }
        _ => Ok(()),
    }
}

/// The chain rule through the reduction and the upstream gradient.
fn scale_gradients<E: Element>(
    shape: &[usize],
    reduction: Reduction,
    grad_output: Option<&Tensor<E>>,
    grads: &mut [E],
) -> Result<()> {
    if let Some(upstream) = grad_output {
        check_upstream(Some(upstream), if reduction == Reduction::None { shape } else { &[] })?;
        for (grad, upstream) in grads.iter_mut().zip(upstream.expanded(shape)) {
            *grad = *grad * upstream;
        }
    }
    if reduction == Reduction::Mean {
        let count = E::from_f64(grads.len() as f64);
        grads.iter_mut().for_each(|grad| *grad = *grad / count);
    }
    Ok(())
}
