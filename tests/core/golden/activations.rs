//! activations.json: values and derivatives, at extremes too.

use bce_core::activation::{Activation, activate};
use bce_core::math::Math;
use bce_core::value::Value;

use super::case::{Golden, elements, to_f64};
use super::losses::differ_in_kind;
use super::report::{Report, Tolerance, error};

const TOLERANCE: Tolerance = Tolerance { float32: 5e-6, float64: 1e-12 };

/// Beyond it squares overflow in float32.
const LARGE: f64 = 1e30;

/// Runs all cases.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut outputs = Report::new::<L>("activations: outputs", TOLERANCE);
    let mut grads = Report::new::<L>("activations: derivatives", TOLERANCE);
    for case in Golden::file(file).at("cases").items() {
        let id = case.id();
        outputs.case();
        grads.case();
        let name = case.at("activation").text();
        let params = case.get("params").map(Golden::value);
        let activation = match Activation::from_value(name, params, "") {
            Ok(activation) => activation,
            Err(error) => {
                outputs.fail(id, "activation", error, "a result");
                continue;
            }
        };
        let x = case.at("input").numbers();
        let (output, grad) = activate::<L>(activation, &elements(&x));
        compare(&mut outputs, case, "output", &x, &to_f64(&output));
        compare(&mut grads, case, "grad", &x, &to_f64(&grad));
    }
    vec![outputs, grads]
}

fn compare(report: &mut Report, case: Golden, what: &str, x: &[f64], got: &[f64]) {
    let (float32, float64) = (case.at("f32").at(what).data(), case.at("f64").at(what).data());
    report.compare_unless(case.id(), what, got, &float64, |i| {
        let pair = (float32[i], float64[i]);
        if what == "grad" && x[i].is_nan() {
            return Some("a derivative at NaN");
        }
        if differ_in_kind(pair) {
            return Some("PyTorch's float32 and float64 differ in NaN or infinity");
        }
        let overflows = x[i].abs() >= LARGE && error(pair.0, pair.1) > TOLERANCE.float32;
        overflows.then_some("PyTorch's float32 and float64 differ beyond 1e30")
    });
}
