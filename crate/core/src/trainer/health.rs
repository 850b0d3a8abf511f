//! How a network stands: units that no longer learn, outputs that say nothing.

use super::evaluate::{CHUNK, Evaluator, to_probabilities};
use super::{Part, Trainer};
use crate::activation::Activation;
use crate::error::Result;
use crate::kernels::{gather, place};
use crate::lanes::{Element, LANES};
use crate::math::Math;
use crate::sequential::{Stop, forward};
use crate::value::Value;

/// A sigmoid's or tanh's value this near to a bound has a derivative below a fiftieth of the largest.
const NEAR_BOUND: f64 = 0.01;
/// A unit is saturated if its value is near a bound for at least this share of the rows.
const SATURATED_ROWS: f64 = 0.95;
/// A probability this near to 0 or 1 lets hardly any gradient through a sigmoid and a squared error.
const NEAR_CERTAIN: f64 = 0.001;

/// A hidden layer on the training rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerHealth {
    /// The share of units that are 0 for every row; none but for relu.
    pub dead: Option<f64>,
    /// The share of units that are within 0.01 of a bound for at least 95 % of the rows; none but for
    /// sigmoid and tanh.
    pub saturated: Option<f64>,
}

/// An output on the training rows; all are shares of the rows but for the last two.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OutputHealth {
    /// The targets' mean.
    pub positives: f64,
    /// Probability at least 0.5.
    pub predicted: f64,
    /// Probability within 0.001 of 0 or 1.
    pub saturated: f64,
    /// The same, on the wrong side.
    pub saturated_wrong: f64,
    /// Of the probabilities.
    pub mean: f64,
    /// Their standard deviation.
    pub std: f64,
}

/// What [`Trainer::diagnose`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// Binary cross-entropy of the probabilities, in nats, logarithms clamped at −100, whatever the
    /// configured loss; mean over rows and outputs.
    pub log_loss: f64,
    /// The least that a constant probability can reach: the entropy of the share of positives, mean
    /// over outputs.
    pub entropy: f64,
    /// Every layer but the last.
    pub layers: Vec<LayerHealth>,
    /// Every output that is a label.
    pub outputs: Vec<OutputHealth>,
}

/// Whether a value of a hidden unit lets no gradient through.
fn is_stuck(activation: Activation, y: f64) -> bool {
    match activation {
        Activation::Relu => y == 0.0,
        Activation::Tanh => y.abs() > 1.0 - NEAR_BOUND,
        Activation::Sigmoid => (y - 0.5).abs() > 0.5 - NEAR_BOUND,
        _ => false,
    }
}

impl<L: Math> Trainer<L> {
    /// The standing on the training rows.
    pub fn diagnose(&mut self) -> Result<Health> {
        let (inputs, targets) = self.data.part(Part::Train)?;
        let (features, outputs) = (self.config.inputs(), self.config.outputs());
        let hidden = &self.config.layers[..self.config.layers.len() - 1];
        // For each hidden unit, layer after layer, the rows for which it is stuck.
        let mut stuck: Vec<usize> = vec![0; hidden.iter().map(|layer| layer.outputs).sum()];
        let labels = (0..outputs).filter(|&output| self.config.loss.is_label(output)).count();
        let mut found = vec![OutputHealth::default(); labels];
        let mut log_loss = 0.0;
        let all: Vec<u32> = (0..self.data.rows() as u32).collect();
        let Evaluator { buffers, losses: scratch, .. } = &mut self.evaluator;
        for (chunk, rows) in all.chunks(CHUNK).enumerate() {
            buffers.set_samples(rows.len());
            let vectors = buffers.vectors();
            gather(inputs, features, rows, buffers.input_mut(features));
            forward::<L>(&self.network, buffers, Stop::AtOutput, None);
            let mut counts = stuck.iter_mut();
            for (i, layer) in hidden.iter().enumerate() {
                for (unit, count) in (0..layer.outputs).zip(&mut counts) {
                    let values = &mut scratch[..vectors];
                    buffers.copy_unit(i, layer.outputs, unit, values);
                    let values = &values.as_flattened()[..rows.len()];
                    let is_stuck = |y: &&L::Element| is_stuck(layer.activation, y.to_f64());
                    *count += values.iter().filter(is_stuck).count();
                }
            }
            let scores = &mut scratch[..outputs * vectors];
            scores.copy_from_slice(buffers.output(outputs));
            to_probabilities::<L>(&self.config, scores);
            // Numbers of a box are no probabilities.
            let labels = (0..outputs).filter(|&output| self.config.loss.is_label(output));
            for (output, found) in labels.zip(&mut found) {
                let targets = targets[chunk * CHUNK * outputs + output..].iter().step_by(outputs);
                let score = |row| scores[place(outputs, vectors, output, row / LANES)][row % LANES];
                for (p, t) in (0..rows.len()).map(score).zip(targets) {
                    log_loss += found.add(p.to_f64(), t.to_f64());
                }
            }
        }
        let rows = all.len() as f64;
        let entropy = found.iter_mut().map(|output| output.finish(rows)).sum::<f64>();
        let mut stuck = &stuck[..];
        let mut layers = Vec::with_capacity(hidden.len());
        for layer in hidden {
            let (own, rest) = stuck.split_at(layer.outputs);
            stuck = rest;
            let share = |least: f64| {
                own.iter().filter(|&&count| count as f64 >= least * rows).count() as f64
                    / layer.outputs as f64
            };
            let bounded = matches!(layer.activation, Activation::Sigmoid | Activation::Tanh);
            let dead = (layer.activation == Activation::Relu).then(|| share(1.0));
            layers.push(LayerHealth { dead, saturated: bounded.then(|| share(SATURATED_ROWS)) });
        }
        let log_loss = log_loss / (rows * labels as f64);
        Ok(Health { log_loss, entropy: entropy / labels as f64, layers, outputs: found })
    }
}

impl OutputHealth {
    /// Counts a row in; its cross-entropy.
    fn add(&mut self, p: f64, t: f64) -> f64 {
        self.positives += t;
        self.mean += p;
        self.std += p * p;
        let saturated = !(NEAR_CERTAIN..=1.0 - NEAR_CERTAIN).contains(&p);
        let wrong = (p >= 0.5) != (t >= 0.5);
        self.predicted += f64::from(u8::from(p >= 0.5));
        self.saturated += f64::from(u8::from(saturated));
        self.saturated_wrong += f64::from(u8::from(saturated && wrong));
        cross_entropy(p, t)
    }

    /// Turns sums into means; the entropy of the share of positives.
    fn finish(&mut self, rows: f64) -> f64 {
        let sums = [
            &mut self.positives,
            &mut self.mean,
            &mut self.std,
            &mut self.predicted,
            &mut self.saturated,
            &mut self.saturated_wrong,
        ];
        sums.into_iter().for_each(|sum| *sum /= rows);
        self.std = (self.std - self.mean * self.mean).max(0.0).sqrt();
        cross_entropy(self.positives, self.positives)
    }
}

/// −t log p − (1 − t) log(1 − p), with BCELoss's clamp.
fn cross_entropy(p: f64, t: f64) -> f64 {
    let clamped = |x: f64| if x < -100.0 { -100.0 } else { x };
    -t * clamped(libm::log(p)) - (1.0 - t) * clamped(libm::log1p(-p))
}

impl Health {
    /// As JavaScript gets it.
    pub fn to_value(&self) -> Value {
        let layer = |layer: &LayerHealth| {
            Value::map([("dead", layer.dead.into()), ("saturated", layer.saturated.into())])
        };
        let output = |output: &OutputHealth| {
            Value::map([
                ("positives", output.positives.into()),
                ("predicted", output.predicted.into()),
                ("saturated", output.saturated.into()),
                ("saturated_wrong", output.saturated_wrong.into()),
                ("mean", output.mean.into()),
                ("std", output.std.into()),
            ])
        };
        Value::map([
            ("log_loss", self.log_loss.into()),
            ("entropy", self.entropy.into()),
            ("layers", Value::List(self.layers.iter().map(layer).collect())),
            ("outputs", Value::List(self.outputs.iter().map(output).collect())),
        ])
    }
}
