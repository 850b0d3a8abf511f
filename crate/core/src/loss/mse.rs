//! MSELoss: the squared error, `torch.nn.MSELoss`. It knows no weights.

use crate::lanes::Lanes;

/// (x − t)² and its derivative by `x`.
#[inline(always)]
pub fn element<L: Lanes>(x: L, t: L) -> (L, L) {
    let error = x - t;
    (error * error, error + error)
}
