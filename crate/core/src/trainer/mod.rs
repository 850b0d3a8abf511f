//! The trainer: steps and epochs over data. Evaluation and snapshots stand in files of their own.
//!
//! It decides nothing by the clock and knows no host: who calls it says when to stop.

mod data;
mod evaluate;
mod snapshot;

pub use data::{Data, DataTensors};
pub use evaluate::{Evaluation, Grid, Part};

use std::ops::Range;

use crate::config::{ACTIVATIONS_LIMIT, Config};
use crate::error::{Error, Result};
use crate::kernels::{Vector, gather, vectors_for};
use crate::lanes::{Element, LANES};
use crate::loss::batch::{BatchTargets, loss_and_gradient};
use crate::loss::functional::out_of_range;
use crate::loss::{Criterion, Reduction};
use crate::math::Math;
use crate::optim::Optimizer;
use crate::optim::lr_scheduler::Scheduler;
use crate::rng::{Purpose, Stream};
use crate::sequential::{Buffers, Dropout, Sequential, Stop, backward, forward};
use crate::tensor::Tensor;
use evaluate::Evaluator;

/// What one step saw: PyTorch's `loss.item()` before the update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepLoss {
    /// The reduced loss of the batch.
    pub loss: f64,
    /// The loss and the penalty.
    pub objective: f64,
}

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
struct EpochSums {
    loss: f64,
    objective: f64,
    rows: u64,
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

/// A network, its data, and everything between.
pub struct Trainer<L: Math> {
    config: Config,
    data: Data<L::Element>,
    network: Sequential<L::Element>,
    optimizer: Optimizer<L::Element>,
    scheduler: Option<Scheduler>,
    /// Whole epochs done.
    epoch: u64,
    /// Steps done in the present epoch, of those in `order`.
    step: u64,
    /// Steps of the whole run.
    total_steps: u64,
    sums: EpochSums,
    last_sums: EpochSums,
    order: Vec<u32>,
    buffers: Buffers<L::Element>,
    targets: Vec<Vector<L::Element>>,
    sample_weight: Vec<Vector<L::Element>>,
    label_weights: LabelWeights<L::Element>,
    /// The parts of the parameters that the penalty is on.
    penalised: Vec<Range<usize>>,
    evaluator: Evaluator<L::Element>,
}

/// The configured weights of outputs, in the type of the parameters.
struct LabelWeights<E> {
    weight: Vec<E>,
    pos_weight: Vec<E>,
}

impl<E: Element> LabelWeights<E> {
    #[inline(never)]
    fn new(config: &Config) -> Self {
        let convert = |weights: &Option<Vec<f64>>| {
            weights.iter().flatten().map(|&w| E::from_f64(w)).collect()
        };
        LabelWeights {
            weight: convert(&config.loss.weight),
            pos_weight: convert(&config.loss.pos_weight),
        }
    }
}

impl<L: Math> Trainer<L> {
    /// A trainer before its first step. Errors: shapes that do not fit, targets that the loss cannot
    /// take, a batch that needs more memory than the limits allow.
    pub fn new(config: Config, tensors: DataTensors<L::Element>) -> Result<Self> {
        let data = Data::new(&config, tensors)?;
        check_activations(&config, data.rows())?;
        let network = Sequential::new(&config.layers, config.init, config.seed);
        let optimizer = Optimizer::new(config.optimizer, network.parameters().len());
        let scheduler = config.scheduler.clone().map(|s| Scheduler::new(s, config.optimizer.lr()));
        let mut trainer = Trainer {
            buffers: network.buffers(0, true),
            evaluator: Evaluator::new(&network, &config, data.sample_weight_columns()),
            label_weights: LabelWeights::new(&config),
            penalised: penalised(&network, &config),
            targets: Vec::new(),
            sample_weight: Vec::new(),
            order: (0..data.rows() as u32).collect(),
            epoch: 0,
            step: 0,
            total_steps: 0,
            sums: EpochSums::default(),
            last_sums: EpochSums::default(),
            config,
            data,
            network,
            optimizer,
            scheduler,
        };
        trainer.make_room(trainer.batch_rows());
        trainer.apply_schedule();
        trainer.draw_order();
        Ok(trainer)
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The network, for its parameters and gradients.
    pub fn network(&self) -> &Sequential<L::Element> {
        &self.network
    }

    /// Puts all weights and biases by name; see [`Sequential::load_state_dict`].
    pub fn load_state_dict(&mut self, dict: &[(String, Tensor<L::Element>)]) -> Result<()> {
        self.network.load_state_dict(dict)
    }

    /// Whole epochs done.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Steps done in the present epoch.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Steps of an epoch.
    pub fn steps_per_epoch(&self) -> u64 {
        self.data.rows().div_ceil(self.config.batch_size) as u64
    }

    /// The learning rate in force.
    pub fn lr(&self) -> f64 {
        self.optimizer.config().lr()
    }

    /// (train_loss, train_objective) of the present epoch so far; right after an epoch's end, of
    /// that epoch; none before the first step.
    pub fn running_losses(&self) -> Option<(f64, f64)> {
        let sums = if self.sums.rows > 0 { self.sums } else { self.last_sums };
        sums.means()
    }

    /// Takes over what leaves the parameters' shapes alone: optimizer, loss, schedule, penalty, batch
    /// size, order, activations. ValueError for the rest, and then nothing is changed.
    pub fn reconfigure(&mut self, config: Config) -> Result<()> {
        let sizes = |config: &Config| -> Vec<(usize, usize)> {
            config.layers.iter().map(|l| (l.inputs, l.outputs)).collect()
        };
        let needs_reset = [
            ("seed", config.seed != self.config.seed),
            ("init", config.init != self.config.init),
            ("layers", sizes(&config) != sizes(&self.config)),
        ];
        if let Some((path, _)) = needs_reset.into_iter().find(|(_, changed)| *changed) {
            let message = format!("another {path} needs a new Trainer");
            return Err(Error::value(message).at(path));
        }
        self.data.check_targets(&config)?;
        check_activations(&config, self.data.rows())?;
        self.network.reconfigure(&config.layers);
        self.optimizer.reconfigure(config.optimizer);
        if config.scheduler != self.config.scheduler {
            self.scheduler =
                config.scheduler.clone().map(|s| Scheduler::new(s, config.optimizer.lr()));
        }
        if let Some(scheduler) = &mut self.scheduler {
            scheduler.set_base_lr(config.optimizer.lr());
        }
        if config.batch_size != self.config.batch_size {
            // The present epoch goes on at about the same row.
            self.step = self.step * self.config.batch_size as u64 / config.batch_size as u64;
        }
        let reordered = config.shuffle != self.config.shuffle;
        self.config = config;
        self.label_weights = LabelWeights::new(&self.config);
        self.penalised = penalised(&self.network, &self.config);
        let columns = self.data.sample_weight_columns();
        self.evaluator = Evaluator::new(&self.network, &self.config, columns);
        self.make_room(self.batch_rows());
        self.apply_schedule();
        if reordered {
            self.draw_order();
        }
        Ok(())
    }

    fn batch_rows(&self) -> usize {
        self.config.batch_size.min(self.data.rows())
    }

    /// Sizes the buffers for batches of so many rows.
    #[inline(never)]
    fn make_room(&mut self, rows: usize) {
        let vectors = vectors_for(rows);
        let empty = [L::Element::default(); LANES];
        self.buffers = self.network.buffers(rows, true);
        self.targets = vec![empty; vectors * self.config.outputs()];
        self.sample_weight = vec![empty; vectors * self.data.sample_weight_columns()];
    }

    /// One epoch's order of rows: a function of seed and epoch alone.
    #[inline(never)]
    fn draw_order(&mut self) {
        self.order.iter_mut().zip(0..).for_each(|(row, i)| *row = i);
        if self.config.shuffle {
            Stream::new(self.config.seed, Purpose::Order, self.epoch).shuffle(&mut self.order);
        }
    }

    #[inline(never)]
    fn apply_schedule(&mut self) {
        if let Some(scheduler) = &self.scheduler {
            self.optimizer.config_mut().set_lr(scheduler.lr());
            if let Some(momentum) = scheduler.momentum() {
                self.optimizer.config_mut().set_momentum(momentum);
            }
        }
    }

    /// One step on the next batch of the epoch; true if that was its last. The caller then ends
    /// the epoch.
    fn step_in_order(&mut self) -> Result<(StepLoss, bool)> {
        let order = std::mem::take(&mut self.order);
        let start = self.step as usize * self.config.batch_size;
        let end = (start + self.config.batch_size).min(order.len());
        let result = self.step_on(&order[start..end]);
        self.order = order;
        let loss = result?;
        self.step += 1;
        Ok((loss, end == self.order.len()))
    }

    /// Forward, loss, backward, penalty and update for these rows.
    fn step_on(&mut self, rows: &[u32]) -> Result<StepLoss> {
        let (inputs, outputs) = (self.config.inputs(), self.config.outputs());
        self.buffers.set_samples(rows.len());
        let vectors = self.buffers.vectors();
        gather(&self.data.inputs, inputs, rows, self.buffers.input_mut(inputs));
        gather(&self.data.targets, outputs, rows, &mut self.targets[..outputs * vectors]);
        let columns = self.data.sample_weight_columns();
        let sample_weight = &mut self.sample_weight[..columns * vectors];
        gather(&self.data.sample_weight, columns, rows, sample_weight);

        let dropout = Dropout { seed: self.config.seed, step: self.total_steps };
        forward::<L>(&self.network, &mut self.buffers, Stop::AtOutput, Some(dropout));

        let elements = (rows.len() * outputs) as f64;
        let mean = self.config.loss.reduction == Reduction::Mean;
        let scale = if mean { 1.0 / elements } else { 1.0 };
        let with = BatchTargets {
            targets: &self.targets[..outputs * vectors],
            sample_weight,
            weight: &self.label_weights.weight,
            pos_weight: &self.label_weights.pos_weight,
            samples: rows.len(),
        };
        let criterion = self.config.loss.criterion;
        let output = self.buffers.output_for_loss(outputs);
        let batch = loss_and_gradient::<L>(criterion, output, vectors, with, scale);
        if criterion == Criterion::BCELoss && (!batch.in_unit_range || batch.sum.is_nan()) {
            return Err(out_of_range("input"));
        }
        backward::<L>(&mut self.network, &mut self.buffers);
        let penalty = self.add_penalty();
        let (parameters, gradients) = self.network.parameters_and_gradients();
        self.optimizer.step(parameters, gradients);

        let loss = if mean { batch.sum / elements } else { batch.sum };
        let loss = L::Element::from_f64(loss).to_f64();
        let objective = L::Element::from_f64(loss + penalty).to_f64();
        self.total_steps += 1;
        let share = if mean { rows.len() as f64 } else { 1.0 };
        self.sums.loss += loss * share;
        self.sums.objective += objective * share;
        self.sums.rows += rows.len() as u64;
        Ok(StepLoss { loss, objective })
    }

    /// Adds the penalty's gradient, and returns its value.
    fn add_penalty(&mut self) -> f64 {
        let Some(penalty) = self.config.penalty else { return 0.0 };
        let (parameters, gradients) = self.network.parameters_and_gradients();
        let zero = L::Element::default();
        let lambda = L::Element::from_f64(penalty.lambda);
        let mut value = 0.0;
        for range in &self.penalised {
            let parameters = &parameters[range.clone()];
            for (&p, g) in parameters.iter().zip(&mut gradients[range.clone()]) {
                if penalty.squared {
                    value += (p * p).to_f64();
                    *g = *g + lambda * (p + p);
                } else {
                    value += p.abs().to_f64();
                    // The sign of 0 is 0.
                    *g = if p > zero {
                        *g + lambda
                    } else if p < zero {
                        *g - lambda
                    } else {
                        *g
                    };
                }
            }
        }
        penalty.lambda * value
    }

    /// One step on rows of the caller's choice, outside of the epoch's order.
    pub fn train_batch(&mut self, rows: &[u32]) -> Result<StepLoss> {
        if rows.is_empty() {
            return Err(Error::value("a batch needs at least one row"));
        }
        let count = self.data.rows();
        if let Some(bad) = rows.iter().find(|&&row| row as usize >= count) {
            let message = format!("index {bad} is out of bounds for dimension 0 with size {count}");
            return Err(Error::new(crate::ErrorKind::IndexError, message));
        }
        if rows.len() > self.batch_rows() {
            check_batch(&self.config, rows.len())?;
            self.make_room(rows.len());
        }
        self.step_on(rows)
    }

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
        use crate::optim::lr_scheduler::SchedulerConfig;
        if let Some(mut scheduler) = self.scheduler.take() {
            let looks = matches!(scheduler.config(), SchedulerConfig::ReduceLROnPlateau(_));
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
    fn means(&self) -> Option<(f64, f64)> {
        let rows = self.rows as f64;
        (self.rows > 0).then(|| (self.loss / rows, self.objective / rows))
    }
}

#[inline(never)]
fn penalised<E: Element>(network: &Sequential<E>, config: &Config) -> Vec<Range<usize>> {
    match config.penalty {
        None => Vec::new(),
        Some(penalty) => network.ranges(penalty.biases).collect(),
    }
}

fn check_activations(config: &Config, rows: usize) -> Result<()> {
    check_batch(config, config.batch_size.min(rows))
}

/// ValueError where the activations of a batch would not fit.
fn check_batch(config: &Config, rows: usize) -> Result<()> {
    let units: usize =
        config.inputs() + config.layers.iter().map(|layer| layer.outputs).sum::<usize>();
    let needed = units.saturating_mul(rows.next_multiple_of(LANES));
    if needed <= ACTIVATIONS_LIMIT {
        return Ok(());
    }
    let message = format!(
        "a batch of {rows} rows through {units} units needs {needed} activations; at most \
         {ACTIVATIONS_LIMIT} are allowed"
    );
    Err(Error::value(message).at("batch_size"))
}
