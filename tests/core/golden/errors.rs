//! losses.json, `error_cases` and `other_error_cases`: what raises what, and what does not.

use bce_core::Error;
use bce_core::config::Config;
use bce_core::lanes::Element;
use bce_core::math::Math;
use bce_core::optim::lr_scheduler::{Scheduler, SchedulerConfig};
use bce_core::optim::{Optimizer, OptimizerConfig};
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Trainer};
use bce_core::value::Value;

use super::case::{Golden, to_f64};
use super::losses;
use super::python::{Call, Expression};
use super::report::{Report, Tolerance};

/// What the calls return was computed in float32, whatever computes it here.
const TOLERANCE: Tolerance =
    Tolerance { float32: losses::TOLERANCE.float32, float64: losses::TOLERANCE.float32 };

/// What a call gave.
enum Outcome<E> {
    Raises(Error),
    Returns(Option<Tensor<E>>, Vec<String>),
    /// Our types cannot say it: why.
    NotExpressible(String),
}

impl<E> Outcome<E> {
    fn not_expressible(reason: &str) -> Self {
        Outcome::NotExpressible(reason.to_owned())
    }
}

/// Runs all calls of both lists.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut of_losses = Report::new::<L>("errors: losses", TOLERANCE);
    for case in Golden::file(file).at("error_cases").items() {
        compare(&mut of_losses, case, call_loss::<L>(case));
    }
    let mut others = Report::new::<L>("errors: Linear, optimizers, schedules", TOLERANCE);
    for case in Golden::file(file).at("other_error_cases").items() {
        let outcome = match Expression::parse(case.at("call").text()) {
            Some((call, "" | ", then one step")) => evaluate::<L>(&call),
            _ => Outcome::not_expressible("the text of the call is not understood"),
        };
        compare(&mut others, case, outcome);
    }
    vec![of_losses, others]
}

fn compare<E: Element>(report: &mut Report, case: Golden, outcome: Outcome<E>) {
    let id = case.id();
    let result = match outcome {
        Outcome::NotExpressible(reason) => return report.not_expressible(id, reason),
        Outcome::Raises(error) => Err(error),
        Outcome::Returns(tensor, warnings) => Ok((tensor, warnings)),
    };
    report.case();
    let expected_warnings: Vec<String> = case.get("warnings").map_or(Vec::new(), |list| {
        list.items().map(|warning| warning.at("message").text().to_owned()).collect()
    });
    match (result, case.get("raises")) {
        (Err(error), Some(expected)) => {
            report.same(id, "type", error.kind.name(), expected.at("type").text());
            compare_messages(report, id, &error.message, expected.at("message").text());
            if !expected_warnings.is_empty() {
                report.not_expressible(id, "the warning before the error: an error carries none");
            }
        }
        (Ok((tensor, warnings)), None) => {
            report.same(id, "warnings", warnings, expected_warnings);
            match (tensor, case.get("returns")) {
                (Some(tensor), Some(expected)) => {
                    let expected = expected.tensor::<f64>();
                    report.same(id, "shape", &tensor.shape, &expected.shape);
                    report.compare(id, "result", &to_f64(&tensor.data), &expected.data);
                }
                (tensor, expected) => {
                    let (got, expected) = (tensor.is_some(), expected.is_some());
                    report.same(id, "whether a tensor is returned", got, expected);
                }
            }
        }
        (Err(error), None) => report.fail(id, "call", error, "no error"),
        (Ok(_), Some(expected)) => {
            report.fail(id, "call", "no error", expected.at("message").text());
        }
    }
}

/// To the letter, but that Python prints a whole float as `2.0` and a whole integer as `2`. Our
/// numbers are JavaScript's, which do not tell them apart.
fn compare_messages(report: &mut Report, id: &str, got: &str, expected: &str) {
    if got != expected && got == whole_floats_as_integers(expected) {
        return report.not_expressible(id, "its message but for the .0 of a whole float");
    }
    report.same(id, "message", got, expected);
}

/// `2.0` becomes `2`, and `2.0.` at the end of a sentence `2.`; `2.05` stays.
fn whole_floats_as_integers(text: &str) -> String {
    let integer = |word: &str| match word.split_once(".0") {
        Some((whole, end))
            if whole.parse::<i64>().is_ok() && !end.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            format!("{whole}{end}")
        }
        _ => word.to_owned(),
    };
    text.split(' ').map(integer).collect::<Vec<_>>().join(" ")
}

fn call_loss<L: Math>(case: Golden) -> Outcome<L::Element> {
    let dtype = |key| case.get(key).map_or("float32", Golden::text);
    if ["input_dtype", "target_dtype"].map(dtype) != ["float32"; 2] {
        return Outcome::not_expressible("our tensors are float32");
    }
    match losses::call::<L>(case) {
        Ok(result) => Outcome::Returns(Some(result.output), result.warnings),
        Err(error) => Outcome::Raises(error),
    }
}

fn evaluate<L: Math>(expression: &Expression) -> Outcome<L::Element> {
    let Expression::Call(call) = expression else {
        return Outcome::not_expressible("it is not a call");
    };
    let Call { function, positional, keywords } = &**call;
    if let Expression::Call(layer) = function {
        return linear::<L>(layer, positional);
    }
    let name = function.name().unwrap_or_default();
    if name == "torch.zeros_like" {
        return match positional.first().map(evaluate::<L>) {
            Some(Outcome::Returns(Some(tensor), warnings)) => {
                let zeros = vec![L::Element::default(); tensor.data.len()];
                Outcome::Returns(Some(Tensor { shape: tensor.shape, data: zeros }), warnings)
            }
            Some(other) => other,
            None => Outcome::not_expressible("zeros_like of nothing"),
        };
    }
    let Some(class) = name.strip_prefix("torch.optim.") else {
        return Outcome::NotExpressible(format!("there is no {name} here"));
    };
    let [subject] = &positional[..] else {
        return Outcome::not_expressible("our configurations have no positional arguments");
    };
    let mut entries = Vec::new();
    for (key, value) in keywords {
        let Some(value) = value.value() else {
            return Outcome::NotExpressible(format!("{key} is not a plain value"));
        };
        entries.push((key.clone(), value));
    }
    let named = |name: &str| {
        let name = ("name".to_owned(), name.into());
        Value::Map([name].into_iter().chain(entries).collect())
    };
    match class.strip_prefix("lr_scheduler.") {
        Some(scheduler) => schedule(&named(scheduler)),
        None if subject.value() == Some(Value::List(Vec::new())) => Outcome::not_expressible(
            "the core's Optimizer takes no list of parameters; the package's refuses an empty one",
        ),
        None => optimizer(&named(class)),
    }
}

/// `torch.optim.X(p, …)`: `p` is one parameter of two numbers.
fn optimizer<E: Element>(config: &Value) -> Outcome<E> {
    match OptimizerConfig::from_value(config, "") {
        Ok(config) => {
            Optimizer::<E>::new(config, 2);
            Outcome::Returns(None, Vec::new())
        }
        Err(error) => Outcome::Raises(error),
    }
}

/// `torch.optim.lr_scheduler.X(o, …)` and one step: `o` is an SGD with lr 0.1.
fn schedule<E>(config: &Value) -> Outcome<E> {
    let step = |config| Scheduler::new(config, 0.1).step(f64::NAN);
    match SchedulerConfig::from_value(config, "").and_then(step) {
        Ok(()) => Outcome::Returns(None, Vec::new()),
        Err(error) => Outcome::Raises(error),
    }
}

/// `nn.Linear(in, out)(torch.zeros(…))`: a network of one layer and what it gives before any
/// activation.
fn linear<L: Math>(layer: &Call, given: &[Expression]) -> Outcome<L::Element> {
    let unknown = || Outcome::not_expressible("only nn.Linear of torch.zeros is known here");
    let [Expression::Call(zeros)] = given else { return unknown() };
    if layer.function.name() != Some("nn.Linear") || zeros.function.name() != Some("torch.zeros") {
        return unknown();
    }
    if zeros.keywords.iter().any(|(key, _)| key == "dtype") {
        return Outcome::not_expressible("our tensors are float32");
    }
    let (Some(sizes), Some(shape)) = (counts(&layer.positional), counts(&zeros.positional)) else {
        return unknown();
    };
    let [inputs, outputs] = sizes[..] else { return unknown() };
    let filled = |shape: Vec<usize>| Tensor {
        data: vec![L::Element::default(); shape.iter().product()],
        shape,
    };
    let run = || {
        let layer = Value::map([("in", inputs.into()), ("out", outputs.into())]);
        let config = Config::from_value(&Value::map([
            ("layers", Value::List(vec![layer])),
            ("loss", Value::map([("name", "BCEWithLogitsLoss".into())])),
            ("optimizer", Value::map([("name", "SGD".into())])),
        ]))?;
        let data = DataTensors {
            inputs: filled(vec![1, inputs]),
            targets: filled(vec![1, outputs]),
            sample_weight: None,
            test: None,
        };
        Trainer::<L>::new(config, data)?.logits(&filled(shape))
    };
    match run() {
        Ok(tensor) => Outcome::Returns(Some(tensor), Vec::new()),
        Err(error) => Outcome::Raises(error),
    }
}

/// Whole numbers.
fn counts(expressions: &[Expression]) -> Option<Vec<usize>> {
    let count = |expression: &Expression| match expression.value()? {
        Value::Number(x) if x >= 0.0 && x.trunc() == x => Some(x as usize),
        _ => None,
    };
    expressions.iter().map(count).collect()
}
