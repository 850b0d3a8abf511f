//! Points in the plane in five classes, of which each point has exactly one.

use crate::data::Dataset;
use crate::data::toy::{MakeOptions, reflect};
use crate::error::Result;
use crate::rng::{Purpose, Stream};

/// The centres of the classes. The last lies between the others: no straight line has it on one side
/// and all others on the other, so that a single layer of sigmoids cannot claim it, and one with a
/// softmax can.
const CENTRES: [[f64; 2]; 5] = [[-2.9, 2.7], [2.7, 3.0], [3.0, -2.6], [-2.6, -3.0], [0.0, 0.0]];

/// Five clusters, partly overlapping: inputs (n_samples, 2) within [-6, 6]², targets (n_samples, 5)
/// one-hot. The classes take turns. Each is a normal distribution, whose variance grows with the
/// noise from 0.5 at 0 to 4 at 50, as in the made set gauss; `ratio` has no meaning here. A point is a
/// pure function of the seed, its class and its rank in that class.
///
/// # Errors
/// A `ValueError` at the option that is out of range.
pub fn blobs(options: &MakeOptions) -> Result<Dataset> {
    options.check()?;
    let (rows, classes) = (options.n_samples, CENTRES.len());
    let deviation = (0.5 + 7.0 * options.noise / 100.0).sqrt();
    let mut streams: Vec<Stream> =
        (0..classes).map(|class| Stream::new(options.seed, Purpose::Data, class as u64)).collect();
    let mut inputs = Vec::with_capacity(rows * 2);
    let mut targets = vec![0.0; rows * classes];
    for row in 0..rows {
        let class = row % classes;
        for centre in CENTRES[class] {
            inputs.push(reflect(centre + deviation * streams[class].normal()) as f32);
        }
        targets[row * classes + class] = 1.0;
    }
    Ok(Dataset {
        name: "blobs".into(),
        inputs,
        targets,
        rows,
        features: 2,
        outputs: classes,
        feature_names: vec!["x1".into(), "x2".into()],
        target_names: ["A", "B", "C", "D", "E"].map(String::from).to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make(n_samples: usize, noise: f64, seed: u64) -> Dataset {
        blobs(&MakeOptions { n_samples, noise, seed, ..MakeOptions::default() }).unwrap()
    }

    #[test]
    fn every_point_is_of_one_class_and_the_classes_are_equally_large() {
        let data = make(200, 10.0, 1);
        data.check().unwrap();
        assert!(data.targets.chunks(5).all(|row| row.iter().sum::<f32>() == 1.0));
        for class in 0..5 {
            let count: f32 = data.targets.iter().skip(class).step_by(5).sum();
            assert_eq!(count, 40.0);
        }
    }

    #[test]
    fn more_samples_and_noise_keep_the_points() {
        let (few, many) = (make(50, 5.0, 3), make(100, 5.0, 3));
        assert_eq!(few.inputs, many.inputs[..100]);
        assert_ne!(few.inputs, make(50, 5.0, 4).inputs);
        // Noise moves a point along the line from its centre.
        let (quiet, loud) = (make(5, 0.0, 3), make(5, 10.0, 3));
        for (i, (&a, &b)) in quiet.inputs.iter().zip(&loud.inputs).enumerate() {
            let centre = CENTRES[i / 2][i % 2];
            let (a, b) = (f64::from(a) - centre, f64::from(b) - centre);
            assert!((b / a - (1.2f64 / 0.5).sqrt()).abs() < 1e-3, "{i}: {a} {b}");
        }
    }

    #[test]
    fn options_out_of_range_are_refused_where_they_are() {
        let error = blobs(&MakeOptions { noise: 51.0, ..MakeOptions::default() }).unwrap_err();
        assert_eq!(error.path.as_deref(), Some("noise"));
    }
}
