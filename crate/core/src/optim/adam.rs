//! Adam (Kingma and Ba, 2014) with AMSGrad (Reddi et al., 2018), and AdamW (Loshchilov and Hutter,
//! 2017), whose weight decay does not pass through the moments.

use super::{EffectiveGradient, Lerp, learning_rate, non_negative};
use crate::error::Result;
use crate::lanes::Element;
use crate::value::{Fields, Value, python_number};

/// The arguments of `torch.optim.Adam` and `torch.optim.AdamW`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    /// Learning rate, 0.001 by default.
    pub lr: f64,
    /// How slowly the two moments move, (0.9, 0.999) by default.
    pub betas: (f64, f64),
    /// Keeps the division finite, 1e-8 by default.
    pub eps: f64,
    /// Adam: added to the gradient as weight_decay · parameter, 0 by default. AdamW: shrinks the
    /// parameters by lr · weight_decay, 0.01 by default.
    pub weight_decay: f64,
    /// Divides by the largest second moment so far.
    pub amsgrad: bool,
    /// Climbs instead of descending.
    pub maximize: bool,
    /// AdamW.
    pub decoupled: bool,
}

impl Adam {
    pub(super) fn from_fields(fields: &mut Fields, decoupled: bool) -> Result<Adam> {
        let lr = learning_rate(fields, 1e-3)?;
        let eps = non_negative(fields, "eps", "epsilon value", 1e-8)?;
        let betas = match fields.numbers("betas")?.as_deref() {
            None => (0.9, 0.999),
            Some(&[first, second]) => (first, second),
            Some(_) => return Err(fields.invalid("betas", "betas must be two numbers")),
        };
        for (index, beta) in [betas.0, betas.1].into_iter().enumerate() {
            if !(0.0..1.0).contains(&beta) {
                let beta = python_number(beta);
                let message = words!("Invalid beta parameter at index {index}: {beta}");
                return Err(fields.invalid("betas", message));
            }
        }
        let default_decay = if decoupled { 1e-2 } else { 0.0 };
        let weight_decay =
            non_negative(fields, "weight_decay", "weight_decay value", default_decay)?;
        let amsgrad = fields.boolean("amsgrad", false)?;
        let maximize = fields.boolean("maximize", false)?;
        Ok(Adam { lr, betas, eps, weight_decay, amsgrad, maximize, decoupled })
    }

    pub(super) fn to_value(self) -> Value {
        Value::map([
            ("name", if self.decoupled { "AdamW" } else { "Adam" }.into()),
            ("lr", self.lr.into()),
            ("betas", vec![self.betas.0, self.betas.1].into()),
            ("eps", self.eps.into()),
            ("weight_decay", self.weight_decay.into()),
            ("amsgrad", self.amsgrad.into()),
            ("maximize", self.maximize.into()),
        ])
    }

    /// One update, the `step`-th (from 1). `state` holds exp_avg, exp_avg_sq and, for AMSGrad,
    /// max_exp_avg_sq.
    pub(super) fn step<E: Element>(
        &self,
        parameters: &mut [E],
        gradients: &[E],
        state: &mut [Vec<E>],
        step: u64,
    ) {
        let (beta1, beta2) = self.betas;
        let correction1 = 1.0 - libm::pow(beta1, step as f64);
        let correction2 = 1.0 - libm::pow(beta2, step as f64);
        let step_size = E::from_f64(self.lr / correction1);
        let root_correction = E::from_f64(correction2.sqrt());
        let eps = E::from_f64(self.eps);
        let towards = Lerp::new(1.0 - beta1);
        let (keep2, take2) = (E::from_f64(beta2), E::from_f64(1.0 - beta2));
        let decay = if self.decoupled { 0.0 } else { self.weight_decay };
        let shrink = if self.decoupled { 1.0 - self.lr * self.weight_decay } else { 1.0 };
        let shrink = E::from_f64(shrink);
        let effective = EffectiveGradient::new(self.maximize, decay);
        let moments = |p: &mut E, g: E, mean: &mut E, square: &mut E| {
            let g = effective.of(g, *p);
            *p = *p * shrink;
            *mean = towards.of(*mean, g);
            *square = keep2 * *square + take2 * g * g;
        };
        let update = |p: &mut E, mean: E, square: E| {
            *p = *p - step_size * mean / (square.sqrt() / root_correction + eps);
        };
        match state {
            [means, squares] => {
                for (((p, &g), mean), square) in
                    parameters.iter_mut().zip(gradients).zip(means).zip(squares)
                {
                    moments(p, g, mean, square);
                    update(p, *mean, *square);
                }
            }
            [means, squares, largest] => {
                for ((((p, &g), mean), square), largest) in
                    parameters.iter_mut().zip(gradients).zip(means).zip(squares).zip(largest)
                {
                    moments(p, g, mean, square);
                    *largest = if *square > *largest { *square } else { *largest };
                    update(p, *mean, *largest);
                }
            }
            _ => unreachable!("Adam keeps two or three buffers"),
        }
    }
}
