//! OneCycleLR: the rate up and down once, the momentum the other way. Smith and Topin, 2017.

use std::f64::consts::PI;

use super::lr_scheduler::{STEP_LIMIT, required};
use crate::error::{Error, ErrorKind, Result};
use crate::value::{Fields, finite, python_number};

/// The arguments of `torch.optim.lr_scheduler.OneCycleLR`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneCycle {
    /// The highest rate; it replaces the optimizer's.
    pub max_lr: f64,
    /// Given, or epochs · steps_per_epoch.
    pub total_steps: u64,
    /// The share of steps that go up, 0.3 by default.
    pub pct_start: f64,
    /// Straight lines instead of cosines (`anneal_strategy: "linear"`).
    pub linear: bool,
    /// Whether the momentum moves too; true by default.
    pub cycle_momentum: bool,
    /// The lowest momentum, 0.85 by default.
    pub base_momentum: f64,
    /// The highest momentum, 0.95 by default.
    pub max_momentum: f64,
    /// The first rate is max_lr / div_factor, 25 by default.
    pub div_factor: f64,
    /// The last rate is the first / final_div_factor, 10⁴ by default.
    pub final_div_factor: f64,
    /// Down to the first rate before going down to the last.
    pub three_phase: bool,
}

impl OneCycle {
    pub(super) fn from_fields(fields: &mut Fields) -> Result<OneCycle> {
        let max_lr = required(fields, "max_lr")?;
        let total_steps = Self::total_steps(fields)?;
        let pct_start = fields.number("pct_start", 0.3)?;
        if !(0.0..=1.0).contains(&pct_start) {
            let got = python_number(pct_start);
            let message = words!("Expected float between 0 and 1 pct_start, but got {got}");
            return Err(fields.invalid("pct_start", message));
        }
        let linear = match fields.text("anneal_strategy", "cos")? {
            "cos" => false,
            "linear" => true,
            other => {
                let message =
                    words!("anneal_strategy must be one of 'cos' or 'linear', instead got {other}");
                return Err(fields.invalid("anneal_strategy", message));
            }
        };
        let cycle = OneCycle {
            max_lr,
            total_steps,
            pct_start,
            linear,
            cycle_momentum: fields.boolean("cycle_momentum", true)?,
            base_momentum: finite(fields, "base_momentum", 0.85)?,
            max_momentum: finite(fields, "max_momentum", 0.95)?,
            div_factor: finite(fields, "div_factor", 25.0)?,
            final_div_factor: finite(fields, "final_div_factor", 1e4)?,
            three_phase: fields.boolean("three_phase", false)?,
        };
        for (key, factor) in
            [("div_factor", cycle.div_factor), ("final_div_factor", cycle.final_div_factor)]
        {
            if factor == 0.0 {
                return Err(division_by_zero().at(fields.path_of(key)));
            }
        }
        cycle.check(0).map_err(|error| error.at(fields.path_of("pct_start")))?;
        Ok(cycle)
    }

    fn total_steps(fields: &mut Fields) -> Result<u64> {
        let mut given = [None; 3];
        let keys = ["total_steps", "epochs", "steps_per_epoch"];
        for (number, key) in given.iter_mut().zip(keys) {
            *number = fields.optional_number(key)?;
        }
        let positive = |key: &'static str, n: f64| {
            if n >= 1.0 && n.trunc() == n && n <= STEP_LIMIT as f64 {
                return Ok(n as u64);
            }
            let got = python_number(n);
            Err(fields.invalid(key, words!("Expected positive integer {key}, but got {got}")))
        };
        match given {
            [Some(total), _, _] => positive("total_steps", total),
            [None, Some(epochs), Some(steps)] => {
                Ok(positive("epochs", epochs)?.saturating_mul(positive("steps_per_epoch", steps)?))
            }
            _ => {
                let message = "You must define either total_steps OR (epochs AND steps_per_epoch)";
                Err(fields.invalid("total_steps", message))
            }
        }
    }

    /// Rate and momentum after `step` steps.
    pub fn at(&self, step: u64) -> (f64, f64) {
        let phase = self.phase(step);
        let share = (step as f64 - phase.start) / (phase.end - phase.start);
        (self.anneal(phase.lr, share), self.anneal(phase.momentum, share))
    }

    /// ValueError past the last step; ZeroDivisionError in a phase of no steps.
    pub fn check(&self, step: u64) -> Result<()> {
        let total = self.total_steps;
        if step > total {
            let message = words!(
                "Tried to step {step} times. The specified number of total steps is {total}"
            );
            return Err(Error::value(message));
        }
        let phase = self.phase(step);
        if phase.start == phase.end {
            return Err(division_by_zero());
        }
        Ok(())
    }

    /// The phase that a step is in. The last one takes every step that is left.
    fn phase(&self, step: u64) -> Phase {
        let first = self.max_lr / self.div_factor;
        let last = first / self.final_div_factor;
        let total = self.total_steps as f64;
        let (low, high) = (self.base_momentum, self.max_momentum);
        let top = self.pct_start * total - 1.0;
        let up = Phase { start: 0.0, end: top, lr: (first, self.max_lr), momentum: (high, low) };
        if step as f64 <= top {
            return up;
        }
        let (mut start, mut lr, mut momentum) = (top, (self.max_lr, last), (low, high));
        if self.three_phase {
            let end = 2.0 * self.pct_start * total - 2.0;
            if step as f64 <= end {
                return Phase { start: top, end, lr: (self.max_lr, first), momentum };
            }
            (start, lr, momentum) = (end, (first, last), (high, high));
        }
        Phase { start, end: total - 1.0, lr, momentum }
    }

    fn anneal(&self, (from, to): (f64, f64), share: f64) -> f64 {
        if self.linear {
            return (to - from) * share + from;
        }
        to + (from - to) / 2.0 * (libm::cos(PI * share) + 1.0)
    }
}

/// From one step to another: the first and last rate, and momentum, of each.
struct Phase {
    start: f64,
    end: f64,
    lr: (f64, f64),
    momentum: (f64, f64),
}

fn division_by_zero() -> Error {
    Error::new(ErrorKind::ZeroDivisionError, "float division by zero")
}
