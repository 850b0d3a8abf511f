//! Learning-rate schedules, as `torch.optim.lr_scheduler`: the rate as a function of the steps taken.
//!
//! All but ReduceLROnPlateau are closed forms of the step and the base rate, which agree with
//! PyTorch's recursions to rounding and can be started anywhere.

use std::f64::consts::PI;

use crate::error::{Error, ErrorKind, Result};
use crate::full::{Full, full};
use crate::order::ascending;
use crate::value::{Fields, Value, finite, join};

use super::one_cycle::OneCycle;
use super::plateau::{Plateau, PlateauState};

/// A rule with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// Times gamma every step_size steps.
    StepLR {
        /// At least 1.
        step_size: u64,
        /// 0.1 by default.
        gamma: f64,
    },
    /// Times gamma at each milestone.
    MultiStepLR {
        /// Steps; one that stands twice counts twice.
        milestones: Vec<u64>,
        /// 0.1 by default.
        gamma: f64,
    },
    /// Times gamma every step.
    ExponentialLR {
        /// Required.
        gamma: f64,
    },
    /// Half a cosine down to eta_min at T_max, and up again. Loshchilov and Hutter, 2016.
    CosineAnnealingLR {
        /// Steps of half a period, at least 1.
        t_max: u64,
        /// 0 by default.
        eta_min: f64,
    },
    /// A straight line between two factors.
    LinearLR {
        /// 1/3 by default.
        start_factor: f64,
        /// 1 by default.
        end_factor: f64,
        /// 5 by default.
        total_iters: u64,
    },
    /// A factor for the first steps, then none.
    ConstantLR {
        /// 1/3 by default.
        factor: f64,
        /// 5 by default.
        total_iters: u64,
    },
    /// (1 − step / total_iters)^power.
    PolynomialLR {
        /// 5 by default.
        total_iters: u64,
        /// 1 by default.
        power: f64,
    },
    /// One schedule after another, each starting anew at its milestone.
    SequentialLR {
        /// At least one.
        schedulers: Vec<Schedule>,
        /// One fewer than the schedulers, rising.
        milestones: Vec<u64>,
    },
    /// Up and down once, the momentum the other way. Smith and Topin, 2017.
    OneCycleLR(OneCycle),
    /// Times factor when a metric has not improved for `patience` steps.
    ReduceLROnPlateau(Plateau),
}

/// Steps beyond any run.
pub(super) const STEP_LIMIT: u64 = 1 << 40;

impl Schedule {
    /// PyTorch's name of the class.
    pub fn name(&self) -> &'static str {
        match self {
            Schedule::StepLR { .. } => "StepLR",
            Schedule::MultiStepLR { .. } => "MultiStepLR",
            Schedule::ExponentialLR { .. } => "ExponentialLR",
            Schedule::CosineAnnealingLR { .. } => "CosineAnnealingLR",
            Schedule::LinearLR { .. } => "LinearLR",
            Schedule::ConstantLR { .. } => "ConstantLR",
            Schedule::PolynomialLR { .. } => "PolynomialLR",
            Schedule::SequentialLR { .. } => "SequentialLR",
            Schedule::OneCycleLR(_) => "OneCycleLR",
            Schedule::ReduceLROnPlateau(_) => "ReduceLROnPlateau",
        }
    }

    /// Reads a configuration; wrong values give PyTorch's messages.
    pub fn from_value(value: &Value, path: &str) -> Result<Self> {
        let mut fields = Fields::of(value, path)?;
        let name = fields.required_text("name")?;
        let config = read(name, &mut fields)?;
        fields.finish()?;
        Ok(config)
    }

    /// The rate after `step` steps, from `base_lr`. Only for closed forms.
    pub fn lr(&self, base_lr: f64, step: u64) -> f64 {
        let t = step as f64;
        match self {
            Schedule::StepLR { step_size, gamma } => {
                base_lr * libm::pow(*gamma, (step / step_size) as f64)
            }
            Schedule::MultiStepLR { milestones, gamma } => {
                let passed = milestones.iter().filter(|&&milestone| milestone <= step).count();
                base_lr * libm::pow(*gamma, passed as f64)
            }
            Schedule::ExponentialLR { gamma } => base_lr * libm::pow(*gamma, t),
            Schedule::CosineAnnealingLR { t_max, eta_min } => {
                eta_min + (base_lr - eta_min) * (1.0 + libm::cos(PI * t / *t_max as f64)) / 2.0
            }
            Schedule::LinearLR { start_factor, end_factor, total_iters } => {
                // Without steps PyTorch's recursion never leaves the first factor.
                let share = if *total_iters == 0 {
                    0.0
                } else {
                    step.min(*total_iters) as f64 / *total_iters as f64
                };
                base_lr * (start_factor + (end_factor - start_factor) * share)
            }
            Schedule::ConstantLR { factor, total_iters } => {
                // Likewise: the factor is undone by step total_iters, and step 0 is never taken.
                let over = *total_iters > 0 && step >= *total_iters;
                if over { base_lr } else { base_lr * factor }
            }
            Schedule::PolynomialLR { total_iters, power } => {
                let total = (*total_iters).max(1);
                let step = if *total_iters == 0 { 0 } else { step.min(total) };
                let left = 1.0 - step as f64 / total as f64;
                base_lr * libm::pow(left, *power)
            }
            Schedule::SequentialLR { schedulers, milestones } => {
                let current = milestones.iter().take_while(|&&m| m <= step).count();
                let start = if current == 0 { 0 } else { milestones[current - 1] };
                schedulers[current].lr(base_lr, step - start)
            }
            Schedule::OneCycleLR(cycle) => cycle.at(step).0,
            Schedule::ReduceLROnPlateau(_) => base_lr,
        }
    }
}

fn read(name: &str, fields: &mut Fields) -> Result<Schedule> {
    Ok(match name {
        "StepLR" => Schedule::StepLR {
            step_size: period(fields, "step_size")?,
            gamma: finite(fields, "gamma", 0.1)?,
        },
        "MultiStepLR" => Schedule::MultiStepLR {
            milestones: milestones(fields)?,
            gamma: finite(fields, "gamma", 0.1)?,
        },
        "ExponentialLR" => Schedule::ExponentialLR { gamma: required(fields, "gamma")? },
        "CosineAnnealingLR" => Schedule::CosineAnnealingLR {
            t_max: period(fields, "T_max")?,
            eta_min: finite(fields, "eta_min", 0.0)?,
        },
        "LinearLR" => linear(fields)?,
        "ConstantLR" => {
            let factor = finite(fields, "factor", 1.0 / 3.0)?;
            if !(0.0..=1.0).contains(&factor) {
                let message = "Constant multiplicative factor expected to be between 0 and 1.";
                return Err(fields.invalid("factor", message));
            }
            let total_iters = fields.integer("total_iters", 5, (0, STEP_LIMIT))?;
            Schedule::ConstantLR { factor, total_iters }
        }
        "PolynomialLR" => Schedule::PolynomialLR {
            total_iters: fields.integer("total_iters", 5, (0, STEP_LIMIT))?,
            power: finite(fields, "power", 1.0)?,
        },
        "SequentialLR" => sequential(fields)?,
        "OneCycleLR" => Schedule::OneCycleLR(OneCycle::from_fields(fields)?),
        "ReduceLROnPlateau" => Schedule::ReduceLROnPlateau(Plateau::from_fields(fields)?),
        other => {
            let message = words!(
                "unknown scheduler \"{other}\"; known are StepLR, MultiStepLR, ExponentialLR, \
                 CosineAnnealingLR, LinearLR, ConstantLR, PolynomialLR, SequentialLR, OneCycleLR, \
                 ReduceLROnPlateau"
            );
            return Err(fields.invalid("name", message));
        }
    })
}

/// A required number of steps that PyTorch takes a remainder by.
fn period(fields: &mut Fields, key: &'static str) -> Result<u64> {
    match fields.required_integer(key, (0, STEP_LIMIT))? {
        0 => {
            let error = Error::new(ErrorKind::ZeroDivisionError, "integer modulo by zero");
            Err(error.at(fields.path_of(key)))
        }
        n => Ok(n),
    }
}

/// A finite number that must be there.
pub(super) fn required(fields: &mut Fields, key: &'static str) -> Result<f64> {
    fields.required(key)?;
    finite(fields, key, 0.0)
}

fn milestones(fields: &mut Fields) -> Result<Vec<u64>> {
    fields.required("milestones")?;
    let milestones = fields.numbers("milestones")?.unwrap_or_default();
    let whole =
        |&m: &f64| (m.trunc() == m && (0.0..=STEP_LIMIT as f64).contains(&m)).then_some(m as u64);
    let mut steps = Vec::with_capacity(milestones.len());
    for milestone in &milestones {
        let Some(step) = whole(milestone) else {
            let message = "milestones must be whole numbers of steps";
            return Err(fields.invalid("milestones", message));
        };
        steps.push((step, 0));
    }
    Ok(ascending(steps).into_iter().map(|(step, _)| step).collect())
}

fn linear(fields: &mut Fields) -> Result<Schedule> {
    let start_factor = finite(fields, "start_factor", 1.0 / 3.0)?;
    if !(start_factor > 0.0 && start_factor <= 1.0) {
        let message = "Starting multiplicative factor expected to be greater than 0 and less or \
                       equal to 1.";
        return Err(fields.invalid("start_factor", message));
    }
    let end_factor = finite(fields, "end_factor", 1.0)?;
    if !(0.0..=1.0).contains(&end_factor) {
        let message = "Ending multiplicative factor expected to be between 0 and 1.";
        return Err(fields.invalid("end_factor", message));
    }
    let total_iters = fields.integer("total_iters", 5, (0, STEP_LIMIT))?;
    Ok(Schedule::LinearLR { start_factor, end_factor, total_iters })
}

fn sequential(fields: &mut Fields) -> Result<Schedule> {
    let path = fields.path_of("schedulers");
    let Value::List(parts) = fields.required("schedulers")? else {
        return Err(Error::type_("schedulers must be a list").at(path));
    };
    let mut schedulers = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let path = words!("{path}[{i}]");
        let part = Schedule::from_value(part, &path)?;
        let open_ended = matches!(
            part,
            Schedule::ReduceLROnPlateau(_)
                | Schedule::SequentialLR { .. }
                | Schedule::OneCycleLR(_)
        );
        if open_ended {
            let name = part.name();
            return Err(Error::value(words!("{name} cannot be a part of SequentialLR")).at(path));
        }
        schedulers.push(if i == 0 { part } else { started_later(part, &path)? });
    }
    let milestones = milestones(fields)?;
    if schedulers.is_empty() || milestones.len() + 1 != schedulers.len() {
        let message = words!(
            "Sequential Schedulers expects number of schedulers provided to be one more than the \
             number of milestone points, but got number of schedulers {} and the number of \
             milestones to be equal to {}",
            schedulers.len(),
            milestones.len()
        );
        return Err(fields.invalid("milestones", message));
    }
    Ok(Schedule::SequentialLR { schedulers, milestones })
}

/// A part of SequentialLR after its first: PyTorch begins it by its closed form, which at no
/// iterations is another than what its recursion begins with.
fn started_later(part: Schedule, path: &str) -> Result<Schedule> {
    let message = match part {
        Schedule::ConstantLR { total_iters: 0, .. } => {
            return Ok(Schedule::ConstantLR { factor: 1.0, total_iters: 0 });
        }
        Schedule::LinearLR { total_iters: 0, .. } => "float division by zero",
        Schedule::PolynomialLR { total_iters: 0, .. } => "division by zero",
        other => return Ok(other),
    };
    Err(Error::new(ErrorKind::ZeroDivisionError, message).at(join(path, "total_iters")))
}

/// The schedule of a configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct SchedulerConfig {
    /// Only there. (First, so that not even a clone begins without it.)
    pub full: Full,
    /// The rule with its arguments.
    pub schedule: Schedule,
}

impl SchedulerConfig {
    /// Reads a configuration; wrong values give PyTorch's messages.
    pub fn from_value(value: &Value, path: &str) -> Result<Self> {
        let full = full()?;
        Ok(SchedulerConfig { schedule: Schedule::from_value(value, path)?, full })
    }

    /// Whether it moves the momentum too.
    pub fn cycles_momentum(&self) -> bool {
        matches!(&self.schedule, Schedule::OneCycleLR(cycle) if cycle.cycle_momentum)
    }

    /// Whether it looks at a metric.
    pub fn takes_metric(&self) -> bool {
        matches!(self.schedule, Schedule::ReduceLROnPlateau(_))
    }
}

/// A schedule under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduler {
    config: SchedulerConfig,
    base_lr: f64,
    steps: u64,
    plateau: PlateauState,
}

impl Scheduler {
    /// A schedule before its first step. `base_lr` is the optimizer's rate.
    pub fn new(config: SchedulerConfig, base_lr: f64) -> Self {
        Scheduler { config, base_lr, steps: 0, plateau: PlateauState::new(base_lr) }
    }

    /// The arguments.
    pub fn config(&self) -> &SchedulerConfig {
        &self.config
    }

    /// The rate in force.
    pub fn lr(&self) -> f64 {
        match &self.config.schedule {
            Schedule::ReduceLROnPlateau(_) => self.plateau.lr,
            closed => closed.lr(self.base_lr, self.steps),
        }
    }

    /// The momentum in force, where OneCycleLR cycles it.
    pub fn momentum(&self) -> Option<f64> {
        match &self.config.schedule {
            Schedule::OneCycleLR(cycle) if cycle.cycle_momentum => Some(cycle.at(self.steps).1),
            _ => None,
        }
    }

    /// One step. Only ReduceLROnPlateau looks at the metric. ValueError past OneCycleLR's end.
    pub fn step(&mut self, metric: f64) -> Result<()> {
        match &self.config.schedule {
            Schedule::ReduceLROnPlateau(plateau) => plateau.step(&mut self.plateau, metric),
            Schedule::OneCycleLR(cycle) => cycle.check(self.steps + 1)?,
            _ => {}
        }
        self.steps += 1;
        Ok(())
    }

    /// Another base rate from now on, as when the learning rate is changed during a run.
    pub fn set_base_lr(&mut self, base_lr: f64) {
        if base_lr != self.base_lr {
            self.plateau.lr *= if self.base_lr == 0.0 { 1.0 } else { base_lr / self.base_lr };
            self.base_lr = base_lr;
        }
    }

    /// The state for a snapshot: steps taken, and the plateau's own.
    pub fn state(&self) -> (u64, PlateauState) {
        (self.steps, self.plateau)
    }

    /// Puts back what [`Scheduler::state`] gave.
    pub fn restore(&mut self, steps: u64, plateau: PlateauState) {
        (self.steps, self.plateau) = (steps, plateau);
    }
}

/// The rate during each of `steps` steps: what a run with this schedule would use. ReduceLROnPlateau
/// gets `metrics[k]` after step k; the second list holds the momenta where OneCycleLR cycles them.
#[cfg(feature = "full")]
pub fn learning_rates(
    config: &SchedulerConfig,
    base_lr: f64,
    steps: usize,
    metrics: Option<&[f64]>,
) -> Result<(Vec<f64>, Option<Vec<f64>>)> {
    if config.takes_metric() {
        let given = metrics.map_or(0, <[f64]>::len);
        if given + 1 < steps {
            let message = words!(
                "ReduceLROnPlateau needs a metric after each step: {given} are given for {steps} \
                 steps"
            );
            return Err(Error::value(message).at("metrics"));
        }
    }
    let mut scheduler = Scheduler::new(config.clone(), base_lr);
    let mut rates = Vec::with_capacity(steps);
    let mut momenta = Vec::new();
    for k in 0..steps {
        rates.push(scheduler.lr());
        momenta.extend(scheduler.momentum());
        if k + 1 < steps {
            let metric = metrics.and_then(|metrics| metrics.get(k)).copied();
            scheduler.step(metric.unwrap_or(f64::NAN))?;
        }
    }
    Ok((rates, (momenta.len() == steps && steps > 0).then_some(momenta)))
}
