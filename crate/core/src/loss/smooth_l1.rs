//! SmoothL1Loss: squared near 0, absolute beyond `beta`, `torch.nn.SmoothL1Loss`. Girshick, 2015.

use crate::error::{Error, Result};
use crate::full::Full;
use crate::lanes::Lanes;
use crate::loss::Criterion;
use crate::value::{Fields, python_number};

/// Reads `beta`.
pub(super) fn from_fields(fields: &mut Fields, full: Full) -> Result<Criterion> {
    let beta = fields.number("beta", 1.0)?;
    if beta < 0.0 {
        let message = "smooth_l1_loss does not support negative values for beta.";
        return Err(Error::runtime(message).at(fields.path_of("beta")));
    }
    if !beta.is_finite() {
        let beta = python_number(beta);
        return Err(fields.invalid("beta", words!("Invalid beta value: {beta}")));
    }
    Ok(Criterion::SmoothL1Loss { beta, full })
}

/// ½ (x − t)² / beta where |x − t| < beta, else |x − t| − ½ beta; and its derivative by `x`. With
/// `beta` 0 it is the L1 loss, whose derivative is 0 at 0, and at NaN, as PyTorch's `sign`.
#[inline(always)]
pub fn element<L: Lanes>(x: L, t: L, beta: f64) -> (L, L) {
    let (zero, one) = (L::constant(0.0), L::constant(1.0));
    let error = x - t;
    let magnitude = error.abs();
    let sign =
        |otherwise| L::select(error.lt(zero), -one, L::select(zero.lt(error), one, otherwise));
    if beta == 0.0 {
        return (magnitude, sign(zero));
    }
    let (beta, half) = (L::constant(beta), L::constant(0.5));
    let near = magnitude.lt(beta);
    let loss = L::select(near, half * error * error / beta, magnitude - half * beta);
    // A NaN is neither near nor on a side, and stays.
    (loss, L::select(near, error / beta, sign(error)))
}
