//! What the functions of a training step are made of, in memory instead of in the code.
//!
//! V8 keeps a vector constant that it knows in no register: it puts it together at every use, by three
//! instructions of which two want the same port of the processor, and more of its time went there than
//! into the functions. What comes out of memory before a loop stays in its register, or costs one load.

use std::array;
use std::hint::black_box;

use super::{EXP, LN_2_HIGH, LN_2_LOW, LOG, ROUND, SQRT_HALF, TANH};
use crate::full::FULL;
use crate::lanes::{LANES, Lanes};

macro_rules! constants {
    (
        one: { $($(#[$doc:meta])* $name:ident = $value:expr;)* }
        several: { $($several:ident = $values:expr;)* }
    ) => {
        /// The constants, each in every lane. A loop makes them once, before it begins, and what it does
        /// not use of them is never loaded.
        #[derive(Clone, Copy, Debug)]
        pub struct Constants<L> {
            $($(#[$doc])* pub(crate) $name: L,)*
            $(pub(crate) $several: [L; $values.len()],)*
        }

        macro_rules! table {
            ($table:ident, $type:ty) => {
                pub(super) static $table: Constants<[$type; LANES]> = Constants {
                    $($name: [$value as $type; LANES],)*
                    $($several: {
                        let mut all = [[0.0; LANES]; $values.len()];
                        let mut i = 0;
                        while i < all.len() {
                            all[i] = [$values[i] as $type; LANES];
                            i += 1;
                        }
                        all
                    },)*
                };
            };
        }

        impl<L: Lanes> Constants<L> {
            /// From a table that the compiler does not see through. The start module is built for size:
            /// there they are in the code.
            #[inline(always)]
            pub(super) fn load(table: &'static Constants<[L::Element; LANES]>) -> Self {
                if !FULL {
                    return Constants {
                        $($name: L::constant($value),)*
                        $($several: $values.map(L::constant),)*
                    };
                }
                let table = black_box(table);
                Constants {
                    $($name: L::load(&table.$name),)*
                    $($several: array::from_fn(|i| L::load(&table.$several[i])),)*
                }
            }
        }
    };
}

constants! {
    one: {
        one = 1.0;
        half = 0.5;
        /// The lowest logarithm that BCELoss knows.
        log_floor = -100.0;
        /// The lowest p (1 − p) that BCELoss divides by: a constant of float32 in both precisions.
        variance_floor = 1e-12_f32 as f64;
        exp_lowest = -104.0;
        log2_e = std::f64::consts::LOG2_E;
        exp_round = ROUND + 127.0 + 64.0;
        exp_unscale = 1.0 / 18_446_744_073_709_551_616.0;
        ln_2_high = LN_2_HIGH;
        ln_2_low = LN_2_LOW;
        log_scale = 8_388_608.0;
        log_offset = float(LOG_OFFSET);
        mantissa = float(0x007f_ffff);
        sqrt_half = float(SQRT_HALF);
        tanh_highest = 9.02;
        tanh_inverse_step = 2.0 * std::f64::consts::LOG2_E;
        tanh_step = std::f64::consts::LN_2 / 2.0;
        tanh_round = ROUND + 127.0;
        sign = float(i32::MIN);
    }
    several: {
        exp = EXP;
        log = LOG;
        tanh = TANH;
    }
}
table!(FLOAT32, f32);
table!(FLOAT64, f64);

/// What turns a float's exponent, 2²³ times too large, into that of a number near 1.
const LOG_OFFSET: i32 = SQRT_HALF + (23 << 23);

/// The float32 with these bits.
const fn float(bits: i32) -> f64 {
    f32::from_bits(bits as u32) as f64
}
