//! Classes of which each sample has exactly one: scikit-learn's confusion matrix, and what follows.

use super::confusion::{Confusion, ratio};
use super::{check, mean};
use crate::error::{Error, Result};
use crate::value::Value;

/// Everything about several classes. `scores` and the one-hot `labels` are row-major (samples,
/// `classes`). The class with the largest score is predicted, the first of equals.
///
/// `confusion[i][j]` counts the samples of class i that are taken for j, as in
/// `sklearn.metrics.confusion_matrix`; `macro` averages are means over classes, `weighted` ones by
/// the classes' samples, as in `precision_recall_fscore_support` with `zero_division=0`.
///
/// # Errors
/// Those of [`binary`](super::binary()), and a ValueError for labels that are not one-hot.
pub fn multiclass(scores: &[f64], labels: &[f64], classes: usize) -> Result<Value> {
    check(scores, labels, 0.5, 1)?;
    let confusion = confusion_matrix(scores, labels, classes)?;
    let samples = scores.len() / classes;
    let each: Vec<Confusion> =
        (0..classes).map(|class| one_against_the_rest(&confusion, class, classes)).collect();
    let right: usize = each.iter().map(|class| class.tp).sum();
    let support = |class: &Confusion| (class.tp + class.r#fn) as f64;
    let average = |weight: &dyn Fn(&Confusion) -> f64| {
        let total: f64 = each.iter().map(weight).sum();
        let of = |score: fn(Confusion) -> f64| {
            let sum: f64 = each.iter().map(|class| weight(class) * score(*class)).sum();
            ratio(sum, total)
        };
        scores_to_value([of(Confusion::precision), of(Confusion::recall), of(Confusion::f1)])
    };
    let count = |n: usize| Value::Number(n as f64);
    let rows = confusion.chunks_exact(classes);
    Ok(Value::map([
        ("samples", count(samples)),
        (
            "confusion",
            Value::List(
                rows.map(|row| Value::List(row.iter().map(|&n| count(n)).collect())).collect(),
            ),
        ),
        ("accuracy", ratio(right as f64, samples as f64).into()),
        ("balanced_accuracy", mean(each.iter().map(|class| class.recall())).into()),
        (
            "per_class",
            Value::List(
                each.iter()
                    .map(|class| {
                        Value::map([
                            ("precision", class.precision().into()),
                            ("recall", class.recall().into()),
                            ("f1", class.f1().into()),
                            ("support", support(class).into()),
                        ])
                    })
                    .collect(),
            ),
        ),
        ("average", Value::map([("macro", average(&|_| 1.0)), ("weighted", average(&support))])),
    ]))
}

/// (true classes, predicted classes), row-major.
fn confusion_matrix(scores: &[f64], labels: &[f64], classes: usize) -> Result<Vec<usize>> {
    let mut confusion = vec![0; classes * classes];
    for (scores, labels) in scores.chunks_exact(classes).zip(labels.chunks_exact(classes)) {
        if labels.iter().sum::<f64>() != 1.0 {
            let message = "labels must be one-hot: a single 1 in every row";
            return Err(Error::value(message).at("labels"));
        }
        let largest = |of: &[f64]| (1..classes).fold(0, |i, c| if of[c] > of[i] { c } else { i });
        confusion[largest(labels) * classes + largest(scores)] += 1;
    }
    Ok(confusion)
}

fn one_against_the_rest(confusion: &[usize], class: usize, classes: usize) -> Confusion {
    let samples: usize = confusion.iter().sum();
    let tp = confusion[class * classes + class];
    let true_: usize = confusion[class * classes..][..classes].iter().sum();
    let predicted: usize = confusion.iter().skip(class).step_by(classes).sum();
    Confusion { tp, fp: predicted - tp, tn: samples + tp - true_ - predicted, r#fn: true_ - tp }
}

fn scores_to_value([precision, recall, f1]: [f64; 3]) -> Value {
    Value::map([("precision", precision.into()), ("recall", recall.into()), ("f1", f1.into())])
}
