//! Several labels for each sample: each for itself, and averaged in scikit-learn's ways.

use super::confusion::{Confusion, ratio};
use super::{average_precision, brier, calibration, check, log_loss_torch_bce, mean, roc_auc};
use crate::error::Result;
use crate::value::Value;

/// Precision, recall and F1.
type Scores = [f64; 3];

/// Everything about several labels. `scores` and `labels` are row-major (samples, `columns`).
///
/// `average` has `micro` (all elements as one label), `macro` (mean over labels), `weighted` (by the
/// labels' positives) and, for more than one label, `samples` (mean over rows). Errors as
/// [`binary`](super::binary()).
pub fn multilabel(
    scores: &[f64],
    labels: &[f64],
    columns: usize,
    threshold: f64,
    bins: usize,
) -> Result<Value> {
    check(scores, labels, threshold, bins)?;
    let each: Vec<Label> =
        (0..columns).map(|column| Label::new(scores, labels, columns, column, threshold)).collect();
    let micro = each.iter().fold(Confusion::default(), |sum, label| sum.plus(label.confusion));
    let aucs = || each.iter().map(|label| label.roc_auc);
    let defined = mean(aucs().filter(|auc| !auc.is_nan()));
    Ok(Value::map([
        ("threshold", threshold.into()),
        ("per_label", Value::List(each.iter().map(|label| label.to_value(threshold)).collect())),
        ("average", averages(&each, micro, scores, labels, threshold)),
        (
            "roc_auc",
            Value::map([
                ("micro", roc_auc(scores, labels).into()),
                ("macro_over_all", mean(aucs()).into()),
                ("macro_over_defined", defined.into()),
            ]),
        ),
        (
            "average_precision",
            Value::map([
                ("micro", average_precision(scores, labels).into()),
                ("macro", mean(each.iter().map(|label| label.average_precision)).into()),
            ]),
        ),
        ("subset_accuracy", subset_accuracy(scores, labels, columns, threshold).into()),
        ("hamming_loss", (1.0 - micro.accuracy()).into()),
        ("element_accuracy", micro.accuracy().into()),
        ("micro_confusion", Value::Map(micro.count_entries())),
        ("brier", brier(scores, labels).into()),
        ("log_loss_torch_bce", log_loss_torch_bce(scores, labels).into()),
        ("calibration_micro", calibration(scores, labels, bins).to_value()),
    ]))
}

/// One label's standing.
struct Label {
    confusion: Confusion,
    roc_auc: f64,
    average_precision: f64,
    brier: f64,
    log_loss: f64,
}

impl Label {
    fn new(scores: &[f64], labels: &[f64], columns: usize, column: usize, threshold: f64) -> Self {
        let pick = |data: &[f64]| -> Vec<f64> {
            data.iter().skip(column).step_by(columns).copied().collect()
        };
        let (scores, labels) = (pick(scores), pick(labels));
        Label {
            confusion: Confusion::at(threshold, &scores, &labels),
            roc_auc: roc_auc(&scores, &labels),
            average_precision: average_precision(&scores, &labels),
            brier: brier(&scores, &labels),
            log_loss: log_loss_torch_bce(&scores, &labels),
        }
    }

    fn to_value(&self, threshold: f64) -> Value {
        let mut entries = self.confusion.entries();
        entries.insert(0, ("threshold".to_owned(), threshold.into()));
        entries.extend(Value::entries([
            ("roc_auc", self.roc_auc.into()),
            ("average_precision", self.average_precision.into()),
            ("brier", self.brier.into()),
            ("log_loss_torch_bce", self.log_loss.into()),
        ]));
        Value::Map(entries)
    }
}

fn scores_of(confusion: Confusion) -> Scores {
    [confusion.precision(), confusion.recall(), confusion.f1()]
}

fn averages(
    each: &[Label],
    micro: Confusion,
    scores: &[f64],
    labels: &[f64],
    threshold: f64,
) -> Value {
    let columns = each.len();
    let plain = each.iter().map(|label| (scores_of(label.confusion), 1.0));
    let positives = |label: &Label| (label.confusion.tp + label.confusion.r#fn) as f64;
    let weighted = each.iter().map(|label| (scores_of(label.confusion), positives(label)));
    let mut entries = vec![
        ("micro".to_owned(), to_value(scores_of(micro))),
        ("macro".to_owned(), to_value(weighted_mean(plain))),
        ("weighted".to_owned(), to_value(weighted_mean(weighted))),
    ];
    if columns > 1 {
        let rows = scores.chunks_exact(columns).zip(labels.chunks_exact(columns));
        let samples = rows.map(|(s, l)| (scores_of(Confusion::at(threshold, s, l)), 1.0));
        entries.push(("samples".to_owned(), to_value(weighted_mean(samples))));
    }
    Value::Map(entries)
}

/// The mean of each of three scores; 0 where nothing has a weight.
fn weighted_mean(items: impl Iterator<Item = (Scores, f64)>) -> Scores {
    let mut sums = [0.0; 3];
    let mut total = 0.0;
    for (scores, weight) in items {
        total += weight;
        sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += weight * score);
    }
    sums.map(|sum| ratio(sum, total))
}

fn to_value([precision, recall, f1]: Scores) -> Value {
    Value::map([("precision", precision.into()), ("recall", recall.into()), ("f1", f1.into())])
}

/// The share of rows with every label right.
fn subset_accuracy(scores: &[f64], labels: &[f64], columns: usize, threshold: f64) -> f64 {
    let rows = scores.chunks_exact(columns).zip(labels.chunks_exact(columns));
    mean(rows.map(|(scores, labels)| {
        let wrong = scores.iter().zip(labels).any(|(&s, &l)| (s >= threshold) != (l == 1.0));
        if wrong { 0.0 } else { 1.0 }
    }))
}
