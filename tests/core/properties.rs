//! What must hold for any input, whatever PyTorch's numbers are.

use bce_core::config::Config;
use bce_core::lanes::{Lanes, Portable};
use bce_core::loss::functional::{LossTensors, loss};
use bce_core::loss::{Criterion, Reduction};
use bce_core::math::Math;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Trainer, Until};
use bce_core::value::{Value, python_number};
use proptest::prelude::*;

type F32 = Portable<f32>;

fn tensor(data: &[f32]) -> Tensor<f32> {
    Tensor::new(vec![data.len()], data.to_vec()).expect("one number for each place")
}

/// (input, target) pairs: probabilities for BCELoss, logits for BCEWithLogitsLoss.
fn pairs(low: f32, high: f32) -> impl Strategy<Value = (Vec<f32>, Vec<f32>)> {
    proptest::collection::vec((low..=high, 0f32..=1.0), 1..40)
        .prop_map(|pairs| pairs.into_iter().unzip())
}

fn apply(
    criterion: Criterion,
    (input, target): &(Vec<f32>, Vec<f32>),
    reduction: Reduction,
    tensors: &LossTensors<f32>,
) -> (Vec<f32>, Vec<f32>) {
    let result = loss::<F32>(criterion, &tensor(input), &tensor(target), reduction, tensors);
    let result = result.expect("a loss");
    (result.output.data, result.grad.data)
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() <= 1e-5 * a.abs().max(b.abs()).max(1.0)
}

proptest! {
    #[test]
    fn ones_as_weights_are_the_same_as_none(pairs in pairs(0.0, 1.0)) {
        for criterion in [Criterion::BCELoss, Criterion::BCEWithLogitsLoss] {
            let ones = || Some(tensor(&vec![1.0; pairs.0.len()]));
            let pos_weight =
                if criterion == Criterion::BCELoss { None } else { ones() };
            let weights = LossTensors { weight: ones(), pos_weight, grad_output: None };
            for reduction in [Reduction::None, Reduction::Mean, Reduction::Sum] {
                let plain = apply(criterion, &pairs, reduction, &LossTensors::default());
                prop_assert_eq!(apply(criterion, &pairs, reduction, &weights), plain);
            }
        }
    }

    #[test]
    fn the_sum_is_the_mean_times_the_number_of_elements(pairs in pairs(-20.0, 20.0)) {
        let n = pairs.0.len() as f32;
        let none = LossTensors::default();
        let (mean, mean_grad) = apply(Criterion::BCEWithLogitsLoss, &pairs, Reduction::Mean, &none);
        let (sum, sum_grad) = apply(Criterion::BCEWithLogitsLoss, &pairs, Reduction::Sum, &none);
        prop_assert!(near(mean[0] * n, sum[0]), "{} and {}", mean[0] * n, sum[0]);
        for (mean, sum) in mean_grad.iter().zip(&sum_grad) {
            prop_assert!(near(mean * n, *sum));
        }
    }

    #[test]
    fn bce_of_the_sigmoid_is_bce_with_logits_where_neither_saturates(pairs in pairs(-8.0, 8.0)) {
        let none = LossTensors::default();
        let (logits, _) = apply(Criterion::BCEWithLogitsLoss, &pairs, Reduction::None, &none);
        let p = pairs.0.iter().map(|&x| F32::splat(x).sigmoid().0[0]).collect();
        let (bce, _) = apply(Criterion::BCELoss, &(p, pairs.1.clone()), Reduction::None, &none);
        for (a, b) in logits.iter().zip(&bce) {
            // Near 1 a probability has 24 bits, of which 1 − p keeps 12 at a logit of 8.
            prop_assert!((a - b).abs() <= 3e-4, "{a} and {b}");
        }
    }

    #[test]
    fn a_loss_is_never_negative(pairs in pairs(-200.0, 200.0)) {
        let (losses, _) = apply(
            Criterion::BCEWithLogitsLoss, &pairs, Reduction::None, &LossTensors::default(),
        );
        prop_assert!(losses.iter().all(|loss| *loss >= 0.0), "{losses:?}");
    }

    #[test]
    fn the_order_of_a_full_batch_does_not_matter_beyond_rounding(seed in 0u64..1000) {
        let losses = |rows: Vec<u32>| {
            let mut trainer = small_trainer(seed);
            (0..5).map(|_| trainer.train_batch(&rows).expect("a step").loss).collect::<Vec<f64>>()
        };
        let forwards = losses((0..20).collect());
        let backwards = losses((0..20).rev().collect());
        for (a, b) in forwards.iter().zip(&backwards) {
            prop_assert!((a - b).abs() <= 1e-5, "{a} and {b}");
        }
    }

    #[test]
    fn a_configuration_is_the_same_after_a_trip_through_its_value(
        lr in 0.0f64..10.0, momentum in 0.01f64..0.99, seed in 0u64..1 << 53,
    ) {
        let value = Value::map([
            ("seed", Value::Number(seed as f64)),
            ("layers", Value::List(vec![Value::map([("in", 2usize.into()), ("out", 1usize.into())])])),
            ("loss", Value::map([("name", "BCEWithLogitsLoss".into())])),
            ("optimizer", Value::map([
                ("name", "SGD".into()), ("lr", lr.into()), ("momentum", momentum.into()),
            ])),
        ]);
        let config = Config::from_value(&value).expect("a valid configuration");
        let again = Config::from_json(&config.to_value().to_json()).expect("its own value");
        prop_assert_eq!(config, again);
    }

    #[test]
    fn a_number_in_a_message_reads_back_as_itself(bits in any::<u64>()) {
        let x = f64::from_bits(bits);
        if x.is_finite() {
            let text = python_number(x);
            prop_assert_eq!(text.parse::<f64>().expect("a number"), x, "{}", text);
        }
    }
}

fn small_trainer(seed: u64) -> Trainer<F32> {
    let layer = |inputs: usize, outputs: usize, activation: &str| {
        Value::map([
            ("in", inputs.into()),
            ("out", outputs.into()),
            ("activation", activation.into()),
        ])
    };
    let config = Value::map([
        ("seed", Value::Number(seed as f64)),
        ("layers", Value::List(vec![layer(2, 5, "tanh"), layer(5, 1, "sigmoid")])),
        ("loss", Value::map([("name", "BCELoss".into())])),
        ("optimizer", Value::map([("name", "SGD".into()), ("lr", 0.1.into())])),
    ]);
    Trainer::new(Config::from_value(&config).expect("a valid configuration"), small_data(20))
        .expect("a trainer")
}

/// Of more rows, the first ones are the same.
fn small_data(rows: usize) -> DataTensors<f32> {
    let number = |i: usize| ((i * 37 + 11) % 64) as f32 / 16.0 - 2.0;
    DataTensors {
        inputs: Tensor::new(vec![rows, 2], (0..2 * rows).map(number).collect()).expect("2 a row"),
        targets: Tensor::new(vec![rows, 1], (0..rows).map(|i| (i % 2) as f32).collect())
            .expect("1 a row"),
        sample_weight: None,
        test: None,
    }
}

fn steps(trainer: &mut Trainer<F32>, steps: u64) {
    trainer.train_while(Until { steps: Some(steps), ..Until::default() }, || true).expect("steps");
}

fn position(trainer: &Trainer<F32>) -> (u64, u64, u64) {
    (trainer.epoch(), trainer.step(), trainer.steps_per_epoch())
}

#[test]
fn the_same_data_once_more_change_nothing() {
    let [mut disturbed, mut undisturbed] = [small_trainer(1), small_trainer(1)];
    steps(&mut disturbed, 31);
    disturbed.set_data(small_data(20)).expect("the same data");
    steps(&mut disturbed, 31);
    steps(&mut undisturbed, 62);
    assert_eq!(disturbed.snapshot(), undisturbed.snapshot());
}

#[test]
fn other_data_keep_parameters_and_epoch_and_are_trained_on() {
    let mut trainer = small_trainer(1);
    steps(&mut trainer, 31);
    assert_eq!(position(&trainer), (15, 1, 2));
    let parameters = trainer.network().parameters().to_vec();
    trainer.set_data(small_data(45)).expect("more rows");
    assert_eq!(position(&trainer), (15, 1, 5));
    assert_eq!(trainer.network().parameters(), parameters);
    // From here on the run is a function of snapshot and data.
    let mut restored = Trainer::<F32>::restore(&trainer.snapshot(), small_data(45)).expect("a run");
    steps(&mut trainer, 22);
    steps(&mut restored, 22);
    assert_eq!(position(&trainer), (19, 3, 5));
    assert_eq!(trainer.snapshot(), restored.snapshot());
    // A shorter epoch goes on at its last step.
    trainer.set_data(small_data(3)).expect("fewer rows");
    assert_eq!(position(&trainer), (19, 0, 1));
    steps(&mut trainer, 1);
    assert_eq!(position(&trainer), (20, 0, 1));
}

#[test]
fn data_that_do_not_fit_leave_the_trainer_as_it_was() {
    let mut trainer = small_trainer(1);
    steps(&mut trainer, 31);
    let before = trainer.snapshot();
    let mut narrow = small_data(20);
    narrow.inputs = Tensor::new(vec![40, 1], narrow.inputs.data).expect("40 times 1");
    let mut beyond = small_data(20);
    beyond.targets.data[7] = 1.5;
    for data in [narrow, beyond, small_data(0)] {
        trainer.set_data(data).expect_err("no data for this trainer");
        assert_eq!(trainer.snapshot(), before);
    }
}

#[test]
fn numbers_are_written_as_python_writes_them() {
    let table = [
        (0.0, "0"),
        (-0.0, "-0"),
        (2.0, "2"),
        (-0.63, "-0.63"),
        (1e-4, "0.0001"),
        (1e-5, "1e-05"),
        (1.5e-7, "1.5e-07"),
        (123456789.25, "123456789.25"),
        (1e15, "1000000000000000"),
        (1e16, "1e+16"),
        (1.25e300, "1.25e+300"),
        (f64::NAN, "nan"),
        (f64::NEG_INFINITY, "-inf"),
    ];
    for (x, text) in table {
        assert_eq!(python_number(x), text);
    }
}
