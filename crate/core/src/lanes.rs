//! Four numbers at a time: the one abstraction over SIMD, and the only file that names intrinsics.
//!
//! [`Portable`] works anywhere and is the oracle; [`Simd`] is a `v128` register of wasm. Everything
//! above is written once, over [`Lanes`], and every operation here is exact or correctly rounded, so
//! that both give the same bits. There is no fused multiply-add, no relaxed SIMD, and no `f32::max`:
//! its treatment of NaN differs between scalar and vector instructions.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// How many numbers one [`Lanes`] value holds, on every target.
pub const LANES: usize = 4;

/// The lanes that training uses on this target: [`Simd`] where there is SIMD128, else [`Portable`].
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub type Native = Simd;
/// The lanes that training uses on this target: [`Simd`] where there is SIMD128, else [`Portable`].
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub type Native = Portable<f32>;

/// A floating-point type that tensors are made of: `f32`, or `f64` for checks of the mathematics.
pub trait Element:
    Copy
    + Default
    + PartialOrd
    + Send
    + Sync
    + std::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// The nearest value to `x`.
    fn from_f64(x: f64) -> Self;
    /// The same value as float64.
    fn to_f64(self) -> f64;
    /// The correctly rounded square root.
    fn sqrt(self) -> Self;
    /// The absolute value.
    fn abs(self) -> Self;
    /// Neither NaN nor infinite.
    fn is_finite(self) -> bool;
}

macro_rules! element {
    ($type:ty) => {
        impl Element for $type {
            fn from_f64(x: f64) -> Self {
                x as $type
            }
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            fn sqrt(self) -> Self {
                <$type>::sqrt(self)
            }
            fn abs(self) -> Self {
                <$type>::abs(self)
            }
            fn is_finite(self) -> bool {
                <$type>::is_finite(self)
            }
        }
    };
}
element!(f32);
element!(f64);

/// [`LANES`] numbers, computed on together.
pub trait Lanes:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// The type of one number.
    type Element: Element;
    /// One truth value for each lane.
    type Mask: Copy;

    /// The same number in every lane.
    fn splat(x: Self::Element) -> Self;
    /// The four numbers at `from`.
    fn load(from: &[Self::Element; LANES]) -> Self;
    /// Writes the four numbers to `to`.
    fn store(self, to: &mut [Self::Element; LANES]);

    /// The correctly rounded square root.
    fn sqrt(self) -> Self;
    /// The absolute value; the sign bit of NaN is cleared too.
    fn abs(self) -> Self;
    /// Where `self < other`; false for NaN.
    fn lt(self, other: Self) -> Self::Mask;
    /// Where `self <= other`; false for NaN.
    fn le(self, other: Self) -> Self::Mask;
    /// `yes` where the mask holds, `no` elsewhere.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// `[sum a, sum b, sum c, sum d]`, each as (lane 0 + lane 2) + (lane 1 + lane 3): the fixed order
    /// of every sum over samples.
    fn sums(a: Self, b: Self, c: Self, d: Self) -> Self;

    /// The sum of the lanes, in the order of [`Lanes::sums`].
    fn sum(self) -> Self::Element {
        let mut four = [Self::Element::default(); LANES];
        self.store(&mut four);
        (four[0] + four[2]) + (four[1] + four[3])
    }

    /// The same number in every lane, rounded from float64.
    fn constant(x: f64) -> Self {
        Self::splat(Self::Element::from_f64(x))
    }

    /// `other` where it is larger, else `self`: a NaN in `self` stays.
    fn max(self, other: Self) -> Self {
        Self::select(self.lt(other), other, self)
    }

    /// `other` where it is smaller, else `self`: a NaN in `self` stays.
    fn min(self, other: Self) -> Self {
        Self::select(other.lt(self), other, self)
    }
}

/// Lanes of float32 whose bits can be computed with: what `exp` and `log` are made of.
pub trait Bits: Lanes<Element = f32> {
    /// 32-bit integers, one for each lane; arithmetic wraps.
    type Int: Copy;
    /// The same integer in every lane.
    fn int(x: i32) -> Self::Int;
    /// The bits of the floats.
    fn to_bits(self) -> Self::Int;
    /// The floats with these bits.
    fn from_bits(bits: Self::Int) -> Self;
    /// The integers as floats, rounded to nearest.
    fn from_int(x: Self::Int) -> Self;
    /// a + b
    fn int_add(a: Self::Int, b: Self::Int) -> Self::Int;
    /// a − b
    fn int_sub(a: Self::Int, b: Self::Int) -> Self::Int;
    /// The bits in both.
    fn int_and(a: Self::Int, b: Self::Int) -> Self::Int;
    /// a · 2²³: an integer becomes a float's exponent.
    fn to_exponent(a: Self::Int) -> Self::Int;
    /// ⌊a / 2²³⌋ with sign: a float's exponent becomes an integer.
    fn from_exponent(a: Self::Int) -> Self::Int;
    /// ⌊a / 2⌋ with sign.
    fn int_half(a: Self::Int) -> Self::Int;
}

/// Four numbers in an array: the lanes of every target, and the oracle for the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Portable<E>(pub [E; LANES]);

impl<E: Copy> Portable<E> {
    fn map<T>(self, f: impl Fn(E) -> T) -> [T; LANES] {
        self.0.map(f)
    }

    fn zip<T>(self, other: Self, f: impl Fn(E, E) -> T) -> [T; LANES] {
        std::array::from_fn(|i| f(self.0[i], other.0[i]))
    }
}

macro_rules! portable_operator {
    ($trait:ident, $method:ident) => {
        impl<E: Element> $trait for Portable<E> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Portable(self.zip(other, |a, b| a.$method(b)))
            }
        }
    };
}
portable_operator!(Add, add);
portable_operator!(Sub, sub);
portable_operator!(Mul, mul);
portable_operator!(Div, div);

impl<E: Element> Neg for Portable<E> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Portable(self.map(|a| -a))
    }
}

impl<E: Element> Lanes for Portable<E> {
    type Element = E;
    type Mask = [bool; LANES];

    #[inline(always)]
    fn splat(x: E) -> Self {
        Portable([x; LANES])
    }
    #[inline(always)]
    fn load(from: &[E; LANES]) -> Self {
        Portable(*from)
    }
    #[inline(always)]
    fn store(self, to: &mut [E; LANES]) {
        *to = self.0;
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Portable(self.map(E::sqrt))
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Portable(self.map(E::abs))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Self::Mask {
        self.zip(other, |a, b| a < b)
    }
    #[inline(always)]
    fn le(self, other: Self) -> Self::Mask {
        self.zip(other, |a, b| a <= b)
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        Portable(std::array::from_fn(|i| if mask[i] { yes.0[i] } else { no.0[i] }))
    }
    #[inline(always)]
    fn sums(a: Self, b: Self, c: Self, d: Self) -> Self {
        Portable([a.sum(), b.sum(), c.sum(), d.sum()])
    }
}

impl Bits for Portable<f32> {
    type Int = [i32; LANES];

    #[inline(always)]
    fn int(x: i32) -> Self::Int {
        [x; LANES]
    }
    #[inline(always)]
    fn to_bits(self) -> Self::Int {
        self.map(|a| a.to_bits() as i32)
    }
    #[inline(always)]
    fn from_bits(bits: Self::Int) -> Self {
        Portable(bits.map(|a| f32::from_bits(a as u32)))
    }
    #[inline(always)]
    fn from_int(x: Self::Int) -> Self {
        Portable(x.map(|a| a as f32))
    }
    #[inline(always)]
    fn int_add(a: Self::Int, b: Self::Int) -> Self::Int {
        std::array::from_fn(|i| a[i].wrapping_add(b[i]))
    }
    #[inline(always)]
    fn int_sub(a: Self::Int, b: Self::Int) -> Self::Int {
        std::array::from_fn(|i| a[i].wrapping_sub(b[i]))
    }
    #[inline(always)]
    fn int_and(a: Self::Int, b: Self::Int) -> Self::Int {
        std::array::from_fn(|i| a[i] & b[i])
    }
    #[inline(always)]
    fn to_exponent(a: Self::Int) -> Self::Int {
        a.map(|a| a << 23)
    }
    #[inline(always)]
    fn from_exponent(a: Self::Int) -> Self::Int {
        a.map(|a| a >> 23)
    }
    #[inline(always)]
    fn int_half(a: Self::Int) -> Self::Int {
        a.map(|a| a >> 1)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use simd::Simd;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use super::*;
    use core::arch::wasm32::*;

    /// Four float32 in a `v128` register of wasm's SIMD128.
    #[derive(Clone, Copy, Debug)]
    pub struct Simd(v128);

    macro_rules! simd_operator {
        ($trait:ident, $method:ident, $instruction:ident) => {
            impl $trait for Simd {
                type Output = Self;
                #[inline(always)]
                fn $method(self, other: Self) -> Self {
                    Simd($instruction(self.0, other.0))
                }
            }
        };
    }
    simd_operator!(Add, add, f32x4_add);
    simd_operator!(Sub, sub, f32x4_sub);
    simd_operator!(Mul, mul, f32x4_mul);
    simd_operator!(Div, div, f32x4_div);

    impl Neg for Simd {
        type Output = Self;
        #[inline(always)]
        fn neg(self) -> Self {
            Simd(f32x4_neg(self.0))
        }
    }

    impl Lanes for Simd {
        type Element = f32;
        type Mask = v128;

        #[inline(always)]
        fn splat(x: f32) -> Self {
            Simd(f32x4_splat(x))
        }
        #[inline(always)]
        fn load(from: &[f32; LANES]) -> Self {
            // One v128.load: the compiler sees that the four floats lie side by side.
            Simd(f32x4(from[0], from[1], from[2], from[3]))
        }
        #[inline(always)]
        fn store(self, to: &mut [f32; LANES]) {
            *to = [
                f32x4_extract_lane::<0>(self.0),
                f32x4_extract_lane::<1>(self.0),
                f32x4_extract_lane::<2>(self.0),
                f32x4_extract_lane::<3>(self.0),
            ];
        }
        #[inline(always)]
        fn sqrt(self) -> Self {
            Simd(f32x4_sqrt(self.0))
        }
        #[inline(always)]
        fn abs(self) -> Self {
            Simd(f32x4_abs(self.0))
        }
        #[inline(always)]
        fn lt(self, other: Self) -> v128 {
            f32x4_lt(self.0, other.0)
        }
        #[inline(always)]
        fn le(self, other: Self) -> v128 {
            f32x4_le(self.0, other.0)
        }
        #[inline(always)]
        fn select(mask: v128, yes: Self, no: Self) -> Self {
            Simd(v128_bitselect(yes.0, no.0, mask))
        }
        // One instruction of the processor each; these two treat NaN and zeros as the trait says.
        #[inline(always)]
        fn max(self, other: Self) -> Self {
            Simd(f32x4_pmax(self.0, other.0))
        }
        #[inline(always)]
        fn min(self, other: Self) -> Self {
            Simd(f32x4_pmin(self.0, other.0))
        }
        #[inline(always)]
        fn sums(a: Self, b: Self, c: Self, d: Self) -> Self {
            let (a, b, c, d) = (a.0, b.0, c.0, d.0);
            // [a0 + a2, b0 + b2, a1 + a3, b1 + b3], and the same of c and d.
            let ab =
                f32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
            let cd =
                f32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
            Simd(f32x4_add(
                i32x4_shuffle::<0, 1, 4, 5>(ab, cd),
                i32x4_shuffle::<2, 3, 6, 7>(ab, cd),
            ))
        }
    }

    impl Bits for Simd {
        type Int = v128;

        #[inline(always)]
        fn int(x: i32) -> v128 {
            i32x4_splat(x)
        }
        #[inline(always)]
        fn to_bits(self) -> v128 {
            self.0
        }
        #[inline(always)]
        fn from_bits(bits: v128) -> Self {
            Simd(bits)
        }
        #[inline(always)]
        fn from_int(x: v128) -> Self {
            Simd(f32x4_convert_i32x4(x))
        }
        #[inline(always)]
        fn int_add(a: v128, b: v128) -> v128 {
            i32x4_add(a, b)
        }
        #[inline(always)]
        fn int_sub(a: v128, b: v128) -> v128 {
            i32x4_sub(a, b)
        }
        #[inline(always)]
        fn int_and(a: v128, b: v128) -> v128 {
            v128_and(a, b)
        }
        #[inline(always)]
        fn to_exponent(a: v128) -> v128 {
            i32x4_shl(a, 23)
        }
        #[inline(always)]
        fn from_exponent(a: v128) -> v128 {
            i32x4_shr(a, 23)
        }
        #[inline(always)]
        fn int_half(a: v128) -> v128 {
            i32x4_shr(a, 1)
        }
    }
}
