//! sigmoid_focal_loss: cross-entropy that fades for what is already right. Lin et al., 2017.
//!
//! torchvision's `sigmoid_focal_loss`: with p = sigmoid(x) and the probability of being wrong
//! `q = p (1 − t) + (1 − p) t`, the loss is `alpha_t · q^gamma · BCEWithLogits(x, t)`, where
//! `alpha_t = alpha · t + (1 − alpha)(1 − t)`, or 1 for alpha = −1.

use crate::error::Result;
use crate::full::Full;
use crate::loss::{Criterion, bce_with_logits};
use crate::math::Math;
use crate::value::{Fields, python_number};

/// Reads `alpha` and `gamma`.
pub(super) fn from_fields(fields: &mut Fields, full: Full) -> Result<Criterion> {
    let alpha = fields.number("alpha", 0.25)?;
    let gamma = fields.number("gamma", 2.0)?;
    if !(alpha == -1.0 || (0.0..=1.0).contains(&alpha)) {
        let alpha = python_number(alpha);
        let message = words!(
            "Invalid alpha value: {alpha}. alpha must be in the range [0,1] or -1 for ignore."
        );
        return Err(fields.invalid("alpha", message));
    }
    if !gamma.is_finite() {
        let gamma = python_number(gamma);
        return Err(fields.invalid("gamma", words!("Invalid gamma value: {gamma}")));
    }
    Ok(Criterion::SigmoidFocalLoss { alpha, gamma, full })
}

/// The loss of logit `x` for target `t`, and its derivative by `x`.
#[inline(always)]
pub fn element<L: Math>(x: L, t: L, alpha: f64, gamma: f64) -> (L, L) {
    let (zero, one) = (L::constant(0.0), L::constant(1.0));
    let (cross_entropy, slope) = bce_with_logits::element_shared(x, t, one, one);
    let (p, not_p) = (x.sigmoid_shared(), (-x).sigmoid_shared());
    let wrong = p * (one - t) + not_p * t;
    let modulation = power(wrong, gamma);
    // dq/dx = −(2t − 1) p (1 − p); p (1 − p) / q stays within [0, 1] where q itself vanishes.
    let ratio = L::select(wrong.abs().le(zero), one, p * not_p / wrong);
    let side = t + t - one;
    let fading = L::constant(gamma) * modulation * ratio * side;
    let faded = slope * modulation - cross_entropy * fading;
    // Where nothing fades an infinite loss does not enter the gradient.
    let grad = if gamma == 0.0 { slope } else { faded };
    if alpha < 0.0 {
        return (cross_entropy * modulation, grad);
    }
    let alpha_t = L::constant(alpha) * t + L::constant(1.0 - alpha) * (one - t);
    (alpha_t * cross_entropy * modulation, alpha_t * grad)
}

/// x^y; whole exponents up to 4 by multiplication, which is exact where exp and log are not. A target
/// outside of [0, 1] can make x negative: then x^y is NaN unless y is whole, as PyTorch's `pow`.
#[inline(always)]
fn power<L: Math>(x: L, y: f64) -> L {
    let (zero, one) = (L::constant(0.0), L::constant(1.0));
    let whole = y.trunc() == y;
    if whole && y.abs() <= 4.0 {
        let power = (0..y.abs() as u32).fold(one, |product, _| product * x);
        return if y < 0.0 { one / power } else { power };
    }
    let power = (L::constant(y) * x.abs().log_shared()).exp_shared();
    let sign = if !whole {
        f64::NAN
    } else if y % 2.0 == 0.0 {
        1.0
    } else {
        -1.0
    };
    L::select(x.lt(zero), L::constant(sign) * power, power)
}
