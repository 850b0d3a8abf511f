//! CrossEntropyLoss computes what PyTorch computes (tests/golden/cross_entropy.json), in float32 and
//! in float64; and what has to hold besides.

use bce_core::Result;
use bce_core::config::Config;
use bce_core::lanes::{Element, Portable};
use bce_core::loss::cross_entropy::{Options, cross_entropy};
use bce_core::loss::functional::{LossOutput, LossTensors};
use bce_core::loss::{Criterion, Reduction};
use bce_core::math::Math;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Part, Trainer};
use bce_core::value::{Fields, Value};

type F32 = Portable<f32>;
type F64 = Portable<f64>;

fn golden(part: &str) -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/cross_entropy.json");
    let text = std::fs::read_to_string(path).expect("cross_entropy.json");
    let file = Value::from_json(&text).expect("JSON");
    match file.get(part) {
        Some(Value::List(cases)) if !cases.is_empty() => cases.clone(),
        _ => panic!("no {part} in the golden data"),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    let Value::List(items) = value else { panic!("a list of numbers") };
    let number = |item: &Value| match item {
        Value::Number(x) => *x,
        other => panic!("{} is no number", other.to_json()),
    };
    items.iter().map(number).collect()
}

fn tensor<E: Element>(value: &Value) -> Tensor<E> {
    let shape = numbers(value.get("shape").expect("a shape")).into_iter().map(|n| n as usize);
    let data = numbers(value.get("data").expect("data")).into_iter().map(E::from_f64);
    Tensor::new(shape.collect(), data.collect()).expect("data that fills the shape")
}

/// The function called as the package calls it.
fn call<L: Math>(case: &Value) -> Result<LossOutput<L::Element>> {
    let Some(Value::Map(given)) = case.get("options") else { panic!("options") };
    let is_tensor = |key: &str| matches!(key, "weight" | "grad_output");
    let plain = given.iter().filter(|(key, _)| !is_tensor(key)).cloned().collect();
    let plain = Value::Map(plain);
    let mut fields = Fields::of(&plain, "")?;
    let criterion = Criterion::from_fields("CrossEntropyLoss", &mut fields)?;
    let Criterion::CrossEntropyLoss { label_smoothing, .. } = criterion else { panic!("another") };
    let (reduction, _) = criterion.reduction(&mut fields)?;
    let ignore_index = fields
        .get("ignore_index")
        .map(|value| numbers(&Value::List(vec![value.clone()]))[0] as i64);
    let options = Options { reduction, label_smoothing, ignore_index };
    let optional = |key| plain_tensor(given, key);
    let tensors = LossTensors {
        weight: optional("weight"),
        pos_weight: None,
        grad_output: optional("grad_output"),
    };
    let input = tensor(case.get("input").expect("an input"));
    cross_entropy::<L>(&input, &tensor(case.get("target").expect("a target")), options, &tensors)
}

fn plain_tensor<E: Element>(given: &[(String, Value)], key: &str) -> Option<Tensor<E>> {
    given.iter().find(|(name, _)| name == key).map(|(_, value)| tensor(value))
}

/// The largest difference, relative to numbers above 1.
fn distance<E: Element>(got: &Tensor<E>, expected: &Value) -> f64 {
    let expected = tensor::<f64>(expected);
    assert_eq!(got.shape, expected.shape);
    let far = |(&got, &expected): (&E, &f64)| {
        (got.to_f64() - expected).abs() / f64::max(1.0, expected.abs())
    };
    got.data.iter().zip(&expected.data).map(far).fold(0.0, f64::max)
}

fn check_losses<L: Math>(tolerance: f64) {
    for case in golden("losses") {
        let name = case.get("name").expect("a name").python();
        let LossOutput { output, grad, .. } = call::<L>(&case).expect("a loss");
        for (got, key) in [(output, "output"), (grad, "grad")] {
            let far = distance(&got, case.get(key).expect("an expectation"));
            assert!(far <= tolerance, "{name}: {key} is off by {far:e}");
        }
    }
}

#[test]
fn losses_and_gradients_are_those_of_pytorch() {
    check_losses::<F32>(1e-5);
    check_losses::<F64>(1e-13);
}

#[test]
fn errors_are_those_of_pytorch() {
    for case in golden("errors") {
        let text = |key: &str| match case.get(key) {
            Some(Value::Text(text)) => text.clone(),
            _ => panic!("no {key}"),
        };
        let error = call::<F32>(&case).expect_err("an error");
        assert_eq!(error.kind.name(), text("error"), "{}", text("name"));
        assert_eq!(error.message, text("message"), "{}", text("name"));
    }
}

fn check_runs<L: Math>(tolerance: f64) {
    for run in golden("runs") {
        let config = Config::from_value(run.get("config").expect("a config")).expect("valid");
        let get = |key: &str| run.get(key).unwrap_or_else(|| panic!("no {key}"));
        let inputs = tensor::<L::Element>(get("inputs"));
        let data = DataTensors {
            inputs: inputs.clone(),
            targets: tensor(get("targets")),
            sample_weight: None,
            test: None,
        };
        let mut trainer = Trainer::<L>::new(config, data).expect("a trainer");
        let Value::Map(initial) = get("initial") else { panic!("parameters by name") };
        let initial: Vec<_> = initial.iter().map(|(name, t)| (name.clone(), tensor(t))).collect();
        trainer.load_state_dict(&initial).expect("the same names and shapes");
        let close = |got: f64, expected: f64, what: &str| {
            assert!((got - expected).abs() <= tolerance * 10.0, "{what}: {got}, not {expected}");
        };
        for expected in numbers(get("last_batch_losses")) {
            let mut last = f64::NAN;
            for rows in [&[0, 1, 2, 3][..], &[4, 5, 6, 7], &[8, 9, 10]] {
                last = trainer.train_batch(rows).expect("a step").loss;
            }
            close(last, expected, "the loss of an epoch's last batch");
        }
        let evaluation = trainer.evaluate(Part::Train).expect("an evaluation");
        close(evaluation.loss, numbers(&Value::List(vec![get("loss").clone()]))[0], "eval_loss");
        let far = distance(&trainer.predict(&inputs).expect("predictions"), get("probabilities"));
        assert!(far <= tolerance, "probabilities are off by {far:e}");
    }
}

#[test]
fn training_follows_pytorch_and_predicts_the_softmax() {
    check_runs::<F32>(1e-5);
    check_runs::<F64>(1e-12);
}

fn simple(logits: &[f32], target: &[f32]) -> LossOutput<f32> {
    let tensor = |data: &[f32]| Tensor { shape: vec![data.len()], data: data.to_vec() };
    let options = Options { reduction: Reduction::Mean, label_smoothing: 0.0, ignore_index: None };
    cross_entropy::<F32>(&tensor(logits), &tensor(target), options, &LossTensors::default())
        .expect("a loss")
}

#[test]
fn equal_logits_cost_the_logarithm_of_the_number_of_classes() {
    let LossOutput { output, grad, .. } = simple(&[3.0; 4], &[0.0, 1.0, 0.0, 0.0]);
    assert!((output.data[0] - 4f32.ln()).abs() < 1e-6);
    assert_eq!(grad.data, [0.25, -0.75, 0.25, 0.25]);
}

#[test]
fn no_logit_overflows_and_one_of_minus_infinity_only_costs_what_is_wanted() {
    let far = simple(&[3e38, -3e38, 0.0], &[0.0, 1.0, 0.0]);
    assert!(!far.output.data[0].is_nan());
    let masked = simple(&[0.0, f32::NEG_INFINITY], &[1.0, 0.0]);
    assert_eq!((masked.output.data[0], &masked.grad.data[..]), (0.0, &[0.0, 0.0][..]));
    assert!(simple(&[f32::NAN, 1.0], &[0.0, 1.0]).output.data[0].is_nan());
    assert!(simple(&[1.0, f32::NAN], &[1.0, 0.0]).output.data[0].is_nan());
}

#[test]
fn a_gradient_sums_to_nothing() {
    let grad = simple(&[0.3, -2.0, 5.0, 1.0, 0.0], &[0.0, 0.0, 0.0, 1.0, 0.0]).grad.data;
    assert!(grad.iter().sum::<f32>().abs() < 1e-6);
}
