//! Elementary functions over lanes: our own in float32, so that every host gets the same bits.
//!
//! The float32 functions use only exact or correctly rounded operations of [`Bits`], in a fixed
//! order; their largest errors are measured by the test `ulp`. The polynomials are minimax fits of
//! this project (weighted least squares, coefficients rounded to float32 one after another). In
//! float64 the same names are the `libm` crate's, lane by lane: enough to check the mathematics
//! above them. Argument reduction follows Cody and Waite (1980).

mod constants;

pub use constants::Constants;

use crate::lanes::{Bits, LANES, Lanes, Portable};

/// The elementary functions that activations and losses are made of.
///
/// Those of a training step take their [`Constants`], which a loop makes before it begins; each has a
/// form without them, for one number of its own.
pub trait Math: Lanes {
    /// The constants of the functions that take them.
    fn constants() -> Constants<Self>;
    /// eˣ; 0 from −104 down in float32, infinity above 88.72.
    fn exp(self) -> Self;
    /// [`Math::exp`] of −|x|, with the same bits for less work.
    fn exp_of_minus_abs_with(self, c: &Constants<Self>) -> Self;
    /// The natural logarithm; −∞ at 0, NaN below.
    fn log(self) -> Self;
    /// log(1 + x), exact for small x too.
    fn log1p_with(self, c: &Constants<Self>) -> Self;
    /// The logarithm of a probability p where the label is 1, of 1 − p where it is 0: one logarithm
    /// instead of two. About −104 for the logarithm of 0, NaN for NaN; p must lie in [0, 1].
    fn log_likelihood_with(self, label: Self, c: &Constants<Self>) -> Self;
    /// eˣ − 1, exact for small x too.
    fn expm1(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh_with(self, c: &Constants<Self>) -> Self;
    /// The error function, 2/√π ∫₀ˣ e^(−t²) dt.
    fn erf(self) -> Self;

    /// [`Math::tanh_with`] constants of its own.
    #[inline(always)]
    fn tanh(self) -> Self {
        self.tanh_with(&Self::constants())
    }

    /// [`Math::log1p_with`] constants of its own.
    #[inline(always)]
    fn log1p(self) -> Self {
        self.log1p_with(&Self::constants())
    }

    /// [`Math::exp_of_minus_abs_with`] constants of its own.
    #[inline(always)]
    fn exp_of_minus_abs(self) -> Self {
        self.exp_of_minus_abs_with(&Self::constants())
    }

    /// [`Math::log_likelihood_with`] constants of its own.
    #[inline(always)]
    fn log_likelihood(self, label: Self) -> Self {
        self.log_likelihood_with(label, &Self::constants())
    }

    /// [`Math::sigmoid_with`] constants of its own.
    #[inline(always)]
    fn sigmoid(self) -> Self {
        self.sigmoid_with(&Self::constants())
    }

    /// [`Math::exp`] in one copy, for formulas that are not worth one of their own.
    #[inline(never)]
    fn exp_shared(self) -> Self {
        self.exp()
    }

    /// [`Math::log`], likewise.
    #[inline(never)]
    fn log_shared(self) -> Self {
        self.log()
    }

    /// [`Math::log1p`], likewise.
    #[inline(never)]
    fn log1p_shared(self) -> Self {
        self.log1p()
    }

    /// [`Math::tanh`], likewise.
    #[inline(never)]
    fn tanh_shared(self) -> Self {
        self.tanh()
    }

    /// [`Math::sigmoid`], likewise.
    #[inline(never)]
    fn sigmoid_shared(self) -> Self {
        self.sigmoid()
    }

    /// 1 / (1 + e⁻ˣ), computed from e^(−|x|) so that neither side overflows.
    #[inline(always)]
    fn sigmoid_with(self, c: &Constants<Self>) -> Self {
        let e = self.exp_of_minus_abs_with(c);
        Self::select(self.lt(Self::constant(0.0)), e, c.one) / (c.one + e)
    }
}

/// Horner's scheme, highest coefficient first.
#[inline(always)]
fn polynomial<L: Lanes>(x: L, coefficients: impl IntoIterator<Item = L>) -> L {
    coefficients.into_iter().reduce(|sum, c| sum * x + c).expect("a polynomial has coefficients")
}

/// (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2; the error is below 2⁻³³ of eʳ.
const EXP: [f64; 6] =
    [0.000_197_426_94, 0.001_393_593_4, 0.008_333_569, 0.041_666_456, 0.166_666_66, 0.5];

/// (tanh r − r) / r³ for |r| ≤ ln 2 / 4, lowest coefficient first; the error is below 2⁻²⁴ of tanh r.
const TANH: [f64; 2] = [-0.333_312_69, 0.131_104_59];

/// (log(1 + f) − f + f²/2) / f³ for √½ ≤ 1 + f ≤ √2; the error is below 2⁻³⁰ of log(1 + f).
const LOG: [f64; 9] = [
    0.067_492_716,
    -0.116_700_99,
    0.118_835_49,
    -0.124_062_34,
    0.142_203_58,
    -0.166_679_89,
    0.200_020_72,
    -0.250_000_1,
    0.333_333_13,
];

/// ln 2 in two parts; the first has 9 significant bits, so that its product with an exponent is exact.
const LN_2_HIGH: f64 = 0.693_359_375;
const LN_2_LOW: f64 = -0.000_212_194_440_054_690_58;

/// Adding 1.5 · 2²³ leaves the nearest integer in the low bits of a float32.
const ROUND: f64 = 12_582_912.0;

/// x = n ln 2 + r with |r| ≤ ln 2 / 2: n as an integer and (eʳ − 1). Valid for |x| below 2²¹.
#[inline(always)]
fn reduce_exp<L: Bits>(x: L) -> (L::Int, L) {
    let [log2_e, high, low] = [std::f64::consts::LOG2_E, LN_2_HIGH, LN_2_LOW].map(L::constant);
    let round = L::constant(ROUND);
    let (shifted, q) = reduce_exp_by(x, round, log2_e, (high, low), EXP.map(L::constant));
    (L::int_sub(shifted.to_bits(), round.to_bits()), q)
}

/// [`reduce_exp`] with the number whose low bits are n + bias, where `round` is [`ROUND`] + bias.
#[inline(always)]
fn reduce_exp_by<L: Bits>(x: L, round: L, log2_e: L, ln_2: (L, L), exp: [L; EXP.len()]) -> (L, L) {
    let shifted = x * log2_e + round;
    let n = shifted - round;
    let r = (x - n * ln_2.0) - n * ln_2.1;
    (shifted, r + r * r * polynomial(r, exp))
}

/// 2ⁿ for −126 ≤ n ≤ 127.
#[inline(always)]
fn power_of_two<L: Bits>(n: L::Int) -> L {
    L::from_bits(L::to_exponent(L::int_add(n, L::int(127))))
}

/// The bits of √½.
const SQRT_HALF: i32 = 0x3f35_04f3;

/// Splits a positive finite x into (e, f) with x = 2ᵉ (1 + f) and √½ ≤ 1 + f < √2.
#[inline(always)]
fn split_log<L: Bits>(x: L) -> (L, L) {
    let tiny = x.lt(L::splat(f32::MIN_POSITIVE));
    let x = L::select(tiny, x * L::constant(8_388_608.0), x);
    let above = L::int_sub(x.to_bits(), L::int(SQRT_HALF));
    let e = L::from_int(L::from_exponent(above));
    let e = L::select(tiny, e - L::constant(23.0), e);
    let mantissa = L::int_add(L::int_and(above, L::int(0x007f_ffff)), L::int(SQRT_HALF));
    (e, L::from_bits(mantissa) - L::constant(1.0))
}

/// log of a positive finite 2ᵉ (1 + f), plus a small correction.
#[inline(always)]
fn log_of_parts<L: Bits>(e: L, f: L, correction: L, c: &Constants<L>) -> L {
    let square = f * f;
    let tail = f * square * polynomial(f, c.log) + (e * c.ln_2_low + correction);
    let tail = tail - c.half * square;
    (f + tail) + e * c.ln_2_high
}

/// The result for a positive finite x; at 0 −∞, below and for NaN NaN, at ∞ ∞.
#[inline(always)]
fn log_domain<L: Lanes>(x: L, finite: L) -> L {
    let (zero, infinity) = (L::constant(0.0), L::constant(f64::INFINITY));
    let positive = L::select(x.lt(infinity), finite, x);
    let at_zero = L::select(x.lt(zero), L::constant(f64::NAN), -infinity);
    L::select(zero.lt(x), positive, L::select(x.le(zero), at_zero, x))
}

impl<L: Bits> Math for L {
    #[inline(always)]
    fn constants() -> Constants<Self> {
        Constants::load(&constants::FLOAT32)
    }

    #[inline(always)]
    fn exp(self) -> Self {
        // Beyond these bounds the result is 0 or infinity anyway; NaN passes.
        let x = self.max(L::constant(-104.0)).min(L::constant(89.0));
        let (n, q) = reduce_exp(x);
        // In two steps, since 2ⁿ alone may lie outside of the normal numbers.
        let half = L::int_half(n);
        let rest = L::int_sub(n, half);
        (L::constant(1.0) + q) * power_of_two(half) * power_of_two(rest)
    }

    #[inline(always)]
    fn exp_of_minus_abs_with(self, c: &Constants<Self>) -> Self {
        let x = (-self.abs()).max(c.exp_lowest);
        // 2ⁿ for −150 ≤ n ≤ 0 in two steps again, of which the second is always the same.
        let ln_2 = (c.ln_2_high, c.ln_2_low);
        let (shifted, q) = reduce_exp_by(x, c.exp_round, c.log2_e, ln_2, c.exp);
        let scale = L::from_bits(L::to_exponent(shifted.to_bits()));
        (c.one + q) * scale * c.exp_unscale
    }

    #[inline(always)]
    fn log(self) -> Self {
        let (e, f) = split_log(self);
        log_domain(self, log_of_parts(e, f, L::constant(0.0), &L::constants()))
    }

    #[inline(always)]
    fn log1p_with(self, c: &Constants<Self>) -> Self {
        let one = c.one;
        let u = one + self;
        let (e, f) = split_log(u);
        // What 1 + x lost in rounding, relative to u; where u is 0 or infinite the domain decides.
        let lost = (self - (u - one)) / u;
        let result = log_domain(u, log_of_parts(e, f, lost, c));
        // 1 + x rounds to 1: the result is x, and keeps the sign of a zero.
        L::select(self.abs().lt(L::constant(2f64.powi(-25))), self, result)
    }

    #[inline(always)]
    fn log_likelihood_with(self, label: Self, c: &Constants<Self>) -> Self {
        let one = c.one;
        // p itself, or 1 − p: exact but for what `lost` says.
        let complement = one - label;
        let difference = complement - self;
        let lost = (complement - difference) - self;
        // Times 2²³, which no probability overflows, there are no subnormal numbers.
        let bits = (difference.abs() * c.log_scale).to_bits();
        let above = L::int_sub(bits, c.log_offset.to_bits());
        let mantissa = L::int_and(above, c.mantissa.to_bits());
        let f = L::from_bits(L::int_add(mantissa, c.sqrt_half.to_bits())) - one;
        // Relative to 1 − p, which is 1 / (1 + p) closely enough where anything was lost; p − p is 0, or
        // NaN for NaN.
        #[allow(clippy::eq_op)]
        let correction = (lost + lost * self) + (self - self);
        log_of_parts(L::from_int(L::from_exponent(above)), f, correction, c)
    }

    #[inline(always)]
    fn expm1(self) -> Self {
        let x = self.max(L::constant(-20.0)).min(L::constant(89.0));
        let (n, q) = reduce_exp(x);
        let half = L::int_half(n);
        let rest = power_of_two::<L>(L::int_sub(n, half));
        let half = power_of_two::<L>(half);
        // 2ⁿ q + (2ⁿ − 1), in two steps for n = 128.
        let result = (half * q + (half - L::constant(1.0) / rest)) * rest;
        L::select(self.abs().lt(L::constant(2f64.powi(-25))), self, result)
    }

    #[inline(always)]
    fn tanh_with(self, c: &Constants<Self>) -> Self {
        // |x| = n ln 2 / 2 + r. From 9.02 on the result rounds to 1.
        let x = self.abs().min(c.tanh_highest);
        // As in `reduce_exp`, but biased: the low bits of `shifted` are the exponent of 2ⁿ. The product
        // n ln 2 / 2 is rounded, which the slope of tanh makes harmless where n is not 0.
        let shifted = x * c.tanh_inverse_step + c.tanh_round;
        let r = x - (shifted - c.tanh_round) * c.tanh_step;
        let scale = L::from_bits(L::to_exponent(shifted.to_bits()));
        let [c0, c1] = c.tanh;
        let square = r * r;
        let t = r * square * (c1 * square + c0) + r;
        // tanh of a sum, of which one part is (2ⁿ − 1) / (2ⁿ + 1): no cancellation, one division, and a
        // short chain of operations that wait for one another.
        let (minus, plus) = (scale - c.one, scale + c.one);
        let result = (t * plus + minus) / (t * minus + plus);
        // The sign bit of x joins a result that has none: an addition of bits.
        let sign = L::int_and(self.to_bits(), c.sign.to_bits());
        L::from_bits(L::int_add(result.to_bits(), sign))
    }

    #[inline(always)]
    fn erf(self) -> Self {
        // float64 inside: the exact gelu is rare, and its error function wants more than float32.
        map_f64(self, libm::erf)
    }
}

/// A float64 function of each lane, rounded to float32.
fn map_f64<L: Lanes<Element = f32>>(x: L, f: impl Fn(f64) -> f64) -> L {
    let mut four = [0.0; LANES];
    x.store(&mut four);
    L::load(&four.map(|x| f(f64::from(x)) as f32))
}

impl Math for Portable<f64> {
    fn constants() -> Constants<Self> {
        Constants::load(&constants::FLOAT64)
    }
    fn exp_of_minus_abs_with(self, _: &Constants<Self>) -> Self {
        Portable(self.0.map(|x| libm::exp(-x.abs())))
    }
    fn exp(self) -> Self {
        Portable(self.0.map(libm::exp))
    }
    fn log(self) -> Self {
        Portable(self.0.map(libm::log))
    }
    fn log1p_with(self, _: &Constants<Self>) -> Self {
        Portable(self.0.map(libm::log1p))
    }
    fn log_likelihood_with(self, label: Self, _: &Constants<Self>) -> Self {
        let not_p = (-self).log1p();
        Self::select(Self::constant(0.5).lt(label), self.log(), not_p)
    }
    fn expm1(self) -> Self {
        Portable(self.0.map(libm::expm1))
    }
    fn tanh_with(self, _: &Constants<Self>) -> Self {
        Portable(self.0.map(libm::tanh))
    }
    fn erf(self) -> Self {
        Portable(self.0.map(libm::erf))
    }
}
