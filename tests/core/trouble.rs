//! What a trainer says when a run goes wrong: the first quantity that is not finite, and its health.

use bce_core::config::Config;
use bce_core::lanes::Portable;
use bce_core::sequential::{Quantity, all_finite};
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, NonFinite, Trainer, Until};

type Run = Trainer<Portable<f32>>;

/// A run on rows of so many inputs, all of them in one batch, and one target each.
fn run(layers: &str, rest: &str, inputs: &[f32], targets: &[f32]) -> Run {
    let json = format!(r#"{{"layers":[{layers}],"shuffle":false,"batch_size":64,{rest}}}"#);
    let config = Config::from_json(&json).expect("a valid configuration");
    let rows = targets.len();
    let tensor = |columns: usize, data: &[f32]| {
        Tensor::new(vec![rows, columns], data.to_vec()).expect("numbers that fill the shape")
    };
    let data = DataTensors {
        inputs: tensor(inputs.len() / rows, inputs),
        targets: tensor(1, targets),
        sample_weight: None,
        test: None,
    };
    Trainer::new(config, data).expect("a trainer")
}

const LOGITS: &str = r#""loss":{"name":"BCEWithLogitsLoss"},"optimizer":{"name":"SGD","lr":0.1}"#;
const SUM: &str = r#""loss":{"name":"BCEWithLogitsLoss","reduction":"sum"},
    "optimizer":{"name":"SGD","lr":0.1}"#;
const SQUARES: &str = r#""loss":{"name":"MSELoss"},"optimizer":{"name":"SGD","lr":0.1}"#;
const ONE: &str = r#"{"in":1,"out":1}"#;

fn train(run: &mut Run, steps: u64) -> Option<NonFinite> {
    run.train_while(Until { steps: Some(steps), ..Until::default() }, || true).expect("steps").1
}

/// What is found within ten steps: the quantity, its layer and its text.
fn found(run: &mut Run) -> (Quantity, Option<usize>, String) {
    let bad = train(run, 10).unwrap_or_else(|| panic!("{:?}", run.config()));
    (bad.fault.quantity, bad.fault.layer, bad.fault.text())
}

/// Layers, the rest of the configuration, inputs, parameters in stateDict's order or as drawn, and what
/// is found.
type Case<'a> = (&'a str, &'a str, &'a [f32], Option<&'a [f32]>, Quantity, Option<usize>, &'a str);

#[test]
fn the_first_quantity_that_is_not_finite_is_named_with_its_layer() {
    let two = r#"{"in":1,"out":2,"activation":"relu"},{"in":2,"out":1}"#;
    let cases: [Case; 6] = [
        (ONE, LOGITS, &[1.0, f32::INFINITY], None, Quantity::Input, Some(0), "input"),
        (
            two,
            LOGITS,
            &[1.0, 1e30],
            Some(&[1e30, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0]),
            Quantity::PreActivation,
            Some(0),
            "pre-activation of layers[0]",
        ),
        (
            two,
            LOGITS,
            &[1.0, 1e30],
            Some(&[1.0, 0.0, 0.0, 0.0, 1e30, 1.0, 0.0]),
            Quantity::Logit,
            Some(1),
            "logit",
        ),
        (
            r#"{"in":1,"out":2,"activation":"softplus","activation_params":{"beta":1e-39}},
               {"in":2,"out":1}"#,
            LOGITS,
            &[1.0, 2.0],
            None,
            Quantity::Activation,
            Some(0),
            "activation of layers[0]",
        ),
        (ONE, SUM, &[3.0, 3.0], Some(&[1e38, 0.0]), Quantity::Loss, None, "loss"),
        (
            ONE,
            SQUARES,
            &[1e25, 0.0],
            Some(&[1e-6, 0.0]),
            Quantity::Gradient,
            Some(0),
            "gradient of 0.weight",
        ),
    ];
    for (layers, rest, inputs, parameters, quantity, layer, text) in cases {
        let mut run = run(layers, rest, inputs, &[0.0, 0.0]);
        if let Some(parameters) = parameters {
            run.set_parameters(0, parameters).expect("as many as there are");
        }
        assert_eq!(found(&mut run), (quantity, layer, text.to_owned()));
    }
}

#[test]
fn a_penalty_and_an_update_that_overflow_are_told_from_the_loss() {
    let penalty = format!(r#"{LOGITS},"penalty":{{"kind":"l2","lambda":1e-3}}"#);
    let mut penalised = run(ONE, &penalty, &[0.0, 0.0], &[0.0, 1.0]);
    penalised.set_parameters(0, &[1e20, 0.0]).expect("two parameters");
    assert_eq!(found(&mut penalised), (Quantity::Penalty, None, "penalty".to_owned()));

    let lr = r#""loss":{"name":"MSELoss"},"optimizer":{"name":"SGD","lr":1e38}"#;
    let mut leaping = run(ONE, lr, &[100.0, 100.0], &[0.0, 0.0]);
    leaping.set_parameters(0, &[1.0, 0.0]).expect("two parameters");
    let bad = train(&mut leaping, 10).expect("an infinite weight");
    assert_eq!(bad.fault.quantity, Quantity::Weight);
    assert_eq!(bad.fault.name.as_deref(), Some("0.weight"));
    assert_eq!((bad.epoch, bad.step, leaping.total_steps()), (0, 0, 1));
    // And it stays said, however often one asks.
    assert_eq!(train(&mut leaping, 0), Some(bad.clone()));
    assert_eq!(train(&mut leaping, 5), Some(bad));
    assert_eq!(leaping.total_steps(), 1);
}

#[test]
fn a_bad_batch_is_found_before_it_spoils_the_parameters() {
    // The fourth batch of two rows is the bad one.
    let mut inputs = [0.5, -0.5, 1.0, -1.0, 0.25, -0.25, 3e38, -3e38, 0.75, -0.75];
    let json = r#"{"layers":[{"in":1,"out":1}],"shuffle":false,"batch_size":2,
        "loss":{"name":"BCEWithLogitsLoss"},"optimizer":{"name":"Adam"}}"#;
    let data = |inputs: &[f32]| DataTensors {
        inputs: Tensor::new(vec![10, 1], inputs.to_vec()).expect("ten rows"),
        targets: Tensor::new(vec![10, 1], vec![0.0; 10]).expect("ten rows"),
        sample_weight: None,
        test: None,
    };
    let mut run = Run::new(Config::from_json(json).expect("valid"), data(&inputs)).expect("a run");
    run.set_parameters(0, &[2.0, 0.0]).expect("two parameters");
    let bad = train(&mut run, 100).expect("an infinite logit");
    assert_eq!((bad.epoch, bad.step, bad.fault.quantity), (0, 3, Quantity::Logit));
    assert_eq!((run.epoch(), run.step(), run.total_steps()), (0, 3, 3));
    assert!(run.network().parameters().iter().all(|x| x.is_finite()));
    // The same again, until something is changed.
    assert_eq!(train(&mut run, 1), Some(bad));
    inputs[6] = 1.0;
    inputs[7] = -1.0;
    run.set_data(data(&inputs)).expect("data of the same shape");
    assert_eq!(train(&mut run, 100), None);
}

#[test]
fn epochs_of_their_own_go_on_as_pytorch_does() {
    let mut run = run(ONE, SUM, &[3.0, 3.0], &[0.0, 0.0]);
    run.set_parameters(0, &[1e38, 0.0]).expect("two parameters");
    let record = run.train_epoch(false).expect("an epoch");
    assert_eq!(record.train_loss, Some(f64::INFINITY));
    assert_eq!(run.epoch(), 1);
}

#[test]
fn outputs_that_bceloss_refuses_are_its_error_and_no_fault() {
    let bce = r#""loss":{"name":"BCELoss"},"optimizer":{"name":"SGD"}"#;
    let mut run = run(ONE, bce, &[5.0, 5.0], &[0.0, 1.0]);
    run.set_parameters(0, &[1.0, 0.0]).expect("two parameters");
    let error = run.train_while(Until::default(), || true).unwrap_err();
    assert_eq!(error.message, "all elements of input should be between 0 and 1");
}

#[test]
fn a_plateau_whose_metric_cannot_be_computed_ends_its_epoch_all_the_same() {
    let rest = r#""loss":{"name":"BCELoss"},"optimizer":{"name":"SGD","lr":1e30},
        "scheduler":{"name":"ReduceLROnPlateau"}"#;
    let mut run = run(ONE, rest, &[0.25, 0.75], &[0.0, 1.0]);
    run.set_parameters(0, &[1.0, 0.0]).expect("two parameters");
    assert!(run.train_while(Until::default(), || true).is_err());
    assert_eq!((run.epoch(), run.step()), (1, 0));
}

/// Four units: two of relu that are dead, one that is not, and one that is 0 for some rows.
#[test]
fn dead_relus_are_those_that_are_0_for_every_row() {
    let layers = r#"{"in":1,"out":4,"activation":"relu"},{"in":4,"out":1}"#;
    let mut run = run(layers, LOGITS, &[-1.0, 1.0, 2.0], &[0.0, 1.0, 1.0]);
    let parameters = [0.0, -1.0, 1.0, 1.0, -1.0, -1.0, 2.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0];
    run.set_parameters(0, &parameters).expect("as many as there are");
    // −x − 1 is 0 at −1 and below 0 elsewhere; x is 0 for one row only.
    let health = run.diagnose().expect("a standing");
    assert_eq!(health.layers.len(), 1);
    assert_eq!((health.layers[0].dead, health.layers[0].saturated), (Some(0.5), None));
}

#[test]
fn saturated_units_are_those_near_a_bound_for_almost_all_rows() {
    for (activation, large) in [("tanh", 3.0), ("sigmoid", 5.0)] {
        let layers = format!(
            r#"{{"in":1,"out":3,"activation":"{activation}"}},{{"in":3,"out":1,"activation":"elu"}},
               {{"in":1,"out":1}}"#
        );
        let inputs: Vec<f32> = (0..40).map(|i| if i == 0 { 0.0 } else { large }).collect();
        let mut run = run(&layers, LOGITS, &inputs, &[0.0; 40]);
        let parameters = [1.0, -1.0, 0.1, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0];
        run.set_parameters(0, &parameters).expect("as many as there are");
        let layers = run.diagnose().expect("a standing").layers;
        assert_eq!(layers[0].saturated, Some(2.0 / 3.0), "{activation}");
        assert_eq!((layers[1].dead, layers[1].saturated), (None, None));
    }
}

#[test]
fn outputs_are_counted_and_compared_with_the_best_constant() {
    let mut run = run(ONE, LOGITS, &[-10.0, 0.0, 0.0, 10.0], &[1.0, 0.0, 0.0, 1.0]);
    run.set_parameters(0, &[1.0, 0.0]).expect("two parameters");
    let health = run.diagnose().expect("a standing");
    let [output] = health.outputs[..] else { panic!("one output") };
    assert_eq!((output.positives, output.predicted), (0.5, 0.75));
    assert_eq!((output.saturated, output.saturated_wrong), (0.5, 0.25));
    assert!((output.mean - 0.5).abs() < 1e-7);
    assert!((output.std - 0.125_f64.sqrt()).abs() < 1e-4, "{}", output.std);
    assert!((health.entropy - std::f64::consts::LN_2).abs() < 1e-15);
    let expected = (10.0 + 2.0 * std::f64::consts::LN_2) / 4.0;
    assert!((health.log_loss - expected).abs() < 1e-4, "{}", health.log_loss);

    // A network that says the share of positives to everything reaches the entropy, and no less.
    let mut constant = self::run(ONE, LOGITS, &[1.0; 5], &[1.0, 0.0, 0.0, 0.0, 0.0]);
    constant.set_parameters(0, &[0.0, -(4f32.ln())]).expect("two parameters");
    let health = constant.diagnose().expect("a standing");
    assert!((health.log_loss - health.entropy).abs() < 1e-6);
    assert_eq!((health.outputs[0].predicted, health.outputs[0].std), (0.0, 0.0));
}

#[test]
fn labels_of_one_class_have_no_entropy() {
    let mut run = run(ONE, LOGITS, &[1.0, 2.0], &[1.0, 1.0]);
    let health = run.diagnose().expect("a standing");
    assert_eq!((health.entropy, health.outputs[0].positives), (0.0, 1.0));
}

#[test]
fn a_nan_or_an_infinity_is_found_at_every_place_of_every_length() {
    for length in 0..70 {
        let mut x: Vec<f32> =
            (0..length).map(|i| if i % 3 == 0 { f32::MAX } else { -1e-40 }).collect();
        assert!(all_finite::<Portable<f32>>(&x));
        for at in 0..length {
            for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                let good = std::mem::replace(&mut x[at], bad);
                assert!(!all_finite::<Portable<f32>>(&x), "{bad} at {at} of {length}");
                x[at] = good;
            }
        }
    }
}

#[test]
fn what_a_step_spoils_in_a_large_network_is_named_by_that_step_too() {
    // The rate makes the first update infinite; the second step's logits show it.
    let layers = r#"{"in":1,"out":200},{"in":200,"out":100},{"in":100,"out":1}"#;
    let rest = r#""loss":{"name":"BCEWithLogitsLoss"},"optimizer":{"name":"SGD","lr":1e38}"#;
    let mut run = run(layers, rest, &[100.0, -100.0], &[0.0, 1.0]);
    assert!(run.network().parameters().len() > 1 << 14);
    let before: Vec<f32> = run.network().parameters().iter().map(|x| 100.0 * x).collect();
    run.set_parameters(0, &before).expect("as many as there are");
    let bad = train(&mut run, 10).expect("infinite weights");
    assert_eq!((bad.epoch, bad.step, bad.fault.quantity), (0, 0, Quantity::Weight));
    assert_eq!(bad.fault.name.as_deref(), Some("0.weight"));
    assert_eq!(run.total_steps(), 1);
}
