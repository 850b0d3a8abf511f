//! The points of the plane: their number, their order, their places.

use bce_core::data::toy::{EXTENT, NAMES};
use bce_core::data::{Dataset, MADE, MakeOptions, make};
use bce_core::rng::{Purpose, Stream};

fn points(data: &Dataset) -> Vec<([f64; 2], bool)> {
    let rows = data.inputs.chunks_exact(2).zip(&data.targets);
    rows.map(|(x, &target)| ([f64::from(x[0]), f64::from(x[1])], target == 1.0)).collect()
}

fn positives(data: &Dataset) -> usize {
    data.targets.iter().filter(|&&target| target == 1.0).count()
}

/// Fowler, Noll and Vo's hash over the bits of every number, in the order of the rows.
fn fingerprint(data: &Dataset) -> u64 {
    data.inputs
        .iter()
        .chain(&data.targets)
        .flat_map(|value| value.to_bits().to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// A set's name, its fingerprint with the default options, and with those of the test.
const GOLDEN: [(&str, u64, u64); 5] = [
    ("circle", 0x1dc0b6271582b43d, 0xdee43e535e2a2463),
    ("xor", 0x4ba3077677528eb0, 0x9c4a4f2abf4cf8ee),
    ("gauss", 0xcdb65d2412b94462, 0x56907492aa4859af),
    ("spiral", 0xb647cbfb24f74cc5, 0xf38c96cec5e17082),
    ("moons", 0x6d4fb297ab41d1a5, 0x7f60277ba163c071),
];

#[test]
fn the_points_are_these_on_every_machine() {
    let noisy = MakeOptions { n_samples: 301, noise: 35.0, ratio: 0.3, seed: 7 };
    for ((name, plain_hash, noisy_hash), known) in GOLDEN.into_iter().zip(NAMES) {
        assert_eq!(name, known);
        let plain = make(name, &MakeOptions::default()).unwrap();
        assert_eq!(fingerprint(&plain), plain_hash, "{name}");
        assert_eq!(fingerprint(&make(name, &noisy).unwrap()), noisy_hash, "{name} with noise");
    }
    let circle = make("circle", &MakeOptions::default()).unwrap();
    assert_eq!(circle.inputs[..4], [-2.6031094, 4.065396, -0.82308996, -1.3138479]);
}

#[test]
fn the_number_of_positives_is_the_rounded_ratio_exactly() {
    let mut stream = Stream::new(2, Purpose::Data, 0);
    for case in 0..400 {
        let n_samples = 2 + stream.below(700) as usize;
        let ratio = if case % 4 == 0 { f64::from(stream.below(3)) / 2.0 } else { stream.unit() };
        let name = NAMES[case % NAMES.len()];
        let noise = stream.uniform(0.0, 50.0);
        let data = make(name, &MakeOptions { n_samples, noise, ratio, seed: case as u64 }).unwrap();
        let mut expected = (n_samples as f64 * ratio).round() as usize;
        if ratio > 0.0 && ratio < 1.0 {
            expected = expected.clamp(1, n_samples - 1);
        }
        assert_eq!(positives(&data), expected, "{name} {n_samples} {ratio}");
        assert_eq!((data.rows, data.features, data.outputs), (n_samples, 2, 1));
        assert_eq!(data.check(), Ok(()));
        assert!(
            data.inputs.iter().all(|&x| f64::from(x).abs() <= EXTENT),
            "{name} leaves the plane"
        );
    }
}

#[test]
fn every_prefix_has_its_share_of_positives() {
    for ratio in [0.03, 0.37, 0.5, 0.9] {
        let data = make("spiral", &MakeOptions { ratio, ..Default::default() }).unwrap();
        let mut count = 0.0;
        for (row, target) in data.targets.iter().enumerate() {
            count += f64::from(*target);
            assert!((count - (row + 1) as f64 * ratio).abs() <= 1.0, "{ratio}: row {row}");
        }
    }
}

#[test]
fn a_prefix_of_a_curve_is_spread_over_all_of_it() {
    for name in ["spiral", "moons"] {
        let data = make(name, &MakeOptions::default()).unwrap();
        // The 50 first positives: were they the inner end of the arm, or one end of the moon, they
        // would stay within a fifth of the width.
        let first: Vec<[f64; 2]> = points(&data)
            .into_iter()
            .filter(|point| point.1)
            .map(|point| point.0)
            .take(50)
            .collect();
        let width = first.iter().map(|p| p[0]).fold(f64::MIN, f64::max)
            - first.iter().map(|p| p[0]).fold(f64::MAX, f64::min);
        assert!(width > 4.0, "{name}: {width}");
    }
}

#[test]
fn noise_moves_the_same_points_and_leaves_their_classes() {
    for name in NAMES {
        let with = |noise| make(name, &MakeOptions { noise, ..Default::default() }).unwrap();
        let (none, some, more) = (with(0.0), with(1.0), with(50.0));
        assert_eq!(none.targets, more.targets);
        let moved = |to: &Dataset| -> f64 {
            let steps = none.inputs.iter().zip(&to.inputs).map(|(a, b)| f64::from((a - b).abs()));
            steps.sum::<f64>() / none.inputs.len() as f64
        };
        assert!(moved(&some) > 0.0 && moved(&some) < 0.06, "{name}: {}", moved(&some));
        assert!(moved(&more) > 4.0 * moved(&some), "{name}: {}", moved(&more));
    }
}

#[test]
fn other_sizes_and_ratios_keep_the_points_that_stay() {
    for name in ["circle", "xor", "gauss"] {
        let base = MakeOptions { noise: 20.0, ..Default::default() };
        let of_class = |options: &MakeOptions, class: bool| -> Vec<[f64; 2]> {
            let data = make(name, options).unwrap();
            points(&data).into_iter().filter(|point| point.1 == class).map(|p| p.0).collect()
        };
        for other in [MakeOptions { n_samples: 800, ..base }, MakeOptions { ratio: 0.2, ..base }] {
            for class in [false, true] {
                let (a, b) = (of_class(&base, class), of_class(&other, class));
                let both = a.len().min(b.len());
                assert_eq!(a[..both], b[..both], "{name}");
            }
        }
    }
}

#[test]
fn another_seed_gives_other_points() {
    for name in NAMES {
        let with = |seed| make(name, &MakeOptions { seed, ..Default::default() }).unwrap().inputs;
        assert_eq!(with(u64::MAX), with(u64::MAX));
        assert_ne!(with(1), with(2), "{name}");
    }
}

#[test]
fn without_noise_every_point_lies_where_its_class_does() {
    for ([x, y], positive) in points(&make("circle", &MakeOptions::default()).unwrap()) {
        let radius = x.hypot(y);
        let within = if positive { 0.0..=2.5001 } else { 3.4999..=5.0001 };
        assert!(within.contains(&radius), "circle: {radius}");
    }
    for ([x, y], positive) in points(&make("xor", &MakeOptions::default()).unwrap()) {
        assert_eq!(x * y > 0.0, positive);
        assert!(x.abs().min(y.abs()) >= 0.2999 && x.abs().max(y.abs()) <= 5.3001);
    }
    for ([x, y], positive) in points(&make("spiral", &MakeOptions::default()).unwrap()) {
        let along = x.hypot(y) / 5.0;
        let start = if positive { 0.0 } else { std::f64::consts::PI };
        let angle = 3.5 * std::f64::consts::PI * along + start;
        assert!((angle.sin() * 5.0 * along - x).abs() < 1e-4);
        assert!((angle.cos() * 5.0 * along - y).abs() < 1e-4);
    }
    for ([x, y], positive) in points(&make("moons", &MakeOptions::default()).unwrap()) {
        // Half circles of radius 10/3, one above its centre and one below.
        let (x, y) = (x * 0.3 + 0.5, y * 0.3 + 0.25);
        let (dx, dy) = if positive { (x - 1.0, 0.5 - y) } else { (x, y) };
        assert!((dx.hypot(dy) - 1.0).abs() < 1e-5 && dy > 0.0);
    }
}

#[test]
fn gauss_has_its_means_and_its_variance_grows_with_noise() {
    for (noise, variance) in [(0.0, 0.5), (50.0, 4.0)] {
        let options = MakeOptions { n_samples: 20_000, noise, ..Default::default() };
        let points = points(&make("gauss", &options).unwrap());
        for class in [false, true] {
            let x: Vec<f64> = points.iter().filter(|p| p.1 == class).map(|p| p.0[0]).collect();
            let mean = x.iter().sum::<f64>() / x.len() as f64;
            let spread = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64;
            assert!((mean.abs() - 2.0).abs() < 0.1 && (mean > 0.0) == class, "{mean}");
            // At a variance of 4 one point in forty is reflected at the edge of the plane.
            assert!((spread / variance - 1.0).abs() < 0.1, "{spread}");
        }
    }
}

#[test]
fn no_point_of_the_spiral_has_both_labels() {
    let data = make("spiral", &MakeOptions::default()).unwrap();
    let points = points(&data);
    for (i, (a, _)) in points.iter().enumerate() {
        assert!(points[..i].iter().all(|(b, _)| (a[0] - b[0]).hypot(a[1] - b[1]) > 1e-3));
    }
}

#[test]
fn an_option_out_of_range_is_named() {
    let base = MakeOptions::default();
    let cases = [
        (MakeOptions { n_samples: 1, ..base }, "n_samples"),
        (MakeOptions { n_samples: usize::MAX, ..base }, "n_samples"),
        (MakeOptions { noise: -0.1, ..base }, "noise"),
        (MakeOptions { noise: 50.1, ..base }, "noise"),
        (MakeOptions { noise: f64::NAN, ..base }, "noise"),
        (MakeOptions { ratio: 1.1, ..base }, "ratio"),
        (MakeOptions { ratio: f64::NAN, ..base }, "ratio"),
    ];
    for (options, path) in cases {
        let error = make("circle", &options).unwrap_err();
        assert_eq!(error.path.as_deref(), Some(path));
        assert!(error.message.starts_with(&format!("Invalid {path}: ")), "{error}");
    }
}

#[test]
fn an_unknown_name_is_answered_with_the_known_ones() {
    let error = make("Circle", &MakeOptions::default()).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("name"));
    let known = "circle, xor, gauss, spiral, moons, blobs, health_reports, overlapping_regions";
    assert!(error.message.ends_with(known), "{error}");
    for name in MADE {
        assert_eq!(make(name, &MakeOptions::default()).unwrap().name, name);
    }
}

#[test]
fn half_a_percent_of_a_class_is_there_in_every_shape() {
    for name in NAMES {
        for (ratio, expected) in [(0.005, 5), (0.995, 995)] {
            let data = make(name, &MakeOptions { n_samples: 1000, ratio, ..Default::default() });
            assert_eq!(positives(&data.unwrap()), expected, "{name}");
        }
    }
}
