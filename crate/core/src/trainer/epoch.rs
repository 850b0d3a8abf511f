//! Epochs: steps in their order until somebody or something says stop, and what is known afterwards.

use super::{Part, Trainer};
use crate::error::Result;
use crate::math::Math;
use crate::optim::lr_scheduler::Scheduler;

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

/// Where and in what a NaN or an infinity was found.
#[derive(Clone, Debug, PartialEq)]
pub struct NonFinite {
    /// Whole epochs done.
    pub epoch: u64,
    /// Steps done in the present epoch.
    pub step: u64,
    /// `loss`, or the name of a parameter tensor.
    pub quantity: String,
}

/// When [`Trainer::train_while`] stops of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Until {
    /// As many whole epochs are done.
    pub epoch: Option<u64>,
    /// As many steps have been taken.
    pub steps: Option<u64>,
}

impl<L: Math> Trainer<L> {
    /// Steps while `go_on` says so and `until` is not reached; epochs end on the way. Stops at the
    /// first NaN or infinity in the loss or in the parameters, and says where.
    ///
    /// `go_on` is asked after every step. Returns whether `until` was reached.
    pub fn train_while(
        &mut self,
        until: Until,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<(bool, Option<NonFinite>)> {
        let last = until.steps.map(|steps| self.total_steps.saturating_add(steps));
        let reached = |trainer: &Self| {
            until.epoch.is_some_and(|epoch| trainer.epoch >= epoch)
                || last.is_some_and(|last| trainer.total_steps >= last)
        };
        while !reached(self) {
            let at = (self.epoch, self.step);
            let loss = match self.step_in_order() {
                Ok((loss, true)) => {
                    self.finish_epoch(None)?;
                    loss
                }
                Ok((loss, false)) => loss,
                // NaN parameters give NaN probabilities, which BCELoss reports as out of range.
                Err(error) => {
                    return self.non_finite(at).map(|bad| (false, Some(bad))).ok_or(error);
                }
            };
            if !loss.objective.is_finite() {
                let quantity = self.network.first_non_finite().unwrap_or_else(|| "loss".to_owned());
                return Ok((false, Some(NonFinite { epoch: at.0, step: at.1, quantity })));
            }
            if !go_on() {
                break;
            }
        }
        let reached = reached(self);
        Ok((reached, self.non_finite((self.epoch, self.step))))
    }

    fn non_finite(&self, (epoch, step): (u64, u64)) -> Option<NonFinite> {
        let quantity = self.network.first_non_finite()?;
        Some(NonFinite { epoch, step, quantity })
    }

    /// Trains to the end of the present epoch, and evaluates if asked to.
    pub fn train_epoch(&mut self, evaluate: bool) -> Result<EpochRecord> {
        while !self.step_in_order()?.1 {}
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
        if let Some(mut scheduler) = self.scheduler.take() {
            let looks = scheduler.config().takes_metric();
            let part = if self.data.has_test() { Part::Test } else { Part::Train };
            let metric = match metric {
                Some(metric) => Ok(metric),
                None if looks => self.evaluate(part).map(|e| e.loss),
                None => Ok(f64::NAN),
            };
            let stepped = metric.and_then(|metric| scheduler.step(metric));
            self.scheduler = Some(scheduler);
            stepped?;
        }
        self.epoch += 1;
        self.step = 0;
        self.last_sums = std::mem::take(&mut self.sums);
        self.apply_schedule();
        self.draw_order();
        Ok(())
    }
}

impl EpochSums {
    pub(super) fn means(&self) -> Option<(f64, f64)> {
        let rows = self.rows as f64;
        (self.rows > 0).then(|| (self.loss / rows, self.objective / rows))
    }
}
