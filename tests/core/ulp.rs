//! The largest errors of the float32 functions, in units in the last place against float64.
//!
//! `ULP_SAMPLES` sets the number of samples a function (default 2²⁴, all of float32: 4294967296).

use bce_core::lanes::{Lanes, Portable};
use bce_core::loss::bce_with_logits;
use bce_core::math::Math;

type F32 = Portable<f32>;

/// |got − want| in units of the spacing of float32 at `want`.
fn ulps(got: f32, want: f64) -> f64 {
    if f64::from(got) == want || (got.is_nan() && want.is_nan()) || got == want as f32 {
        return if got.is_finite() { ((f64::from(got) - want) / spacing(want)).abs() } else { 0.0 };
    }
    ((f64::from(got) - want) / spacing(want)).abs()
}

fn spacing(x: f64) -> f64 {
    let exponent = ((x.abs().to_bits() >> 52) as i32 - 1023).max(-126);
    2f64.powi(exponent - 23)
}

fn samples() -> u64 {
    std::env::var("ULP_SAMPLES").map_or(1 << 24, |n| n.parse().expect("a number of samples"))
}

/// Visits float32 values spread evenly over all bit patterns, four at a time.
fn sweep(mut visit: impl FnMut([f32; 4])) {
    let samples = samples();
    let step = ((1u64 << 32) / samples).max(1);
    for k in (0..samples).step_by(4) {
        visit(std::array::from_fn(|i| f32::from_bits((((k + i as u64) * step) + k % step) as u32)));
    }
}

fn worst(
    name: &str,
    ceiling: f64,
    function: impl Fn(F32) -> F32,
    exact: impl Fn(f64) -> f64,
    inside: impl Fn(f32) -> bool,
) {
    let (mut worst, mut at) = (0.0, 0.0);
    sweep(|x| {
        let got = function(F32::load(&x)).0;
        for i in 0..4 {
            if !inside(x[i]) {
                continue;
            }
            let error = ulps(got[i], exact(f64::from(x[i])));
            if error > worst || error.is_nan() {
                (worst, at) = (error, x[i]);
            }
        }
    });
    println!("{name}: at most {worst:.3} ulp (at {at:e}), ceiling {ceiling}");
    assert!(worst <= ceiling, "{name}: {worst} ulp at {at:e}");
}

#[test]
fn exp_stays_within_one_ulp() {
    worst("exp", 1.0, Math::exp, f64::exp, |x| !x.is_nan());
}

#[test]
fn log_stays_within_one_ulp() {
    worst("log", 1.0, Math::log, f64::ln, |_| true);
}

#[test]
fn log_likelihood_stays_within_two_ulp() {
    let label = |label: f32| move |p: F32| p.log_likelihood(F32::splat(label));
    let probability = |p: f32| p > 0.0 && p < 1.0;
    worst("log likelihood, label 1", 1.0, label(1.0), f64::ln, probability);
    worst("log likelihood, label 0", 2.0, label(0.0), |p| (-p).ln_1p(), probability);
    let nan = F32::splat(f32::NAN).log_likelihood(F32::splat(1.0)).0;
    assert!(nan.iter().all(|x| x.is_nan()), "NaN stays NaN: {nan:?}");
}

#[test]
fn exp_of_minus_abs_is_exp() {
    sweep(|x| {
        let (got, want) = (F32::load(&x).exp_of_minus_abs(), (-F32::load(&x).abs()).exp());
        for ((got, want), x) in got.0.into_iter().zip(want.0).zip(x) {
            let same = got.to_bits() == want.to_bits() || (got.is_nan() && want.is_nan());
            assert!(same, "{got:e} instead of {want:e} at {x:e}");
        }
    });
}

#[test]
fn log1p_stays_within_two_and_a_half_ulp() {
    worst("log1p", 2.5, Math::log1p, f64::ln_1p, |_| true);
}

#[test]
fn expm1_stays_within_three_ulp() {
    worst("expm1", 3.0, Math::expm1, f64::exp_m1, |_| true);
}

#[test]
fn tanh_stays_within_three_ulp() {
    worst("tanh", 3.0, Math::tanh, f64::tanh, |_| true);
}

#[test]
fn sigmoid_stays_within_three_ulp() {
    worst("sigmoid", 3.0, Math::sigmoid, |x| 1.0 / (1.0 + (-x).exp()), |x| x >= -87.0);
    // Below, where the result nears the subnormal numbers, an absolute bound: one of their spacings.
    worst("sigmoid below -87", 1.0, Math::sigmoid, |x| x.exp() / (1.0 + x.exp()), |x| x < -87.0);
}

#[test]
fn bce_with_logits_stays_within_three_ulp() {
    let one = F32::splat(1.0);
    let softplus = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
    let of_target = |target: f32| {
        move |x: F32| bce_with_logits::element(x, F32::splat(target), one, one, &F32::constants()).0
    };
    let inside = |x: f32| x.abs() <= 87.0;
    worst("BCE with logits, target 0", 3.0, of_target(0.0), softplus, inside);
    worst("BCE with logits, target 1", 3.0, of_target(1.0), |x| softplus(-x), inside);
    // Beyond, where the loss nears the subnormal numbers, an absolute bound.
    let beyond = |x: f32| x < -87.0 && x.is_finite();
    worst("BCE with logits below -87, target 0", 1.0, of_target(0.0), softplus, beyond);
}
