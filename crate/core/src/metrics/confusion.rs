//! The confusion matrix, and the ratios that follow from it.

use crate::value::Value;

/// How many samples were predicted how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Positives that were predicted positive.
    pub tp: usize,
    /// Negatives that were predicted positive.
    pub fp: usize,
    /// Negatives that were predicted negative.
    pub tn: usize,
    /// Positives that were predicted negative.
    pub r#fn: usize,
}

/// 0 where there is no denominator.
pub(super) fn ratio(numerator: f64, denominator: f64) -> f64 {
    if denominator == 0.0 { 0.0 } else { numerator / denominator }
}

impl Confusion {
    /// Counts the samples of which `score >= threshold` is predicted positive.
    pub fn at(threshold: f64, scores: &[f64], labels: &[f64]) -> Self {
        let mut counts = Confusion::default();
        for (&score, &label) in scores.iter().zip(labels) {
            *match (score >= threshold, label == 1.0) {
                (true, true) => &mut counts.tp,
                (true, false) => &mut counts.fp,
                (false, false) => &mut counts.tn,
                (false, true) => &mut counts.r#fn,
            } += 1;
        }
        counts
    }

    /// The same counts over several labels together.
    pub fn plus(self, other: Confusion) -> Self {
        Confusion {
            tp: self.tp + other.tp,
            fp: self.fp + other.fp,
            tn: self.tn + other.tn,
            r#fn: self.r#fn + other.r#fn,
        }
    }

    /// As float64: tp, fp, tn, fn.
    fn counts(self) -> [f64; 4] {
        [self.tp, self.fp, self.tn, self.r#fn].map(|n| n as f64)
    }

    /// The share of samples that were predicted right.
    pub fn accuracy(self) -> f64 {
        let [tp, fp, tn, fn_] = self.counts();
        ratio(tp + tn, tp + fp + tn + fn_)
    }

    /// tp / (tp + fp)
    pub fn precision(self) -> f64 {
        let [tp, fp, ..] = self.counts();
        ratio(tp, tp + fp)
    }

    /// tp / (tp + fn), the true positive rate.
    pub fn recall(self) -> f64 {
        let [tp, _, _, fn_] = self.counts();
        ratio(tp, tp + fn_)
    }

    /// 2 tp / (2 tp + fp + fn), the harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let [tp, fp, _, fn_] = self.counts();
        ratio(2.0 * tp, 2.0 * tp + fp + fn_)
    }

    /// tn / (tn + fp), the true negative rate.
    pub fn specificity(self) -> f64 {
        let [_, fp, tn, _] = self.counts();
        ratio(tn, tn + fp)
    }

    /// fp / (tn + fp), the false positive rate.
    pub fn fpr(self) -> f64 {
        let [_, fp, tn, _] = self.counts();
        ratio(fp, tn + fp)
    }

    /// The mean of recall and specificity.
    pub fn balanced_accuracy(self) -> f64 {
        (self.recall() + self.specificity()) / 2.0
    }

    /// The correlation of prediction and label. Matthews, 1975.
    pub fn mcc(self) -> f64 {
        let [tp, fp, tn, fn_] = self.counts();
        let spread = (tp + fp) * (tp + fn_) * (tn + fp) * (tn + fn_);
        ratio(tp * tn - fp * fn_, spread.sqrt())
    }

    /// Counts and ratios under their names.
    pub(super) fn entries(self) -> Vec<(String, Value)> {
        let mut entries = self.count_entries();
        entries.extend(Value::entries([
            ("accuracy", self.accuracy().into()),
            ("precision", self.precision().into()),
            ("recall", self.recall().into()),
            ("f1", self.f1().into()),
            ("specificity", self.specificity().into()),
            ("fpr", self.fpr().into()),
            ("balanced_accuracy", self.balanced_accuracy().into()),
            ("mcc", self.mcc().into()),
        ]));
        entries
    }

    /// The counts under their names.
    pub(super) fn count_entries(self) -> Vec<(String, Value)> {
        let [tp, fp, tn, fn_] = self.counts().map(Value::Number);
        Value::entries([("tp", tp), ("fp", fp), ("tn", tn), ("fn", fn_)])
    }
}
