//! Detection: boxes, their coding, suppression, average precision, the made images, and the loss.

use bce_core::config::Config;
use bce_core::data::shapes::{CLASSES, NORMALIZE, SIZE};
use bce_core::data::{Shapes, ShapesOptions, make_shapes};
use bce_core::detection::{
    Bounds, DetectOptions, Detection, Grid, MatchOptions, Object, average_precision, iou,
    mean_average_precision, ranking_precision, suppress,
};
use bce_core::lanes::{Native, Portable};
use bce_core::loss::functional::{LossTensors, loss};
use bce_core::loss::{Criterion, Reduction};
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Part, Trainer};
use bce_core::value::Value;
use proptest::prelude::*;

fn bounds() -> impl Strategy<Value = Bounds> {
    (0.0..20.0f64, 0.0..20.0f64, 0.1..10.0f64, 0.1..10.0f64)
        .prop_map(|(x1, y1, width, height)| Bounds { x1, y1, x2: x1 + width, y2: y1 + height })
}

fn detections() -> impl Strategy<Value = Vec<Detection>> {
    let one = (0..3usize, 0..2usize, bounds());
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let count = all.len() as f64;
        // Every score once, in no order.
        let score = |i: usize| ((i * 17 + 5) % 41) as f64 / 41.0 + 1e-6 * i as f64 / (count + 1.0);
        let found = |(i, (image, class, bounds)): (usize, (usize, usize, Bounds))| Detection {
            object: Object { image, class, bounds },
            score: score(i),
        };
        all.into_iter().enumerate().map(found).collect()
    })
}

fn same_kind(a: Object, b: Object) -> bool {
    (a.image, a.class) == (b.image, b.class)
}

proptest! {
    #[test]
    fn overlap_is_symmetric_a_share_and_one_for_the_same_box(a in bounds(), b in bounds()) {
        prop_assert_eq!(iou(a, b), iou(b, a));
        prop_assert!((0.0..=1.0).contains(&iou(a, b)));
        prop_assert_eq!(iou(a, a), 1.0);
    }

    #[test]
    fn what_stays_does_not_overlap_and_covers_what_goes(found in detections(), threshold in 0.0..1.0f64) {
        let kept = suppress(&found, threshold);
        for (rank, &i) in kept.iter().enumerate() {
            for &j in &kept[..rank] {
                prop_assert!(found[j].score >= found[i].score);
                let overlap = iou(found[i].object.bounds, found[j].object.bounds);
                prop_assert!(!same_kind(found[i].object, found[j].object) || overlap <= threshold);
            }
        }
        for i in (0..found.len()).filter(|i| !kept.contains(i)) {
            let covers = |&k: &usize| {
                same_kind(found[k].object, found[i].object)
                    && found[k].score > found[i].score
                    && iou(found[k].object.bounds, found[i].object.bounds) > threshold
            };
            prop_assert!(kept.iter().any(covers));
        }
    }

    #[test]
    fn suppressing_again_changes_nothing_and_the_order_does_not_matter(found in detections()) {
        let keep = |found: &[Detection]| -> Vec<Detection> {
            suppress(found, 0.4).into_iter().map(|i| found[i]).collect()
        };
        let kept = keep(&found);
        prop_assert_eq!(&keep(&kept), &kept);
        let turned: Vec<Detection> = found.iter().rev().copied().collect();
        prop_assert_eq!(keep(&turned), kept);
    }

    #[test]
    fn a_box_survives_its_coding(
        side in 1..9usize,
        class in 0..3usize,
        centre in (0.0..23.99f64, 0.0..23.99f64),
        half in (0.1..12.0f64, 0.1..12.0f64),
    ) {
        let grid = Grid { side, classes: 3 };
        let ((x, y), (w, h)) = (centre, half);
        let bounds = Bounds { x1: x - w, y1: y - h, x2: x + w, y2: y + h };
        let objects = [Object { image: 1, class, bounds }];
        let targets = grid.encode(&objects, 3, 24.0).unwrap();
        let found = grid.decode(&targets, 24.0, 0.5);
        prop_assert_eq!(found.len(), 1);
        let Detection { object, score } = found[0];
        prop_assert_eq!((object.image, object.class, score), (1, class, 1.0));
        let got = object.bounds;
        let pairs =
            [(got.x1, bounds.x1), (got.y1, bounds.y1), (got.x2, bounds.x2), (got.y2, bounds.y2)];
        // A coded number is a float32.
        prop_assert!(pairs.iter().all(|(a, b)| (a - b).abs() < 1e-5), "{:?} {:?}", got, bounds);
    }
}

fn at(x: f64, y: f64, size: f64) -> Bounds {
    Bounds { x1: x, y1: y, x2: x + size, y2: y + size }
}

#[test]
fn overlaps_are_those_computed_by_hand() {
    // 2 · 2 of 16 + 16 − 4.
    assert_eq!(iou(at(0.0, 0.0, 4.0), at(2.0, 2.0, 4.0)), 4.0 / 28.0);
    assert_eq!(iou(at(0.0, 0.0, 4.0), at(1.0, 1.0, 2.0)), 4.0 / 16.0);
    assert_eq!(iou(at(0.0, 0.0, 4.0), at(4.0, 0.0, 4.0)), 0.0);
    let empty = Bounds { x1: 3.0, y1: 3.0, x2: 1.0, y2: 1.0 };
    assert_eq!(iou(empty, empty), 0.0);
}

/// Five detections of class 0 in two images with three objects; the second finds an object again, the
/// fourth overlaps its object by a third only.
fn worked_example() -> (Vec<Detection>, Vec<Object>) {
    let object = |image, bounds| Object { image, class: 0, bounds };
    let objects = vec![
        object(0, at(0.0, 0.0, 6.0)),
        object(0, at(12.0, 12.0, 6.0)),
        object(1, at(4.0, 4.0, 8.0)),
    ];
    let found = |image, bounds, score| Detection { object: object(image, bounds), score };
    let detections = vec![
        found(0, at(12.0, 12.0, 6.0), 0.6),
        found(0, at(0.0, 0.0, 6.0), 0.9),
        found(1, at(8.0, 4.0, 8.0), 0.7),
        found(0, at(1.0, 0.0, 6.0), 0.8),
        found(1, at(4.0, 5.0, 8.0), 0.5),
    ];
    (detections, objects)
}

#[test]
fn average_precision_is_that_computed_by_hand() {
    let (detections, objects) = worked_example();
    let matching = |interpolated| MatchOptions { iou_threshold: 0.5, interpolated };
    let classes = average_precision(&detections, &objects, 2, matching(true));
    // By score: right, wrong (the object is taken), wrong (4 · 8 of 96 is a third), right, right.
    assert_eq!(classes[0].right, [true, false, false, true, true]);
    assert_eq!(classes[0].recall, [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 2.0 / 3.0, 1.0]);
    assert_eq!(classes[0].precision, [1.0, 1.0 / 2.0, 1.0 / 3.0, 2.0 / 4.0, 3.0 / 5.0]);
    let third = 1.0 / 3.0;
    // Interpolated, precision at recall 2/3 is the 3/5 that is reached at recall 1.
    let interpolated = third * (1.0 + 3.0 / 5.0 + 3.0 / 5.0);
    assert!((classes[0].average_precision - interpolated).abs() < 1e-15);
    let plain = average_precision(&detections, &objects, 1, matching(false));
    assert!((plain[0].average_precision - third * (1.0 + 1.0 / 2.0 + 3.0 / 5.0)).abs() < 1e-15);
    // A class without objects has none, and does not count in the mean.
    assert!(classes[1].average_precision.is_nan());
    assert_eq!(mean_average_precision(&classes), classes[0].average_precision);
}

#[test]
fn a_lower_threshold_lets_a_third_of_overlap_count() {
    let (detections, objects) = worked_example();
    let matching = MatchOptions { iou_threshold: 0.3, interpolated: true };
    let classes = average_precision(&detections, &objects, 1, matching);
    assert_eq!(classes[0].right, [true, false, true, true, false]);
}

#[test]
fn the_average_precision_of_a_ranking_is_scikit_learns() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path.join("../../tests/golden/metrics.json")).unwrap();
    let golden = Value::from_json(&text).unwrap();
    let Some(Value::List(cases)) = golden.get("cases") else { panic!("no cases") };
    let mut compared = 0;
    let binary = |case: &&Value| case.get("kind") == Some(&"binary".into());
    for case in cases.iter().filter(binary) {
        let numbers = |key: &str| match case.get(key) {
            Some(Value::List(list)) => list.iter().map(number).collect::<Vec<f64>>(),
            _ => panic!("{key} is no list"),
        };
        let (scores, labels) = (numbers("scores"), numbers("labels"));
        let objects = labels.iter().filter(|&&label| label == 1.0).count();
        if objects == 0 {
            continue; // For scikit-learn that is 0, for detection there is nothing to be averaged.
        }
        let mut ranked: Vec<(f64, bool)> =
            scores.into_iter().zip(labels.iter().map(|&label| label == 1.0)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (scores, right) = ranked.into_iter().unzip();
        let got = ranking_precision(scores, right, objects, false).average_precision;
        let wanted = number(case.get("average_precision").expect("an average precision"));
        assert!((got - wanted).abs() < 1e-12, "{got} is not {wanted}");
        compared += 1;
    }
    assert!(compared >= 8, "only {compared} cases");
}

fn number(value: &Value) -> f64 {
    let Value::Number(x) = value else { panic!("not a number: {}", value.to_json()) };
    *x
}

fn shapes(n_samples: usize, first: u64) -> Shapes {
    let options =
        Value::map([("n_samples", n_samples.into()), ("first", Value::from(first as usize))]);
    make_shapes(&ShapesOptions::from_value(&options).unwrap()).unwrap()
}

#[test]
fn images_have_one_to_four_objects_inside_that_do_not_touch() {
    let made = shapes(200, 0);
    let mut classes = [0; CLASSES.len()];
    for image in 0..200 {
        let of_image: Vec<&Object> = made.objects.iter().filter(|o| o.image == image).collect();
        assert!((1..=4).contains(&of_image.len()));
        for (i, a) in of_image.iter().enumerate() {
            classes[a.class] += 1;
            let Bounds { x1, y1, x2, y2 } = a.bounds;
            assert!(x1 >= 0.0 && y1 >= 0.0 && x2 <= SIZE as f64 && y2 <= SIZE as f64);
            assert!((6.0..=11.0).contains(&(x2 - x1)));
            assert!(of_image[..i].iter().all(|b| iou(a.bounds, b.bounds) == 0.0));
        }
    }
    assert!(classes.iter().all(|&n| n > 100), "{classes:?}");
    let range = NORMALIZE.0..=NORMALIZE.0 + 1.0;
    let brightness = |&x: &f32| f64::from(x) * NORMALIZE.1 + 2.0 * NORMALIZE.0;
    assert!(made.inputs.iter().all(|x| range.contains(&brightness(x))));
}

#[test]
fn an_object_is_brighter_than_the_ground_where_it_is() {
    let made = shapes(50, 0);
    for object in &made.objects {
        let (x, y) = object.bounds.centre();
        let pixel = |x: usize, y: usize| made.inputs[(object.image * SIZE + y) * SIZE + x];
        let darkest = made.inputs[object.image * SIZE * SIZE..][..SIZE * SIZE]
            .iter()
            .fold(f32::INFINITY, |least, &x| least.min(x));
        assert!(pixel(x as usize, y as usize) > darkest + 0.4);
    }
}

#[test]
fn an_image_depends_on_seed_and_number_alone() {
    let (all, later) = (shapes(20, 0), shapes(5, 15));
    assert_eq!(all.inputs[15 * SIZE * SIZE..], later.inputs[..]);
    assert_eq!(all.targets[15 * later.grid.outputs()..], later.targets[..]);
    let options = |key, value: f64| {
        let options = Value::map([("n_samples", 20usize.into()), (key, value.into())]);
        make_shapes(&ShapesOptions::from_value(&options).unwrap()).unwrap()
    };
    assert_ne!(options("seed", 2.0).inputs, all.inputs);
    let quiet = options("noise", 0.0);
    assert_eq!(quiet.objects, all.objects);
    assert_ne!(quiet.inputs, all.inputs);
}

#[test]
fn options_out_of_range_are_refused_where_they_are() {
    for (key, value) in [("noise", 51.0), ("n_samples", 0.0), ("grid", 9.0), ("distractors", 5.0)] {
        let error = ShapesOptions::from_value(&Value::map([(key, value.into())])).unwrap_err();
        assert_eq!(error.path.as_deref(), Some(key));
    }
}

fn config(label_loss: &str) -> Config {
    let json = format!(
        r#"{{"seed": 3, "layers": [{{"in": 5, "out": 6, "activation": "tanh"}}, {{"in": 6, "out": 28}}],
        "loss": {{"name": "DetectionLoss", "grid": 2, "classes": 2, "label_loss": {label_loss},
                  "box_loss": {{"name": "SmoothL1Loss", "beta": 0.3}}, "box_weight": 1.5}},
        "optimizer": {{"name": "SGD", "lr": 0}}, "batch_size": 4}}"#
    );
    Config::from_json(&json).unwrap()
}

/// Seven rows, cells with and without an object; the last row has none at all.
fn rows() -> DataTensors<f64> {
    let grid = Grid { side: 2, classes: 2 };
    let objects: Vec<Object> = (0..9)
        .map(|i| Object {
            image: i * 5 % 6,
            class: i % 2,
            bounds: at(i as f64, (i * 3 % 8) as f64, 3.0),
        })
        .collect();
    let targets = grid.encode(&objects, 7, 12.0).unwrap();
    let inputs = (0..35).map(|i| ((i * 7 % 11) as f64 - 5.0) / 4.0).collect();
    DataTensors {
        inputs: Tensor::new(vec![7, 5], inputs).unwrap(),
        targets: Tensor::new(vec![7, 28], targets.into_iter().map(f64::from).collect()).unwrap(),
        sample_weight: None,
        test: None,
    }
}

const LABEL_LOSSES: [&str; 3] = [
    r#"{"name": "BCEWithLogitsLoss"}"#,
    r#"{"name": "BCEWithLogitsLoss", "weight": [1, 2, 0.5], "pos_weight": [3, 4, 5]}"#,
    r#"{"name": "sigmoid_focal_loss", "alpha": 0.3, "gamma": 1.5}"#,
];

/// The loss of these rows as one would write it in PyTorch, from the losses of whole tensors: (labels,
/// boxes).
fn by_hand(label_loss: &str, outputs: &[f64], targets: &[f64]) -> (f64, f64) {
    type Lanes = Portable<f64>;
    let (mut labels, mut boxes) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    for (x, t) in outputs.chunks(7).zip(targets.chunks(7)) {
        labels.0.extend_from_slice(&x[..3]);
        labels.1.extend_from_slice(&t[..3]);
        if t[0] == 1.0 {
            boxes.0.extend_from_slice(&x[3..]);
            boxes.1.extend_from_slice(&t[3..]);
        }
    }
    let tensor = |data: Vec<f64>, columns| Tensor::new(vec![data.len() / columns, columns], data);
    let mean = |criterion, pair: (Vec<f64>, Vec<f64>), columns, tensors: &LossTensors<f64>| {
        let (x, t) = (tensor(pair.0, columns).unwrap(), tensor(pair.1, columns).unwrap());
        loss::<Lanes>(criterion, &x, &t, Reduction::Mean, tensors).unwrap().output.data[0]
    };
    let settings = Value::from_json(label_loss).unwrap();
    let weights = |key: &str| match settings.get(key) {
        Some(Value::List(list)) => Some(tensor(list.iter().map(number).collect(), 3).unwrap()),
        _ => None,
    };
    let tensors = LossTensors {
        weight: weights("weight"),
        pos_weight: weights("pos_weight"),
        grad_output: None,
    };
    let criterion = config(label_loss).loss.criterion;
    let smooth = Criterion::SmoothL1Loss { beta: 0.3, full: bce_core::full::full().unwrap() };
    let of_boxes =
        if boxes.0.is_empty() { 0.0 } else { mean(smooth, boxes, 4, &LossTensors::default()) };
    (mean(criterion, labels, 3, &tensors), of_boxes)
}

/// The part of [`by_hand`] that is of the first label of every cell.
fn of_objectness(label_loss: &str, outputs: &[f64], targets: &[f64]) -> f64 {
    let config = config(label_loss);
    let firsts = |data: &[f64]| -> Vec<f64> { data.iter().copied().step_by(7).collect() };
    let column = |data: Vec<f64>| Tensor::new(vec![data.len(), 1], data).unwrap();
    let settings = Value::from_json(label_loss).unwrap();
    let first = |key: &str| match settings.get(key) {
        Some(Value::List(list)) => Some(column(vec![number(&list[0])])),
        _ => None,
    };
    let tensors =
        LossTensors { weight: first("weight"), pos_weight: first("pos_weight"), grad_output: None };
    let (x, t) = (column(firsts(outputs)), column(firsts(targets)));
    let criterion = config.loss.criterion;
    loss::<Portable<f64>>(criterion, &x, &t, Reduction::Mean, &tensors).unwrap().output.data[0]
}

#[test]
fn the_loss_is_the_one_put_together_from_the_losses_of_tensors() {
    for label_loss in LABEL_LOSSES {
        let data = rows();
        let mut trainer = Trainer::<Portable<f64>>::new(config(label_loss), data.clone()).unwrap();
        let outputs = trainer.logits(&data.inputs).unwrap().data;
        let (labels, boxes) = by_hand(label_loss, &outputs, &data.targets.data);
        assert!(labels > 0.0 && boxes > 0.0);
        let evaluation = trainer.evaluate(Part::Train).unwrap();
        let parts = evaluation.parts.expect("the parts");
        let near = |got: f64, wanted: f64| assert!((got - wanted).abs() < 1e-13, "{got} {wanted}");
        near(parts.label_loss, labels);
        near(parts.box_loss, boxes);
        // One label of a cell says whether there is an object, two are of classes.
        near((parts.objectness_loss + 2.0 * parts.class_loss) / 3.0, labels);
        near(parts.objectness_loss, of_objectness(label_loss, &outputs, &data.targets.data));
        near(evaluation.loss, labels + 1.5 * boxes);
        // A batch is averaged over its own labels and its own boxes; the last row has no box.
        for batch in [&[4u32, 1, 2][..], &[0, 1, 2, 3, 4, 5, 6], &[6]] {
            let pick = |data: &[f64]| -> Vec<f64> {
                batch.iter().flat_map(|&i| &data[i as usize * 28..][..28]).copied().collect()
            };
            let (labels, boxes) = by_hand(label_loss, &pick(&outputs), &pick(&data.targets.data));
            near(trainer.train_batch(batch).unwrap().loss, labels + 1.5 * boxes);
        }
    }
}

#[test]
fn its_gradient_is_the_derivative() {
    for label_loss in LABEL_LOSSES {
        let data = rows();
        let mut trainer = Trainer::<Portable<f64>>::new(config(label_loss), data).unwrap();
        let batch = [0, 1, 2, 3, 4, 5, 6];
        trainer.train_batch(&batch).unwrap();
        let gradients = trainer.network().gradients().to_vec();
        let parameters = trainer.network().parameters().to_vec();
        let mut moved = |i: usize, by: f64| {
            trainer.set_parameters(i, &[parameters[i] + by]).unwrap();
            let loss = trainer.train_batch(&batch).unwrap().loss;
            trainer.set_parameters(i, &[parameters[i]]).unwrap();
            loss
        };
        for (i, &gradient) in gradients.iter().enumerate() {
            let numeric = (moved(i, 1e-6) - moved(i, -1e-6)) / 2e-6;
            assert!((gradient - numeric).abs() < 1e-7, "{label_loss} {i}: {gradient} {numeric}");
        }
    }
}

#[test]
fn a_configuration_comes_back_as_it_was_read() {
    for label_loss in LABEL_LOSSES {
        let config = config(label_loss);
        assert_eq!(Config::from_value(&config.to_value()).unwrap(), config);
    }
}

#[test]
fn mistakes_in_the_loss_are_named_with_their_place() {
    let with = |key: &str, json: &str| {
        let mut value = config(LABEL_LOSSES[0]).to_value();
        let Value::Map(entries) = &mut value else { panic!("an object") };
        let loss = &mut entries.iter_mut().find(|(k, _)| k == "loss").unwrap().1;
        let Value::Map(loss) = loss else { panic!("an object") };
        loss.retain(|(k, _)| k != key);
        loss.push((key.to_owned(), Value::from_json(json).unwrap()));
        Config::from_value(&value).unwrap_err().path.clone()
    };
    for (key, json, path) in [
        ("grid", "3", "loss.grid"),
        ("grid", "17", "loss.grid"),
        ("label_loss", r#"{"name": "BCELoss"}"#, "loss.label_loss.name"),
        (
            "label_loss",
            r#"{"name": "BCEWithLogitsLoss", "pos_weight": [1, 2]}"#,
            "loss.label_loss.pos_weight",
        ),
        (
            "label_loss",
            r#"{"name": "BCEWithLogitsLoss", "reduction": "sum"}"#,
            "loss.label_loss.reduction",
        ),
        ("box_loss", r#"{"name": "MSELoss"}"#, "loss.box_loss.name"),
        ("box_loss", r#"{"name": "SmoothL1Loss", "beta": -1}"#, "loss.box_loss.beta"),
        ("box_weight", "-1", "loss.box_weight"),
        ("reduction", "\"mean\"", "loss.reduction"),
    ] {
        assert_eq!(with(key, json).as_deref(), Some(path), "{key} {json}");
    }
}

#[test]
fn weights_of_samples_are_refused() {
    let sample_weight = Some(Tensor::new(vec![7, 1], vec![1.0; 7]).unwrap());
    let data = DataTensors { sample_weight, ..rows() };
    let error = Trainer::<Portable<f64>>::new(config(LABEL_LOSSES[0]), data).err().unwrap();
    assert_eq!(error.path.as_deref(), Some("sample_weight"));
    assert!(error.message.contains("DetectionLoss"));
}

#[test]
fn a_prediction_has_probabilities_for_labels_and_boxes_as_they_are() {
    let data = rows();
    let mut trainer = Trainer::<Portable<f64>>::new(config(LABEL_LOSSES[0]), data.clone()).unwrap();
    let logits = trainer.logits(&data.inputs).unwrap().data;
    let predicted = trainer.predict(&data.inputs).unwrap().data;
    for (i, (x, p)) in logits.iter().zip(predicted).enumerate() {
        let wanted = if i % 7 < 3 { 1.0 / (1.0 + (-x).exp()) } else { *x };
        assert!((p - wanted).abs() < 1e-12, "{i}");
    }
    // Nor do boxes count in what is known of outputs.
    assert_eq!(trainer.diagnose().unwrap().outputs.len(), 4 * 3);
}

#[test]
fn a_small_network_learns_to_find_shapes() {
    let tensors = |made: Shapes, rows: usize| {
        let outputs = made.grid.outputs();
        let inputs = Tensor::new(vec![rows, SIZE * SIZE], made.inputs).unwrap();
        (inputs, Tensor::new(vec![rows, outputs], made.targets).unwrap())
    };
    let (inputs, targets) = tensors(shapes(300, 0), 300);
    let test = Some(tensors(shapes(100, 5000), 100));
    let data = DataTensors { inputs, targets, sample_weight: None, test };
    let config = Config::from_json(
        r#"{"layers": [{"in": 576, "out": 32, "activation": "relu"}, {"in": 32, "out": 128}],
        "loss": {"name": "DetectionLoss", "label_loss": {"name": "BCEWithLogitsLoss"}},
        "optimizer": {"name": "Adam", "lr": 0.003}, "batch_size": 25}"#,
    );
    let mut trainer = Trainer::<Native>::new(config.unwrap(), data).unwrap();
    let options = DetectOptions {
        score_threshold: 0.01,
        nms_threshold: 0.5,
        matching: MatchOptions { iou_threshold: 0.5, interpolated: true },
        size: SIZE as f64,
    };
    let before = trainer.detect(Part::Test, &options).unwrap().mean_average_precision;
    for _ in 0..25 {
        trainer.train_epoch(false).unwrap();
    }
    // It knows what it has seen, and something of what it has not.
    let seen = trainer.detect(Part::Train, &options).unwrap().mean_average_precision;
    let unseen = trainer.detect(Part::Test, &options).unwrap();
    assert!(before < 0.02, "{before}");
    assert!(seen > 0.5, "{seen}");
    assert!(unseen.mean_average_precision > before + 0.02, "{}", unseen.mean_average_precision);
    assert!(unseen.detections.windows(2).all(|pair| pair[0].score >= pair[1].score));
}
