//! Several labels for each sample: each for itself, and averaged in scikit-learn's ways.

use super::confusion::{Confusion, ratio};
use super::{average_precision, brier, calibration, check, log_loss_torch_bce, mean, roc_auc};
use crate::error::{Error, Result};
use crate::value::Value;

/// Precision, recall and F1.
type Scores = [f64; 3];

/// Everything about several labels. `scores` and `labels` are row-major (samples, `columns`).
///
/// `average` has `micro` (all elements as one label), `macro` (mean over labels), `weighted` (by the
/// labels' positives) and, for more than one label, `samples` (mean over rows). `thresholds` has one
/// for all labels, or one for each. Errors as [`binary`](super::binary()), and a `ValueError` for
/// another number of thresholds.
pub fn multilabel(
    scores: &[f64],
    labels: &[f64],
    columns: usize,
    thresholds: &[f64],
    bins: usize,
) -> Result<Value> {
    let each = threshold_of_each(thresholds, columns)?;
    for &threshold in &each {
        check(scores, labels, threshold, bins)?;
    }
    let predicted = predictions(scores, &each);
    let columns_of =
        |(column, &threshold)| Label::new([scores, &predicted, labels], columns, column, threshold);
    let each: Vec<Label> = each.iter().enumerate().map(columns_of).collect();
    let micro = each.iter().fold(Confusion::default(), |sum, label| sum.plus(label.confusion));
    let aucs = || each.iter().map(|label| label.roc_auc);
    let defined = mean(aucs().filter(|auc| !auc.is_nan()));
    Ok(Value::map([
        ("threshold", shown(thresholds)),
        ("per_label", Value::List(each.iter().map(Label::to_value).collect())),
        ("average", averages(&each, micro, &predicted, labels)),
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
        ("subset_accuracy", subset_accuracy(&predicted, labels, columns).into()),
        ("hamming_loss", (1.0 - micro.accuracy()).into()),
        ("element_accuracy", micro.accuracy().into()),
        ("micro_confusion", Value::Map(micro.count_entries())),
        ("brier", brier(scores, labels).into()),
        ("log_loss_torch_bce", log_loss_torch_bce(scores, labels).into()),
        ("calibration_micro", calibration(scores, labels, bins).to_value()),
    ]))
}

/// How many rows have both of two labels: `[i][j]`, row-major; on the diagonal how many have the
/// label. A row of `scores` (samples, `columns`) has a label whose score is at least its threshold, so
/// that labels of 0 and 1 are counted as they are. Thresholds and errors as [`multilabel`].
pub fn co_occurrence(scores: &[f64], columns: usize, thresholds: &[f64]) -> Result<Vec<f64>> {
    let has = predictions(scores, &threshold_of_each(thresholds, columns)?);
    let mut counts = vec![0.0; columns * columns];
    for row in has.chunks_exact(columns) {
        for (i, a) in row.iter().enumerate() {
            for (j, b) in row.iter().enumerate() {
                counts[i * columns + j] += a * b;
            }
        }
    }
    Ok(counts)
}

/// The threshold of each label, of one for all or one for each.
fn threshold_of_each(thresholds: &[f64], columns: usize) -> Result<Vec<f64>> {
    match thresholds {
        list if list.iter().any(|threshold| threshold.is_nan()) => {
            Err(Error::value("threshold must be a number, not nan").at("threshold"))
        }
        &[one] => Ok(vec![one; columns]),
        list if list.len() == columns => Ok(list.to_vec()),
        list => {
            let (got, labels) = (list.len(), columns);
            let message = format!(
                "there must be one threshold, or one for each of {labels} labels, not {got}"
            );
            Err(Error::value(message).at("threshold"))
        }
    }
}

/// One threshold as a number, several as a list.
fn shown(thresholds: &[f64]) -> Value {
    match thresholds {
        &[one] => one.into(),
        list => list.to_vec().into(),
    }
}

/// 1 where a score is at least the threshold of its column.
fn predictions(scores: &[f64], thresholds: &[f64]) -> Vec<f64> {
    let thresholds = thresholds.iter().cycle();
    scores.iter().zip(thresholds).map(|(s, t)| if s >= t { 1.0 } else { 0.0 }).collect()
}

/// Between what [`predictions`] gives.
const HALF: f64 = 0.5;

/// One label's standing.
struct Label {
    threshold: f64,
    confusion: Confusion,
    roc_auc: f64,
    average_precision: f64,
    brier: f64,
    log_loss: f64,
}

impl Label {
    /// Of one column of scores, predictions and labels.
    fn new(all: [&[f64]; 3], columns: usize, column: usize, threshold: f64) -> Self {
        let [scores, predicted, labels] = all.map(|data| -> Vec<f64> {
            data.iter().skip(column).step_by(columns).copied().collect()
        });
        Label {
            threshold,
            confusion: Confusion::at(HALF, &predicted, &labels),
            roc_auc: roc_auc(&scores, &labels),
            average_precision: average_precision(&scores, &labels),
            brier: brier(&scores, &labels),
            log_loss: log_loss_torch_bce(&scores, &labels),
        }
    }

    fn to_value(&self) -> Value {
        let mut entries = self.confusion.entries();
        entries.insert(0, ("threshold".to_owned(), self.threshold.into()));
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

fn averages(each: &[Label], micro: Confusion, predicted: &[f64], labels: &[f64]) -> Value {
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
        let rows = predicted.chunks_exact(columns).zip(labels.chunks_exact(columns));
        let samples = rows.map(|(p, l)| (scores_of(Confusion::at(HALF, p, l)), 1.0));
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
fn subset_accuracy(predicted: &[f64], labels: &[f64], columns: usize) -> f64 {
    let rows = predicted.chunks_exact(columns).zip(labels.chunks_exact(columns));
    mean(rows.map(|(predicted, labels)| if predicted == labels { 1.0 } else { 0.0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORES: [f64; 6] = [0.9, 0.5, 0.4, 0.6, 0.1, 0.2];

    #[test]
    fn pairs_of_labels_are_counted_at_the_threshold_of_each() {
        assert_eq!(co_occurrence(&SCORES, 2, &[0.5]).unwrap(), [1.0, 1.0, 1.0, 2.0]);
        assert_eq!(co_occurrence(&SCORES, 2, &[0.1, 0.2]).unwrap(), [3.0; 4]);
        assert_eq!(co_occurrence(&[1.0, 0.0, 1.0], 3, &[0.5]).unwrap()[..3], [1.0, 0.0, 1.0]);
    }

    #[test]
    fn there_is_one_threshold_or_one_for_each_label() {
        let labels = [1.0, 1.0, 0.0, 1.0, 0.0, 0.0];
        let same = |thresholds: &[f64]| {
            let got = multilabel(&SCORES, &labels, 2, thresholds, 10).unwrap();
            got.get("average").unwrap().clone()
        };
        assert_eq!(same(&[0.5]), same(&[0.5, 0.5]));
        for thresholds in [&[][..], &[0.5, 0.5, 0.5], &[f64::NAN, 0.5]] {
            let error = multilabel(&SCORES, &labels, 2, thresholds, 10).unwrap_err();
            assert_eq!(error.path.as_deref(), Some("threshold"));
        }
    }
}
