//! Whether a probability of 0.8 comes true in 80 % of cases: bins of equal width and their errors.
//! Naeini et al., 2015; Guo et al., 2017.

use crate::value::Value;

/// One bin that holds samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Its number; it holds the scores in [bin / bins, (bin + 1) / bins), the last one 1 too.
    pub bin: usize,
    /// How many samples it holds.
    pub count: usize,
    /// The mean of their scores.
    pub mean_score: f64,
    /// The share of positives among them.
    pub positive_fraction: f64,
}

/// The calibration of scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// How many bins there are.
    pub bins: usize,
    /// The mean of |mean score − share of positives| over samples.
    pub ece_positive_class: f64,
    /// The largest of those distances.
    pub mce_positive_class: f64,
    /// The same mean for max(p, 1 − p) against the share of right predictions at 0.5.
    pub ece_confidence: f64,
    /// The bins that hold samples.
    pub filled: Vec<Bin>,
}

/// Sorts scores into bins and compares each bin's mean with its share of positives.
pub fn calibration(scores: &[f64], labels: &[f64], bins: usize) -> Calibration {
    let pairs = || scores.iter().copied().zip(labels.iter().copied());
    let filled = fill(pairs(), bins);
    let confidences = pairs().map(|(score, label)| {
        let right = (score >= 0.5) == (label == 1.0);
        (if score >= 0.5 { score } else { 1.0 - score }, f64::from(u8::from(right)))
    });
    let expected_error = |filled: &[Bin]| {
        let total = scores.len() as f64;
        filled.iter().map(|bin| bin.count as f64 / total * bin.gap()).sum()
    };
    Calibration {
        bins,
        ece_positive_class: expected_error(&filled),
        mce_positive_class: filled.iter().map(Bin::gap).fold(0.0, f64::max),
        ece_confidence: expected_error(&fill(confidences, bins)),
        filled,
    }
}

fn fill(pairs: impl Iterator<Item = (f64, f64)>, bins: usize) -> Vec<Bin> {
    let mut sums = vec![(0usize, 0.0, 0.0); bins];
    for (score, hit) in pairs {
        let (count, scores, hits) = &mut sums[((score * bins as f64) as usize).min(bins - 1)];
        *count += 1;
        *scores += score;
        *hits += hit;
    }
    let bin = |(bin, (count, scores, hits)): (usize, (usize, f64, f64))| Bin {
        bin,
        count,
        mean_score: scores / count as f64,
        positive_fraction: hits / count as f64,
    };
    sums.into_iter().enumerate().filter(|(_, (count, ..))| *count > 0).map(bin).collect()
}

impl Bin {
    fn gap(&self) -> f64 {
        (self.mean_score - self.positive_fraction).abs()
    }

    fn to_value(self) -> Value {
        Value::map([
            ("bin", self.bin.into()),
            ("count", self.count.into()),
            ("mean_score", self.mean_score.into()),
            ("positive_fraction", self.positive_fraction.into()),
        ])
    }
}

impl Calibration {
    pub(super) fn to_value(&self) -> Value {
        Value::map([
            ("bins", self.bins.into()),
            ("ece_positive_class", self.ece_positive_class.into()),
            ("mce_positive_class", self.mce_positive_class.into()),
            ("ece_confidence", self.ece_confidence.into()),
            ("filled", Value::List(self.filled.iter().map(|bin| bin.to_value()).collect())),
        ])
    }
}
