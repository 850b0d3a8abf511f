//! Made sets in which a row has any number of labels: none, one, or several.
//!
//! A row is a pure function of the seed and its number. So more samples add rows, and noise moves
//! the inputs of rows whose labels stay.

use crate::data::Dataset;
use crate::data::toy::{MakeOptions, reflect};
use crate::error::Result;
use crate::rng::{Purpose, Stream};

/// The discs of [`overlapping_regions`]: three, of which any two and all three overlap.
const CENTRES: [[f64; 2]; 3] = [[-1.7, 1.1], [1.7, 1.1], [0.0, -1.8]];
const RADIUS: f64 = 3.0;

/// Points in the plane, and which of three discs they lie in: inputs (n_samples, 2) within
/// [-6, 6]², targets (n_samples, 3). The points are spread evenly, so that all eight subsets of the
/// labels occur. Noise moves a point by up to 5 · noise / 100 along each axis, as in the made set
/// circle; its labels stay. `ratio` has no meaning here.
///
/// # Errors
/// A `ValueError` at the option that is out of range.
pub fn overlapping_regions(options: &MakeOptions) -> Result<Dataset> {
    options.check()?;
    let mut inputs = Vec::with_capacity(options.n_samples * 2);
    let mut targets = Vec::with_capacity(options.n_samples * CENTRES.len());
    for row in 0..options.n_samples {
        let mut stream = Stream::new(options.seed, Purpose::Data, row as u64);
        let place = [stream.uniform(-5.5, 5.5), stream.uniform(-5.5, 5.5)];
        targets.extend(CENTRES.map(|[x, y]| {
            let (dx, dy) = (place[0] - x, place[1] - y);
            label(dx * dx + dy * dy < RADIUS * RADIUS)
        }));
        inputs.extend(place.map(|coordinate| {
            let moved = options.noise / 100.0 * stream.uniform(-5.0, 5.0);
            reflect(coordinate + moved) as f32
        }));
    }
    Ok(dataset("overlapping_regions", inputs, targets, &["x1", "x2"], &["A", "B", "C"]))
}

/// Made-up health reports: inputs (n_samples, 5), age in years, systolic blood pressure in mmHg,
/// fasting glucose and total cholesterol in mmol/L, body mass index in kg/m²; targets (n_samples, 3):
/// hypertension, high blood sugar, high blood lipids. Nothing here is medicine: the numbers are of a
/// plausible size, and the labels depend on each other, as the tutorial says of them. Age and weight
/// raise all three values; high sugar lowers the limit from which lipids count as high, and both lower
/// that of the blood pressure.
///
/// Labels are of what a person has; the report says what was measured. Noise is the error of that: noise
/// / 50 is its standard deviation, in units of the value's own spread. `ratio` has no meaning here.
///
/// # Errors
/// A `ValueError` at the option that is out of range.
pub fn health_reports(options: &MakeOptions) -> Result<Dataset> {
    options.check()?;
    let mut inputs = Vec::with_capacity(options.n_samples * 5);
    let mut targets = Vec::with_capacity(options.n_samples * 3);
    for row in 0..options.n_samples {
        let mut stream = Stream::new(options.seed, Purpose::Data, row as u64);
        let age = libm::floor(stream.uniform(20.0, 80.0));
        let mut value = |mean: f64, spread: f64, digits: f64, range: [f64; 2]| {
            let had = mean + spread * stream.normal();
            let measured = had + options.noise / 50.0 * spread * stream.normal();
            [had, measured].map(|x| libm::round(x.clamp(range[0], range[1]) * digits) / digits)
        };
        let years = age - 50.0;
        let bmi = value(25.0 + 0.04 * years, 4.0, 10.0, [15.0, 45.0]);
        let excess = bmi[0] - 25.0;
        let pressure = value(124.0 + 0.5 * years + 1.0 * excess, 10.0, 1.0, [80.0, 220.0]);
        let glucose = value(5.4 + 0.015 * years + 0.08 * excess, 0.7, 10.0, [3.0, 15.0]);
        let lipids = value(5.0 + 0.012 * years + 0.06 * excess, 0.8, 10.0, [2.0, 10.0]);

        let sugar = glucose[0] >= 6.1;
        let fat = lipids[0] >= if sugar { 5.2 } else { 5.8 };
        let limit = 140.0 - if sugar { 6.0 } else { 0.0 } - if fat { 4.0 } else { 0.0 };
        let report = [age, pressure[1], glucose[1], lipids[1], bmi[1]];
        inputs.extend(report.map(|x| x as f32));
        targets.extend([pressure[0] >= limit, sugar, fat].map(label));
    }
    let columns = ["age", "blood pressure", "glucose", "lipids", "BMI"];
    let labels = ["hypertension", "high blood sugar", "high blood lipids"];
    Ok(dataset("health_reports", inputs, targets, &columns, &labels))
}

fn label(has: bool) -> f32 {
    if has { 1.0 } else { 0.0 }
}

fn dataset(
    name: &str,
    inputs: Vec<f32>,
    targets: Vec<f32>,
    columns: &[&str],
    labels: &[&str],
) -> Dataset {
    let names = |list: &[&str]| list.iter().copied().map(String::from).collect();
    Dataset {
        name: name.into(),
        rows: inputs.len() / columns.len(),
        inputs,
        targets,
        features: columns.len(),
        outputs: labels.len(),
        feature_names: names(columns),
        target_names: names(labels),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{SplitOptions, split};

    fn options(n_samples: usize, noise: f64, seed: u64) -> MakeOptions {
        MakeOptions { n_samples, noise, seed, ..MakeOptions::default() }
    }

    /// How many rows have each subset of the labels, the first label being the lowest bit.
    fn subsets(targets: &[f32]) -> [usize; 8] {
        let mut counts = [0; 8];
        for row in targets.chunks(3) {
            counts[row.iter().rev().fold(0, |bits, &t| 2 * bits + t as usize)] += 1;
        }
        counts
    }

    #[test]
    fn rows_have_no_label_one_or_several() {
        for data in [
            overlapping_regions(&options(600, 0.0, 1)).unwrap(),
            health_reports(&options(600, 0.0, 1)).unwrap(),
        ] {
            data.check().unwrap();
            let counts = subsets(&data.targets);
            assert!(counts.iter().all(|&count| count >= 6), "{}: {counts:?}", data.name);
            assert!(counts[0] < 400, "{}: {counts:?}", data.name);
        }
    }

    #[test]
    fn labels_of_a_report_depend_on_each_other() {
        let data = health_reports(&options(4000, 0.0, 7)).unwrap();
        let share = |label: usize, given: Option<usize>| {
            let rows: Vec<&[f32]> = data
                .targets
                .chunks(3)
                .filter(|row| given.is_none_or(|other| row[other] == 1.0))
                .collect();
            rows.iter().filter(|row| row[label] == 1.0).count() as f64 / rows.len() as f64
        };
        for (label, other) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
            let (alone, given) = (share(label, None), share(label, Some(other)));
            assert!(given > alone + 0.1, "{label} given {other}: {alone} {given}");
        }
        // Two people with the same values but for the sugar: the limit of the pressure is another.
        let limits = |sugar: f32| {
            data.inputs.chunks(5).zip(data.targets.chunks(3)).filter(move |(_, t)| t[1] == sugar)
        };
        let least = |sugar| {
            limits(sugar).filter(|(_, t)| t[0] == 1.0).map(|(x, _)| x[1]).fold(f32::MAX, f32::min)
        };
        assert_eq!((least(0.0), least(1.0)), (136.0, 130.0));
    }

    #[test]
    fn more_samples_keep_the_rows_and_noise_keeps_their_labels() {
        for make in [overlapping_regions, health_reports] {
            let quiet = make(&options(50, 0.0, 3)).unwrap();
            let many = make(&options(90, 0.0, 3)).unwrap();
            let loud = make(&options(50, 20.0, 3)).unwrap();
            assert_eq!(quiet.inputs, many.inputs[..quiet.inputs.len()]);
            assert_eq!(quiet.targets, loud.targets);
            assert_ne!(quiet.inputs, loud.inputs);
            assert_ne!(quiet.inputs, make(&options(50, 0.0, 4)).unwrap().inputs);
            let error = make(&options(1, 0.0, 3)).unwrap_err();
            assert_eq!(error.path.as_deref(), Some("n_samples"));
        }
    }

    #[test]
    fn a_split_gives_both_parts_their_share_of_every_subset() {
        let data = overlapping_regions(&options(600, 0.0, 1)).unwrap();
        let parts = split(&data, &SplitOptions::default()).unwrap();
        let (train, test) = (subsets(&parts.targets), subsets(&parts.test_targets));
        for (a, b) in train.iter().zip(test) {
            assert!(a.abs_diff(b) <= 1, "{train:?} {test:?}");
        }
    }
}
