//! Epochs: steps in their order until somebody or something says stop, and what is known afterwards.

use super::{Part, Trainer};
use crate::error::Result;
use crate::math::Math;
use crate::optim::lr_scheduler::Scheduler;
use crate::sequential::{Fault, Quantity, all_finite};

/// Networks up to so many parameters are small: looking at all takes a microsecond or two.
const SMALL: usize = 1 << 14;

/// What is known after an epoch. Fields that were not computed are none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EpochRecord {
    /// 1 for the first.
    pub epoch: u64,
    /// The learning rate that the epoch was trained with.
    pub lr: f64,
    /// The momentum that it was trained with, where OneCycleLR cycles it.
    pub momentum: Option<f64>,
    /// The losses of the batches while training, weighted by rows; over rows for reduction sum.
    pub train_loss: Option<f64>,
    /// The same with the penalty.
    pub train_objective: Option<f64>,
    /// The loss of all training rows after the epoch.
    pub eval_loss: Option<f64>,
    /// The loss of all test rows after the epoch.
    pub test_loss: Option<f64>,
    /// The share of right elements among the training rows, after the epoch.
    pub accuracy: Option<f64>,
    /// The share of training rows with every label right.
    pub subset_accuracy: Option<f64>,
}

/// The losses of the present epoch so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EpochSums {
    pub(super) loss: f64,
    pub(super) objective: f64,
    pub(super) rows: u64,
}

/// Where and in what a NaN or an infinity was found first.
#[derive(Clone, Debug, PartialEq)]
pub struct NonFinite {
    /// Whole epochs done before the step.
    pub epoch: u64,
    /// Steps done in that epoch before it.
    pub step: u64,
    /// The first quantity of the step that is not finite.
    pub fault: Fault,
}

/// When [`Trainer::train_while`] stops of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Until {
    /// As many whole epochs are done.
    pub epoch: Option<u64>,
    /// As many steps have been taken.
    pub steps: Option<u64>,
    /// As many steps have been taken, each on the next single row of the epoch's order. A batch that
    /// is begun so is finished by the next step, with the rows that are left of it.
    pub samples: Option<u64>,
}

impl<L: Math> Trainer<L> {
    /// Steps while `go_on` says so and `until` is not reached; epochs end on the way. Stops at the
    /// first NaN or infinity in a step and says what and where it is: before the update if it shows
    /// in the loss, so that the parameters are still good; after it if the update spoils them.
    ///
    /// `go_on` is asked after every step. Returns whether `until` was reached.
    pub fn train_while(
        &mut self,
        until: Until,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<(bool, Option<NonFinite>)> {
        if !self.is_finite() {
            let found = self.spoiled.clone().or_else(|| self.spoil((self.epoch, self.step)));
            return Ok((false, found));
        }
        self.spoiled = None;
        let steps = until.samples.or(until.steps);
        let rows = if until.samples.is_some() { 1 } else { usize::MAX };
        let last = steps.map(|steps| self.total_steps.saturating_add(steps));
        let reached = |trainer: &Self| {
            until.epoch.is_some_and(|epoch| trainer.epoch >= epoch)
                || last.is_some_and(|last| trainer.total_steps >= last)
        };
        let mut before = None;
        while !reached(self) {
            let (epoch, step) = (self.epoch, self.step);
            let (loss, ended) = match self.step_in_order(rows, true) {
                Ok(step) => step,
                Err(error) => {
                    let fault = self.fault.take().ok_or(error)?;
                    if let (Quantity::Weight | Quantity::Bias, Some(at)) = (fault.quantity, before)
                    {
                        // Only the step before can have spoilt it, and its gradients are still there.
                        return Ok((false, self.spoil(at)));
                    }
                    return Ok((false, Some(NonFinite { epoch, step, fault })));
                }
            };
            let finished = if ended { self.finish_epoch(None) } else { Ok(()) };
            if !loss.objective.is_finite() {
                let fault = Fault::of(Quantity::Penalty);
                return Ok((false, Some(NonFinite { epoch, step, fault })));
            }
            if self.looks_at_parameters() && !self.is_finite() {
                return Ok((false, self.spoil((epoch, step))));
            }
            finished?;
            before = Some((epoch, step));
            if !go_on() {
                break;
            }
        }
        Ok((reached(self), None))
    }

    fn is_finite(&self) -> bool {
        all_finite::<L>(self.network.parameters())
    }

    /// Whether the parameters are looked at after this step: after every one, but of large networks,
    /// where that would take time. What is not finite mostly shows in the next loss anyway; behind
    /// a saturated unit it does not.
    fn looks_at_parameters(&self) -> bool {
        self.network.parameters().len() <= SMALL || self.total_steps.is_multiple_of(16)
    }

    /// Remembers that the step there spoilt the parameters.
    fn spoil(&mut self, (epoch, step): (u64, u64)) -> Option<NonFinite> {
        let fault = self.network.parameter_fault()?;
        self.spoiled = Some(NonFinite { epoch, step, fault });
        self.spoiled.clone()
    }

    /// Trains to the end of the present epoch, and evaluates if asked to.
    pub fn train_epoch(&mut self, evaluate: bool) -> Result<EpochRecord> {
        while !self.step_in_order(usize::MAX, false)?.1 {}
        self.end_epoch_evaluated(evaluate)
    }

    /// Ends an epoch of [`Trainer::train_batch`]: evaluates and steps the schedule.
    pub fn end_epoch(&mut self) -> Result<EpochRecord> {
        self.end_epoch_evaluated(true)
    }

    fn end_epoch_evaluated(&mut self, evaluate: bool) -> Result<EpochRecord> {
        let losses = self.sums.means();
        let lr = self.lr();
        let momentum = self.scheduler.as_ref().and_then(Scheduler::momentum);
        let train = if evaluate { Some(self.evaluate(Part::Train)?) } else { None };
        let has_test = evaluate && self.data.has_test();
        let test = if has_test { Some(self.evaluate(Part::Test)?) } else { None };
        self.finish_epoch(test.as_ref().or(train.as_ref()).map(|e| e.loss))?;
        Ok(EpochRecord {
            epoch: self.epoch,
            lr,
            momentum,
            train_loss: losses.map(|(loss, _)| loss),
            train_objective: losses.map(|(_, objective)| objective),
            eval_loss: train.map(|e| e.loss),
            test_loss: test.map(|e| e.loss),
            accuracy: train.map(|e| e.accuracy),
            subset_accuracy: train.map(|e| e.subset_accuracy),
        })
    }

    /// Steps the schedule and draws the next order. `metric` is what ReduceLROnPlateau looks at;
    /// where it is needed and not given, it is computed here.
    fn finish_epoch(&mut self, metric: Option<f64>) -> Result<()> {
        let mut stepped = Ok(());
        if let Some(mut scheduler) = self.scheduler.take() {
            let looks = scheduler.config().takes_metric();
            let part = if self.data.has_test() { Part::Test } else { Part::Train };
            let metric = match metric {
                Some(metric) => Ok(metric),
                None if looks => self.evaluate(part).map(|e| e.loss),
                None => Ok(f64::NAN),
            };
            stepped = metric.and_then(|metric| scheduler.step(metric));
            self.scheduler = Some(scheduler);
        }
        // The epoch is over, whatever the schedule says.
        self.epoch += 1;
        (self.step, self.sample) = (0, 0);
        self.last_sums = std::mem::take(&mut self.sums);
        self.apply_schedule();
        self.draw_order();
        stepped
    }
}

impl EpochSums {
    pub(super) fn means(&self) -> Option<(f64, f64)> {
        let rows = self.rows as f64;
        (self.rows > 0).then(|| (self.loss / rows, self.objective / rows))
    }
}
