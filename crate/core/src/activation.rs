//! The activations of `torch.nn.functional`: each one's value and derivative.
//!
//! One enum; layers, the plain function of the package and the tests all go through it.

use crate::error::{Error, Result};
use crate::full::{FULL, Full, full};
use crate::kernels::{Vector, linear_backward_input, map_in_place};
use crate::lanes::{Element, LANES, Lanes};
use crate::math::Math;
use crate::value::{Fields, Value, finite, join, joined};

/// An activation function, with its parameters under PyTorch's names and defaults.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// x
    Identity,
    /// 1 / (1 + e⁻ˣ)
    Sigmoid,
    /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
    Tanh,
    /// max(x, 0)
    Relu,
    /// x above 0, `negative_slope` · x below (default 0.01).
    LeakyRelu {
        /// The slope below 0.
        negative_slope: f64,
        /// Only there.
        full: Full,
    },
    /// x above 0, `alpha` (eˣ − 1) below (default 1). Clevert et al., 2015.
    Elu {
        /// The limit for x → −∞ is −alpha.
        alpha: f64,
        /// Only there.
        full: Full,
    },
    /// x Φ(x), Φ the normal distribution's. Hendrycks and Gimpel, 2016.
    Gelu(Full),
    /// The approximation ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), `approximate="tanh"`.
    GeluTanh(Full),
    /// x · sigmoid(x)
    Silu(Full),
    /// log(1 + e^(beta·x)) / beta; x itself where beta·x > threshold (defaults 1 and 20).
    Softplus {
        /// The sharpness of the bend.
        beta: f64,
        /// Beyond it the function is linear.
        threshold: f64,
        /// Only there.
        full: Full,
    },
    /// log(sigmoid(x))
    LogSigmoid(Full),
}

impl Activation {
    /// PyTorch's names of the activations.
    pub const NAMES: [&'static str; 10] = [
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

    /// The activation with this name and parameters; `path` is the place of the layer.
    pub fn from_value(name: &str, params: Option<&Value>, path: &str) -> Result<Activation> {
        let empty = Value::Map(Vec::new());
        let params = params.filter(|params| **params != Value::Null).unwrap_or(&empty);
        let params_path = join(path, "activation_params");
        let mut fields = Fields::of(params, &params_path)?;
        let activation = match name {
            "identity" => Activation::Identity,
            "sigmoid" => Activation::Sigmoid,
            "tanh" => Activation::Tanh,
            "relu" => Activation::Relu,
            other => Activation::rare(other, &mut fields, path, full()?)?,
        };
        fields.finish()?;
        Ok(activation)
    }

    fn rare(name: &str, fields: &mut Fields, path: &str, full: Full) -> Result<Activation> {
        Ok(match name {
            "leaky_relu" => Activation::LeakyRelu {
                negative_slope: finite(fields, "negative_slope", 0.01)?,
                full,
            },
            "elu" => Activation::Elu { alpha: finite(fields, "alpha", 1.0)?, full },
            "gelu" => match fields.text("approximate", "none")? {
                "none" => Activation::Gelu(full),
                "tanh" => Activation::GeluTanh(full),
                _ => {
                    let message = "approximate argument must be either none or tanh.";
                    return Err(Error::runtime(message).at(fields.path_of("approximate")));
                }
            },
            "silu" => Activation::Silu(full),
            "softplus" => Activation::Softplus {
                beta: finite(fields, "beta", 1.0)?,
                threshold: finite(fields, "threshold", 20.0)?,
                full,
            },
            "logsigmoid" => Activation::LogSigmoid(full),
            unknown => {
                let known = joined(&Self::NAMES, ", ");
                let message = words!("unknown activation \"{unknown}\"; known are {known}");
                return Err(Error::value(message).at(join(path, "activation")));
            }
        })
    }

    /// The parameters that [`Activation::from_value`] reads; null where there are none.
    pub fn params(self) -> Value {
        match self {
            Activation::LeakyRelu { negative_slope, .. } => {
                Value::map([("negative_slope", negative_slope.into())])
            }
            Activation::Elu { alpha, .. } => Value::map([("alpha", alpha.into())]),
            Activation::Gelu(_) => Value::map([("approximate", "none".into())]),
            Activation::GeluTanh(_) => Value::map([("approximate", "tanh".into())]),
            Activation::Softplus { beta, threshold, .. } => {
                Value::map([("beta", beta.into()), ("threshold", threshold.into())])
            }
            _ => Value::Null,
        }
    }

    /// PyTorch's name of the function.
    pub fn name(self) -> &'static str {
        match self {
            Activation::Identity => "identity",
            Activation::Sigmoid => "sigmoid",
            Activation::Tanh => "tanh",
            Activation::Relu => "relu",
            Activation::LeakyRelu { .. } => "leaky_relu",
            Activation::Elu { .. } => "elu",
            Activation::Gelu(_) | Activation::GeluTanh(_) => "gelu",
            Activation::Silu(_) => "silu",
            Activation::Softplus { .. } => "softplus",
            Activation::LogSigmoid(_) => "logsigmoid",
        }
    }

    /// Whether the derivative needs the input; otherwise it follows from the output.
    pub fn needs_input(self) -> bool {
        use Activation::*;
        !matches!(self, Identity | Sigmoid | Tanh | Relu)
    }

    /// The value for each lane. One copy of all formulas: sigmoid, tanh and relu have loops of their
    /// own in [`Activation::forward`], the others are rare.
    #[inline(never)]
    pub fn value<L: Math>(self, x: L) -> L {
        let (zero, one) = (L::constant(0.0), L::constant(1.0));
        match self {
            Activation::Identity => x,
            Activation::Sigmoid => x.sigmoid_shared(),
            Activation::Tanh => x.tanh_shared(),
            Activation::Relu => x.max(zero),
            Activation::LeakyRelu { negative_slope, .. } => {
                L::select(x.le(zero), x * L::constant(negative_slope), x)
            }
            Activation::Elu { alpha, .. } => {
                L::select(x.le(zero), L::constant(alpha) * x.expm1(), x)
            }
            Activation::Gelu(_) => x * normal_distribution(x),
            Activation::GeluTanh(_) => L::constant(0.5) * x * (one + gelu_inner(x).tanh_shared()),
            Activation::Silu(_) => x * x.sigmoid_shared(),
            Activation::Softplus { beta, threshold, .. } => {
                let scaled = x * L::constant(beta);
                let bend = softplus(scaled) / L::constant(beta);
                L::select(L::constant(threshold).lt(scaled), x, bend)
            }
            Activation::LogSigmoid(_) => -softplus(-x),
        }
    }

    /// The derivative for each lane, from the input x and the output y. Only where
    /// [`Activation::needs_input`] says so is x looked at.
    #[inline(always)]
    pub fn derivative<L: Math>(self, x: L, y: L) -> L {
        self.derivative_by(x, y, L::constant(1.0))
    }

    /// [`Activation::derivative`] with a 1 that is in a register already.
    #[inline(always)]
    fn derivative_by<L: Math>(self, x: L, y: L, one: L) -> L {
        let zero = L::constant(0.0);
        match self {
            Activation::Identity => one,
            Activation::Sigmoid => (one - y) * y,
            Activation::Tanh => one - y * y,
            Activation::Relu => L::select(y.le(zero), zero, one),
            Activation::LeakyRelu { negative_slope, .. } => {
                L::select(x.le(zero), L::constant(negative_slope), one)
            }
            Activation::Elu { alpha, .. } => {
                L::select(x.le(zero), L::constant(alpha) * x.exp_shared(), one)
            }
            Activation::Gelu(_) => {
                let density = (L::constant(-0.5) * x * x).exp_shared()
                    * L::constant(
                        std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2 / 2.0,
                    );
                // At ±∞ this is NaN, as PyTorch's.
                normal_distribution(x) + x * density
            }
            Activation::GeluTanh(_) => {
                let tanh = gelu_inner(x).tanh_shared();
                let slope = L::constant(GELU_SCALE) * (one + L::constant(3.0 * GELU_CUBE) * x * x);
                let bend = one - tanh * tanh;
                // Where tanh is ±1 the slope may overflow. x · 0 is 0, but NaN at ±∞, as PyTorch's.
                let bump = L::select(bend.le(zero), x * zero, x * bend * slope);
                L::constant(0.5) * (one + tanh + bump)
            }
            Activation::Silu(_) => {
                let s = x.sigmoid_shared();
                s * (one + x * (one - s))
            }
            Activation::Softplus { beta, threshold, .. } => {
                let scaled = x * L::constant(beta);
                L::select(L::constant(threshold).lt(scaled), one, scaled.sigmoid_shared())
            }
            Activation::LogSigmoid(_) => (-x).sigmoid_shared(),
        }
    }

    /// Replaces every x by its value.
    pub fn forward<L: Math>(self, x: &mut [Vector<L::Element>]) {
        // One loop for each activation, so that no branch is left inside of it.
        match self {
            Activation::Identity => {}
            Activation::Sigmoid => {
                let c = L::constants();
                map_in_place::<L>(x, |x: L| x.sigmoid_with(&c));
            }
            Activation::Tanh => {
                let c = L::constants();
                map_in_place::<L>(x, |x: L| x.tanh_with(&c));
            }
            Activation::Relu => map_in_place::<L>(x, |x: L| x.max(L::constant(0.0))),
            other => map_in_place::<L>(x, |x| other.value(x)),
        }
    }

    #[inline(never)]
    fn derivative_out_of_line<L: Math>(self, x: L, y: L) -> L {
        self.derivative(x, y)
    }

    /// Multiplies every gradient by the derivative at the same place: `dy` becomes `dx`. `x` may be
    /// empty where the derivative does not need it.
    pub fn backward<L: Math>(
        self,
        x: &[Vector<L::Element>],
        y: &[Vector<L::Element>],
        dy: &mut [Vector<L::Element>],
    ) {
        macro_rules! from_output {
            ($activation:expr) => {{
                let one = L::constants().one;
                for (y, dy) in y.iter().zip(dy) {
                    let y = L::load(y);
                    (L::load(dy) * $activation.derivative_by(y, y, one)).store(dy);
                }
            }};
        }
        use Activation::*;
        match self {
            Identity => {}
            Sigmoid => from_output!(Sigmoid),
            Tanh => from_output!(Tanh),
            Relu => from_output!(Relu),
            other => {
                for ((x, y), dy) in x.iter().zip(y).zip(dy) {
                    let derivative = other.derivative_out_of_line(L::load(x), L::load(y));
                    (L::load(dy) * derivative).store(dy);
                }
            }
        }
    }

    /// [`linear_backward_input`] of a Linear whose input `y` this activation gave, and the way back
    /// through the activation: `dx` is the gradient with respect to the activation's input. Where
    /// [`Activation::needs_input`], it is left the gradient with respect to `y`.
    #[inline(never)]
    pub fn backward_through_linear<L: Math>(
        self,
        weight: &[L::Element],
        inputs: usize,
        dz: &[Vector<L::Element>],
        dx: &mut [Vector<L::Element>],
        y: &[Vector<L::Element>],
    ) {
        macro_rules! through {
            ($activation:expr) => {{
                let one = L::constants().one;
                linear_backward_input::<L>(weight, inputs, dz, dx, y, |dx, y| {
                    dx * $activation.derivative_by(y, y, one)
                })
            }};
        }
        use Activation::*;
        match self {
            Sigmoid if FULL => through!(Sigmoid),
            Tanh if FULL => through!(Tanh),
            Relu if FULL => through!(Relu),
            _ => linear_backward_input::<L>(weight, inputs, dz, dx, y, |dx, _| dx),
        }
    }
}

const GELU_SCALE: f64 = std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2;
const GELU_CUBE: f64 = 0.044_715;

#[inline(always)]
fn gelu_inner<L: Lanes>(x: L) -> L {
    L::constant(GELU_SCALE) * (x + L::constant(GELU_CUBE) * x * x * x)
}

/// Φ(x) = ½ (1 + erf(x / √2))
#[inline(never)]
fn normal_distribution<L: Math>(x: L) -> L {
    L::constant(0.5) * (L::constant(1.0) + (x * L::constant(std::f64::consts::FRAC_1_SQRT_2)).erf())
}

/// log(1 + eˣ) = max(x, 0) + log1p(e^(−|x|)), which neither overflows nor loses small values.
#[inline(never)]
pub fn softplus<L: Math>(x: L) -> L {
    x.max(L::constant(0.0)) + (-x.abs()).exp_shared().log1p_shared()
}

/// The activation of every number of `x`, and its derivative there: two lists as long as `x`.
pub fn activate<L: Math>(
    activation: Activation,
    x: &[L::Element],
) -> (Vec<L::Element>, Vec<L::Element>) {
    let vectors = |x: &[L::Element]| -> Vec<Vector<L::Element>> {
        let four =
            |four: &[L::Element]| std::array::from_fn(|i| four.get(i).copied().unwrap_or_default());
        x.chunks(LANES).map(four).collect()
    };
    let input = vectors(x);
    let mut output = input.clone();
    activation.forward::<L>(&mut output);
    let mut grad = vectors(&vec![L::Element::from_f64(1.0); x.len()]);
    activation.backward::<L>(&input, &output, &mut grad);
    let flat = |vectors: Vec<Vector<L::Element>>| vectors.as_flattened()[..x.len()].to_vec();
    (flat(output), flat(grad))
}
