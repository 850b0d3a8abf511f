//! The kernels natively, on `Portable<f32>`: how much of a step each takes, and whether a change made
//! one slower. What the page runs is the wasm, which `cargo xtask bench` measures.
//!
//! `cargo bench --package bce-bench [-- linear]`

#![allow(missing_docs, reason = "criterion_group! makes a public function without any")]

use std::hint::black_box;

use bce_core::activation::Activation;
use bce_core::config::Config;
use bce_core::kernels::{
    Vector, gather, linear, linear_backward_input, linear_backward_parameters, vectors_for,
};
use bce_core::lanes::{Lanes, Native};
use bce_core::math::Math;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Trainer};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// The layers (in, out) and batches of the tasks that the benchmark of the whole measures.
const LAYERS: [(usize, usize, usize); 5] =
    [(4, 2, 10), (8, 8, 32), (64, 64, 128), (128, 128, 569), (784, 256, 128)];

/// Numbers in (−1, 1) that do not repeat soon: values do not change the time, as long as none is
/// subnormal.
fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|i| ((i * 7919 % 10_007) as f32 - 5003.0) / 5004.0).collect()
}

fn vectors(features: usize, batch: usize) -> Vec<Vector<f32>> {
    let count = features * vectors_for(batch);
    numbers(4 * count).as_chunks().0.to_vec()
}

fn products(criterion: &mut Criterion) {
    for (inputs, outputs, batch) in LAYERS {
        let mut group = criterion.benchmark_group(format!("linear {inputs}-{outputs}, {batch}"));
        // Multiply-and-adds a second.
        group.throughput(Throughput::Elements((inputs * outputs * batch) as u64));
        let (weight, bias) = (numbers(inputs * outputs), numbers(outputs));
        let (x, dz) = (vectors(inputs, batch), vectors(outputs, batch));
        let (mut z, mut dx) = (vectors(outputs, batch), vectors(inputs, batch));
        let (mut dweight, mut dbias) = (weight.clone(), bias.clone());
        group.bench_function("forward", |bencher| {
            bencher.iter(|| linear::<Native>(black_box(&weight), &bias, black_box(&x), &mut z));
        });
        group.bench_function("backward to the input", |bencher| {
            bencher.iter(|| {
                let weight = black_box(&weight);
                linear_backward_input::<Native>(weight, inputs, &dz, &mut dx, &x, |dx, _| dx);
            });
        });
        group.bench_function("backward to the parameters", |bencher| {
            bencher.iter(|| {
                linear_backward_parameters::<Native>(black_box(&dz), &x, &mut dweight, &mut dbias);
            });
        });
    }
}

fn gathering(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("gather");
    for features in [2, 30, 784] {
        let (data, rows): (_, Vec<u32>) = (numbers(4096 * features), (0..128).rev().collect());
        let mut to = vectors(features, rows.len());
        group.throughput(Throughput::Elements((features * rows.len()) as u64));
        group.bench_function(BenchmarkId::from_parameter(features), |bencher| {
            bencher.iter(|| gather(black_box(&data), features, &rows, &mut to));
        });
    }
}

fn elementwise(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("elementwise");
    let start = vectors(1, 4096);
    group.throughput(Throughput::Elements(4096));
    let mut measure = |name: &str, f: fn(Native) -> Native| {
        let mut x = start.clone();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for (x, start) in x.iter_mut().zip(black_box(&start)) {
                    f(Native::load(start)).store(x);
                }
            });
        });
    };
    measure("exp", |x| x.exp());
    measure("log", |x| x.abs().log());
    measure("tanh", |x| Activation::Tanh.value(x));
    measure("sigmoid", |x| Activation::Sigmoid.value(x));
}

fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("step");
    let tasks: [(&str, &[usize], &str, usize, usize); 4] = [
        ("T1", &[2, 4, 2, 1], "tanh", 10, 250),
        ("T2", &[2, 8, 8, 1], "tanh", 32, 1000),
        ("T3", &[2, 64, 64, 1], "relu", 128, 4096),
        ("T5", &[3, 16, 2], "tanh", 32, 1000),
    ];
    for (name, widths, activation, batch, rows) in tasks {
        let mut trainer = trainer(widths, activation, batch, rows);
        group.throughput(Throughput::Elements(rows as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| trainer.train_epoch(false).expect("finite losses"));
        });
    }
}

fn trainer(widths: &[usize], activation: &str, batch: usize, rows: usize) -> Trainer<Native> {
    let layer = |(i, pair): (usize, &[usize])| {
        let activation = if i + 2 == widths.len() { "sigmoid" } else { activation };
        format!(r#"{{"in":{},"out":{},"activation":"{activation}"}}"#, pair[0], pair[1])
    };
    let layers: Vec<String> = widths.windows(2).enumerate().map(layer).collect();
    let config = format!(
        r#"{{"layers":[{}],"loss":{{"name":"BCELoss"}},"optimizer":{{"name":"SGD","lr":0.05}},
            "batch_size":{batch}}}"#,
        layers.join(",")
    );
    let (inputs, outputs) = (widths[0], widths[widths.len() - 1]);
    let x = numbers(rows * inputs);
    let labels = (0..rows * outputs).map(|i| f32::from(x[i % x.len()] > 0.0)).collect();
    let data = DataTensors {
        inputs: Tensor::new(vec![rows, inputs], x).expect("rows times inputs"),
        targets: Tensor::new(vec![rows, outputs], labels).expect("rows times outputs"),
        sample_weight: None,
        test: None,
    };
    Trainer::new(Config::from_json(&config).expect("a valid configuration"), data)
        .expect("a trainer")
}

criterion_group!(benches, products, gathering, elementwise, steps);
criterion_main!(benches);
