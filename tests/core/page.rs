//! What a page asks of a trainer beside training: pictures of units, edits, health, single samples.

use bce_core::activation::{Activation, activate};
use bce_core::config::Config;
use bce_core::data::Features;
use bce_core::lanes::Portable;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Grid, Part, Scores, Trainer, Unit, Until};
use bce_core::value::Value;

type F32 = Portable<f32>;

const MLP: &str = r#"{"layers":[{"in":2,"out":3,"activation":"tanh","dropout":0.25},
    {"in":3,"out":2,"activation":"relu"},{"in":2,"out":1}],
    "loss":{"name":"BCEWithLogitsLoss"},"optimizer":{"name":"Adam"},"batch_size":4}"#;

fn tensor(shape: [usize; 2], data: Vec<f32>) -> Tensor<f32> {
    Tensor::new(shape.to_vec(), data).expect("numbers that fill the shape")
}

/// Eleven points around the origin, positive where both coordinates have the same sign.
fn xor() -> DataTensors<f32> {
    let point = |i: usize| [((i * 7) % 11) as f32 / 2.0 - 2.4, ((i * 4) % 11) as f32 / 2.0 - 2.6];
    let points: Vec<[f32; 2]> = (0..11).map(point).collect();
    let targets = points.iter().map(|[x, y]| f32::from(u8::from(x * y > 0.0))).collect();
    DataTensors {
        inputs: tensor([11, 2], points.concat()),
        targets: tensor([11, 1], targets),
        sample_weight: None,
        test: None,
    }
}

fn trainer(json: &str) -> Trainer<F32> {
    Trainer::new(Config::from_json(json).expect("a valid configuration"), xor()).expect("a trainer")
}

fn grid(unit: Option<Unit>) -> Grid {
    Grid {
        width: 23,
        height: 17,
        x: (-3.0, 2.0),
        y: (-1.0, 4.0),
        features: (0, 1),
        at: vec![0.0; 2],
        output: 0,
        derived: None,
        unit,
    }
}

#[test]
fn unit_pictures_are_the_pictures_of_each_unit_layer_after_layer() {
    let mut trainer = trainer(MLP);
    trainer.train_epoch(false).expect("an epoch");
    let all = trainer.unit_grids(&grid(None)).expect("pictures");
    let mut pictures = all.chunks_exact(23 * 17);
    for (layer, units) in [(0, 3), (1, 2), (2, 1)] {
        for index in 0..units {
            let one = trainer.predict_grid(&grid(Some(Unit { layer, index }))).expect("a picture");
            assert_eq!(pictures.next(), Some(&one[..]), "layer {layer}, unit {index}");
        }
    }
    assert_eq!(pictures.next(), None);
}

#[test]
fn a_unit_shows_what_its_activation_gives_and_dropout_does_not_touch_it() {
    let mut trainer = trainer(MLP);
    let shown = trainer.predict_grid(&grid(Some(Unit { layer: 0, index: 1 }))).expect("a picture");
    let parameters = trainer.network().parameters();
    let (weight, bias) = ([parameters[2], parameters[3]], parameters[7]);
    let pixel = |i: usize| {
        let x = -3.0 + 5.0 * ((i % 23) as f64 + 0.5) / 23.0;
        let y = -1.0 + 5.0 * (1.0 - ((i / 23) as f64 + 0.5) / 17.0);
        bias + weight[0] * x as f32 + weight[1] * y as f32
    };
    let (expected, _) =
        activate::<F32>(Activation::Tanh, &(0..23 * 17).map(pixel).collect::<Vec<_>>());
    assert_eq!(shown, expected);
}

#[test]
fn the_output_unit_is_the_logit_where_the_output_is_a_probability() {
    let mut trainer = trainer(MLP);
    let logits = trainer.predict_grid(&grid(Some(Unit { layer: 2, index: 0 }))).expect("a picture");
    let (expected, _) = activate::<F32>(Activation::Sigmoid, &logits);
    assert_eq!(trainer.predict_grid(&grid(None)).expect("a picture"), expected);
}

#[test]
fn a_picture_of_an_output_is_what_the_network_predicts_there_whatever_its_loss() {
    // One cell with objectness, two classes and a box, of which no number is a probability.
    const DETECTION: &str = r#"{"name":"DetectionLoss","grid":1,"classes":2,"label_loss":{"name":"BCEWithLogitsLoss"}}"#;
    for loss in [r#"{"name":"BCEWithLogitsLoss"}"#, r#"{"name":"CrossEntropyLoss"}"#, DETECTION] {
        let json = format!(
            r#"{{"layers":[{{"in":2,"out":7}}],"loss":{loss},"optimizer":{{"name":"SGD"}}}}"#
        );
        let data = DataTensors { targets: tensor([11, 7], vec![0.0; 77]), ..xor() };
        let config = Config::from_json(&json).expect("a valid configuration");
        let mut trainer = Trainer::<F32>::new(config, data).expect("a trainer");
        let axis = |(low, high): (f64, f64), share: f64| (low + (high - low) * share) as f32;
        let Grid { width, height, x, y, .. } = grid(None);
        let centre = |k: usize| {
            let (column, row) = ((k % width) as f64 + 0.5, (k / width) as f64 + 0.5);
            [axis(x, column / width as f64), axis(y, 1.0 - row / height as f64)]
        };
        let centres: Vec<[f32; 2]> = (0..width * height).map(centre).collect();
        let there = tensor([width * height, 2], centres.concat());
        let predicted = trainer.predict(&there).expect("predictions").data;
        for output in 0..7 {
            let drawn = trainer.predict_grid(&Grid { output, ..grid(None) }).expect("a picture");
            let expected: Vec<f32> = predicted.iter().copied().skip(output).step_by(7).collect();
            assert_eq!(drawn, expected, "output {output} of {loss}");
        }
    }
}

#[test]
fn pictures_that_do_not_fit_are_refused() {
    let mut trainer = trainer(MLP);
    for (layer, index) in [(3, 0), (0, 3), (2, 1), (usize::MAX, usize::MAX)] {
        assert!(trainer.predict_grid(&grid(Some(Unit { layer, index }))).is_err());
    }
    let large = Grid { width: 1024, height: 1024, ..grid(None) };
    assert!(trainer.predict_grid(&large).is_ok());
    assert!(trainer.unit_grids(&large).is_err(), "six units are too many for this size");
    assert!(trainer.predict_grid(&Grid { at: vec![0.0], ..grid(None) }).is_err());
    assert!(trainer.predict_grid(&Grid { output: 1, ..grid(None) }).is_err());
}

#[test]
fn an_edited_parameter_is_all_that_changes_and_a_snapshot_keeps_it() {
    let mut edited = trainer(MLP);
    edited.train_epoch(false).expect("an epoch");
    let before = edited.network().parameters().to_vec();
    edited.set_parameters(5, &[0.625]).expect("an index in range");
    let mut expected = before.clone();
    expected[5] = 0.625;
    assert_eq!(edited.network().parameters(), expected);
    assert_eq!((edited.epoch(), edited.step()), (1, 0));

    let mut restored = Trainer::<F32>::restore(&edited.snapshot(), xor()).expect("a snapshot");
    assert_eq!(restored.network().parameters(), expected);
    assert_eq!(restored.train_epoch(true), edited.train_epoch(true));

    // Back to what it was before, so does the run: optimizer, order and dropout were not touched.
    let (mut whole, mut undone) = (trainer(MLP), trainer(MLP));
    whole.train_epoch(false).expect("an epoch");
    undone.train_epoch(false).expect("an epoch");
    undone.set_parameters(0, &[9.0; 3]).expect("indices in range");
    undone.set_parameters(0, &before).expect("all of them");
    assert_eq!(undone.train_epoch(true), whole.train_epoch(true));
}

#[test]
fn parameters_that_are_none_are_refused_and_nothing_changes() {
    let mut trainer = trainer(MLP);
    let before = trainer.network().parameters().to_vec();
    let count = before.len();
    for start in [count, count - 1, usize::MAX] {
        assert!(trainer.set_parameters(start, &[1.0, 2.0]).is_err());
    }
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert!(trainer.set_parameters(0, &[1.0, bad]).is_err());
    }
    assert_eq!(trainer.network().parameters(), before);
}

#[test]
fn a_grid_derives_the_networks_inputs_from_each_pixel() {
    let json = r#"{"layers":[{"in":3,"out":1}],"loss":{"name":"BCEWithLogitsLoss"},
        "optimizer":{"name":"SGD"},"init":"zeros"}"#;
    let options =
        r#"{"formulas":[["x1","x2","*"],["x3"],["x1","sin"]],"mean":[1,0,0],"std":[2,1,1]}"#;
    let features = Features::required(&Value::from_json(options).expect("JSON"), 3).expect("three");
    let data = DataTensors {
        inputs: tensor([2, 3], vec![0.0; 6]),
        targets: tensor([2, 1], vec![0.0, 1.0]),
        sample_weight: None,
        test: None,
    };
    let config = Config::from_json(json).expect("a valid configuration");
    let mut trainer = Trainer::<F32>::new(config, data).expect("a trainer");
    trainer.set_parameters(0, &[0.5, -0.25, 2.0, 0.125]).expect("four parameters");
    let plane = Grid {
        features: (0, 1),
        at: vec![9.0, 9.0, 0.375],
        derived: Some(features.clone()),
        ..grid(Some(Unit { layer: 0, index: 0 }))
    };
    let drawn = trainer.predict_grid(&plane).expect("a picture");
    let points: Vec<f32> = (0..23 * 17)
        .flat_map(|i| {
            let x = -3.0 + 5.0 * ((i % 23) as f64 + 0.5) / 23.0;
            let y = -1.0 + 5.0 * (1.0 - ((i / 23) as f64 + 0.5) / 17.0);
            [x as f32, y as f32, 0.375]
        })
        .collect();
    let inputs = Tensor::new(vec![23 * 17, 3], features.of_rows(&points)).expect("rows");
    assert_eq!(trainer.logits(&inputs).expect("logits").data, drawn);
    // Three columns, three formulas: a grid without them looks at the inputs themselves.
    assert!(trainer.predict_grid(&Grid { derived: None, ..plane.clone() }).is_ok());
    assert!(trainer.predict_grid(&Grid { at: vec![0.0; 2], ..plane.clone() }).is_err());
    let two = Features::required(&Value::from_json(r#"{"formulas":[["x1"],["x2"]]}"#).unwrap(), 3);
    let two = Grid { derived: Some(two.expect("two formulas")), ..plane };
    assert!(trainer.predict_grid(&two).is_err());
}

#[test]
fn scores_are_the_predictions_for_the_data_in_its_order_and_labels_are_hard() {
    let mut data = xor();
    data.targets.data[0] = 0.5;
    data.targets.data[1] = 0.4;
    data.test = Some((tensor([1, 2], vec![1.0, 2.0]), tensor([1, 1], vec![0.9])));
    let (inputs, targets) = (data.inputs.clone(), data.targets.data.clone());
    let config = Config::from_json(MLP).expect("a valid configuration");
    let mut with_test = Trainer::<F32>::new(config, data).expect("a trainer");
    with_test.train_epoch(false).expect("an epoch");
    let Scores { scores, labels } = with_test.scores(Part::Train).expect("training rows");
    assert_eq!(scores, with_test.predict(&inputs).expect("predictions"));
    assert_eq!(labels.shape, [11, 1]);
    let expected: Vec<f32> = targets.iter().map(|&t| if t >= 0.5 { 1.0 } else { 0.0 }).collect();
    assert_eq!(labels.data, expected);
    let Scores { scores, labels } = with_test.scores(Part::Test).expect("test rows");
    assert_eq!((scores.shape, labels.data), (vec![1, 1], vec![1.0]));
    assert!(trainer(MLP).scores(Part::Test).is_err());
}

fn samples(trainer: &mut Trainer<F32>, samples: u64) {
    let until = Until { samples: Some(samples), ..Until::default() };
    assert_eq!(trainer.train_while(until, || true).expect("samples"), (true, None));
}

fn steps(trainer: &mut Trainer<F32>, steps: u64) {
    let until = Until { steps: Some(steps), ..Until::default() };
    assert_eq!(trainer.train_while(until, || true).expect("steps"), (true, None));
}

#[test]
fn single_samples_are_steps_of_batch_size_1_in_the_epochs_order() {
    let plain = MLP.replace(r#","dropout":0.25"#, "");
    let mut by_samples = trainer(&plain);
    let mut by_batches = trainer(&plain.replace(r#""batch_size":4"#, r#""batch_size":1"#));
    samples(&mut by_samples, 25);
    steps(&mut by_batches, 25);
    assert_eq!(by_samples.network().parameters(), by_batches.network().parameters());
    assert_eq!(by_samples.running_losses(), by_batches.running_losses());
    // Two epochs of eleven rows, and three rows: the first batch of four is not yet whole.
    assert_eq!((by_samples.epoch(), by_samples.step(), by_samples.sample()), (2, 0, 3));
    assert_eq!(by_samples.total_steps(), 25);
    assert_eq!(by_samples.next_row(), by_batches.next_row());
}

#[test]
fn a_batch_that_samples_began_is_finished_with_the_rows_that_are_left() {
    let mut whole = trainer(MLP);
    let mut rows = Vec::new();
    for _ in 0..11 {
        rows.push(whole.next_row());
        samples(&mut whole, 1);
    }
    assert_eq!(whole.epoch(), 1);
    rows.sort_unstable();
    assert_eq!(rows, (0..11).collect::<Vec<u32>>());

    let mut mixed = trainer(MLP);
    samples(&mut mixed, 3);
    steps(&mut mixed, 1);
    assert_eq!((mixed.step(), mixed.sample()), (1, 0));
    samples(&mut mixed, 2);
    let snapshot = mixed.snapshot();
    let mut restored = Trainer::<F32>::restore(&snapshot, xor()).expect("a snapshot");
    assert_eq!((restored.step(), restored.sample()), (1, 2));
    assert_eq!(restored.next_row(), mixed.next_row());
    assert_eq!(restored.train_epoch(true), mixed.train_epoch(true));
    assert_eq!(restored.snapshot(), mixed.snapshot());
    // The last batch has three rows.
    steps(&mut mixed, 2);
    samples(&mut mixed, 3);
    assert_eq!((mixed.epoch(), mixed.step(), mixed.sample()), (2, 0, 0));
}

#[test]
fn rewinding_goes_back_with_the_configuration_of_then_and_on_bit_for_bit() {
    let mut undisturbed = trainer(MLP);
    undisturbed.train_epoch(false).expect("an epoch");
    let mut run = trainer(MLP);
    run.train_epoch(false).expect("an epoch");
    let snapshot = run.snapshot();
    let other = MLP.replace(r#"{"name":"Adam"}"#, r#"{"name":"SGD","lr":0.5,"momentum":0.9}"#);
    run.reconfigure(Config::from_json(&other).expect("valid")).expect("the same shapes");
    run.train_epoch(false).expect("an epoch");
    let forth = run.snapshot();
    run.rewind(&snapshot).expect("a snapshot of this run");
    assert_eq!(run.snapshot(), snapshot);
    assert_eq!(run.train_epoch(true), undisturbed.train_epoch(true));
    run.rewind(&forth).expect("a snapshot of this run");
    assert_eq!(run.snapshot(), forth);
}

#[test]
fn a_snapshot_that_is_not_of_this_run_changes_nothing() {
    let mut run = trainer(MLP);
    run.train_epoch(false).expect("an epoch");
    let before = run.snapshot();
    let seeded = MLP.replace(r#""batch_size":4"#, r#""batch_size":4,"seed":9"#);
    let mut other_data = xor();
    other_data.targets.data[0] = 0.25;
    let config = Config::from_json(MLP).expect("valid");
    let other = Trainer::<F32>::new(config, other_data).expect("a trainer").snapshot();
    let cut = &before[..before.len() - 4];
    for bytes in [&trainer(&seeded).snapshot()[..], &other, cut, &before[..20], b"", b"BCESNAP1"] {
        assert!(run.rewind(bytes).is_err());
        assert_eq!(run.snapshot(), before);
    }
    let mut optimizer = trainer(&MLP.replace("Adam", "SGD"));
    optimizer.rewind(&before).expect("another optimizer is no other run");
    assert_eq!(optimizer.snapshot(), before);
}

/// The batches of an epoch are laid out before it begins, and again when something about them changes.
#[test]
fn batches_follow_the_data_their_order_and_their_size() {
    let other = || DataTensors {
        inputs: tensor([9, 2], (0..18).map(|i| ((i * 5) % 18) as f32 / 9.0 - 1.0).collect()),
        targets: tensor([9, 1], (0..9).map(|i| (i % 2) as f32).collect()),
        ..xor()
    };
    let config = |batch_size: &str, shuffle: &str| {
        let shuffle = format!(r#""batch_size":{batch_size},"shuffle":{shuffle}"#);
        Config::from_json(&MLP.replace(r#""batch_size":4"#, &shuffle)).expect("a configuration")
    };
    for (before, after) in [("true", "true"), ("false", "false"), ("true", "false")] {
        let mut run = Trainer::<F32>::new(config("4", before), xor()).expect("a trainer");
        let compare = |run: &mut Trainer<F32>, data: DataTensors<f32>| {
            let mut fresh = Trainer::<F32>::restore(&run.snapshot(), data).expect("a snapshot");
            for trainer in [&mut *run, &mut fresh] {
                trainer.train_epoch(false).expect("an epoch");
            }
            assert_eq!(run.network().parameters(), fresh.network().parameters());
        };
        compare(&mut run, xor());
        run.set_data(other()).expect("other data");
        compare(&mut run, other());
        run.reconfigure(config("3", before)).expect("another size");
        compare(&mut run, other());
        run.reconfigure(config("3", after)).expect("another order");
        compare(&mut run, other());
        // A step on rows of one's own, or on one row, leaves the others where they are.
        run.train_batch(&[5, 1]).expect("a step");
        compare(&mut run, other());
        run.train_while(Until { samples: Some(4), ..Until::default() }, || true).expect("steps");
        compare(&mut run, other());
    }
}
