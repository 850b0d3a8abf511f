//! How good predictions are: scikit-learn's metrics, in float64.
//!
//! A score is the predicted probability of the positive class, a label 0 or 1; positive is predicted
//! where `score >= threshold`. A ratio without a denominator is 0 (scikit-learn's
//! `zero_division=0`), but for the curves, where it is NaN.

pub mod calibration;
pub mod confusion;
pub mod curves;
pub mod multiclass;
pub mod multilabel;

pub use calibration::{Calibration, calibration};
pub use confusion::Confusion;
pub use curves::{Ranking, average_precision, roc_auc};
pub use multiclass::multiclass;
pub use multilabel::{co_occurrence, multilabel};

use crate::error::{Error, Result};
use crate::value::{Value, python_number};

/// The largest number of calibration bins.
const BINS_LIMIT: usize = 1000;

/// Everything about one label: the confusion matrix at the threshold and what follows from it, ROC
/// and precision-recall curves, Brier score, log loss and calibration.
///
/// `scores` and `labels` have one number for each sample. Errors: ValueError for lengths that differ,
/// no samples, labels other than 0 and 1, scores outside of [0, 1].
pub fn binary(scores: &[f64], labels: &[f64], threshold: f64, bins: usize) -> Result<Value> {
    check(scores, labels, threshold, bins)?;
    let ranking = Ranking::new(scores, labels);
    let roc = ranking.roc();
    let short = ranking.without_collinear().roc();
    let pr = ranking.precision_recall();
    let mut entries = Confusion::at(threshold, scores, labels).entries();
    entries.insert(0, ("threshold".to_owned(), threshold.into()));
    entries.extend(Value::entries([
        ("roc", roc.to_value()),
        (
            "roc_drop_intermediate",
            Value::map([("fpr", short.fpr.into()), ("tpr", short.tpr.into())]),
        ),
        ("roc_auc", roc_auc(scores, labels).into()),
        ("pr", pr.to_value()),
        ("average_precision", average_precision(scores, labels).into()),
        ("brier", brier(scores, labels).into()),
        ("log_loss_sklearn", log_loss_sklearn(scores, labels).into()),
        ("log_loss_torch_bce", log_loss_torch_bce(scores, labels).into()),
        ("calibration", calibration(scores, labels, bins).to_value()),
    ]));
    Ok(Value::Map(entries))
}

pub(super) fn check(scores: &[f64], labels: &[f64], threshold: f64, bins: usize) -> Result<()> {
    if scores.len() != labels.len() {
        let (scores, labels) = (scores.len(), labels.len());
        let message = format!(
            "Found input variables with inconsistent numbers of samples: [{labels}, {scores}]"
        );
        return Err(Error::value(message).at("labels"));
    }
    if scores.is_empty() {
        return Err(Error::value("there are no samples").at("scores"));
    }
    if let Some(bad) = labels.iter().find(|&&label| label != 0.0 && label != 1.0) {
        let bad = python_number(*bad);
        return Err(Error::value(format!("labels must be 0 or 1, not {bad}")).at("labels"));
    }
    if let Some(bad) = scores.iter().find(|&&score| !(0.0..=1.0).contains(&score)) {
        let bad = python_number(*bad);
        let message = format!("scores must be probabilities between 0 and 1, not {bad}");
        return Err(Error::value(message).at("scores"));
    }
    if threshold.is_nan() {
        return Err(Error::value("threshold must be a number, not nan").at("threshold"));
    }
    if bins == 0 || bins > BINS_LIMIT {
        let message = format!("bins must be from 1 to {BINS_LIMIT}, not {bins}");
        return Err(Error::value(message).at("bins"));
    }
    Ok(())
}

/// The mean of numbers; NaN of none.
fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), x| (sum + x, count + 1.0));
    sum / count
}

fn mean_over(scores: &[f64], labels: &[f64], f: impl Fn(f64, f64) -> f64) -> f64 {
    mean(scores.iter().zip(labels).map(|(&score, &label)| f(score, label)))
}

/// The mean squared distance of scores and labels. Brier, 1950.
pub fn brier(scores: &[f64], labels: &[f64]) -> f64 {
    mean_over(scores, labels, |score, label| (score - label) * (score - label))
}

/// `sklearn.metrics.log_loss`: scores are clipped to [ε, 1 − ε], ε that of float64.
pub fn log_loss_sklearn(scores: &[f64], labels: &[f64]) -> f64 {
    mean_over(scores, labels, |score, label| {
        // Not `clamp`: its panic would bring the formatting of floats into the wasm.
        #[allow(clippy::manual_clamp)]
        let p = score.max(f64::EPSILON).min(1.0 - f64::EPSILON);
        -libm::log(if label == 1.0 { p } else { 1.0 - p })
    })
}

/// BCELoss in float64: the logarithms are clamped at −100.
pub fn log_loss_torch_bce(scores: &[f64], labels: &[f64]) -> f64 {
    mean_over(scores, labels, |score, label| {
        let log = if label == 1.0 { libm::log(score) } else { libm::log1p(-score) };
        -log.max(-100.0)
    })
}
