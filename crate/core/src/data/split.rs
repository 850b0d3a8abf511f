//! Which rows are trained on and which are kept for testing.
//!
//! And the standardisation that goes with it, since its mean and deviation must come from the
//! training part alone: with the test rows in them, the test would know something of its answers.

use crate::data::Dataset;
use crate::error::{Error, Result};
use crate::full::{Full, full};
use crate::order::ascending;
use crate::rng::{Purpose, Stream};
use crate::value::python_number;

/// How to divide a data set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitOptions {
    /// The share of the rows to train on, above 0, at most 1. Their number is rows · train_size
    /// rounded to the nearest, half up; below 1 at least one row is left on either side.
    pub train_size: f64,
    /// The same seed chooses the same rows.
    pub seed: u64,
    /// Whether both parts get their share of every class.
    pub stratify: bool,
    /// Whether an input that is NaN is a missing one, which gets the mean of its feature.
    pub impute: bool,
    /// Whether the inputs are scaled to mean 0 and standard deviation 1.
    pub standardize: bool,
    /// The share of labels that are wrong, 0 to 1, in both parts. Their number is that of the
    /// targets · label_noise rounded to the nearest, half up.
    pub label_noise: f64,
    /// How far the training targets t are drawn to ½, 0 to 1: they become t (1 − s) + s / 2.
    pub label_smoothing: f64,
}

impl Default for SplitOptions {
    fn default() -> Self {
        SplitOptions {
            train_size: 0.5,
            seed: 1,
            stratify: true,
            impute: false,
            standardize: false,
            label_noise: 0.0,
            label_smoothing: 0.0,
        }
    }
}

/// A data set in two parts. The rows of each are in the order of the data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Row-major, (train rows, features).
    pub inputs: Vec<f32>,
    /// Row-major, (train rows, outputs).
    pub targets: Vec<f32>,
    /// Row-major, (test rows, features).
    pub test_inputs: Vec<f32>,
    /// Row-major, (test rows, outputs).
    pub test_targets: Vec<f32>,
    /// What was subtracted from each feature; none unless standardised.
    pub mean: Option<Vec<f32>>,
    /// What each feature was then divided by; none unless standardised.
    pub std: Option<Vec<f32>>,
    /// The rows to train on, ascending.
    pub train_rows: Vec<u32>,
    /// All others, ascending; none for a `train_size` of 1.
    pub test_rows: Vec<u32>,
    /// The number of inputs of a row.
    pub features: usize,
    /// The number of targets of a row.
    pub outputs: usize,
}

/// Divides the rows at random.
///
/// Stratified, every class gives its share of the training rows to within one row: shares are cut
/// to whole rows, and the rows that this leaves over go to the classes with the largest remainders,
/// of equal ones to the smaller class, then by lot. A target of at least 0.5 counts as positive,
/// and rows with several targets are of one class if they agree in all.
///
/// Imputed, a missing input becomes the mean of those that are there in the training part; of a feature
/// that has none there, 0.
///
/// Standardised, each feature is (x − mean) / std with the mean and the population standard
/// deviation (ddof 0, as scikit-learn's StandardScaler) of the training part, in float64. A feature
/// that is the same in all training rows gets a deviation of 1.
///
/// Labels are flipped after the rows are chosen, so that noise moves no row to the other part; more
/// noise flips the same labels and others. Test targets are never smoothed: metrics need labels.
///
/// # Errors
/// A `ValueError` at `train_size`, `label_noise` or `label_smoothing`; at `standardize`, where a test value is so far from the training
/// values that float32 cannot hold it; and those of [`Dataset::check`].
pub fn split(data: &Dataset, options: &SplitOptions) -> Result<Split> {
    let share = options.train_size;
    if !(share > 0.0 && share <= 1.0) {
        let share = python_number(share);
        let message = words!("Invalid train_size: {share}; it is above 0 and at most 1");
        return Err(Error::value(message).at("train_size"));
    }
    for (name, share) in
        [("label_noise", options.label_noise), ("label_smoothing", options.label_smoothing)]
    {
        if !(0.0..=1.0).contains(&share) {
            let share = python_number(share);
            let message = words!("Invalid {name}: {share}; it is between 0 and 1");
            return Err(Error::value(message).at(name));
        }
    }
    if options.impute { data.check_with_missing() } else { data.check() }?;
    let count = match libm::round(data.rows as f64 * share) as usize {
        nearest if share < 1.0 && data.rows > 1 => nearest.clamp(1, data.rows - 1),
        _ => data.rows,
    };
    let strata = if options.stratify { classes(data) } else { vec![all_rows(data)] };
    let chosen = choose(strata, count, data.rows, options.seed);
    let (train_rows, test_rows): (Vec<u32>, Vec<u32>) =
        all_rows(data).into_iter().partition(|&row| chosen[row as usize]);

    let mut targets = data.targets.clone();
    if options.label_noise > 0.0 {
        flip(&mut targets, options, full()?);
    }
    let mut split = Split {
        inputs: gather(&data.inputs, data.features, &train_rows),
        targets: gather(&targets, data.outputs, &train_rows),
        test_inputs: gather(&data.inputs, data.features, &test_rows),
        test_targets: gather(&targets, data.outputs, &test_rows),
        mean: None,
        std: None,
        train_rows,
        test_rows,
        features: data.features,
        outputs: data.outputs,
    };
    if options.label_smoothing > 0.0 {
        smooth(&mut split.targets, options.label_smoothing, full()?);
    }
    if options.impute {
        impute(&mut split);
    }
    if options.standardize {
        standardize(&mut split)?;
    }
    Ok(split)
}

/// Flips some targets. Each label has a lot that is its own, and the lowest are flipped: so a row that
/// is added or taken away changes hardly any other row's label.
fn flip(targets: &mut [f32], options: &SplitOptions, _: Full) {
    let count = libm::round(targets.len() as f64 * options.label_noise) as usize;
    let lot =
        |i: u32| u64::from(Stream::new(options.seed, Purpose::LabelNoise, u64::from(i)).bits());
    let lots = ascending((0..targets.len() as u32).map(|i| (lot(i), i)).collect());
    for &(_, i) in &lots[..count] {
        targets[i as usize] = 1.0 - targets[i as usize];
    }
}

fn smooth(targets: &mut [f32], smoothing: f64, _: Full) {
    for target in targets {
        *target = (f64::from(*target) * (1.0 - smoothing) + smoothing / 2.0) as f32;
    }
}

fn all_rows(data: &Dataset) -> Vec<u32> {
    (0..data.rows as u32).collect()
}

/// The rows of each class, ascending: all rows, divided by one target after the other.
fn classes(data: &Dataset) -> Vec<Vec<u32>> {
    let mut classes = vec![all_rows(data)];
    for output in 0..data.outputs {
        let positive = |&row: &u32| data.targets[row as usize * data.outputs + output] >= 0.5;
        let mut divided = Vec::with_capacity(2 * classes.len());
        for rows in classes {
            let (positives, negatives): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(positive);
            divided.extend([negatives, positives].into_iter().filter(|rows| !rows.is_empty()));
        }
        classes = divided;
    }
    classes
}

/// For every row whether it is one of the `count` to train on.
fn choose(strata: Vec<Vec<u32>>, count: usize, rows: usize, seed: u64) -> Vec<bool> {
    // The first stream is for drawing lots, the others for the rows of a stratum.
    let mut lots: Vec<u32> = (0..strata.len() as u32).collect();
    Stream::new(seed, Purpose::Split, 0).shuffle(&mut lots);

    // In whole numbers, so that equal remainders are equal: a stratum's share is size · count / rows.
    let share = |stratum: usize| strata[stratum].len() as u64 * count as u64;
    let mut quota: Vec<usize> =
        (0..strata.len()).map(|stratum| (share(stratum) / rows as u64) as usize).collect();
    let left = count - quota.iter().sum::<usize>();
    // Largest remainder first, then the smaller stratum, then the lot: 20 bits each, since there are
    // at most 10⁶ rows.
    let key = |stratum: usize| {
        let remainder = share(stratum) % rows as u64;
        let smallness = (rows - strata[stratum].len()) as u64;
        remainder << 40 | smallness << 20 | u64::from(lots[stratum])
    };
    let line = ascending((0..strata.len()).map(|stratum| (key(stratum), stratum as u32)).collect());
    for &(_, stratum) in line.iter().rev().take(left) {
        quota[stratum as usize] += 1;
    }

    let mut chosen = vec![false; rows];
    for (stratum, mut members) in strata.into_iter().enumerate() {
        Stream::new(seed, Purpose::Split, 1 + stratum as u64).shuffle(&mut members);
        members[..quota[stratum]].iter().for_each(|&row| chosen[row as usize] = true);
    }
    chosen
}

fn gather(values: &[f32], columns: usize, rows: &[u32]) -> Vec<f32> {
    let mut gathered = Vec::with_capacity(rows.len() * columns);
    for &row in rows {
        gathered.extend_from_slice(&values[row as usize * columns..][..columns]);
    }
    gathered
}

fn impute(split: &mut Split) {
    for feature in 0..split.features {
        let there = || {
            let column = split.inputs.iter().skip(feature).step_by(split.features);
            column.filter(|value| !value.is_nan()).map(|&value| f64::from(value))
        };
        let mean = (there().sum::<f64>() / there().count().max(1) as f64) as f32;
        for values in [&mut split.inputs, &mut split.test_inputs] {
            let column = values.iter_mut().skip(feature).step_by(split.features);
            column.filter(|value| value.is_nan()).for_each(|value| *value = mean);
        }
    }
}

fn standardize(split: &mut Split) -> Result<()> {
    let scales: Vec<(f64, f64)> = (0..split.features)
        .map(|feature| mean_and_std(&split.inputs, split.features, feature))
        .collect();
    for values in [&mut split.inputs, &mut split.test_inputs] {
        for row in values.chunks_exact_mut(split.features) {
            for (value, (mean, std)) in row.iter_mut().zip(&scales) {
                *value = ((f64::from(*value) - mean) / std) as f32;
            }
        }
    }
    if let Some(at) = split.test_inputs.iter().position(|value| !value.is_finite()) {
        let (row, feature) = (split.test_rows[at / split.features], at % split.features);
        let message = words!(
            "inputs[{row}][{feature}] is so far from the training values that standardising it \
             gives no finite number"
        );
        return Err(Error::value(message).at("standardize"));
    }
    split.mean = Some(scales.iter().map(|scale| scale.0 as f32).collect());
    split.std = Some(scales.iter().map(|scale| scale.1 as f32).collect());
    Ok(())
}

/// Mean and population standard deviation of one column.
fn mean_and_std(values: &[f32], columns: usize, column: usize) -> (f64, f64) {
    let values: Vec<f64> = values.chunks_exact(columns).map(|row| f64::from(row[column])).collect();
    let rows = values.len() as f64;
    // Said by comparing: rounding the mean of equal values leaves a deviation of 1e-17, not of 0.
    if values.iter().all(|&value| value == values[0]) {
        return (values[0], 1.0);
    }
    let mean = values.iter().sum::<f64>() / rows;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / rows;
    let std = variance.sqrt();
    // Values that differ by subnormals only: float32 has no such deviation.
    if std as f32 == 0.0 { (mean, 1.0) } else { (mean, std) }
}
