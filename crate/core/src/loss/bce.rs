//! BCELoss: binary cross-entropy of probabilities.
//!
//! `loss = −w (t · max(log p, −100) + (1 − t) · max(log(1 − p), −100))`, PyTorch's
//! `torch.nn.BCELoss`. The clamp keeps a certain and wrong prediction at a loss of 100 instead of
//! infinity; it does not flatten the gradient, whose own guard is the floor under p (1 − p).

use crate::math::{Constants, Math};

/// The loss of probability `p` for target `t`, and its derivative by `p`.
#[inline(always)]
pub fn element<L: Math>(p: L, t: L, w: L) -> (L, L) {
    let c = &L::constants();
    let log_p = p.log().max(c.log_floor);
    let log_q = (-p).log1p().max(c.log_floor);
    let loss = ((t - c.one) * log_q - t * log_p) * w;
    (loss, derivative(p, t, w, c))
}

/// [`element`] for targets of 0 and 1 alone, where one of the two logarithms counts. `p` must lie in
/// [0, 1]: elsewhere the loss has no meaning.
#[inline(always)]
pub fn element_of_labels<L: Math>(p: L, t: L, w: L, c: &Constants<L>) -> (L, L) {
    let log = p.log_likelihood_with(t, c).max(c.log_floor);
    (-log * w, derivative(p, t, w, c))
}

#[inline(always)]
fn derivative<L: Math>(p: L, t: L, w: L, c: &Constants<L>) -> L {
    w * (p - t) / ((c.one - p) * p).max(c.variance_floor)
}
