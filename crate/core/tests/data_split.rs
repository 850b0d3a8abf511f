//! Which rows are trained on, and how inputs are standardised.

use bce_core::data::{Dataset, MakeOptions, Split, SplitOptions, make, split};
use bce_core::rng::{Purpose, Stream};

fn dataset(inputs: Vec<f32>, features: usize, targets: Vec<f32>, outputs: usize) -> Dataset {
    Dataset {
        name: "mine".into(),
        rows: inputs.len() / features,
        inputs,
        targets,
        features,
        outputs,
        feature_names: (0..features).map(|feature| format!("x{feature}")).collect(),
        target_names: vec!["0".into(), "1".into()],
    }
}

/// Row r has the one input r, so that a row is known again; the first `positives` rows are positive.
fn numbered(rows: usize, positives: usize) -> Dataset {
    let targets = (0..rows).map(|row| if row < positives { 1.0 } else { 0.0 }).collect();
    dataset((0..rows).map(|row| row as f32).collect(), 1, targets, 1)
}

#[test]
fn every_row_is_in_one_part_with_its_own_target() {
    let data = make("gauss", &MakeOptions { noise: 30.0, ..Default::default() }).unwrap();
    for stratify in [false, true] {
        let split = split(&data, &SplitOptions { stratify, ..Default::default() }).unwrap();
        let mut rows = [&split.train_rows[..], &split.test_rows[..]].concat();
        rows.sort_unstable();
        assert_eq!(rows, (0..500).collect::<Vec<u32>>());
        let parts = [
            (&split.train_rows, &split.inputs, &split.targets),
            (&split.test_rows, &split.test_inputs, &split.test_targets),
        ];
        for (rows, inputs, targets) in parts {
            assert!(rows.is_sorted());
            for (at, &row) in rows.iter().enumerate() {
                let row = row as usize;
                assert_eq!(inputs[2 * at..2 * at + 2], data.inputs[2 * row..2 * row + 2]);
                assert_eq!(targets[at], data.targets[row]);
            }
        }
        assert_eq!((split.mean, split.std), (None, None));
    }
}

#[test]
fn counts_are_exact_and_classes_have_their_share_within_one() {
    let mut stream = Stream::new(3, Purpose::Data, 0);
    for case in 0..500 {
        let rows = 2 + stream.below(300) as usize;
        let positives = stream.below(rows as u32 + 1) as usize;
        let train_size = 1.0 - stream.unit();
        let options = SplitOptions { train_size, seed: case, ..Default::default() };
        let split = split(&numbered(rows, positives), &options).unwrap();
        let mut count = (rows as f64 * train_size).round() as usize;
        if train_size < 1.0 {
            count = count.clamp(1, rows - 1);
        }
        assert_eq!(split.train_rows.len(), count);
        assert_eq!(split.test_rows.len(), rows - count);
        let trained = split.targets.iter().filter(|&&target| target == 1.0).count();
        let share = positives as f64 * count as f64 / rows as f64;
        assert!((trained as f64 - share).abs() < 1.0, "{trained} of {share}");
    }
}

#[test]
fn without_stratification_the_classes_fall_as_they_may() {
    let data = numbered(40, 20);
    let positives = |stratify, seed| -> f32 {
        let options = SplitOptions { stratify, seed, ..Default::default() };
        split(&data, &options).unwrap().targets.iter().sum()
    };
    assert!((0..20).all(|seed| positives(true, seed) == 10.0));
    assert!((0..20).any(|seed| positives(false, seed) != 10.0));
}

#[test]
fn of_two_equal_remainders_the_rarer_class_gets_the_row() {
    // A tenth of 5 and of 495: half a row each is left over.
    let options = SplitOptions { train_size: 0.1, ..Default::default() };
    assert_eq!(split(&numbered(500, 5), &options).unwrap().targets.iter().sum::<f32>(), 1.0);
    assert_eq!(split(&numbered(500, 495), &options).unwrap().targets.iter().sum::<f32>(), 49.0);
}

#[test]
fn several_targets_are_stratified_by_their_combination() {
    let mut stream = Stream::new(4, Purpose::Data, 0);
    let targets: Vec<f32> =
        (0..3 * 400).map(|_| if stream.unit() < 0.3 { 1.0 } else { 0.0 }).collect();
    let data = dataset((0..400).map(|row| row as f32).collect(), 1, targets, 3);
    let split = split(&data, &SplitOptions { train_size: 0.7, ..Default::default() }).unwrap();
    let count = |targets: &[f32], combination: &[f32]| {
        targets.chunks(3).filter(|row| *row == combination).count()
    };
    for bits in 0..8 {
        let combination: Vec<f32> = (0..3).map(|bit| (bits >> bit & 1) as f32).collect();
        let all = count(&data.targets, &combination) as f64;
        assert!((count(&split.targets, &combination) as f64 - 0.7 * all).abs() < 1.0);
    }
}

#[test]
fn combinations_that_occur_once_are_drawn_by_lot() {
    let bits = |row: usize| (0..6).map(move |bit| (row >> bit & 1) as f32);
    let data = dataset(vec![0.0; 64], 1, (0..64).flat_map(bits).collect(), 6);
    let rows =
        |seed| split(&data, &SplitOptions { seed, ..Default::default() }).unwrap().train_rows;
    assert_eq!(rows(1).len(), 32);
    assert_ne!(rows(1), rows(2));
    // No output is favoured: each is positive in about half of what is chosen.
    for bit in 0..6 {
        let chosen: usize =
            (0..50).map(|seed| rows(seed).iter().filter(|&row| row >> bit & 1 == 1).count()).sum();
        assert!((700..=900).contains(&chosen), "{chosen}");
    }
}

#[test]
fn the_rows_are_these_on_every_machine() {
    let rows = |seed, stratify| {
        let options = SplitOptions { seed, stratify, ..Default::default() };
        split(&numbered(12, 4), &options).unwrap().train_rows
    };
    assert_eq!(rows(1, true), [0, 3, 5, 8, 10, 11]);
    assert_eq!(rows(2, true), [2, 3, 7, 8, 10, 11]);
    assert_eq!(rows(1, false), [2, 3, 6, 9, 10, 11]);
}

#[test]
fn a_standardised_training_part_has_mean_0_and_deviation_1() {
    let mut stream = Stream::new(5, Purpose::Data, 0);
    let scales = [(0.0, 1.0), (1000.0, 3.0), (-5e-6, 1e-6), (2e20, 7e20)];
    let inputs: Vec<f32> = (0..300)
        .flat_map(|_| scales.map(|(mean, std)| (mean + std * stream.normal()) as f32))
        .collect();
    let data = dataset(inputs, 4, (0..300).map(|row| (row % 2) as f32).collect(), 1);
    let options = SplitOptions { standardize: true, train_size: 0.6, ..Default::default() };
    let split = split(&data, &options).unwrap();
    let (means, stds) = (split.mean.unwrap(), split.std.unwrap());
    for feature in 0..4 {
        let column: Vec<f64> =
            split.inputs.iter().skip(feature).step_by(4).map(|&x| f64::from(x)).collect();
        let mean = column.iter().sum::<f64>() / 180.0;
        let variance = column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 180.0;
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-6, "{mean} {variance}");
        // The same numbers take the test part, or a new row, to where the training part is.
        for (at, &row) in split.test_rows.iter().enumerate() {
            let x = data.inputs[row as usize * 4 + feature];
            let expected = (x - means[feature]) / stds[feature];
            let got = split.test_inputs[at * 4 + feature];
            assert!((got - expected).abs() <= 1e-4 * (1.0 + got.abs()), "{got} {expected}");
        }
    }
}

#[test]
fn the_test_part_has_no_say_in_the_standardisation() {
    let options = SplitOptions { standardize: true, ..Default::default() };
    let data = make("circle", &MakeOptions::default()).unwrap();
    let before = split(&data, &options).unwrap();
    let mut other = data.clone();
    for &row in &before.test_rows {
        other.inputs[2 * row as usize] = 1e6;
    }
    let after = split(&other, &options).unwrap();
    assert_eq!(before.inputs, after.inputs);
    assert_eq!((before.mean, before.std), (after.mean, after.std));
    assert_ne!(before.test_inputs, after.test_inputs);
}

#[test]
fn a_constant_feature_is_only_centred() {
    // 0.1 thousand times over does not sum to a hundred: the deviation must not be what is left.
    let data = dataset(vec![0.1; 1000], 1, (0..1000).map(|row| (row % 2) as f32).collect(), 1);
    let split = split(&data, &SplitOptions { standardize: true, ..Default::default() }).unwrap();
    assert_eq!((split.mean, split.std), (Some(vec![0.1]), Some(vec![1.0])));
    assert!(split.inputs.iter().chain(&split.test_inputs).all(|&x| x == 0.0));
}

#[test]
fn standardising_never_gives_a_number_that_is_not_finite() {
    // Alternating tiny values in all rows but one, which is huge and in one part or the other.
    let mut inputs: Vec<f32> = (0..20).map(|row| (row % 2) as f32 * 1e-40).collect();
    inputs[19] = 3e38;
    let data = dataset(inputs, 1, (0..20).map(|row| (row / 10) as f32).collect(), 1);
    let mut refused = 0;
    for seed in 0..20 {
        let options = SplitOptions { standardize: true, seed, ..Default::default() };
        match split(&data, &options) {
            Ok(split) => {
                assert!(split.inputs.iter().chain(&split.test_inputs).all(|x| x.is_finite()))
            }
            Err(error) => {
                assert_eq!(error.path.as_deref(), Some("standardize"));
                assert!(error.message.starts_with("inputs[19][0]"), "{error}");
                refused += 1;
            }
        }
    }
    assert!((1..20).contains(&refused));
}

#[test]
fn all_rows_may_be_trained_on() {
    let options = SplitOptions { train_size: 1.0, standardize: true, ..Default::default() };
    let split = split(&numbered(7, 3), &options).unwrap();
    assert_eq!(split.train_rows, (0..7).collect::<Vec<u32>>());
    assert!(split.test_rows.is_empty() && split.test_inputs.is_empty());
}

#[test]
fn a_share_out_of_range_is_refused() {
    for train_size in [0.0, -0.5, 1.01, f64::NAN, f64::INFINITY] {
        let options = SplitOptions { train_size, ..Default::default() };
        let error = split(&numbered(10, 5), &options).unwrap_err();
        assert_eq!(error.path.as_deref(), Some("train_size"));
    }
}

#[test]
fn a_data_set_that_is_not_sound_is_refused() {
    let mut data = numbered(10, 5);
    data.inputs[3] = f32::INFINITY;
    let error = split(&data, &SplitOptions::default()).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("inputs[3][0]"));
}

fn noisy(rows: usize, label_noise: f64) -> Split {
    split(&numbered(rows, rows / 3), &SplitOptions { label_noise, ..Default::default() }).unwrap()
}

/// The rows of the data set whose label is not what it was.
fn flipped(rows: usize, label_noise: f64) -> Vec<u32> {
    let (clean, noisy) = (noisy(rows, 0.0), noisy(rows, label_noise));
    assert_eq!(clean.train_rows, noisy.train_rows, "noise moves no row to the other part");
    assert_eq!((&clean.inputs, &clean.test_inputs), (&noisy.inputs, &noisy.test_inputs));
    let of = |rows: &[u32], before: &[f32], after: &[f32]| -> Vec<u32> {
        let pairs = rows.iter().zip(before.iter().zip(after));
        pairs.filter(|(_, (a, b))| a != b).map(|(&row, _)| row).collect()
    };
    let mut all = of(&clean.train_rows, &clean.targets, &noisy.targets);
    all.extend(of(&clean.test_rows, &clean.test_targets, &noisy.test_targets));
    assert!(noisy.targets.iter().chain(&noisy.test_targets).all(|&t| t == 0.0 || t == 1.0));
    all.sort_unstable();
    all
}

#[test]
fn label_noise_flips_its_share_exactly_and_more_noise_flips_the_same_and_others() {
    let mut before = Vec::new();
    for (label_noise, count) in [(0.0, 0), (0.01, 5), (0.1, 50), (0.333, 167), (1.0, 500)] {
        let now = flipped(500, label_noise);
        assert_eq!(now.len(), count);
        assert!(before.iter().all(|row| now.contains(row)));
        before = now;
    }
    // Both parts get some, and another seed other ones.
    let rows = flipped(500, 0.1);
    let parts = noisy(500, 0.1);
    assert!(rows.iter().any(|row| parts.test_rows.contains(row)));
    assert!(rows.iter().any(|row| parts.train_rows.contains(row)));
    let of_seed = |seed| {
        let options =
            SplitOptions { label_noise: 0.1, train_size: 1.0, seed, ..Default::default() };
        split(&numbered(500, 166), &options).unwrap().targets
    };
    assert_ne!(of_seed(1), of_seed(2));
    assert_eq!(of_seed(3), of_seed(3));
}

#[test]
fn a_row_more_changes_hardly_any_other_label() {
    let (fewer, more) = (flipped(500, 0.2), flipped(501, 0.2));
    let changed = fewer.iter().filter(|row| !more.contains(row)).count();
    assert!(changed <= 1, "{changed} labels are right again");
}

#[test]
fn smoothing_draws_training_targets_to_a_half_and_leaves_test_targets() {
    let smoothed = |label_smoothing| {
        let options = SplitOptions { label_smoothing, ..Default::default() };
        split(&numbered(20, 10), &options).unwrap()
    };
    let (hard, soft, none) = (smoothed(0.0), smoothed(0.1), smoothed(1.0));
    for (t, s) in hard.targets.iter().zip(&soft.targets) {
        assert_eq!(*s, if *t == 1.0 { 0.95 } else { 0.05 });
    }
    assert!(none.targets.iter().all(|&t| t == 0.5));
    assert_eq!((hard.test_targets, hard.train_rows), (soft.test_targets, soft.train_rows));
}

#[test]
fn noise_and_smoothing_beyond_0_and_1_are_refused() {
    for share in [-0.1, 1.1, f64::NAN] {
        let noise = SplitOptions { label_noise: share, ..Default::default() };
        let smoothing = SplitOptions { label_smoothing: share, ..Default::default() };
        for (options, path) in [(noise, "label_noise"), (smoothing, "label_smoothing")] {
            let error = split(&numbered(10, 5), &options).unwrap_err();
            assert_eq!(error.path.as_deref(), Some(path));
        }
    }
}

#[test]
fn missing_inputs_get_the_mean_of_the_training_part() {
    let mut data = numbered(20, 10);
    let of = |value: f32, row: usize| if row.is_multiple_of(3) { f32::NAN } else { value };
    let numbers: Vec<f32> = (0..20).map(|row| of(row as f32 * 10.0, row)).collect();
    data.inputs = numbers.clone();
    data.features = 1;
    assert!(split(&data, &SplitOptions::default()).is_err());
    let options = SplitOptions { impute: true, ..Default::default() };
    let halves = split(&data, &options).unwrap();
    let known: Vec<f32> = halves.train_rows.iter().map(|&row| numbers[row as usize]).collect();
    let known: Vec<f32> = known.into_iter().filter(|value| !value.is_nan()).collect();
    let mean = (known.iter().map(|&x| f64::from(x)).sum::<f64>() / known.len() as f64) as f32;
    for (rows, values) in
        [(&halves.train_rows, &halves.inputs), (&halves.test_rows, &halves.test_inputs)]
    {
        for (&row, &value) in rows.iter().zip(values) {
            let expected = numbers[row as usize];
            assert_eq!(value, if expected.is_nan() { mean } else { expected });
        }
    }
    // A feature without any value is a constant one, and nothing is infinite or NaN.
    data.inputs = vec![f32::NAN; 20];
    let options = SplitOptions { impute: true, standardize: true, ..Default::default() };
    let halves = split(&data, &options).unwrap();
    assert!(halves.inputs.iter().chain(&halves.test_inputs).all(|&value| value == 0.0));
    data.inputs[3] = f32::INFINITY;
    assert_eq!(split(&data, &options).unwrap_err().path.as_deref(), Some("inputs[3][0]"));
}
