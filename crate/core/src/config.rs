//! The configuration of a run: what it may hold, its limits, and where a mistake in it lies.
//!
//! Keys are PyTorch's argument names. Each part is read by the file that it configures (losses in
//! `loss`, optimizers in `optim`, …); here are the whole, the layers and the sizes.

use crate::activation::Activation;
use crate::error::{Error, Result};
use crate::full::{Full, full};
use crate::init::Init;
use crate::loss::{Criterion, LossConfig};
use crate::optim::OptimizerConfig;
use crate::optim::lr_scheduler::SchedulerConfig;
use crate::value::{Fields, Value, python_number};

/// The largest number of layers.
pub const LAYERS_LIMIT: usize = 32;
/// The largest in or out of a layer.
pub const UNITS_LIMIT: u64 = 4096;
/// The largest number of weights and biases of a network: 8 MiB, and as much for each of the
/// gradients and the optimizer's two or three buffers.
pub const PARAMETERS_LIMIT: usize = 2 << 20;
/// The largest batch.
pub const BATCH_LIMIT: u64 = 1 << 20;
/// The largest number of activations that a step keeps, over all layers and the batch.
pub const ACTIVATIONS_LIMIT: usize = 4 << 20;
/// The largest number of rows of data.
pub const ROWS_LIMIT: usize = 1 << 20;
/// The largest number of values of inputs and targets together.
pub const DATA_LIMIT: usize = 16 << 20;
/// The largest seed: the largest integer that JavaScript's numbers hold exactly.
pub const SEED_LIMIT: u64 = (1 << 53) - 1;

/// One Linear, the activation after it, and the dropout after that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerConfig {
    /// in_features
    pub inputs: usize,
    /// out_features
    pub outputs: usize,
    /// What follows the Linear.
    pub activation: Activation,
    /// The probability of a unit to be dropped in training, 0 for none.
    pub dropout: f64,
}

/// A penalty on parameters, added to the loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Penalty {
    /// `l2` is lambda · Σ w², without a half; `l1` is lambda · Σ |w|.
    pub squared: bool,
    /// The factor.
    pub lambda: f64,
    /// Biases are penalised too (`on: "all"`), not only weights.
    pub biases: bool,
    /// Only there.
    pub full: Full,
}

/// Everything that decides a run, but for its data.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Decides initial parameters, the order of rows and dropout.
    pub seed: u64,
    /// At least one, each taking what the one before gives.
    pub layers: Vec<LayerConfig>,
    /// How weights are drawn.
    pub init: Init,
    /// What is minimised.
    pub loss: LossConfig,
    /// How.
    pub optimizer: OptimizerConfig,
    /// How the learning rate moves from epoch to epoch.
    pub scheduler: Option<SchedulerConfig>,
    /// What is added to the loss.
    pub penalty: Option<Penalty>,
    /// Rows of a step; the last of an epoch may have fewer.
    pub batch_size: usize,
    /// Whether each epoch has an order of its own.
    pub shuffle: bool,
    /// The scheduler as it was given, for [`Config::to_value`].
    scheduler_value: Value,
}

impl Config {
    /// Reads JSON.
    pub fn from_json(text: &str) -> Result<Config> {
        Config::from_value(&Value::from_json(text)?)
    }

    /// Reads and checks a configuration. Errors carry the path; nothing is allocated for the run.
    pub fn from_value(value: &Value) -> Result<Config> {
        let mut fields = Fields::of(value, "")?;
        let layers = read_layers(fields.required("layers")?)?;
        let outputs = layers[layers.len() - 1].outputs;
        let loss = LossConfig::from_value(fields.required("loss")?, "loss", outputs)?;
        let optimizer = OptimizerConfig::from_value(fields.required("optimizer")?, "optimizer")?;
        let init = match fields.get("init") {
            None => Init::Default,
            Some(value) => Init::from_value(value, "init")?,
        };
        let scheduler_value = fields.get("scheduler").cloned().unwrap_or(Value::Null);
        let scheduler = match &scheduler_value {
            Value::Null => None,
            value => Some(read_scheduler(value, &optimizer)?),
        };
        let penalty = match fields.get("penalty") {
            None | Some(Value::Null) => None,
            Some(value) => Some(Penalty::from_value(value)?),
        };
        let seed = fields.integer("seed", 1, (0, SEED_LIMIT))?;
        let batch_size = fields.integer("batch_size", 10, (1, BATCH_LIMIT))? as usize;
        let shuffle = fields.boolean("shuffle", true)?;
        fields.finish()?;
        Ok(Config {
            seed,
            layers,
            init,
            loss,
            optimizer,
            scheduler,
            penalty,
            batch_size,
            shuffle,
            scheduler_value,
        })
    }

    /// The configuration with every default filled in; [`Config::from_value`] reads it back.
    pub fn to_value(&self) -> Value {
        let layers = self.layers.iter().map(|layer| layer.to_value()).collect();
        Value::map([
            ("seed", Value::Number(self.seed as f64)),
            ("layers", Value::List(layers)),
            ("init", self.init.to_value()),
            ("loss", self.loss.to_value()),
            ("optimizer", self.optimizer.to_value()),
            ("scheduler", self.scheduler_value.clone()),
            ("penalty", self.penalty.map_or(Value::Null, Penalty::to_value)),
            ("batch_size", self.batch_size.into()),
            ("shuffle", self.shuffle.into()),
        ])
    }

    /// in_features of the first layer.
    pub fn inputs(&self) -> usize {
        self.layers[0].inputs
    }

    /// out_features of the last layer.
    pub fn outputs(&self) -> usize {
        self.layers[self.layers.len() - 1].outputs
    }

    /// The activation after the last layer.
    pub fn last_activation(&self) -> Activation {
        self.layers[self.layers.len() - 1].activation
    }

    /// Whether the outputs are logits of classes of which a sample has exactly one: their softmax is
    /// what the network predicts.
    pub fn ends_in_softmax(&self) -> bool {
        self.loss.criterion.is_of_samples() && self.last_activation() == Activation::Identity
    }

    /// What is allowed, but probably not meant.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings: Vec<String> = self.loss.warning.iter().cloned().collect();
        let end = self.last_activation();
        let loss = self.loss.criterion;
        let name = self.loss.name();
        if loss.is_of_samples() && end != Activation::Identity {
            let end = end.name();
            warnings.push(words!(
                "The network ends in {end}, and {name} takes the softmax of logits: let it end in \
                 identity."
            ));
        } else if loss.takes_logits() && end == Activation::Sigmoid {
            warnings.push(words!(
                "The network ends in a sigmoid and {name} takes the sigmoid again: the probability \
                 in the loss stays between 0.5 and 0.731. Let the network end in identity, or use \
                 BCELoss."
            ));
        } else if loss.takes_logits() && end != Activation::Identity {
            let end = end.name();
            warnings.push(words!(
                "The network ends in {end}, and {name} expects logits: let it end in identity."
            ));
        } else if loss == Criterion::BCELoss && end != Activation::Sigmoid {
            let end = end.name();
            warnings.push(words!(
                "The network ends in {end}, and BCELoss expects probabilities: let it end in a \
                 sigmoid, or use BCEWithLogitsLoss."
            ));
        }
        warnings
    }
}

fn read_layers(value: &Value) -> Result<Vec<LayerConfig>> {
    let Value::List(items) = value else {
        return Err(Error::type_("layers must be a list of objects").at("layers"));
    };
    if items.is_empty() || items.len() > LAYERS_LIMIT {
        let n = items.len();
        let message = words!("layers must have from 1 to {LAYERS_LIMIT} entries, not {n}");
        return Err(Error::value(message).at("layers"));
    }
    let mut layers: Vec<LayerConfig> = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let path = words!("layers[{i}]");
        let layer = LayerConfig::from_value(item, &path)?;
        if let Some(before) = layers.last().filter(|before| before.outputs != layer.inputs) {
            let (gives, takes) = (before.outputs, layer.inputs);
            let message =
                words!("layer {i} takes {takes} values, but layer {} gives {gives}", i - 1);
            return Err(Error::value(message).at(words!("{path}.in")));
        }
        layers.push(layer);
    }
    let parameters: usize = layers.iter().map(|l| (l.inputs + 1) * l.outputs).sum();
    if parameters > PARAMETERS_LIMIT {
        let message = words!(
            "the network has {parameters} weights and biases; at most {PARAMETERS_LIMIT} are allowed"
        );
        return Err(Error::value(message).at("layers"));
    }
    Ok(layers)
}

fn read_scheduler(value: &Value, optimizer: &OptimizerConfig) -> Result<SchedulerConfig> {
    let scheduler = SchedulerConfig::from_value(value, "scheduler")?;
    if scheduler.cycles_momentum() && !optimizer.clone().set_momentum(0.0) {
        let message =
            "optimizer must support momentum or beta1 with `cycle_momentum` option enabled";
        return Err(Error::value(message).at("scheduler.cycle_momentum"));
    }
    Ok(scheduler)
}

impl LayerConfig {
    fn from_value(value: &Value, path: &str) -> Result<LayerConfig> {
        let mut fields = Fields::of(value, path)?;
        let inputs = fields.required_integer("in", (1, UNITS_LIMIT))? as usize;
        let outputs = fields.required_integer("out", (1, UNITS_LIMIT))? as usize;
        let name = fields.text("activation", "identity")?;
        let params = fields.get("activation_params");
        let activation = Activation::from_value(name, params, path)?;
        let dropout = fields.number("dropout", 0.0)?;
        if !(0.0..=1.0).contains(&dropout) {
            let got = python_number(dropout);
            let message = words!("dropout probability has to be between 0 and 1, but got {got}");
            return Err(fields.invalid("dropout", message));
        }
        fields.finish()?;
        Ok(LayerConfig { inputs, outputs, activation, dropout })
    }

    fn to_value(self) -> Value {
        let mut entries = vec![
            ("in".to_owned(), self.inputs.into()),
            ("out".to_owned(), self.outputs.into()),
            ("activation".to_owned(), self.activation.name().into()),
        ];
        if let params @ Value::Map(_) = self.activation.params() {
            entries.push(("activation_params".to_owned(), params));
        }
        entries.push(("dropout".to_owned(), self.dropout.into()));
        Value::Map(entries)
    }
}

impl Penalty {
    fn from_value(value: &Value) -> Result<Penalty> {
        let full = full()?;
        let mut fields = Fields::of(value, "penalty")?;
        let squared = match fields.required_text("kind")? {
            "l1" => false,
            "l2" => true,
            other => {
                return Err(fields.invalid("kind", words!("kind must be l1 or l2, not {other}")));
            }
        };
        fields.required("lambda")?;
        let lambda = fields.number("lambda", 0.0)?;
        if !(lambda >= 0.0 && lambda.is_finite()) {
            let got = python_number(lambda);
            return Err(fields.invalid("lambda", words!("Invalid lambda value: {got}")));
        }
        let biases = match fields.text("on", "weights")? {
            "weights" => false,
            "all" => true,
            other => {
                return Err(fields.invalid("on", words!("on must be weights or all, not {other}")));
            }
        };
        fields.finish()?;
        Ok(Penalty { squared, lambda, biases, full })
    }

    fn to_value(self) -> Value {
        Value::map([
            ("kind", if self.squared { "l2" } else { "l1" }.into()),
            ("lambda", self.lambda.into()),
            ("on", if self.biases { "all" } else { "weights" }.into()),
        ])
    }
}
