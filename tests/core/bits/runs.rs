//! Runs whose every loss and parameter is pinned to the bit, for any host.
//!
//! `runs.json` lists configurations, data and the expected bits; the native test, the test in
//! Chromium and the test in Node all read it. To pin it anew after a deliberate change:
//! `UPDATE_BITS=1 cargo test -p bce-core --test bits`.

use bce_core::config::Config;
use bce_core::data::{MakeOptions, ShapesOptions, SplitOptions, blobs, make, make_shapes, split};
use bce_core::lanes::Lanes;
use bce_core::math::Math;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, EpochRecord, Grid, Trainer};
use bce_core::value::{Fields, Value};

/// Images for training, and a hundred others for testing.
fn images(run: &Value) -> DataTensors<f32> {
    let options = run.get("images").expect("a run has points or images");
    let options = ShapesOptions::from_value(options).expect("valid options");
    let pair = |options: &ShapesOptions| {
        let made = make_shapes(options).expect("images");
        let rows = options.n_samples;
        let tensor = |data: Vec<f32>| {
            Tensor::new(vec![rows, data.len() / rows], data).expect("rows times columns")
        };
        (tensor(made.inputs), tensor(made.targets))
    };
    let (inputs, targets) = pair(&options);
    let test = pair(&ShapesOptions { first: 1000, n_samples: 100, ..options });
    DataTensors { inputs, targets, sample_weight: None, test: Some(test) }
}

/// The data that a run is made of: a made set, split in halves, standardised; or images.
fn data(run: &Value) -> DataTensors<f32> {
    let Some(spec) = run.get("dataset") else { return images(run) };
    let mut fields = Fields::of(spec, "dataset").expect("an object");
    let options = MakeOptions {
        n_samples: fields.required_integer("n_samples", (1, 10_000)).expect("n_samples") as usize,
        noise: fields.number("noise", 0.0).expect("noise"),
        ratio: fields.number("ratio", 0.5).expect("ratio"),
        seed: fields.integer("seed", 1, (0, 1 << 50)).expect("seed"),
    };
    let made = match fields.required_text("name").expect("name") {
        "blobs" => blobs(&options),
        name => make(name, &options),
    };
    let made = made.expect("a data set");
    let options = SplitOptions { standardize: true, ..SplitOptions::default() };
    let split = split(&made, &options).expect("a split");
    let tensor = |rows: usize, columns: usize, data| {
        Tensor::new(vec![rows, columns], data).expect("rows times columns")
    };
    let (train, test) = (split.train_rows.len(), split.test_rows.len());
    DataTensors {
        inputs: tensor(train, 2, split.inputs),
        targets: tensor(train, split.outputs, split.targets),
        sample_weight: None,
        test: Some((
            tensor(test, 2, split.test_inputs),
            tensor(test, split.outputs, split.test_targets),
        )),
    }
}

/// Everything that a run computes, as hexadecimal bits: `{ records, parameters, grid }`.
pub fn outcome<L: Math + Lanes<Element = f32>>(run: &Value) -> Value {
    let config = Config::from_value(run.get("config").expect("a config")).expect("a valid config");
    let Some(Value::Number(epochs)) = run.get("epochs") else { panic!("a run has epochs") };
    let inputs = config.inputs();
    let mut trainer = Trainer::<L>::new(config, data(run)).expect("a trainer");
    let records: Vec<Value> = (0..*epochs as u32)
        .map(|_| record_bits(&trainer.train_epoch(true).expect("an epoch")).as_str().into())
        .collect();
    let grid = Grid {
        width: 8,
        height: 8,
        x: (-2.0, 2.0),
        y: (-2.0, 2.0),
        features: (0, 1),
        at: vec![0.0; inputs],
        output: 0,
        derived: None,
        unit: None,
    };
    let grid = trainer.predict_grid(&grid).expect("a grid");
    Value::map([
        ("records", Value::List(records)),
        ("parameters", float_bits(trainer.network().parameters()).as_str().into()),
        ("grid", float_bits(&grid).as_str().into()),
    ])
}

/// The bits of float32, eight digits each.
fn float_bits(x: &[f32]) -> String {
    x.iter().map(|x| format!("{:08x}", x.to_bits())).collect()
}

/// The bits of a record's float64, sixteen digits each.
fn record_bits(record: &EpochRecord) -> String {
    let EpochRecord { lr, train_loss, train_objective, eval_loss, test_loss, accuracy, .. } =
        *record;
    let computed = [train_loss, train_objective, eval_loss, test_loss, accuracy];
    let computed = computed.map(|x| x.expect("everything is evaluated"));
    let all = std::iter::once(lr).chain(computed);
    all.map(|x| format!("{:016x}", x.to_bits())).collect()
}

/// A message for each run whose outcome is not the pinned one.
pub fn differences<L: Math + Lanes<Element = f32>>(json: &str) -> Vec<String> {
    let Value::List(runs) = Value::from_json(json).expect("JSON") else { panic!("a list of runs") };
    assert!(runs.len() >= 5, "runs.json is not complete");
    let compare = |run: &Value| {
        let got = outcome::<L>(run);
        let expected = run.get("expected").expect("an expectation");
        (got != *expected).then(|| {
            let name = run.get("name").expect("a name").python();
            format!("{name}: expected {}\n got {}", expected.to_json(), got.to_json())
        })
    };
    runs.iter().filter_map(compare).collect()
}
