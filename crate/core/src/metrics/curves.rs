//! ROC and precision-recall curves, from samples ranked by score.

use crate::order::{ascending, key_of};
use crate::value::Value;

/// What the samples at or above each distinct score hold, from the highest score down.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    thresholds: Vec<f64>,
    tps: Vec<f64>,
    fps: Vec<f64>,
}

/// A receiver operating characteristic; it starts at (0, 0) with a threshold of infinity.
#[derive(Clone, Debug, PartialEq)]
pub struct Roc {
    /// The false positive rate; NaN where there are no negatives.
    pub fpr: Vec<f64>,
    /// The true positive rate; NaN where there are no positives.
    pub tpr: Vec<f64>,
    /// The score from which on samples are predicted positive.
    pub thresholds: Vec<f64>,
}

/// A precision-recall curve with rising thresholds; it ends at recall 0 and precision 1, which has no
/// threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct PrecisionRecall {
    /// tp / (tp + fp)
    pub precision: Vec<f64>,
    /// tp / positives; 1 where there are none.
    pub recall: Vec<f64>,
    /// One fewer than the points.
    pub thresholds: Vec<f64>,
}

impl Ranking {
    /// Ranks samples; equal scores are one point.
    pub fn new(scores: &[f64], labels: &[f64]) -> Self {
        // From the highest score down.
        let keys = scores.iter().zip(0..).map(|(&score, sample)| (!key_of(score), sample));
        let order = ascending(keys.collect());
        let mut ranking = Ranking { thresholds: Vec::new(), tps: Vec::new(), fps: Vec::new() };
        let (mut tp, mut fp) = (0.0, 0.0);
        for (rank, &(_, sample)) in order.iter().enumerate() {
            let (score, label) = (scores[sample as usize], labels[sample as usize]);
            tp += label;
            fp += 1.0 - label;
            let next = order.get(rank + 1).map(|&(_, next)| scores[next as usize]);
            if next != Some(score) {
                ranking.thresholds.push(score);
                ranking.tps.push(tp);
                ranking.fps.push(fp);
            }
        }
        ranking
    }

    /// Without the points that lie on a line between their neighbours, as scikit-learn's
    /// `drop_intermediate`.
    pub fn without_collinear(&self) -> Self {
        let last = self.tps.len() - 1;
        let bends = |x: &[f64], i: usize| x[i + 1] - 2.0 * x[i] + x[i - 1] != 0.0;
        let stays = |&i: &usize| i == 0 || i == last || bends(&self.fps, i) || bends(&self.tps, i);
        let kept: Vec<usize> = (0..=last).filter(stays).collect();
        let pick = |x: &[f64]| kept.iter().map(|&i| x[i]).collect();
        Ranking { thresholds: pick(&self.thresholds), tps: pick(&self.tps), fps: pick(&self.fps) }
    }

    /// The ROC curve.
    pub fn roc(&self) -> Roc {
        let rates = |counts: &[f64]| {
            let all = counts[counts.len() - 1];
            // 0 / 0 is the NaN that says that there is no such rate.
            std::iter::once(0.0).chain(counts.iter().copied()).map(|n| n / all).collect()
        };
        let thresholds = self.thresholds.iter().copied();
        Roc {
            fpr: rates(&self.fps),
            tpr: rates(&self.tps),
            thresholds: std::iter::once(f64::INFINITY).chain(thresholds).collect(),
        }
    }

    /// The precision-recall curve.
    pub fn precision_recall(&self) -> PrecisionRecall {
        let positives = self.tps[self.tps.len() - 1];
        let rising = || self.tps.iter().zip(&self.fps).rev();
        let recall = |tp: f64| if positives == 0.0 { 1.0 } else { tp / positives };
        PrecisionRecall {
            precision: rising().map(|(tp, fp)| tp / (tp + fp)).chain([1.0]).collect(),
            recall: rising().map(|(&tp, _)| recall(tp)).chain([0.0]).collect(),
            thresholds: self.thresholds.iter().rev().copied().collect(),
        }
    }
}

impl Roc {
    pub(super) fn to_value(&self) -> Value {
        Value::map([
            ("fpr", self.fpr.clone().into()),
            ("tpr", self.tpr.clone().into()),
            ("thresholds", self.thresholds.clone().into()),
        ])
    }
}

impl PrecisionRecall {
    pub(super) fn to_value(&self) -> Value {
        Value::map([
            ("precision", self.precision.clone().into()),
            ("recall", self.recall.clone().into()),
            ("thresholds", self.thresholds.clone().into()),
        ])
    }
}

/// The area under the ROC curve, by trapezia: the chance that a positive ranks above a negative. NaN
/// with one class only.
pub fn roc_auc(scores: &[f64], labels: &[f64]) -> f64 {
    let Roc { fpr, tpr, .. } = Ranking::new(scores, labels).without_collinear().roc();
    let pairs = fpr.windows(2).zip(tpr.windows(2));
    pairs.map(|(x, y)| (x[1] - x[0]) * (y[1] + y[0]) / 2.0).sum()
}

/// The mean of the precisions, weighted by the steps of recall; 0 without positives.
pub fn average_precision(scores: &[f64], labels: &[f64]) -> f64 {
    let PrecisionRecall { precision, recall, .. } = Ranking::new(scores, labels).precision_recall();
    let steps = recall.windows(2).zip(&precision);
    steps.map(|(recall, precision)| (recall[0] - recall[1]) * precision).sum::<f64>() + 0.0
}
