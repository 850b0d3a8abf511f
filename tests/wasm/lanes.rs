//! `v128` against the portable lanes, bit for bit: the oracle of every kernel, in the browser.
//!
//! Each kernel sees random lengths with every tail, and numbers of all sizes, infinities and NaN
//! among them. A NaN equals any NaN: wasm leaves its bits open.
#![cfg(all(target_arch = "wasm32", target_feature = "simd128"))]

use bce_core::Full;
use bce_core::activation::Activation;
use bce_core::kernels::{
    Vector, linear, linear_backward_input, linear_backward_parameters, vectors_for,
};
use bce_core::lanes::{LANES, Lanes, Portable, Simd};
use bce_core::loss::Criterion;
use bce_core::loss::batch::{BatchTargets, loss_and_gradient};
use bce_core::math::Math;
use bce_core::rng::{Purpose, Stream};
use wasm_bindgen_test::wasm_bindgen_test;

type Scalar = Portable<f32>;

const CASES: u64 = 100_000;

/// A number of any size: mostly moderate, sometimes any bit pattern at all.
fn number(stream: &mut Stream) -> f32 {
    match stream.below(8) {
        0 => f32::from_bits(stream.bits()),
        1 => [0.0, -0.0, 1.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 1e-40, -1e30]
            [stream.below(8) as usize],
        2 => stream.uniform(-100.0, 100.0) as f32,
        _ => stream.uniform(-3.0, 3.0) as f32,
    }
}

fn vectors(stream: &mut Stream, count: usize) -> Vec<Vector<f32>> {
    (0..count).map(|_| std::array::from_fn(|_| number(stream))).collect()
}

fn assert_same(got: &[f32], want: &[f32], what: &str) {
    assert_eq!(got.len(), want.len(), "{what}");
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        let same = got.to_bits() == want.to_bits() || (got.is_nan() && want.is_nan());
        assert!(same, "{what}: number {i} is {got:e} with v128 and {want:e} without");
    }
}

fn four<L: Lanes<Element = f32>>(x: L) -> [f32; LANES] {
    let mut to = [0.0; LANES];
    x.store(&mut to);
    to
}

#[wasm_bindgen_test]
fn elementary_functions_have_the_bits_of_the_portable_lanes() {
    macro_rules! compare {
        ($($function:ident),*) => {
            for k in 0..CASES {
                let mut stream = Stream::new(1, Purpose::Data, k);
                let x = std::array::from_fn(|_| number(&mut stream));
                $(assert_same(
                    &four(Simd::load(&x).$function()),
                    &four(Scalar::load(&x).$function()),
                    stringify!($function),
                );)*
            }
        };
    }
    compare!(exp, exp_of_minus_abs, log, log1p, expm1, tanh, sigmoid, erf, sqrt, abs);
}

#[wasm_bindgen_test]
fn likelihoods_have_the_bits_of_the_portable_lanes() {
    for k in 0..CASES {
        let mut stream = Stream::new(6, Purpose::Data, k);
        let p = std::array::from_fn(|_| match stream.below(4) {
            0 => number(&mut stream),
            _ => stream.unit() as f32,
        });
        let labels = std::array::from_fn(|_| stream.below(2) as f32);
        let simd = Simd::load(&p).log_likelihood(Simd::load(&labels));
        let scalar = Scalar::load(&p).log_likelihood(Scalar::load(&labels));
        assert_same(&four(simd), &four(scalar), "log_likelihood");
    }
}

#[wasm_bindgen_test]
fn lane_operations_have_the_bits_of_the_portable_lanes() {
    fn all<L: Lanes<Element = f32>>(x: &[Vector<f32>; 4]) -> Vec<f32> {
        let [a, b, c, d] = x.map(|x| L::load(&x));
        let results = [
            a + b,
            a - b,
            a * b,
            a / b,
            -a,
            a.max(b),
            a.min(b),
            L::select(a.lt(b), c, d),
            L::select(a.le(b), c, d),
            L::sums(a, b, c, d),
            L::splat(a.sum()),
        ];
        results.into_iter().flat_map(four).collect()
    }
    for k in 0..CASES {
        let mut stream = Stream::new(2, Purpose::Data, k);
        let x = std::array::from_fn(|_| std::array::from_fn(|_| number(&mut stream)));
        assert_same(&all::<Simd>(&x), &all::<Scalar>(&x), "an operation");
    }
}

/// Forward and backward of one Linear, everything that it computes in one list.
fn layer<L: Math + Lanes<Element = f32>>(seed: u64) -> Vec<f32> {
    let mut stream = Stream::new(3, Purpose::Data, seed);
    let inputs = 1 + stream.below(9) as usize;
    let outputs = 1 + stream.below(9) as usize;
    // Long batches are rare, so that a hundred thousand cases stay quick.
    let longest = if seed.is_multiple_of(100) { 515 } else { 40 };
    let vectors_per_row = vectors_for(1 + stream.below(longest) as usize);
    let weight: Vec<f32> = (0..inputs * outputs).map(|_| number(&mut stream)).collect();
    let bias: Vec<f32> = (0..outputs).map(|_| number(&mut stream)).collect();
    let x = vectors(&mut stream, inputs * vectors_per_row);
    let dz = vectors(&mut stream, outputs * vectors_per_row);
    let mut z = vec![[0.0; LANES]; outputs * vectors_per_row];
    linear::<L>(&weight, &bias, &x, &mut z);
    let mut dx = vec![[0.0; LANES]; inputs * vectors_per_row];
    linear_backward_input::<L>(&weight, inputs, &dz, &mut dx, &x, |dx, x| dx - x);
    let (mut dweight, mut dbias) = (vec![0.0; inputs * outputs], vec![0.0; outputs]);
    linear_backward_parameters::<L>(&dz, &x, &mut dweight, &mut dbias);
    [z.as_flattened(), dx.as_flattened(), &dweight, &dbias].concat()
}

#[wasm_bindgen_test]
fn linear_kernels_have_the_bits_of_the_portable_lanes() {
    for seed in 0..CASES {
        assert_same(&layer::<Simd>(seed), &layer::<Scalar>(seed), "a Linear");
    }
}

/// Every activation's values and gradients for random vectors.
fn activations<L: Math + Lanes<Element = f32>>(seed: u64) -> Vec<f32> {
    let mut stream = Stream::new(4, Purpose::Data, seed);
    let length = 1 + stream.below(4) as usize;
    let x = vectors(&mut stream, length);
    let dy = vectors(&mut stream, length);
    let mut all = Vec::new();
    let named = |name: &&str| Activation::from_value(name, None, "").expect("a known name");
    for activation in Activation::NAMES.iter().map(named).chain([Activation::GeluTanh(Full)]) {
        let mut y = x.clone();
        activation.forward::<L>(&mut y);
        let mut dx = dy.clone();
        activation.backward::<L>(&x, &y, &mut dx);
        all.extend_from_slice(y.as_flattened());
        all.extend_from_slice(dx.as_flattened());
    }
    all
}

#[wasm_bindgen_test]
fn activations_have_the_bits_of_the_portable_lanes() {
    for seed in 0..CASES / 4 {
        assert_same(&activations::<Simd>(seed), &activations::<Scalar>(seed), "an activation");
    }
}

/// Every loss of a random batch, with its gradients.
fn losses<L: Math + Lanes<Element = f32>>(seed: u64) -> Vec<f32> {
    let mut stream = Stream::new(5, Purpose::Data, seed);
    let outputs = 1 + stream.below(3) as usize;
    let samples = 1 + stream.below(if seed.is_multiple_of(100) { 515 } else { 20 }) as usize;
    let length = vectors_for(samples);
    let x = vectors(&mut stream, outputs * length);
    let labels = stream.below(2) == 0;
    let steps = if labels { 1 } else { 4 };
    let targets: Vec<Vector<f32>> = (0..outputs * length)
        .map(|_| std::array::from_fn(|_| stream.below(steps + 1) as f32 / steps as f32))
        .collect();
    let weights = if stream.below(2) == 0 { 0 } else { length };
    let sample_weight = vectors(&mut stream, weights);
    let weight: Vec<f32> = (0..outputs).map(|_| number(&mut stream)).collect();
    let criteria = [
        Criterion::BCELoss,
        Criterion::BCEWithLogitsLoss,
        Criterion::SigmoidFocalLoss { alpha: 0.25, gamma: 1.5, full: Full },
        Criterion::MSELoss(Full),
        Criterion::SmoothL1Loss { beta: 0.5, full: Full },
    ];
    let mut all = Vec::new();
    for criterion in criteria {
        let mut grads = x.clone();
        let with = BatchTargets {
            targets: &targets,
            labels,
            sample_weight: &sample_weight,
            weight: &weight,
            pos_weight: &weight,
            samples,
        };
        let batch = loss_and_gradient::<L>(criterion, &x, &mut grads, length, with, 0.1);
        all.extend_from_slice(grads.as_flattened());
        let sum = batch.sum.to_bits();
        // A sum that is NaN has open bits; as float32 it is compared like any other number.
        let halves = [f32::from_bits(sum as u32), f32::from_bits((sum >> 32) as u32)];
        all.extend(if batch.sum.is_nan() { [f32::NAN; 2] } else { halves });
        all.push(f32::from(u8::from(batch.in_unit_range)));
    }
    all
}

#[wasm_bindgen_test]
fn losses_have_the_bits_of_the_portable_lanes() {
    for seed in 0..CASES / 4 {
        assert_same(&losses::<Simd>(seed), &losses::<Scalar>(seed), "a loss");
    }
}
