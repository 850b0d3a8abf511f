//! Dropout: seeded, inverted, independent from unit to unit, row to row and step to step, and off
//! where nothing is trained.
//!
//! The masks are read from gradients. A layer of ones before it gives each unit the row's input; the
//! L1 loss with targets far below gives each row the gradient 1. So the gradient of the weight behind
//! unit i is the sum over rows of input · factor of i, and with powers of two as inputs its digits
//! are the factors.

use bce_core::config::Config;
use bce_core::lanes::Portable;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Part, Trainer};

type F32 = Portable<f32>;

const UNITS: usize = 64;
const ROWS: usize = 6;

fn trainer(seed: u64, dropout: f64) -> Trainer<F32> {
    let config = format!(
        r#"{{"seed":{seed},"layers":[{{"in":1,"out":{UNITS},"dropout":{dropout}}},{{"in":{UNITS},"out":1}}],
            "loss":{{"name":"SmoothL1Loss","beta":0,"reduction":"sum"}},
            "optimizer":{{"name":"SGD","lr":0}},"batch_size":{ROWS},"shuffle":false}}"#
    );
    let config = Config::from_json(&config).expect("a configuration");
    let column = |data: Vec<f32>| Tensor::new(vec![ROWS, 1], data).expect("a column");
    let data = DataTensors {
        inputs: column((0..ROWS).map(|row| (1u32 << row) as f32).collect()),
        targets: column(vec![-1e6; ROWS]),
        sample_weight: None,
        test: None,
    };
    let mut trainer = Trainer::new(config, data).expect("a trainer");
    let mut dict = trainer.network().state_dict();
    for (name, tensor) in &mut dict {
        tensor.data.fill(if name.ends_with("bias") { 0.0 } else { 1.0 });
    }
    trainer.load_state_dict(&dict).expect("the same names");
    trainer
}

/// Which units of which rows a step keeps, in the order of units; every factor is checked on the way.
fn kept(trainer: &mut Trainer<F32>, dropout: f64) -> Vec<[bool; ROWS]> {
    let rows: Vec<u32> = (0..ROWS as u32).collect();
    trainer.train_batch(&rows).expect("a step");
    let gradients = trainer.network().named(trainer.network().gradients());
    let gradient = |name: &str| &gradients.iter().find(|(n, _)| n == name).expect(name).1.data;
    let factor = (1.0 / (1.0 - dropout)) as f32;
    let before = gradient("0.bias");
    let behind = gradients.iter().find(|(_, t)| t.shape == [1, UNITS]).expect("the last weight");
    let unit = |(&sum, &into): (&f32, &f32)| {
        let digits = sum / factor;
        assert!((digits - digits.round()).abs() < 1e-3, "a factor other than 0 and {factor}");
        let rows: [bool; ROWS] = std::array::from_fn(|row| digits.round() as u32 >> row & 1 == 1);
        // Backward passes through the same factors.
        let count = rows.iter().filter(|&&kept| kept).count() as f32;
        assert!((into - count * factor).abs() < 1e-3, "{into} for {count} rows that are kept");
        rows
    };
    behind.1.data.iter().zip(before).map(unit).collect()
}

/// How far a number of successes is from what is expected, in standard deviations.
fn deviations(successes: usize, draws: usize, p: f64) -> f64 {
    let n = draws as f64;
    (successes as f64 - n * p).abs() / (n * p * (1.0 - p)).sqrt()
}

#[test]
fn units_are_dropped_as_often_as_asked_and_independently() {
    for dropout in [0.1, 0.5, 0.8] {
        let mut trainer = trainer(3, dropout);
        let steps: Vec<_> = (0..300).map(|_| kept(&mut trainer, dropout)).collect();
        let all: Vec<bool> = steps.iter().flatten().flatten().copied().collect();
        let keep = 1.0 - dropout;
        let share = |pairs: &mut dyn Iterator<Item = bool>| {
            let pairs: Vec<bool> = pairs.collect();
            (pairs.iter().filter(|&&both| both).count(), pairs.len())
        };
        let (count, draws) = share(&mut all.iter().copied());
        assert_eq!(draws, 300 * UNITS * ROWS);
        let off = deviations(count, draws, keep);
        assert!(off < 4.0, "p = {dropout}: {count} of {draws} kept, {off} deviations off");
        // Two draws are both kept as often as independent ones.
        let neighbours: [(&str, usize); 3] =
            [("rows", 1), ("units", ROWS), ("steps", ROWS * UNITS)];
        for (what, distance) in neighbours {
            let (both, pairs) = share(&mut all.iter().zip(&all[distance..]).map(|(&a, &b)| a && b));
            let off = deviations(both, pairs, keep * keep);
            assert!(off < 6.0, "p = {dropout}: neighbouring {what}, {off} deviations off");
        }
    }
}

#[test]
fn the_seed_decides_what_is_dropped() {
    let run = |seed: u64| {
        let mut trainer = trainer(seed, 0.5);
        (0..3).map(|_| kept(&mut trainer, 0.5)).collect::<Vec<_>>()
    };
    let first = run(1);
    assert_eq!(first, run(1));
    assert_ne!(first, run(2));
    assert_ne!(first[0], first[1]);
}

#[test]
fn nothing_is_dropped_where_nothing_is_trained() {
    let mut with = trainer(1, 0.5);
    let mut without = trainer(1, 0.0);
    let predict = |trainer: &mut Trainer<F32>| {
        let row = Tensor::new(vec![1], vec![3.0]).expect("a row");
        trainer.predict(&row).expect("an output").data
    };
    assert_eq!(predict(&mut with), predict(&mut without));
    let loss = |trainer: &mut Trainer<F32>| trainer.evaluate(Part::Train).expect("a loss").loss;
    assert_eq!(loss(&mut with), loss(&mut without));
    assert_eq!(loss(&mut with), loss(&mut with));
}

#[test]
fn dropping_all_leaves_the_bias() {
    let mut trainer = trainer(1, 1.0);
    let loss = trainer.train_batch(&[0, 1]).expect("a step");
    // 0 against −10⁶, twice.
    assert_eq!(loss.loss, 2e6);
    let (last, rest) = trainer.network().gradients().split_last().expect("gradients");
    assert_eq!(*last, 2.0);
    assert!(rest.iter().all(|&gradient| gradient == 0.0), "{rest:?}");
}
