//! metrics.json: the metrics of predictions, against scikit-learn's and PyTorch's.

use bce_core::math::Math;
use bce_core::metrics::{binary, multilabel};
use bce_core::value::Value;

use super::case::Golden;
use super::report::Report;
use super::schedules::TOLERANCE;

/// Keys of a case that are its input, or that say nothing about a number.
const INPUTS: [&str; 5] = ["id", "kind", "scores", "labels", "sklearn_warnings"];

/// Runs all cases. Metrics are float64 whatever the lanes; those only choose the tolerance.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut one = Report::new::<L>("metrics of one label", TOLERANCE);
    let mut several = Report::new::<L>("metrics of several labels", TOLERANCE);
    for case in Golden::file(file).at("cases").items() {
        match case.at("kind").text() {
            "binary" => check_binary(&mut one, case),
            "multilabel" => check_multilabel(&mut several, case),
            other => panic!("{}: unknown kind {other}", case.id()),
        }
    }
    vec![one, several]
}

fn check_binary(report: &mut Report, case: Golden) {
    let id = case.id();
    report.case();
    let (scores, labels) = (case.at("scores").numbers(), case.at("labels").numbers());
    let run = |report: &mut Report, threshold: f64, bins: usize| {
        binary(&scores, &labels, threshold, bins)
            .map_err(|error| report.fail(id, "metrics", error, "numbers"))
            .ok()
    };
    for at_threshold in case.at("at_threshold").items() {
        let threshold = at_threshold.at("threshold").number();
        let Some(got) = run(report, threshold, 10) else { return };
        compare_tree(report, id, &format!("at {threshold}"), &got, at_threshold.value());
    }
    for calibration in case.at("calibration").items() {
        let Some(got) = run(report, 0.5, calibration.at("bins").count()) else { return };
        let got = got.get("calibration").expect("a calibration");
        compare_tree(report, id, "calibration", got, calibration.value());
    }
    let Some(got) = run(report, 0.5, 10) else { return };
    let elsewhere = ["at_threshold", "calibration"];
    compare_tree(report, id, "", &got, &without(case.value(), &elsewhere));
}

fn check_multilabel(report: &mut Report, case: Golden) {
    let id = case.id();
    report.case();
    let (scores, labels) = (case.at("scores"), case.at("labels").at("data").numbers());
    let columns = scores.at("shape").numbers()[1] as usize;
    let scores = scores.at("data").numbers();
    let threshold = case.at("threshold").number();
    for calibration in case.at("calibration_micro").items() {
        let bins = calibration.at("bins").count();
        match multilabel(&scores, &labels, columns, &[threshold], bins) {
            Err(error) => report.fail(id, "metrics", error, "numbers"),
            Ok(got) => {
                let micro = got.get("calibration_micro").expect("a calibration");
                compare_tree(report, id, "calibration_micro", micro, calibration.value());
                compare_tree(report, id, "", &got, &without(case.value(), &["calibration_micro"]));
            }
        }
    }
}

/// An object without its inputs and some other keys.
fn without(value: &Value, keys: &[&str]) -> Value {
    let Value::Map(entries) = value else { panic!("a case is an object") };
    let left_out = |key: &str| INPUTS.contains(&key) || keys.contains(&key);
    Value::Map(entries.iter().filter(|(key, _)| !left_out(key)).cloned().collect())
}

/// Every number of `expected`, at the same place of `got`; more in `got` is no fault.
fn compare_tree(report: &mut Report, id: &str, path: &str, got: &Value, expected: &Value) {
    match (got, expected) {
        (Value::Map(_), Value::Map(entries)) => {
            for (key, expected) in entries {
                let path = format!("{path}.{key}");
                match got.get(key) {
                    Some(got) => compare_tree(report, id, &path, got, expected),
                    None => report.fail(id, path, "nothing", "a value"),
                }
            }
        }
        (Value::List(got), Value::List(expected)) => {
            report.same(id, &format!("length of {path}"), got.len(), expected.len());
            for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
                compare_tree(report, id, &format!("{path}[{i}]"), got, expected);
            }
        }
        (Value::Number(got), Value::Number(_) | Value::Text(_)) => {
            report.compare_number(id, path, *got, Golden::file(expected).number());
        }
        _ => report.fail(id, path, got.to_json(), expected.to_json()),
    }
}
