//! losses.json, `cases`: outputs and gradients of the losses.

use bce_core::Result;
use bce_core::lanes::Element;
use bce_core::loss::Criterion;
use bce_core::loss::functional::{LossOutput, LossTensors, loss};
use bce_core::math::Math;
use bce_core::value::{Fields, Value};

use super::case::{Golden, to_f64};
use super::report::{Report, Tolerance};

pub const TOLERANCE: Tolerance = Tolerance { float32: 1e-5, float64: 1e-11 };

/// The loss of a case or of an error case, called as the package's functions call it.
pub fn call<L: Math>(case: Golden) -> Result<LossOutput<L::Element>> {
    let mut arguments = match case.get("params").map(Golden::value) {
        Some(Value::Map(params)) => params.clone(),
        _ => Vec::new(),
    };
    // A reduction of null is Python's None, an argument like any other.
    if let Some(reduction) = case.value().get("reduction") {
        arguments.push(("reduction".to_owned(), reduction.clone()));
    }
    let arguments = Value::Map(arguments);
    let mut fields = Fields::of(&arguments, "")?;
    let criterion = Criterion::from_fields(case.at("loss").text(), &mut fields)?;
    let (reduction, warning) = criterion.reduction(&mut fields)?;
    fields.finish()?;
    let tensors = LossTensors {
        weight: case.get("weight").map(Golden::tensor),
        pos_weight: case.get("pos_weight").map(Golden::tensor),
        grad_output: case.get("grad_output").map(Golden::tensor),
    };
    let (input, target) = (case.at("input").tensor(), case.at("target").tensor());
    let mut result = loss::<L>(criterion, &input, &target, reduction, &tensors)?;
    result.warnings.splice(0..0, warning);
    Ok(result)
}

/// Runs all cases.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut outputs = Report::new::<L>("losses: outputs", TOLERANCE);
    let mut grads = Report::new::<L>("losses: gradients", TOLERANCE);
    for case in Golden::file(file).at("cases").items() {
        let id = case.id();
        outputs.case();
        grads.case();
        let LossOutput { output, grad, .. } = match call::<L>(case) {
            Ok(result) => result,
            Err(error) => {
                outputs.fail(id, "loss", error, "a result");
                continue;
            }
        };
        let focal = case.at("loss").text() == "sigmoid_focal_loss";
        compare(&mut outputs, case, "output", (&output.shape, &output.data), false);
        compare(&mut grads, case, "grad", (&grad.shape, &grad.data), focal);
    }
    vec![outputs, grads]
}

fn compare<E: Element>(
    report: &mut Report,
    case: Golden,
    what: &str,
    (shape, data): (&[usize], &[E]),
    focal_grad: bool,
) {
    let id = case.id();
    let (float32, float64) = (case.at("f32").at(what), case.at("f64").at(what));
    let expected = float64.tensor::<f64>();
    report.same(id, &format!("shape of {what}"), shape, &expected.shape);
    let float32 = float32.data();
    report.compare_unless(id, what, &to_f64(data), &expected.data, |i| {
        let pair = (float32[i], expected.data[i]);
        if focal_grad && (pair.0.is_nan() || pair.1.is_nan()) {
            return Some("PyTorch's focal gradient is NaN there");
        }
        differ_in_kind(pair).then_some("PyTorch's float32 and float64 differ in NaN or infinity")
    });
}

/// Whether only one is NaN, or infinite, or they are infinite on different sides.
pub fn differ_in_kind((a, b): (f64, f64)) -> bool {
    a.is_nan() != b.is_nan() || (a != b && (a.is_infinite() || b.is_infinite()))
}
