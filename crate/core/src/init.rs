//! Initial weights and biases, as `torch.nn.init` and nn.Linear draw them.

use crate::error::Result;
use crate::full::{Full, full};
use crate::lanes::Element;
use crate::rng::{Purpose, Stream};
use crate::value::{Fields, Value, finite};

/// How the weights of every Linear are drawn. Biases are always nn.Linear's, but for `zeros`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// nn.Linear's own: uniform within 1/√in_features, weights and biases.
    Default,
    /// 0 everywhere, biases too: a network that cannot learn, as a lesson.
    Zeros,
    /// `xavier_uniform_` or `xavier_normal_`: std = gain · √(2 / (fan_in + fan_out)). Glorot and
    /// Bengio, 2010.
    Xavier {
        /// Uniform or normal.
        distribution: Distribution,
        /// A factor, 1 by default.
        gain: f64,
        /// Only there.
        full: Full,
    },
    /// `kaiming_uniform_` or `kaiming_normal_`: std = gain / √fan. He et al., 2015.
    Kaiming {
        /// Uniform or normal.
        distribution: Distribution,
        /// The negative slope of leaky_relu (0 by default).
        a: f64,
        /// fan_in keeps the scale of activations, fan_out that of gradients.
        mode: Fan,
        /// Decides the gain.
        nonlinearity: Nonlinearity,
        /// Only there.
        full: Full,
    },
}

/// The shape of a distribution with a given standard deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Within ±√3 std.
    Uniform,
    /// Around 0.
    Normal,
}

/// Which side of a Linear counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fan {
    /// in_features
    In,
    /// out_features
    Out,
}

/// What follows a Linear, as far as `torch.nn.init.calculate_gain` knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nonlinearity {
    /// gain 1
    Linear,
    /// gain 1
    Sigmoid,
    /// gain 5/3
    Tanh,
    /// gain √2
    Relu,
    /// gain √(2 / (1 + a²))
    LeakyRelu,
    /// gain 3/4
    Selu,
}

const NAMES: &str =
    "default, zeros, xavier_uniform, xavier_normal, kaiming_uniform, kaiming_normal";

impl Nonlinearity {
    const ALL: [(&'static str, Nonlinearity); 6] = [
        ("linear", Nonlinearity::Linear),
        ("sigmoid", Nonlinearity::Sigmoid),
        ("tanh", Nonlinearity::Tanh),
        ("relu", Nonlinearity::Relu),
        ("leaky_relu", Nonlinearity::LeakyRelu),
        ("selu", Nonlinearity::Selu),
    ];

    /// `torch.nn.init.calculate_gain`, with `a` for leaky_relu's negative slope.
    pub fn gain(self, a: f64) -> f64 {
        match self {
            Nonlinearity::Linear | Nonlinearity::Sigmoid => 1.0,
            Nonlinearity::Tanh => 5.0 / 3.0,
            Nonlinearity::Relu => std::f64::consts::SQRT_2,
            Nonlinearity::LeakyRelu => (2.0 / (1.0 + a * a)).sqrt(),
            Nonlinearity::Selu => 0.75,
        }
    }
}

impl Init {
    /// Reads a name, or an object with a name and arguments.
    pub fn from_value(value: &Value, path: &str) -> Result<Init> {
        let named;
        let value = match value {
            Value::Text(name) => {
                named = Value::map([("name", name.as_str().into())]);
                &named
            }
            other => other,
        };
        let mut fields = Fields::of(value, path)?;
        let name = fields.required_text("name")?;
        let distribution =
            if name.ends_with("_normal") { Distribution::Normal } else { Distribution::Uniform };
        let init = match name {
            "default" => Init::Default,
            "zeros" => Init::Zeros,
            "xavier_uniform" | "xavier_normal" => {
                let gain = finite(&mut fields, "gain", 1.0)?;
                Init::Xavier { distribution, gain, full: full()? }
            }
            "kaiming_uniform" | "kaiming_normal" => kaiming(&mut fields, distribution, full()?)?,
            other => {
                let message = words!("unknown init \"{other}\"; known are {NAMES}");
                return Err(fields.invalid("name", message));
            }
        };
        fields.finish()?;
        Ok(init)
    }

    /// The configuration that [`Init::from_value`] reads.
    pub fn to_value(self) -> Value {
        let suffix = |distribution| match distribution {
            Distribution::Uniform => "uniform",
            Distribution::Normal => "normal",
        };
        match self {
            Init::Default => "default".into(),
            Init::Zeros => "zeros".into(),
            Init::Xavier { distribution, gain, .. } => Value::map([
                ("name", format!("xavier_{}", suffix(distribution)).as_str().into()),
                ("gain", gain.into()),
            ]),
            Init::Kaiming { distribution, a, mode, nonlinearity, .. } => {
                let known = Nonlinearity::ALL.iter().find(|(_, n)| *n == nonlinearity);
                Value::map([
                    ("name", format!("kaiming_{}", suffix(distribution)).as_str().into()),
                    ("a", a.into()),
                    ("mode", if mode == Fan::In { "fan_in" } else { "fan_out" }.into()),
                    ("nonlinearity", known.expect("all are listed").0.into()),
                ])
            }
        }
    }

    /// The standard deviation and the shape that weights are drawn with.
    pub fn weight_distribution(self, inputs: usize, outputs: usize) -> (f64, Distribution) {
        match self {
            Init::Default => (1.0 / (3.0 * inputs as f64).sqrt(), Distribution::Uniform),
            Init::Zeros => (0.0, Distribution::Uniform),
            Init::Xavier { distribution, gain, .. } => {
                (gain * (2.0 / (inputs + outputs) as f64).sqrt(), distribution)
            }
            Init::Kaiming { distribution, a, mode, nonlinearity, .. } => {
                let fan = if mode == Fan::In { inputs } else { outputs };
                (nonlinearity.gain(a) / (fan as f64).sqrt(), distribution)
            }
        }
    }

    /// Draws one Linear's weight (out, in) and bias (out), from the seed's stream for this layer.
    pub fn draw<E: Element>(self, seed: u64, layer: usize, weight: &mut [E], bias: &mut [E]) {
        let outputs = bias.len();
        let inputs = weight.len() / outputs;
        let mut stream = Stream::new(seed, Purpose::Init, layer as u64);
        let (std, distribution) = self.weight_distribution(inputs, outputs);
        fill(&mut stream, std, distribution, weight);
        let bias_std = if self == Init::Zeros { 0.0 } else { 1.0 / (3.0 * inputs as f64).sqrt() };
        fill(&mut stream, bias_std, Distribution::Uniform, bias);
    }
}

fn kaiming(fields: &mut Fields, distribution: Distribution, full: Full) -> Result<Init> {
    let a = finite(fields, "a", 0.0)?;
    let mode = match fields.text("mode", "fan_in")? {
        "fan_in" => Fan::In,
        "fan_out" => Fan::Out,
        other => {
            let message =
                words!("Mode {other} not supported, please use one of ['fan_in', 'fan_out']");
            return Err(fields.invalid("mode", message));
        }
    };
    let name = fields.text("nonlinearity", "leaky_relu")?;
    let known = Nonlinearity::ALL.iter().find(|(known, _)| *known == name);
    let unsupported = || fields.invalid("nonlinearity", words!("Unsupported nonlinearity {name}"));
    let nonlinearity = known.ok_or_else(unsupported)?.1;
    Ok(Init::Kaiming { distribution, a, mode, nonlinearity, full })
}

fn fill<E: Element>(stream: &mut Stream, std: f64, distribution: Distribution, to: &mut [E]) {
    let bound = 3f64.sqrt() * std;
    for x in to {
        *x = E::from_f64(match distribution {
            Distribution::Uniform => stream.uniform(-bound, bound),
            Distribution::Normal => std * stream.normal(),
        });
    }
}
