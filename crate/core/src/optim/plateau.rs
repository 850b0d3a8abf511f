//! ReduceLROnPlateau: the one schedule that looks at a metric, so the one with state.

use crate::error::Result;
use crate::value::{Fields, finite};

/// The arguments of `torch.optim.lr_scheduler.ReduceLROnPlateau`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// Whether larger is better (`mode: "max"`).
    pub maximize: bool,
    /// What the rate is multiplied with, below 1; 0.1 by default.
    pub factor: f64,
    /// How many steps without gain are borne, 10 by default.
    pub patience: u64,
    /// What counts as a gain, 1e-4 by default.
    pub threshold: f64,
    /// The threshold is a difference instead of a share (`threshold_mode: "abs"`).
    pub absolute: bool,
    /// Steps after a reduction in which nothing counts as bad, 0 by default.
    pub cooldown: u64,
    /// The lowest rate, 0 by default.
    pub min_lr: f64,
    /// Smaller changes of the rate are not made, 1e-8 by default.
    pub eps: f64,
}

/// Where a plateau schedule stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlateauState {
    /// The rate in force.
    pub lr: f64,
    /// The best metric; none before the first.
    pub best: Option<f64>,
    /// Steps since the last gain.
    pub bad_steps: u64,
    /// Steps of cooldown that are left.
    pub cooldown: u64,
}

impl PlateauState {
    /// Before the first step.
    pub fn new(lr: f64) -> Self {
        PlateauState { lr, best: None, bad_steps: 0, cooldown: 0 }
    }
}

impl Plateau {
    pub(super) fn from_fields(fields: &mut Fields) -> Result<Plateau> {
        let maximize = choice(fields, "mode", ["min", "max"])?;
        let factor = finite(fields, "factor", 0.1)?;
        if factor >= 1.0 {
            return Err(fields.invalid("factor", "Factor should be < 1.0."));
        }
        Ok(Plateau {
            maximize,
            factor,
            patience: fields.integer("patience", 10, (0, 1 << 40))?,
            threshold: finite(fields, "threshold", 1e-4)?,
            absolute: choice(fields, "threshold_mode", ["rel", "abs"])?,
            cooldown: fields.integer("cooldown", 0, (0, 1 << 40))?,
            min_lr: finite(fields, "min_lr", 0.0)?,
            eps: finite(fields, "eps", 1e-8)?,
        })
    }

    /// One step with a metric.
    pub(super) fn step(&self, state: &mut PlateauState, metric: f64) {
        if self.is_better(metric, state.best) {
            state.best = Some(metric);
            state.bad_steps = 0;
        } else {
            state.bad_steps += 1;
        }
        if state.cooldown > 0 {
            state.cooldown -= 1;
            state.bad_steps = 0;
        }
        if state.bad_steps > self.patience {
            let reduced = (state.lr * self.factor).max(self.min_lr);
            if state.lr - reduced > self.eps {
                state.lr = reduced;
            }
            state.cooldown = self.cooldown;
            state.bad_steps = 0;
        }
    }

    fn is_better(&self, metric: f64, best: Option<f64>) -> bool {
        let sign = if self.maximize { -1.0 } else { 1.0 };
        // Before the first metric the best is ±infinity, which any number betters.
        let best = best.unwrap_or(sign * f64::INFINITY);
        let bar = if self.absolute {
            best - sign * self.threshold
        } else {
            best * (1.0 - sign * self.threshold)
        };
        if self.maximize { metric > bar } else { metric < bar }
    }
}

/// Whether a text is the second of two choices; the first is the default.
fn choice<'a>(
    fields: &mut Fields<'a>,
    key: &'static str,
    [no, yes]: [&'static str; 2],
) -> Result<bool> {
    match fields.text(key, no)? {
        text if text == no => Ok(false),
        text if text == yes => Ok(true),
        other => {
            let what = if key == "mode" { "mode" } else { "threshold mode" };
            Err(fields.invalid(key, words!("{what} {other} is unknown!")))
        }
    }
}
