//! What a group of golden cases gives: how far off, what was left out and why, and what is wrong.

use std::collections::BTreeMap;
use std::fmt;

use bce_core::lanes::Lanes;

/// What the table in tests/golden/README.md asks of a program.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// Of one that computes in float32.
    pub float32: f64,
    /// Of one that computes in float64.
    pub float64: f64,
}

impl Tolerance {
    /// What is asked of these lanes.
    pub fn of<L: Lanes>(self) -> f64 {
        if is_float32::<L>() { self.float32 } else { self.float64 }
    }
}

fn is_float32<L: Lanes>() -> bool {
    size_of::<L::Element>() == size_of::<f32>()
}

/// |got − expected| / max(1, |expected|); infinite where one is NaN or infinite and the other not so.
pub fn error(got: f64, expected: f64) -> f64 {
    if got == expected || (got.is_nan() && expected.is_nan()) {
        return 0.0;
    }
    let error = (got - expected).abs() / expected.abs().max(1.0);
    if error.is_nan() || expected.is_infinite() { f64::INFINITY } else { error }
}

/// One case that is wrong.
#[derive(Clone, Debug)]
pub struct Failure {
    id: String,
    what: String,
    got: String,
    expected: String,
}

/// A group of cases under one tolerance.
#[derive(Clone, Debug)]
pub struct Report {
    group: &'static str,
    precision: &'static str,
    tolerance: f64,
    cases: usize,
    worst: f64,
    worst_id: String,
    /// Reason: how many single numbers, and the cases that they are in.
    not_compared: BTreeMap<&'static str, (usize, Vec<String>)>,
    /// Reason: the cases.
    not_expressible: BTreeMap<String, Vec<String>>,
    failures: Vec<Failure>,
}

impl Report {
    /// Before the first case.
    pub fn new<L: Lanes>(group: &'static str, tolerance: Tolerance) -> Self {
        Report {
            group,
            precision: if is_float32::<L>() { "float32" } else { "float64" },
            tolerance: tolerance.of::<L>(),
            cases: 0,
            worst: 0.0,
            worst_id: String::new(),
            not_compared: BTreeMap::new(),
            not_expressible: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    /// Whether nothing wrong was found.
    pub fn all_right(&self) -> bool {
        self.failures.is_empty()
    }

    /// Counts a case that is run.
    pub fn case(&mut self) {
        self.cases += 1;
    }

    /// Lists a case, or a part of it, that our types cannot say.
    pub fn not_expressible(&mut self, id: &str, reason: impl Into<String>) {
        self.not_expressible.entry(reason.into()).or_default().push(id.to_owned());
    }

    /// Notes something wrong.
    pub fn fail(
        &mut self,
        id: &str,
        what: impl Into<String>,
        got: impl fmt::Display,
        expected: impl fmt::Display,
    ) {
        let (got, expected) = (got.to_string(), expected.to_string());
        self.failures.push(Failure { id: id.to_owned(), what: what.into(), got, expected });
    }

    /// Two texts, shapes, … that must be the same to the letter.
    pub fn same<T: PartialEq + fmt::Debug>(&mut self, id: &str, what: &str, got: T, expected: T) {
        if got != expected {
            self.fail(id, what, format_args!("{got:?}"), format_args!("{expected:?}"));
        }
    }

    /// One number, within the tolerance.
    pub fn compare_number(&mut self, id: &str, what: &str, got: f64, expected: f64) {
        self.compare(id, what, &[got], &[expected]);
    }

    /// Numbers one by one, each within the tolerance.
    pub fn compare(&mut self, id: &str, what: &str, got: &[f64], expected: &[f64]) {
        self.compare_unless(id, what, got, expected, |_| None);
    }

    /// The same, but for the indices for which there is a reason not to.
    pub fn compare_unless(
        &mut self,
        id: &str,
        what: &str,
        got: &[f64],
        expected: &[f64],
        reason: impl Fn(usize) -> Option<&'static str>,
    ) {
        if got.len() != expected.len() {
            let (got, expected) = (got.len(), expected.len());
            return self.fail(id, format!("numbers in {what}"), got, expected);
        }
        // The worst number stands for all.
        let (mut worst, mut at) = (0.0, 0);
        for (i, (&got, &expected)) in got.iter().zip(expected).enumerate() {
            if let Some(reason) = reason(i) {
                let (count, ids) = self.not_compared.entry(reason).or_default();
                *count += 1;
                if ids.last().is_none_or(|last| last != id) {
                    ids.push(id.to_owned());
                }
                continue;
            }
            let error = error(got, expected);
            if error > worst {
                (worst, at) = (error, i);
            }
        }
        if worst > self.worst {
            (self.worst, self.worst_id) = (worst, id.to_owned());
        }
        if worst > self.tolerance {
            let what = format!("{what}[{at}] (error {worst:.1e})");
            self.fail(id, what, got[at], expected[at]);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { group, precision, cases, worst, worst_id, tolerance, .. } = self;
        write!(f, "{precision}  {group:<34} {cases:>4} cases  ")?;
        write!(f, "worst {worst:<8.1e} tolerance {tolerance:<6.0e}")?;
        if *worst > 0.0 {
            write!(f, "  in {worst_id}")?;
        }
        writeln!(f)?;
        for (reason, (count, ids)) in &self.not_compared {
            let ids = ids.join(", ");
            writeln!(f, "         {count} numbers not compared ({reason}): {ids}")?;
        }
        for (reason, ids) in &self.not_expressible {
            let ids = ids.join(", ");
            writeln!(f, "         not run ({reason}): {ids}")?;
        }
        Ok(())
    }
}

/// Panics with everything that is wrong, if anything is.
pub fn assert_all_right(reports: &[Report]) {
    let line = |report: &Report, failure: &Failure| {
        let Failure { id, what, got, expected } = failure;
        format!("{}: {id}: {what}: got {got}, expected {expected}\n", report.group)
    };
    let wrong: Vec<String> = reports
        .iter()
        .filter(|report| !report.all_right())
        .flat_map(|report| report.failures.iter().map(move |failure| line(report, failure)))
        .collect();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.concat());
}
