//! What is done about classes of unequal size before training: weights for the rows, or rows that
//! are drawn again.

use crate::data::MAX_ROWS;
use crate::error::{Error, Result};
use crate::rng::{Purpose, Stream};

/// The weight of every row: rows / (2 · rows of its class), so that both classes weigh the same and
/// the mean weight is 1. A target of at least 0.5 counts as positive.
///
/// scikit-learn's `compute_sample_weight("balanced", targets)`.
///
/// # Errors
/// A `ValueError` at `targets`, where there are none or one class only.
pub fn balanced_weights(targets: &[f32]) -> Result<Vec<f32>> {
    let [negatives, positives] = classes(targets)?;
    let weight = |class: usize| (targets.len() as f64 / (2.0 * class as f64)) as f32;
    let weights = [weight(negatives.len()), weight(positives.len())];
    Ok(targets.iter().map(|&target| weights[usize::from(target >= 0.5)]).collect())
}

/// Rows to train on in place of all rows: all of them in their order, and after them rows of the
/// smaller class, drawn with replacement until it has as many as the larger.
///
/// imbalanced-learn's `RandomOverSampler`. Unlike PyTorch's `WeightedRandomSampler` it draws once,
/// not anew in every epoch, and leaves no row out.
///
/// # Errors
/// A `ValueError` at `targets`, where there are none or one class only, or more rows would come out
/// than a data set may have.
pub fn oversample(targets: &[f32], seed: u64) -> Result<Vec<u32>> {
    let [negatives, positives] = classes(targets)?;
    let (smaller, larger) = match negatives.len() < positives.len() {
        true => (negatives, positives),
        false => (positives, negatives),
    };
    if 2 * larger.len() > MAX_ROWS {
        let message = words!("a data set has at most {MAX_ROWS} rows, not {}", 2 * larger.len());
        return Err(Error::value(message).at("targets"));
    }
    let mut stream = Stream::new(seed, Purpose::Resample, 0);
    let count = smaller.len() as u64;
    // The high word of the product: even to within 2⁻³² · count.
    let mut draw = || smaller[((u64::from(stream.bits()) * count) >> 32) as usize];
    let mut rows: Vec<u32> = (0..targets.len() as u32).collect();
    rows.extend((smaller.len()..larger.len()).map(|_| draw()));
    Ok(rows)
}

/// The rows of the negatives and of the positives.
fn classes(targets: &[f32]) -> Result<[Vec<u32>; 2]> {
    let (positives, negatives): (Vec<u32>, Vec<u32>) =
        (0..targets.len() as u32).partition(|&row| targets[row as usize] >= 0.5);
    if negatives.is_empty() || positives.is_empty() {
        let message = words!("targets must hold both classes, to be balanced");
        return Err(Error::value(message).at("targets"));
    }
    Ok([negatives, positives])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_make_the_classes_weigh_the_same() {
        // scikit-learn: compute_sample_weight("balanced", [0, 0, 0, 1])
        assert_eq!(
            balanced_weights(&[0.0, 0.0, 1.0, 0.0]).unwrap(),
            [2.0 / 3.0, 2.0 / 3.0, 2.0, 2.0 / 3.0]
        );
    }

    #[test]
    fn rows_of_the_smaller_class_are_drawn_until_there_are_as_many() {
        let targets: Vec<f32> = (0..100).map(|row| f32::from(row % 10 == 3)).collect();
        let rows = oversample(&targets, 7).unwrap();
        assert_eq!(rows.len(), 180);
        assert!(rows[..100].iter().copied().eq(0..100));
        assert!(rows[100..].iter().all(|row| row % 10 == 3));
        // 80 draws of 10 rows: that one is left out has a chance of 0.0002.
        assert!((0..10).all(|k| rows[100..].contains(&(10 * k + 3))));
        assert_eq!(oversample(&targets, 7).unwrap(), rows);
        assert_ne!(oversample(&targets, 8).unwrap(), rows);
    }

    #[test]
    fn the_negatives_may_be_the_smaller_class_and_equal_ones_stay() {
        assert_eq!(oversample(&[0.0, 1.0, 1.0, 1.0], 1).unwrap(), [0, 1, 2, 3, 0, 0]);
        assert_eq!(oversample(&[0.0, 1.0], 1).unwrap(), [0, 1]);
    }

    #[test]
    fn one_class_cannot_be_balanced() {
        for targets in [&[][..], &[0.0, 0.0], &[1.0]] {
            assert_eq!(balanced_weights(targets).unwrap_err().path.as_deref(), Some("targets"));
            assert_eq!(oversample(targets, 1).unwrap_err().path.as_deref(), Some("targets"));
        }
    }
}
