//! RMSprop (Hinton, lecture 6e, 2012), centered by Graves, 2013, as `torch.optim.RMSprop`.

use super::{EffectiveGradient, Lerp, learning_rate, non_negative};
use crate::error::Result;
use crate::full::{Full, full};
use crate::lanes::Element;
use crate::value::{Fields, Value};

/// The arguments of `torch.optim.RMSprop`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RMSprop {
    /// Learning rate, 0.01 by default.
    pub lr: f64,
    /// How slowly the mean of the squares moves, 0.99 by default.
    pub alpha: f64,
    /// Keeps the division finite, 1e-8 by default.
    pub eps: f64,
    /// Adds weight_decay · parameter to the gradient, 0 by default.
    pub weight_decay: f64,
    /// What of the last update goes on, 0 by default.
    pub momentum: f64,
    /// Divides by the standard deviation instead of the root mean square.
    pub centered: bool,
    /// Climbs instead of descending.
    pub maximize: bool,
    /// Only there.
    pub full: Full,
}

impl RMSprop {
    pub(super) fn from_fields(fields: &mut Fields) -> Result<RMSprop> {
        let full = full()?;
        let lr = learning_rate(fields, 1e-2)?;
        let eps = non_negative(fields, "eps", "epsilon value", 1e-8)?;
        let momentum = non_negative(fields, "momentum", "momentum value", 0.0)?;
        let weight_decay = non_negative(fields, "weight_decay", "weight_decay value", 0.0)?;
        let alpha = non_negative(fields, "alpha", "alpha value", 0.99)?;
        let centered = fields.boolean("centered", false)?;
        let maximize = fields.boolean("maximize", false)?;
        Ok(RMSprop { lr, alpha, eps, weight_decay, momentum, centered, maximize, full })
    }

    pub(super) fn to_value(self) -> Value {
        Value::map([
            ("name", "RMSprop".into()),
            ("lr", self.lr.into()),
            ("alpha", self.alpha.into()),
            ("eps", self.eps.into()),
            ("weight_decay", self.weight_decay.into()),
            ("momentum", self.momentum.into()),
            ("centered", self.centered.into()),
            ("maximize", self.maximize.into()),
        ])
    }

    /// One update. `state` holds square_avg, grad_avg and momentum_buffer.
    pub(super) fn step<E: Element>(
        &self,
        parameters: &mut [E],
        gradients: &[E],
        state: &mut [Vec<E>],
    ) {
        let [squares, means, buffers] = state else { unreachable!("RMSprop keeps three buffers") };
        let (lr, eps) = (E::from_f64(self.lr), E::from_f64(self.eps));
        let (keep, take) = (E::from_f64(self.alpha), E::from_f64(1.0 - self.alpha));
        let momentum = E::from_f64(self.momentum);
        let towards = Lerp::new(1.0 - self.alpha);
        let effective = EffectiveGradient::new(self.maximize, self.weight_decay);
        let rest = squares.iter_mut().zip(means).zip(buffers);
        for ((p, &g), ((square, mean), buffer)) in parameters.iter_mut().zip(gradients).zip(rest) {
            let g = effective.of(g, *p);
            *square = keep * *square + take * g * g;
            // What an argument turns off is not multiplied by 0: that makes a NaN of an infinity.
            let mut variance = *square;
            if self.centered {
                *mean = towards.of(*mean, g);
                variance = variance - *mean * *mean;
            }
            let mut update = g / (variance.sqrt() + eps);
            if self.momentum > 0.0 {
                update = momentum * *buffer + update;
                *buffer = update;
            }
            *p = *p - lr * update;
        }
    }
}
