//! Adagrad (Duchi et al., 2011), as `torch.optim.Adagrad`.

use super::{EffectiveGradient, learning_rate, non_negative};
use crate::error::Result;
use crate::full::{Full, full};
use crate::lanes::Element;
use crate::value::{Fields, Value};

/// The arguments of `torch.optim.Adagrad`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adagrad {
    /// Learning rate, 0.01 by default.
    pub lr: f64,
    /// Divides the rate of step k by 1 + (k − 1) lr_decay, 0 by default.
    pub lr_decay: f64,
    /// Adds weight_decay · parameter to the gradient, 0 by default.
    pub weight_decay: f64,
    /// What the sum of squares starts from, 0 by default.
    pub initial_accumulator_value: f64,
    /// Keeps the division finite, 1e-10 by default.
    pub eps: f64,
    /// Climbs instead of descending.
    pub maximize: bool,
    /// Only there.
    pub full: Full,
}

impl Adagrad {
    pub(super) fn from_fields(fields: &mut Fields) -> Result<Adagrad> {
        let full = full()?;
        let lr = learning_rate(fields, 1e-2)?;
        let lr_decay = non_negative(fields, "lr_decay", "lr_decay value", 0.0)?;
        let weight_decay = non_negative(fields, "weight_decay", "weight_decay value", 0.0)?;
        let initial_accumulator_value = non_negative(
            fields,
            "initial_accumulator_value",
            "initial_accumulator_value value",
            0.0,
        )?;
        let eps = non_negative(fields, "eps", "epsilon value", 1e-10)?;
        let maximize = fields.boolean("maximize", false)?;
        Ok(Adagrad { lr, lr_decay, weight_decay, initial_accumulator_value, eps, maximize, full })
    }

    pub(super) fn to_value(self) -> Value {
        Value::map([
            ("name", "Adagrad".into()),
            ("lr", self.lr.into()),
            ("lr_decay", self.lr_decay.into()),
            ("weight_decay", self.weight_decay.into()),
            ("initial_accumulator_value", self.initial_accumulator_value.into()),
            ("eps", self.eps.into()),
            ("maximize", self.maximize.into()),
        ])
    }

    /// One update, the `step`-th (from 1), with the sums of squares so far.
    pub(super) fn step<E: Element>(
        &self,
        parameters: &mut [E],
        gradients: &[E],
        sums: &mut [E],
        step: u64,
    ) {
        let lr = E::from_f64(self.lr / (1.0 + (step - 1) as f64 * self.lr_decay));
        let eps = E::from_f64(self.eps);
        let effective = EffectiveGradient::new(self.maximize, self.weight_decay);
        for ((p, &g), sum) in parameters.iter_mut().zip(gradients).zip(sums) {
            let g = effective.of(g, *p);
            *sum = *sum + g * g;
            *p = *p - lr * g / (sum.sqrt() + eps);
        }
    }
}
