//! BCELoss: binary cross-entropy of probabilities.
//!
//! `loss = −w (t · max(log p, −100) + (1 − t) · max(log(1 − p), −100))`, PyTorch's
//! `torch.nn.BCELoss`. The clamp keeps a certain and wrong prediction at a loss of 100 instead of
//! infinity; it does not flatten the gradient, whose own guard is the floor under p (1 − p).

use crate::math::Math;

/// The lowest value of each logarithm.
const LOG_FLOOR: f64 = -100.0;

/// The lowest p (1 − p) that the gradient divides by. PyTorch's constant is of float32 in both
/// precisions.
const VARIANCE_FLOOR: f32 = 1e-12;

/// The loss of probability `p` for target `t`, and its derivative by `p`.
#[inline(always)]
pub fn element<L: Math>(p: L, t: L, w: L) -> (L, L) {
    let floor = L::constant(LOG_FLOOR);
    let log_p = p.log().max(floor);
    let log_q = (-p).log1p().max(floor);
    let loss = ((t - L::constant(1.0)) * log_q - t * log_p) * w;
    (loss, derivative(p, t, w))
}

/// [`element`] for targets of 0 and 1 alone, where one of the two logarithms counts. `p` must lie in
/// [0, 1]: elsewhere the loss has no meaning.
#[inline(always)]
pub fn element_of_labels<L: Math>(p: L, t: L, w: L) -> (L, L) {
    let log = p.log_likelihood(t).max(L::constant(LOG_FLOOR));
    (-log * w, derivative(p, t, w))
}

#[inline(always)]
fn derivative<L: Math>(p: L, t: L, w: L) -> L {
    let variance = ((L::constant(1.0) - p) * p).max(L::constant(f64::from(VARIANCE_FLOOR)));
    w * (p - t) / variance
}
