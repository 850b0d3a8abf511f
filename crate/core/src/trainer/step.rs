//! One step: forward, loss, backward, penalty, update.

use std::ops::Range;

use super::Trainer;
use crate::config::{ACTIVATIONS_LIMIT, Config};
use crate::error::{Error, Result};
use crate::kernels::gather;
use crate::lanes::{Element, LANES};
use crate::loss::batch::{BatchLoss, BatchTargets, loss_and_gradient};
use crate::loss::functional::out_of_range;
use crate::loss::{Criterion, Reduction};
use crate::math::Math;
use crate::sequential::{
    Dropout, Fault, Quantity, Sequential, Stop, backward, forward, forward_fault,
};

/// What one step saw: PyTorch's `loss.item()` before the update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepLoss {
    /// The reduced loss of the batch.
    pub loss: f64,
    /// The loss and the penalty.
    pub objective: f64,
}

/// The configured weights of outputs, in the type of the parameters.
pub(super) struct LabelWeights<E> {
    pub(super) weight: Vec<E>,
    pub(super) pos_weight: Vec<E>,
}

impl<E: Element> LabelWeights<E> {
    #[inline(never)]
    pub(super) fn new(config: &Config) -> Self {
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
    /// Forward, loss, backward, penalty and update for these rows, which may be laid out already.
    /// `watch`: a loss that is not finite is an error before the update, and `fault` says why.
    pub(super) fn step_on(&mut self, rows: &[u32], watch: bool) -> Result<StepLoss> {
        let (inputs, outputs) = (self.config.inputs(), self.config.outputs());
        self.buffers.set_samples(rows.len());
        let vectors = self.buffers.vectors();
        let targets = match self.take_batch() {
            Some(first) => {
                self.buffers.set_input(first * inputs);
                &self.targets[first * outputs..][..outputs * vectors]
            }
            None => {
                gather(&self.data.inputs, inputs, rows, self.buffers.input_mut(inputs));
                let targets = &mut self.targets[..outputs * vectors];
                gather(&self.data.targets, outputs, rows, targets);
                targets
            }
        };
        let columns = self.data.sample_weight_columns();
        let sample_weight = &mut self.sample_weight[..columns * vectors];
        gather(&self.data.sample_weight, columns, rows, sample_weight);

        let dropout = Dropout { seed: self.config.seed, step: self.total_steps };
        forward::<L>(&self.network, &mut self.buffers, Stop::AtOutput, Some(dropout));

        let losses = self.config.loss.criterion.losses_of(rows.len(), outputs) as f64;
        let mean = self.config.loss.reduction == Reduction::Mean;
        let scale = if mean { 1.0 / losses } else { 1.0 };
        let with = BatchTargets {
            targets,
            labels: self.data.labels,
            sample_weight,
            weight: &self.label_weights.weight,
            pos_weight: &self.label_weights.pos_weight,
            samples: rows.len(),
        };
        let criterion = self.config.loss.criterion;
        let (output, grads) = self.buffers.output_and_gradient(outputs);
        let (batch, loss) = match &self.config.loss.detection {
            None => {
                let batch = loss_and_gradient::<L>(criterion, output, grads, vectors, with, scale);
                (batch, if mean { batch.sum / losses } else { batch.sum })
            }
            Some(detection) => {
                let sums =
                    detection.loss_and_gradient::<L>(criterion, output, grads, vectors, with);
                let sum = detection.total(sums);
                (BatchLoss { sum, in_unit_range: true }, sum)
            }
        };
        if watch && !batch.sum.is_finite() {
            self.fault = forward_fault::<L>(&self.network, &self.buffers);
        }
        if criterion == Criterion::BCELoss && (!batch.in_unit_range || batch.sum.is_nan()) {
            return Err(out_of_range("input"));
        }
        let loss = L::Element::from_f64(loss).to_f64();
        if watch && !loss.is_finite() {
            self.fault.get_or_insert(Fault::of(Quantity::Loss));
            return Err(Error::runtime("the loss is not finite"));
        }
        backward::<L>(&mut self.network, &mut self.buffers);
        let penalty = self.add_penalty();
        let (parameters, gradients) = self.network.parameters_and_gradients();
        self.optimizer.step(parameters, gradients);

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
}

#[inline(never)]
pub(super) fn penalised<E: Element>(network: &Sequential<E>, config: &Config) -> Vec<Range<usize>> {
    match config.penalty {
        None => Vec::new(),
        Some(penalty) => network.ranges(penalty.biases).collect(),
    }
}

pub(super) fn check_activations(config: &Config, rows: usize) -> Result<()> {
    check_batch(config, config.batch_size.min(rows))
}

/// ValueError where the activations of a batch would not fit.
pub(super) fn check_batch(config: &Config, rows: usize) -> Result<()> {
    let units: usize =
        config.inputs() + config.layers.iter().map(|layer| layer.outputs).sum::<usize>();
    let needed = units.saturating_mul(rows.next_multiple_of(LANES));
    if needed <= ACTIVATIONS_LIMIT {
        return Ok(());
    }
    let message = words!(
        "a batch of {rows} rows through {units} units needs {needed} activations; at most \
         {ACTIVATIONS_LIMIT} are allowed"
    );
    Err(Error::value(message).at("batch_size"))
}
