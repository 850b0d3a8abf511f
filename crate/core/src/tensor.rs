//! Shapes: a tensor as data in row-major order, PyTorch's broadcasting, and how it words a mismatch.

use crate::error::{Error, Result};
use crate::lanes::Element;
use crate::value::{decimal, joined};

/// Numbers with a shape, row-major. A scalar has the shape `[]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor<E> {
    /// The length of each dimension.
    pub shape: Vec<usize>,
    /// As many numbers as the product of the shape.
    pub data: Vec<E>,
}

impl<E: Element> Tensor<E> {
    /// A tensor; ValueError where the data does not fill the shape.
    pub fn new(shape: Vec<usize>, data: Vec<E>) -> Result<Self> {
        let elements = shape.iter().try_fold(1usize, |product, &n| product.checked_mul(n));
        if elements == Some(data.len()) {
            return Ok(Tensor { shape, data });
        }
        let shape = list(&shape);
        Err(Error::value(words!("a tensor of shape {shape} does not have {} numbers", data.len())))
    }

    /// A tensor of one number and no dimension.
    pub fn scalar(x: E) -> Self {
        Tensor { shape: Vec::new(), data: vec![x] }
    }

    /// The numbers of this tensor as if it had `shape`, to which it must broadcast.
    pub fn expanded(&self, shape: &[usize]) -> Vec<E> {
        if self.shape == shape {
            return self.data.clone();
        }
        expanded_indices(&self.shape, shape).into_iter().map(|i| self.data[i]).collect()
    }

    /// The adjoint of [`Tensor::expanded`]: numbers of the larger shape, summed into this shape.
    pub fn reduced(shape: &[usize], from: &[usize], data: &[E]) -> Self {
        let mut sum = vec![E::default(); shape.iter().product()];
        for (i, &x) in expanded_indices(shape, from).into_iter().zip(data) {
            sum[i] = sum[i] + x;
        }
        Tensor { shape: shape.to_vec(), data: sum }
    }
}

/// For each element of `to`, the index of the element of `from` that broadcasting puts there.
fn expanded_indices(from: &[usize], to: &[usize]) -> Vec<usize> {
    let elements: usize = to.iter().product();
    let missing = to.len() - from.len();
    (0..elements)
        .map(|flat| {
            let (mut rest, mut index, mut stride) = (flat, 0, 1);
            for (axis, &length) in to.iter().enumerate().rev() {
                let position = rest % length;
                rest /= length;
                if axis >= missing {
                    let own = from[axis - missing];
                    index += if own == 1 { 0 } else { position * stride };
                    stride *= own;
                }
            }
            index
        })
        .collect()
}

/// The shape that `a` and `b` broadcast to, or PyTorch's RuntimeError.
pub fn broadcast(a: &[usize], b: &[usize]) -> Result<Vec<usize>> {
    let rank = a.len().max(b.len());
    let length = |shape: &[usize], axis: usize| {
        (axis + shape.len()).checked_sub(rank).map_or(1, |i| shape[i])
    };
    let mut shape = vec![0; rank];
    // From the last dimension: PyTorch names the first mismatch that it meets there.
    for axis in (0..rank).rev() {
        shape[axis] = match (length(a, axis), length(b, axis)) {
            (n, m) if n == m || m == 1 => n,
            (1, m) => m,
            (n, m) => {
                return Err(Error::runtime(words!(
                    "The size of tensor a ({n}) must match the size of tensor b ({m}) \
                     at non-singleton dimension {axis}"
                )));
            }
        };
    }
    Ok(shape)
}

/// RuntimeError where an in-place result of shape `output` would have to grow to `broadcast`.
pub fn check_not_enlarged(output: &[usize], broadcast: &[usize]) -> Result<()> {
    if output == broadcast {
        return Ok(());
    }
    let (output, broadcast) = (list(output), list(broadcast));
    Err(Error::runtime(words!(
        "output with shape {output} doesn't match the broadcast shape {broadcast}"
    )))
}

/// A shape as Python prints a list: `[6, 1]`.
pub fn list(shape: &[usize]) -> String {
    words!("[{}]", joined(&shape.iter().map(|&n| decimal(n)).collect::<Vec<_>>(), ", "))
}

/// A shape as PyTorch prints it: `torch.Size([6, 1])`.
pub fn size(shape: &[usize]) -> String {
    words!("torch.Size({})", list(shape))
}
