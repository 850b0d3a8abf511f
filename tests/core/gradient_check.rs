//! Backward against central differences, in float64: the same code that trains, with other lanes.
//!
//! 200 random networks over all activations, losses and penalties. The error is the distance of the
//! two gradients over the length of the longer (as PyTorch's gradcheck, but for the whole vector).

use bce_core::config::Config;
use bce_core::lanes::Portable;
use bce_core::rng::{Purpose, Stream};
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, Trainer};
use bce_core::value::Value;

type F64 = Portable<f64>;

const NETWORKS: u64 = 200;
const TOLERANCE: f64 = 1e-6;
const STEP: f64 = 1e-6;

fn pick<'a>(stream: &mut Stream, from: &[&'a str]) -> &'a str {
    from[stream.below(from.len() as u32) as usize]
}

/// A configuration whose optimizer moves nothing: steps only compute losses and gradients.
fn random_config(stream: &mut Stream) -> Value {
    let hidden = [
        "identity",
        "sigmoid",
        "tanh",
        "relu",
        "leaky_relu",
        "elu",
        "gelu",
        "silu",
        "softplus",
        "logsigmoid",
    ];
    let losses = [
        "BCELoss",
        "BCEWithLogitsLoss",
        "sigmoid_focal_loss",
        "MSELoss",
        "SmoothL1Loss",
        "CrossEntropyLoss",
    ];
    let loss = pick(stream, &losses);
    let outputs = 1 + stream.below(4) as usize;
    let mut widths = vec![1 + stream.below(5) as usize];
    widths.extend((0..stream.below(3)).map(|_| 1 + stream.below(6) as usize));
    widths.push(outputs);
    let last = widths.len() - 2;
    let layers = (0..=last).map(|i| {
        let end = if loss == "BCELoss" { "sigmoid" } else { "identity" };
        let activation = if i == last { end } else { pick(stream, &hidden) };
        let mut layer = vec![
            ("in".to_owned(), widths[i].into()),
            ("out".to_owned(), widths[i + 1].into()),
            ("activation".to_owned(), activation.into()),
        ];
        if activation == "gelu" {
            let approximate = pick(stream, &["none", "tanh"]).into();
            let params = Value::map([("approximate", approximate)]);
            layer.push(("activation_params".to_owned(), params));
        }
        Value::Map(layer)
    });
    let layers = Value::List(layers.collect());
    let reduction = pick(stream, &["mean", "sum"]);
    let mut loss_entries =
        vec![("name".to_owned(), loss.into()), ("reduction".to_owned(), reduction.into())];
    let mut weights = |stream: &mut Stream, key: &str| {
        let weights: Vec<f64> = (0..outputs).map(|_| stream.uniform(0.2, 3.0)).collect();
        loss_entries.push((key.to_owned(), weights.into()));
    };
    if (loss.starts_with("BCE") || loss == "CrossEntropyLoss") && stream.below(2) == 0 {
        weights(stream, "weight");
    }
    if loss == "BCEWithLogitsLoss" {
        weights(stream, "pos_weight");
    }
    if loss == "CrossEntropyLoss" {
        loss_entries.push(("label_smoothing".to_owned(), stream.uniform(0.0, 0.5).into()));
    }
    let penalty = match stream.below(3) {
        0 => Value::Null,
        kind => Value::map([
            ("kind", if kind == 1 { "l1" } else { "l2" }.into()),
            ("lambda", 0.01.into()),
            ("on", pick(stream, &["weights", "all"]).into()),
        ]),
    };
    Value::map([
        ("seed", Value::Number(f64::from(stream.below(1 << 30)))),
        ("layers", layers),
        ("loss", Value::Map(loss_entries)),
        ("optimizer", Value::map([("name", "SGD".into()), ("lr", 0.0.into())])),
        ("penalty", penalty),
    ])
}

fn random_data(stream: &mut Stream, config: &Config) -> DataTensors<f64> {
    let rows = 1 + stream.below(9) as usize;
    let mut tensor = |columns: usize, low: f64, high: f64| {
        let data = (0..rows * columns).map(|_| stream.uniform(low, high)).collect();
        Tensor::new(vec![rows, columns], data).expect("rows times columns")
    };
    DataTensors {
        inputs: tensor(config.inputs(), -2.0, 2.0),
        targets: tensor(config.outputs(), 0.0, 1.0),
        sample_weight: None,
        test: None,
    }
}

/// The loss with parameter `i` moved by `by`.
fn moved(trainer: &mut Trainer<F64>, rows: &[u32], at: (usize, usize), by: f64) -> f64 {
    let original = trainer.network().state_dict();
    let mut changed = original.clone();
    changed[at.0].1.data[at.1] += by;
    trainer.load_state_dict(&changed).expect("the same names and shapes");
    let objective = trainer.train_batch(rows).expect("a step").objective;
    trainer.load_state_dict(&original).expect("the same names and shapes");
    objective
}

#[test]
fn backward_is_the_derivative_of_forward_on_random_networks() {
    let mut worst = 0.0f64;
    for k in 0..NETWORKS {
        let mut stream = Stream::new(2026, Purpose::Data, k);
        let value = random_config(&mut stream);
        let config = Config::from_value(&value).expect("a valid configuration");
        let data = random_data(&mut stream, &config);
        let rows: Vec<u32> = (0..data.inputs.shape[0] as u32).collect();
        let mut trainer = Trainer::<F64>::new(config, data).expect("a trainer");
        trainer.train_batch(&rows).expect("a step");
        let network = trainer.network();
        let analytic = network.named(network.gradients());
        let (mut distance, mut lengths) = (0.0, (0.0, 0.0));
        for (t, (_, tensor)) in analytic.iter().enumerate() {
            for (i, &gradient) in tensor.data.iter().enumerate() {
                let high = moved(&mut trainer, &rows, (t, i), STEP);
                let low = moved(&mut trainer, &rows, (t, i), -STEP);
                let numeric = (high - low) / (2.0 * STEP);
                distance += (gradient - numeric).powi(2);
                lengths.0 += gradient * gradient;
                lengths.1 += numeric * numeric;
            }
        }
        let error = f64::sqrt(distance / f64::max(lengths.0, lengths.1).max(1e-12));
        assert!(error <= TOLERANCE, "network {k}: {error:e}\n{}", value.to_json());
        worst = worst.max(error);
    }
    println!("{NETWORKS} networks, worst relative error {worst:.2e}, tolerance {TOLERANCE:.0e}");
}
