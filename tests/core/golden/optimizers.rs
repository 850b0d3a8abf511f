//! optimizers.json, `cases`: parameters after each step from given gradients.

use bce_core::math::Math;
use bce_core::optim::{Optimizer, OptimizerConfig};
use bce_core::value::Value;

use super::case::{Golden, elements, to_f64};
use super::report::{Report, Tolerance};

const TOLERANCE: Tolerance = Tolerance { float32: 2e-5, float64: 1e-11 };

/// Runs all cases.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut report = Report::new::<L>("optimizers: parameters", TOLERANCE);
    for case in Golden::file(file).at("cases").items() {
        let id = case.id();
        report.case();
        let config = match OptimizerConfig::from_value(&case.configuration("optimizer"), "") {
            Ok(config) => config,
            Err(error) => {
                report.fail(id, "optimizer", error, "an optimizer");
                continue;
            }
        };
        let mut parameters: Vec<L::Element> = elements(&case.at("initial").numbers());
        let mut optimizer = Optimizer::new(config, parameters.len());
        let steps = case.at("grads").items().zip(case.at("f64").at("after_step").items());
        for (step, (grads, after)) in steps.enumerate() {
            optimizer.step(&mut parameters, &elements(&grads.numbers()));
            let what = format!("parameters after step {}", step + 1);
            report.compare(id, &what, &to_f64(&parameters), &after.numbers());
        }
    }
    vec![report]
}
