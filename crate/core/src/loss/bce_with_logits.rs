//! BCEWithLogitsLoss: sigmoid and binary cross-entropy in one, from logits.
//!
//! PyTorch's `torch.nn.BCEWithLogitsLoss` with l = 1 + (pos_weight − 1) t:
//! `loss = w ((1 − t) x + l · log(1 + e⁻ˣ))`. Written with log(1 + e⁻ˣ) = max(−x, 0) +
//! log1p(e^(−|x|)), and, for x < 0, (1 − t) x − l x = −pos_weight · t · x, so that nothing large
//! cancels: a right negative keeps its small loss, which PyTorch's own order of float32 loses.

use crate::math::{Constants, Math};

/// The loss of logit `x` for target `t`, and its derivative by `x`.
#[inline(always)]
pub fn element<L: Math>(x: L, t: L, w: L, pos_weight: L, c: &Constants<L>) -> (L, L) {
    let (zero, one) = (L::constant(0.0), c.one);
    let log_weight = one + (pos_weight - one) * t;
    let e = x.exp_of_minus_abs_with(c);
    let negative = x.lt(zero);
    // x − x is 0, but NaN for −∞, where PyTorch's formula is −∞ + ∞.
    #[allow(clippy::eq_op)]
    let below = (x - x) - pos_weight * t * x;
    let linear = L::select(negative, below, (one - t) * x);
    let loss = (linear + log_weight * e.log1p_with(c)) * w;
    // sigmoid(x) and 1 − sigmoid(x), both from the same e, so that neither is a difference.
    let larger = one / (one + e);
    let smaller = e * larger;
    let p = L::select(negative, smaller, larger);
    let not_p = L::select(negative, larger, smaller);
    (loss, ((one - t) * p - pos_weight * t * not_p) * w)
}

/// [`element`] in one copy, for what is not worth one of its own.
#[inline(never)]
pub fn element_shared<L: Math>(x: L, t: L, w: L, pos_weight: L) -> (L, L) {
    element(x, t, w, pos_weight, &L::constants())
}
