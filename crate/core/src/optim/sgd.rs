//! SGD with momentum, dampening, Nesterov's momentum and weight decay, as `torch.optim.SGD`.

use super::{EffectiveGradient, learning_rate, non_negative};
use crate::error::Result;
use crate::lanes::Element;
use crate::value::{Fields, Value, python_number};

/// The arguments of `torch.optim.SGD`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SGD {
    /// Learning rate, 0.001 by default.
    pub lr: f64,
    /// What of the last update goes on, 0 by default.
    pub momentum: f64,
    /// What of the gradient does not enter the momentum, 0 by default.
    pub dampening: f64,
    /// Adds weight_decay · parameter to the gradient, 0 by default.
    pub weight_decay: f64,
    /// Looks ahead along the momentum. Sutskever et al., 2013.
    pub nesterov: bool,
    /// Climbs instead of descending.
    pub maximize: bool,
}

impl SGD {
    pub(super) fn from_fields(fields: &mut Fields) -> Result<SGD> {
        let lr = learning_rate(fields, 1e-3)?;
        let momentum = non_negative(fields, "momentum", "momentum value", 0.0)?;
        let dampening = fields.number("dampening", 0.0)?;
        if !dampening.is_finite() {
            let got = python_number(dampening);
            return Err(fields.invalid("dampening", words!("Invalid dampening value: {got}")));
        }
        let weight_decay = non_negative(fields, "weight_decay", "weight_decay value", 0.0)?;
        let nesterov = fields.boolean("nesterov", false)?;
        let maximize = fields.boolean("maximize", false)?;
        if nesterov && (momentum <= 0.0 || dampening != 0.0) {
            let message = "Nesterov momentum requires a momentum and zero dampening";
            return Err(fields.invalid("nesterov", message));
        }
        Ok(SGD { lr, momentum, dampening, weight_decay, nesterov, maximize })
    }

    pub(super) fn to_value(self) -> Value {
        Value::map([
            ("name", "SGD".into()),
            ("lr", self.lr.into()),
            ("momentum", self.momentum.into()),
            ("dampening", self.dampening.into()),
            ("weight_decay", self.weight_decay.into()),
            ("nesterov", self.nesterov.into()),
            ("maximize", self.maximize.into()),
        ])
    }

    /// One update. `first` says that the momentum buffer is still empty: it starts as the gradient,
    /// without dampening.
    pub(super) fn step<E: Element>(
        &self,
        parameters: &mut [E],
        gradients: &[E],
        buffer: &mut [E],
        first: bool,
    ) {
        let lr = E::from_f64(self.lr);
        let effective = EffectiveGradient::new(self.maximize, self.weight_decay);
        if self.momentum == 0.0 {
            for (p, &g) in parameters.iter_mut().zip(gradients) {
                *p = *p - lr * effective.of(g, *p);
            }
            return;
        }
        let momentum = E::from_f64(self.momentum);
        let keep = if first { E::default() } else { momentum };
        let take = E::from_f64(if first { 1.0 } else { 1.0 - self.dampening });
        for ((p, &g), b) in parameters.iter_mut().zip(gradients).zip(buffer) {
            let g = effective.of(g, *p);
            *b = keep * *b + take * g;
            *p = *p - lr * if self.nesterov { g + momentum * *b } else { *b };
        }
    }
}
