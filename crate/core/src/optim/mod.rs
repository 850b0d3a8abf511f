//! The optimizers: configuration and state here, one file an update rule.
//!
//! Parameters, gradients and state are flat vectors of one length, so that a step is one pass over
//! them. Arguments are Python floats in PyTorch, hence float64 here; they are rounded to the
//! parameters' type where they meet them.

pub mod adagrad;
pub mod adam;
pub mod lr_scheduler;
pub mod one_cycle;
pub mod plateau;
pub mod rmsprop;
pub mod sgd;

use crate::error::Result;
use crate::lanes::Element;
use crate::value::{Fields, Value, python_number};
use adagrad::Adagrad;
use adam::Adam;
use rmsprop::RMSprop;
use sgd::SGD;

/// An update rule with its arguments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OptimizerConfig {
    /// `torch.optim.SGD`
    SGD(SGD),
    /// `torch.optim.Adam` and `torch.optim.AdamW`
    Adam(Adam),
    /// `torch.optim.RMSprop`
    RMSprop(RMSprop),
    /// `torch.optim.Adagrad`
    Adagrad(Adagrad),
}

impl OptimizerConfig {
    /// Reads a configuration; wrong values give PyTorch's messages.
    pub fn from_value(value: &Value, path: &str) -> Result<Self> {
        let mut fields = Fields::of(value, path)?;
        let name = fields.required_text("name")?;
        let config = match name {
            "SGD" => OptimizerConfig::SGD(SGD::from_fields(&mut fields)?),
            "Adam" => OptimizerConfig::Adam(Adam::from_fields(&mut fields, false)?),
            "AdamW" => OptimizerConfig::Adam(Adam::from_fields(&mut fields, true)?),
            "RMSprop" => OptimizerConfig::RMSprop(RMSprop::from_fields(&mut fields)?),
            "Adagrad" => OptimizerConfig::Adagrad(Adagrad::from_fields(&mut fields)?),
            other => {
                let message = words!(
                    "unknown optimizer \"{other}\"; known are SGD, Adam, AdamW, RMSprop, Adagrad"
                );
                return Err(fields.invalid("name", message));
            }
        };
        fields.finish()?;
        Ok(config)
    }

    /// The configuration that [`OptimizerConfig::from_value`] reads.
    pub fn to_value(&self) -> Value {
        match self {
            OptimizerConfig::SGD(sgd) => sgd.to_value(),
            OptimizerConfig::Adam(adam) => adam.to_value(),
            OptimizerConfig::RMSprop(rmsprop) => rmsprop.to_value(),
            OptimizerConfig::Adagrad(adagrad) => adagrad.to_value(),
        }
    }

    /// PyTorch's name of the class.
    pub fn name(&self) -> &'static str {
        match self {
            OptimizerConfig::SGD(_) => "SGD",
            OptimizerConfig::Adam(adam) if adam.decoupled => "AdamW",
            OptimizerConfig::Adam(_) => "Adam",
            OptimizerConfig::RMSprop(_) => "RMSprop",
            OptimizerConfig::Adagrad(_) => "Adagrad",
        }
    }

    /// The learning rate.
    pub fn lr(&self) -> f64 {
        match self {
            OptimizerConfig::SGD(sgd) => sgd.lr,
            OptimizerConfig::Adam(adam) => adam.lr,
            OptimizerConfig::RMSprop(rmsprop) => rmsprop.lr,
            OptimizerConfig::Adagrad(adagrad) => adagrad.lr,
        }
    }

    /// Sets the learning rate, as a schedule does.
    pub fn set_lr(&mut self, lr: f64) {
        match self {
            OptimizerConfig::SGD(sgd) => sgd.lr = lr,
            OptimizerConfig::Adam(adam) => adam.lr = lr,
            OptimizerConfig::RMSprop(rmsprop) => rmsprop.lr = lr,
            OptimizerConfig::Adagrad(adagrad) => adagrad.lr = lr,
        }
    }

    /// Sets what OneCycleLR cycles: the momentum, or the first beta. False where there is neither.
    pub fn set_momentum(&mut self, momentum: f64) -> bool {
        match self {
            OptimizerConfig::SGD(sgd) => sgd.momentum = momentum,
            OptimizerConfig::Adam(adam) => adam.betas.0 = momentum,
            OptimizerConfig::RMSprop(rmsprop) => rmsprop.momentum = momentum,
            OptimizerConfig::Adagrad(_) => return false,
        }
        true
    }

    /// How many vectors of the parameters' length the update rule keeps.
    fn buffers(&self) -> usize {
        match self {
            OptimizerConfig::SGD(_) => 1,
            OptimizerConfig::Adam(adam) => 2 + usize::from(adam.amsgrad),
            OptimizerConfig::RMSprop(_) => 3,
            OptimizerConfig::Adagrad(_) => 1,
        }
    }
}

/// An update rule with its state for a number of parameters.
#[derive(Clone, Debug)]
pub struct Optimizer<E> {
    config: OptimizerConfig,
    /// How many steps were taken: the `step` of PyTorch's state.
    steps: u64,
    /// Whether SGD's momentum buffer has been filled.
    momentum_started: bool,
    state: Vec<Vec<E>>,
}

impl<E: Element> Optimizer<E> {
    /// Fresh state for so many parameters.
    pub fn new(config: OptimizerConfig, parameters: usize) -> Self {
        let mut state = vec![vec![E::default(); parameters]; config.buffers()];
        if let OptimizerConfig::Adagrad(adagrad) = config {
            state[0].fill(E::from_f64(adagrad.initial_accumulator_value));
        }
        Optimizer { config, steps: 0, momentum_started: false, state }
    }

    /// The arguments in force.
    pub fn config(&self) -> &OptimizerConfig {
        &self.config
    }

    /// Changes learning rate and momentum, as a schedule does.
    pub fn config_mut(&mut self) -> &mut OptimizerConfig {
        &mut self.config
    }

    /// Takes over other arguments. The state stays where the rule keeps its name and its buffers.
    pub fn reconfigure(&mut self, config: OptimizerConfig) {
        let same = config.name() == self.config.name() && config.buffers() == self.config.buffers();
        if same {
            self.config = config;
        } else {
            *self = Optimizer::new(config, self.state[0].len());
        }
    }

    /// One update of the parameters from their gradients.
    pub fn step(&mut self, parameters: &mut [E], gradients: &[E]) {
        self.steps += 1;
        match &self.config {
            OptimizerConfig::SGD(sgd) => {
                let first = !self.momentum_started;
                self.momentum_started |= sgd.momentum != 0.0;
                sgd.step(parameters, gradients, &mut self.state[0], first);
            }
            OptimizerConfig::Adam(adam) => {
                adam.step(parameters, gradients, &mut self.state, self.steps);
            }
            OptimizerConfig::RMSprop(rmsprop) => {
                rmsprop.step(parameters, gradients, &mut self.state);
            }
            OptimizerConfig::Adagrad(adagrad) => {
                adagrad.step(parameters, gradients, &mut self.state[0], self.steps);
            }
        }
    }

    /// The state for a snapshot: steps, whether momentum has started, and the buffers.
    pub fn state(&self) -> (u64, bool, &[Vec<E>]) {
        (self.steps, self.momentum_started, &self.state)
    }

    /// Puts back a state that [`Optimizer::state`] gave; false where it does not fit.
    #[must_use]
    pub fn restore(&mut self, steps: u64, momentum_started: bool, state: Vec<Vec<E>>) -> bool {
        let fits = state.len() == self.state.len()
            && state.iter().zip(&self.state).all(|(new, old)| new.len() == old.len());
        if fits {
            (self.steps, self.momentum_started, self.state) = (steps, momentum_started, state);
        }
        fits
    }
}

/// An argument that may not be negative, nor NaN, nor infinite: `Invalid {name}: {value}`.
fn non_negative(fields: &mut Fields, key: &'static str, name: &str, default: f64) -> Result<f64> {
    let x = fields.number(key, default)?;
    if x >= 0.0 && x.is_finite() {
        return Ok(x);
    }
    Err(fields.invalid(key, words!("Invalid {name}: {}", python_number(x))))
}

fn learning_rate(fields: &mut Fields, default: f64) -> Result<f64> {
    non_negative(fields, "lr", "learning rate", default)
}

/// The gradient that an update rule sees: negated to maximize, with the weight decay added.
#[derive(Clone, Copy)]
struct EffectiveGradient<E> {
    sign: E,
    weight_decay: E,
}

impl<E: Element> EffectiveGradient<E> {
    fn new(maximize: bool, weight_decay: f64) -> Self {
        EffectiveGradient {
            sign: E::from_f64(if maximize { -1.0 } else { 1.0 }),
            weight_decay: E::from_f64(weight_decay),
        }
    }

    #[inline(always)]
    fn of(self, gradient: E, parameter: E) -> E {
        let gradient = self.sign * gradient;
        // Without decay an infinite parameter stays infinite, and is not 0 · ∞.
        if self.weight_decay == E::default() {
            return gradient;
        }
        gradient + self.weight_decay * parameter
    }
}

/// `torch.lerp`, by which moving means move. Where the step is more than half of the way it is taken
/// back from the new number: a mean with a short memory forgets a huge gradient to the last digit.
#[derive(Clone, Copy)]
struct Lerp<E> {
    from_start: bool,
    factor: E,
}

impl<E: Element> Lerp<E> {
    fn new(weight: f64) -> Self {
        let from_start = weight < 0.5;
        let factor = if from_start { weight } else { -(1.0 - weight) };
        Lerp { from_start, factor: E::from_f64(factor) }
    }

    #[inline(always)]
    fn of(self, start: E, end: E) -> E {
        (if self.from_start { start } else { end }) + self.factor * (end - start)
    }
}
