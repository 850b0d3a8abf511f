//! Elementary functions over lanes: our own in float32, so that every host gets the same bits.
//!
//! The float32 functions use only exact or correctly rounded operations of [`Bits`], in a fixed
//! order; their largest errors are measured by the test `ulp`. The polynomials are minimax fits of
//! this project (weighted least squares, coefficients rounded to float32 one after another). In
//! float64 the same names are the `libm` crate's, lane by lane: enough to check the mathematics
//! above them. Argument reduction follows Cody and Waite (1980).

use crate::lanes::{Bits, LANES, Lanes, Portable};

/// The elementary functions that activations and losses are made of.
pub trait Math: Lanes {
    /// eˣ; 0 from −104 down in float32, infinity above 88.72.
    fn exp(self) -> Self;
    /// [`Math::exp`] of −|x|, with the same bits for less work.
    fn exp_of_minus_abs(self) -> Self;
    /// The natural logarithm; −∞ at 0, NaN below.
    fn log(self) -> Self;
    /// log(1 + x), exact for small x too.
    fn log1p(self) -> Self;
    /// The logarithm of a probability p where the label is 1, of 1 − p where it is 0: one logarithm
    /// instead of two. About −104 for the logarithm of 0, NaN for NaN; p must lie in [0, 1].
    fn log_likelihood(self, label: Self) -> Self;
    /// eˣ − 1, exact for small x too.
    fn expm1(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The error function, 2/√π ∫₀ˣ e^(−t²) dt.
    fn erf(self) -> Self;

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
    fn sigmoid(self) -> Self {
        let one = Self::constant(1.0);
        let e = self.exp_of_minus_abs();
        Self::select(self.lt(Self::constant(0.0)), e, one) / (one + e)
    }
}

/// Horner's scheme, highest coefficient first.
#[inline(always)]
fn polynomial<L: Lanes>(x: L, coefficients: &[f64]) -> L {
    coefficients
        .iter()
        .map(|&c| L::constant(c))
        .reduce(|sum, c| sum * x + c)
        .expect("a polynomial has coefficients")
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
    let (shifted, q) = reduce_exp_biased(x, 0.0);
    (L::int_sub(shifted.to_bits(), L::constant(ROUND).to_bits()), q)
}

/// [`reduce_exp`] with the number whose low bits are n + bias.
#[inline(always)]
fn reduce_exp_biased<L: Bits>(x: L, bias: f64) -> (L, L) {
    let round = L::constant(ROUND + bias);
    let shifted = x * L::constant(std::f64::consts::LOG2_E) + round;
    let n = shifted - round;
    let r = (x - n * L::constant(LN_2_HIGH)) - n * L::constant(LN_2_LOW);
    (shifted, r + r * r * polynomial(r, &EXP))
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
fn log_of_parts<L: Bits>(e: L, f: L, correction: L) -> L {
    let square = f * f;
    let tail = f * square * polynomial(f, &LOG) + (e * L::constant(LN_2_LOW) + correction);
    let tail = tail - L::constant(0.5) * square;
    (f + tail) + e * L::constant(LN_2_HIGH)
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
    fn exp_of_minus_abs(self) -> Self {
        let x = (-self.abs()).max(L::constant(-104.0));
        // 2ⁿ for −150 ≤ n ≤ 0 in two steps again, of which the second is always the same.
        let (shifted, q) = reduce_exp_biased(x, 127.0 + 64.0);
        let scale = L::from_bits(L::to_exponent(shifted.to_bits()));
        (L::constant(1.0) + q) * scale * L::constant(2f64.powi(-64))
    }

    #[inline(always)]
    fn log(self) -> Self {
        let (e, f) = split_log(self);
        log_domain(self, log_of_parts(e, f, L::constant(0.0)))
    }

    #[inline(always)]
    fn log1p(self) -> Self {
        let one = L::constant(1.0);
        let u = one + self;
        let (e, f) = split_log(u);
        // What 1 + x lost in rounding, relative to u; where u is 0 or infinite the domain decides.
        let lost = (self - (u - one)) / u;
        let result = log_domain(u, log_of_parts(e, f, lost));
        // 1 + x rounds to 1: the result is x, and keeps the sign of a zero.
        L::select(self.abs().lt(L::constant(2f64.powi(-25))), self, result)
    }

    #[inline(always)]
    fn log_likelihood(self, label: Self) -> Self {
        /// What turns a float's exponent, 2²³ times too large, into that of a number near 1.
        const OFFSET: i32 = SQRT_HALF + (23 << 23);
        let one = L::constant(1.0);
        // p itself, or 1 − p: exact but for what `lost` says.
        let complement = one - label;
        let difference = complement - self;
        let lost = (complement - difference) - self;
        // Times 2²³, which no probability overflows, there are no subnormal numbers.
        let bits = (difference.abs() * L::constant(8_388_608.0)).to_bits();
        let above = L::int_sub(bits, L::int(OFFSET));
        let mantissa = L::int_add(L::int_and(above, L::int(0x007f_ffff)), L::int(SQRT_HALF));
        let f = L::from_bits(mantissa) - one;
        // Relative to 1 − p, which is 1 / (1 + p) closely enough where anything was lost; p − p is 0, or
        // NaN for NaN.
        #[allow(clippy::eq_op)]
        let correction = (lost + lost * self) + (self - self);
        log_of_parts(L::from_int(L::from_exponent(above)), f, correction)
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
    fn tanh(self) -> Self {
        // |x| = n ln 2 / 2 + r. From 9.02 on the result rounds to 1.
        let x = self.abs().min(L::constant(9.02));
        // As in `reduce_exp`, but biased: the low bits of `shifted` are the exponent of 2ⁿ. The product
        // n ln 2 / 2 is rounded, which the slope of tanh makes harmless where n is not 0.
        let round = L::constant(ROUND + 127.0);
        let shifted = x * L::constant(2.0 * std::f64::consts::LOG2_E) + round;
        let r = x - (shifted - round) * L::constant(std::f64::consts::LN_2 / 2.0);
        let scale = L::from_bits(L::to_exponent(shifted.to_bits()));
        let [c0, c1] = TANH.map(L::constant);
        let square = r * r;
        let t = r * square * (c1 * square + c0) + r;
        // tanh of a sum, of which one part is (2ⁿ − 1) / (2ⁿ + 1): no cancellation, one division, and a
        // short chain of operations that wait for one another.
        let (minus, plus) = (scale - L::constant(1.0), scale + L::constant(1.0));
        let result = (t * plus + minus) / (t * minus + plus);
        // The sign bit of x joins a result that has none: an addition of bits.
        let sign = L::int_and(self.to_bits(), L::int(i32::MIN));
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
    fn exp_of_minus_abs(self) -> Self {
        Portable(self.0.map(|x| libm::exp(-x.abs())))
    }
    fn exp(self) -> Self {
        Portable(self.0.map(libm::exp))
    }
    fn log(self) -> Self {
        Portable(self.0.map(libm::log))
    }
    fn log1p(self) -> Self {
        Portable(self.0.map(libm::log1p))
    }
    fn log_likelihood(self, label: Self) -> Self {
        let not_p = (-self).log1p();
        Self::select(Self::constant(0.5).lt(label), self.log(), not_p)
    }
    fn expm1(self) -> Self {
        Portable(self.0.map(libm::expm1))
    }
    fn tanh(self) -> Self {
        Portable(self.0.map(libm::tanh))
    }
    fn erf(self) -> Self {
        Portable(self.0.map(libm::erf))
    }
}
