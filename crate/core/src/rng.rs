//! Every random number of the project: PCG32 streams derived from one seed.
//!
//! A stream is a pure function of (seed, purpose, index), so that another batch order leaves the
//! initial weights alone, and so that a run can be resumed at any epoch without the state of a
//! generator. PCG32 is O'Neill's PCG-XSH-RR 64/32 (2014), from the `rand_pcg` crate.

use rand_core::Rng;
use rand_pcg::Pcg32;

/// What a stream of random numbers is for. Streams of one seed are independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The points of a data set.
    Data = 1,
    /// Which rows are for training and which for testing.
    Split = 2,
    /// Initial weights and biases; the index is the layer.
    Init = 3,
    /// The order of the rows; the index is the epoch.
    Order = 4,
    /// Which units are dropped; the index is the step.
    Dropout = 5,
    /// Which labels are flipped; the index is the label's place in the targets.
    LabelNoise = 6,
    /// Which rows of the smaller class are drawn again.
    Resample = 7,
}

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Stream(Pcg32);

impl Stream {
    // What training draws from is inlined, so that it is compiled for speed where the trainer is.

    /// The stream of `seed` for `purpose`, the `index`-th of its kind.
    #[inline]
    pub fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let key = mix(seed) ^ mix(index.wrapping_add((purpose as u64) << 56));
        Stream(Pcg32::new(mix(key), mix(!key)))
    }

    /// An integer in 0 .. 2³².
    #[inline]
    pub fn bits(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number in [0, 1), a multiple of 2⁻²⁴: exact in float32.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        f64::from(self.bits() >> 8) / f64::from(1u32 << 24)
    }

    /// A number in [low, high), before rounding to another type.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A draw from the standard normal distribution (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.unit())).sqrt();
        radius * libm::cos(2.0 * std::f64::consts::PI * self.unit())
    }

    /// An integer in 0 .. `bound`, each equally likely (Lemire, 2019). `bound` is at least 1.
    #[inline]
    pub fn below(&mut self, bound: u32) -> u32 {
        let reject_below = bound.wrapping_neg() % bound;
        loop {
            let wide = u64::from(self.bits()) * u64::from(bound);
            if wide as u32 >= reject_below {
                return (wide >> 32) as u32;
            }
        }
    }

    /// Puts the rows into a random order, each order equally likely (Fisher and Yates, 1938).
    #[inline]
    pub fn shuffle(&mut self, rows: &mut [u32]) {
        for last in (1..rows.len()).rev() {
            rows.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): near inputs give unrelated outputs.
#[inline]
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
