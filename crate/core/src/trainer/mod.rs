//! The trainer: a network with its data and everything between. Here it is made, reconfigured and
//! given other data; steps, epochs, evaluation and snapshots stand in files of their own.
//!
//! It decides nothing by the clock and knows no host: who calls it says when to stop.

mod batches;
mod data;
mod epoch;
mod evaluate;
mod grid;
mod health;
mod snapshot;
mod step;

pub use data::{Data, DataTensors};
pub use epoch::{EpochRecord, NonFinite, Until};
pub use evaluate::{Evaluation, Part, Scores};
pub use grid::{Grid, Unit};
pub use health::{Health, LayerHealth, OutputHealth};
pub use step::StepLoss;

use std::ops::Range;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::full::FULL;
use crate::kernels::{Vector, vectors_for};
use crate::lanes::{Element, LANES};
use crate::math::Math;
use crate::optim::Optimizer;
use crate::optim::lr_scheduler::Scheduler;
use crate::rng::{Purpose, Stream};
use crate::sequential::{Buffers, Fault, Sequential};
use crate::tensor::Tensor;
use batches::Batches;
use epoch::EpochSums;
use evaluate::Evaluator;
use step::{LabelWeights, check_activations, check_batch, penalised};

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
    /// Rows of the next batch that single-row steps have taken already.
    sample: u64,
    /// Steps of the whole run.
    total_steps: u64,
    /// Why the last watched step did not come to its update.
    fault: Option<Fault>,
    /// Where the parameters stopped being finite.
    spoiled: Option<NonFinite>,
    sums: EpochSums,
    last_sums: EpochSums,
    order: Vec<u32>,
    buffers: Buffers<L::Element>,
    targets: Vec<Vector<L::Element>>,
    sample_weight: Vec<Vector<L::Element>>,
    label_weights: LabelWeights<L::Element>,
    batches: Option<Batches>,
    /// The parts of the parameters that the penalty is on.
    penalised: Vec<Range<usize>>,
    evaluator: Evaluator<L::Element>,
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
            batches: None,
            sample_weight: Vec::new(),
            order: (0..data.rows() as u32).collect(),
            epoch: 0,
            step: 0,
            sample: 0,
            total_steps: 0,
            fault: None,
            spoiled: None,
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

    /// Copies of the data.
    pub fn data(&self) -> DataTensors<L::Element> {
        self.data.tensors(self.config.inputs(), self.config.outputs())
    }

    /// The parameters that a run with this configuration begins with.
    pub fn initial_parameters(&self) -> Vec<L::Element> {
        let Config { layers, init, seed, .. } = &self.config;
        Sequential::new(layers, *init, *seed).parameters().to_vec()
    }

    /// The network, for its parameters and gradients.
    pub fn network(&self) -> &Sequential<L::Element> {
        &self.network
    }

    /// Puts all weights and biases by name; see [`Sequential::load_state_dict`].
    pub fn load_state_dict(&mut self, dict: &[(String, Tensor<L::Element>)]) -> Result<()> {
        self.network.load_state_dict(dict)
    }

    /// Puts as many parameters as there are values, from `start` on, in the order of
    /// [`Sequential::parameters`]; optimizer and position stay. ValueError for values that are not
    /// finite or of which there are too many, and then nothing is changed.
    pub fn set_parameters(&mut self, start: usize, values: &[L::Element]) -> Result<()> {
        let parameters = self.network.parameters_mut();
        let count = parameters.len();
        let place = start.checked_add(values.len()).and_then(|end| parameters.get_mut(start..end));
        let Some(place) = place else {
            let message = words!("a parameter's index must be below {count}");
            return Err(Error::value(message).at("index"));
        };
        if values.iter().any(|x| !x.is_finite()) {
            return Err(Error::value("a parameter must be a finite number").at("value"));
        }
        place.copy_from_slice(values);
        Ok(())
    }

    /// Whole epochs done.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Steps done in the present epoch.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Rows of the next batch that single-row steps have taken already.
    pub fn sample(&self) -> u64 {
        self.sample
    }

    /// The row that the next step takes first.
    pub fn next_row(&self) -> u32 {
        self.order[self.step as usize * self.config.batch_size + self.sample as usize]
    }

    /// Steps of the whole run.
    pub fn total_steps(&self) -> u64 {
        self.total_steps
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
            let message = words!("another {path} needs a new Trainer");
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
            self.sample = 0;
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

    /// Goes on with other rows: parameters, optimizer, schedule and epoch stay as they are. The
    /// present epoch goes on at its step, or at its last one where there are fewer now; its order
    /// is that of the new rows. Errors are those of [`Trainer::new`], and then nothing is changed.
    pub fn set_data(&mut self, tensors: DataTensors<L::Element>) -> Result<()> {
        let data = Data::new(&self.config, tensors)?;
        check_activations(&self.config, data.rows())?;
        self.order = (0..data.rows() as u32).collect();
        self.data = data;
        self.step = self.step.min(self.steps_per_epoch() - 1);
        self.sample = 0;
        let columns = self.data.sample_weight_columns();
        self.evaluator = Evaluator::new(&self.network, &self.config, columns);
        self.make_room(self.batch_rows());
        self.draw_order();
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
        let batches = self.plan_batches(rows);
        self.buffers = self.network.buffers(rows, true);
        self.buffers.make_room_for_batches(batches);
        self.targets = vec![empty; batches * vectors * self.config.outputs()];
        self.sample_weight = vec![empty; vectors * self.data.sample_weight_columns()];
    }

    /// One epoch's order of rows: a function of seed and epoch alone.
    #[inline(never)]
    fn draw_order(&mut self) {
        self.order.iter_mut().zip(0..).for_each(|(row, i)| *row = i);
        if self.config.shuffle {
            if FULL {
                self.forget_batches();
            }
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

    /// One step on the rows that are left of the epoch's next batch, or on the first `most` of them;
    /// true if the epoch has no more. The caller then ends it. `watch` as in `step_on`.
    fn step_in_order(&mut self, most: usize, watch: bool) -> Result<(StepLoss, bool)> {
        let batch = self.step as usize * self.config.batch_size;
        let batch_end = (batch + self.config.batch_size).min(self.order.len());
        let start = batch + self.sample as usize;
        let end = start.saturating_add(most).min(batch_end);
        if FULL && self.sample == 0 && end == batch_end {
            self.look_for_batch();
        }
        let order = std::mem::take(&mut self.order);
        let result = self.step_on(&order[start..end], watch);
        self.order = order;
        let loss = result?;
        (self.step, self.sample) =
            if end == batch_end { (self.step + 1, 0) } else { (self.step, (end - batch) as u64) };
        Ok((loss, end == self.order.len()))
    }

    /// One step on rows of the caller's choice, outside of the epoch's order.
    pub fn train_batch(&mut self, rows: &[u32]) -> Result<StepLoss> {
        if rows.is_empty() {
            return Err(Error::value("a batch needs at least one row"));
        }
        let count = self.data.rows();
        if let Some(bad) = rows.iter().find(|&&row| row as usize >= count) {
            let message = words!("index {bad} is out of bounds for dimension 0 with size {count}");
            return Err(Error::new(crate::ErrorKind::IndexError, message));
        }
        if rows.len() > self.batch_rows() {
            check_batch(&self.config, rows.len())?;
            self.make_room(rows.len());
        }
        self.step_on(rows, false)
    }
}
