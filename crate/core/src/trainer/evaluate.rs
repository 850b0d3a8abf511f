//! What a trainer's network makes of whole data sets and of new rows.

use super::{Trainer, data::shape_mismatch, step::LabelWeights};
use crate::activation::Activation;
use crate::config::Config;
use crate::detection::{DetectOptions, Detected, detect};
use crate::error::{Error, Result};
use crate::full::FULL;
use crate::kernels::{Vector, gather, place, scatter};
use crate::lanes::{Element, LANES, Lanes};
use crate::loss::batch::{BatchTargets, loss_and_gradient};
use crate::loss::cross_entropy::softmax;
use crate::loss::detection::{DetectionParts, DetectionSums};
use crate::loss::functional::out_of_range;
use crate::loss::{Criterion, LossConfig, Reduction};
use crate::math::Math;
use crate::sequential::{Buffers, Sequential, Stop, forward};
use crate::tensor::Tensor;

/// Rows that are evaluated together. Each row's result is the same in any company.
pub(super) const CHUNK: usize = 256;

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those that are learnt from.
    Train,
    /// Those that are kept apart.
    Test,
}

/// The network's standing on a part of the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    /// The loss of all rows, with their `sample_weight` (test rows have none); over rows for
    /// reduction sum. NaN where an output is NaN.
    pub loss: f64,
    /// The share of elements whose probability is on the target's side of 0.5 (0.5 is positive). With
    /// DetectionLoss labels only count here and in the next two, not the numbers of boxes. With
    /// CrossEntropyLoss the share of rows whose most probable class is the target's; the first of
    /// equals counts.
    pub accuracy: f64,
    /// The share of rows with every element right.
    pub subset_accuracy: f64,
    /// The smallest |probability − 0.5|: where it is tiny, rounding decides the accuracy. With
    /// CrossEntropyLoss half of the smallest lead of the most probable class.
    pub margin: f64,
    /// The parts of DetectionLoss.
    pub parts: Option<DetectionParts>,
}

/// What metrics take: each (rows, out), in the order of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores<E> {
    /// Probabilities.
    pub scores: Tensor<E>,
    /// 1 where the target is at least 0.5, else 0.
    pub labels: Tensor<E>,
}

/// Buffers for evaluation, apart from those of training.
pub(super) struct Evaluator<E> {
    pub(super) buffers: Buffers<E>,
    pub(super) targets: Vec<Vector<E>>,
    pub(super) losses: Vec<Vector<E>>,
    sample_weight: Vec<Vector<E>>,
}

impl<E: Element> Evaluator<E> {
    /// `sample_weight_columns` as [`Data::sample_weight_columns`](super::Data::sample_weight_columns).
    #[inline(never)]
    pub(super) fn new(
        network: &Sequential<E>,
        config: &Config,
        sample_weight_columns: usize,
    ) -> Self {
        let chunk = |columns: usize| vec![[E::default(); LANES]; columns * CHUNK / LANES];
        Evaluator {
            buffers: network.buffers(CHUNK, false),
            targets: chunk(config.outputs()),
            losses: chunk(config.outputs()),
            sample_weight: chunk(sample_weight_columns),
        }
    }
}

/// All outputs (out, batch) become probabilities: logits by their sigmoid, or by their softmax where
/// the loss is CrossEntropyLoss; others stay as they are, and so do numbers of a box.
pub(super) fn to_probabilities<L: Math>(config: &Config, outputs: &mut [Vector<L::Element>]) {
    if config.loss.detection.is_some() {
        labels_to_probabilities::<L>(config, outputs);
    } else if FULL && config.ends_in_softmax() {
        softmax::<L>(outputs, outputs.len() / config.outputs());
    } else if config.last_activation() == Activation::Identity {
        Activation::Sigmoid.forward::<L>(outputs);
    }
}

/// [`to_probabilities`] where some outputs are boxes.
#[inline(never)]
fn labels_to_probabilities<L: Math>(config: &Config, outputs: &mut [Vector<L::Element>]) {
    if config.last_activation() != Activation::Identity {
        return;
    }
    let features = config.outputs();
    let vectors = outputs.len() / features;
    for row in (0..features).filter(|&row| config.loss.is_label(row)) {
        for v in 0..vectors {
            let at = place(features, vectors, row, v);
            Activation::Sigmoid.forward::<L>(&mut outputs[at..=at]);
        }
    }
}

/// Sums over chunks.
#[derive(Default)]
struct Tally {
    loss: f64,
    detection: DetectionSums,
    right: usize,
    rows_right: usize,
    margin: f64,
}

impl Tally {
    /// Counts (out, batch) probabilities against targets, as far as they are of labels.
    fn count<E: Element>(
        &mut self,
        loss: &LossConfig,
        outputs: &[Vector<E>],
        targets: &[Vector<E>],
        vectors: usize,
        samples: usize,
    ) {
        let half = E::from_f64(0.5);
        let features = outputs.len() / vectors;
        for sample in 0..samples {
            let (v, lane) = (sample / LANES, sample % LANES);
            let mut all = true;
            for row in (0..features).filter(|&row| loss.is_label(row)) {
                let at = place(features, vectors, row, v);
                let (p, t) = (outputs[at][lane], targets[at][lane]);
                let right = (p >= half) == (t >= half);
                all &= right;
                self.right += usize::from(right);
                let distance = (p - half).abs().to_f64();
                // A NaN becomes the margin, and stays.
                if distance < self.margin || distance.is_nan() {
                    self.margin = distance;
                }
            }
            self.rows_right += usize::from(all);
        }
    }

    /// Counts rows whose most probable class is that of the largest target.
    #[inline(never)]
    fn count_classes<E: Element>(
        &mut self,
        outputs: &[Vector<E>],
        targets: &[Vector<E>],
        vectors: usize,
        samples: usize,
    ) {
        let classes = outputs.len() / vectors;
        for sample in 0..samples {
            let (v, lane) = (sample / LANES, sample % LANES);
            let value = |from: &[Vector<E>], c| from[place(classes, vectors, c, v)][lane];
            let class = |from: &[Vector<E>]| {
                (1..classes).fold(
                    0,
                    |best, c| {
                        if value(from, c) > value(from, best) { c } else { best }
                    },
                )
            };
            let predicted = class(outputs);
            let right = usize::from(predicted == class(targets));
            self.right += right;
            self.rows_right += right;
            for c in (0..classes).filter(|&c| c != predicted) {
                let lead = (value(outputs, predicted) - value(outputs, c)).to_f64() / 2.0;
                // A NaN becomes the margin, and stays.
                if lead < self.margin || lead.is_nan() {
                    self.margin = lead;
                }
            }
        }
    }
}

impl<L: Math> Trainer<L> {
    /// Loss and accuracy of a part of the data. ValueError for test data that is not there;
    /// BCELoss's RuntimeError for outputs outside of [0, 1].
    pub fn evaluate(&mut self, part: Part) -> Result<Evaluation> {
        let (inputs, targets) = self.data.part(part)?;
        let (features, outputs) = (self.config.inputs(), self.config.outputs());
        let rows: Vec<u32> = (0..(inputs.len() / features) as u32).collect();
        let loss = &self.config.loss;
        let criterion = loss.criterion;
        let LabelWeights { weight, pos_weight } = &self.label_weights;
        let columns = if part == Part::Train { self.data.sample_weight_columns() } else { 0 };
        let Evaluator { buffers, targets: chunk_targets, losses, sample_weight } =
            &mut self.evaluator;
        let mut tally = Tally { margin: f64::INFINITY, ..Tally::default() };
        for rows in rows.chunks(CHUNK) {
            buffers.set_samples(rows.len());
            let vectors = buffers.vectors();
            let size = outputs * vectors;
            gather(inputs, features, rows, buffers.input_mut(features));
            gather(targets, outputs, rows, &mut chunk_targets[..size]);
            let sample_weight = &mut sample_weight[..columns * vectors];
            gather(&self.data.sample_weight, columns, rows, sample_weight);
            forward::<L>(&self.network, buffers, Stop::AtOutput, None);
            let probabilities = &mut losses[..size];
            probabilities.copy_from_slice(buffers.output(outputs));
            to_probabilities::<L>(&self.config, probabilities);
            if FULL && criterion.is_of_samples() {
                tally.count_classes(probabilities, &chunk_targets[..size], vectors, rows.len());
            } else {
                tally.count(loss, probabilities, &chunk_targets[..size], vectors, rows.len());
            }
            let (outputs, grads) = (buffers.output(outputs), probabilities);
            let with = BatchTargets {
                targets: &chunk_targets[..size],
                labels: self.data.labels,
                sample_weight,
                weight,
                pos_weight,
                samples: rows.len(),
            };
            if let Some(detection) = &loss.detection {
                let sums =
                    detection.loss_and_gradient::<L>(criterion, outputs, grads, vectors, with);
                tally.detection.add(sums);
                continue;
            }
            let batch = loss_and_gradient::<L>(criterion, outputs, grads, vectors, with, 1.0);
            tally.loss += batch.sum;
            if criterion == Criterion::BCELoss && !batch.in_unit_range {
                return Err(out_of_range("input"));
            }
        }
        let labels = (0..outputs).filter(|&output| loss.is_label(output)).count();
        let losses = criterion.losses_of(rows.len(), labels) as f64;
        let total = match &loss.detection {
            Some(detection) => detection.total(tally.detection),
            None if loss.reduction == Reduction::Mean => tally.loss / losses,
            None => tally.loss / rows.len() as f64,
        };
        Ok(Evaluation {
            loss: L::Element::from_f64(total).to_f64(),
            accuracy: tally.right as f64 / losses,
            subset_accuracy: tally.rows_right as f64 / rows.len() as f64,
            margin: tally.margin,
            parts: loss.detection.map(|detection| detection.parts(tally.detection)),
        })
    }

    /// Probabilities (rows, out) of inputs (rows, in). As in nn.Linear there may be any dimensions
    /// before the last, or none. The sigmoid of an `identity` end (its softmax with
    /// CrossEntropyLoss), any other end as it is; numbers of a box stay as they are too.
    pub fn predict(&mut self, inputs: &Tensor<L::Element>) -> Result<Tensor<L::Element>> {
        self.run(inputs, Stop::AtOutput)
    }

    /// What the last Linear gives for the same inputs, of the same shape.
    pub fn logits(&mut self, inputs: &Tensor<L::Element>) -> Result<Tensor<L::Element>> {
        self.run(inputs, Stop::AtLogits)
    }

    fn run(&mut self, inputs: &Tensor<L::Element>, stop: Stop) -> Result<Tensor<L::Element>> {
        let (features, outputs) = (self.config.inputs(), self.config.outputs());
        let Some((&given, leading)) = inputs.shape.split_last() else {
            let message = "both arguments to linear need to be at least 1D, but they are 0D and 2D";
            return Err(Error::runtime(message));
        };
        let rows = leading.iter().product();
        let shape = [leading, &[outputs]].concat();
        if given != features {
            return Err(shape_mismatch(rows, given, features, self.config.layers[0].outputs));
        }
        let (config, network) = (&self.config, &self.network);
        let data = run_rows::<L>(config, network, &mut self.evaluator, &inputs.data, rows, stop);
        Ok(Tensor { shape, data })
    }

    /// What is found in a part of the data and how good that is, measured against the boxes that its
    /// targets hold. ValueError where the loss is not DetectionLoss, and for test
    /// data that is not there.
    pub fn detect(&mut self, part: Part, options: &DetectOptions) -> Result<Detected>
    where
        L: Lanes<Element = f32>,
    {
        let (inputs, targets) = self.data.part(part)?;
        let (config, network) = (&self.config, &self.network);
        let Some(detection) = &config.loss.detection else {
            return Err(Error::value("only a network trained with DetectionLoss gives boxes"));
        };
        let rows = targets.len() / config.outputs();
        let stop = Stop::AtOutput;
        let outputs = run_rows::<L>(config, network, &mut self.evaluator, inputs, rows, stop);
        Ok(detect(detection.grid, &outputs, targets, options))
    }

    /// Probabilities and labels of a part of the data. ValueError for test data that is not there.
    pub fn scores(&mut self, part: Part) -> Result<Scores<L::Element>> {
        let (inputs, targets) = self.data.part(part)?;
        let shape = vec![targets.len() / self.config.outputs(), self.config.outputs()];
        let half = L::Element::from_f64(0.5);
        let label = |&t: &L::Element| L::Element::from_f64(f64::from(u8::from(t >= half)));
        let labels = targets.iter().map(label).collect();
        let (config, network) = (&self.config, &self.network);
        let stop = Stop::AtOutput;
        let scores = run_rows::<L>(config, network, &mut self.evaluator, inputs, shape[0], stop);
        let scores = Tensor { shape: shape.clone(), data: scores };
        Ok(Scores { scores, labels: Tensor { shape, data: labels } })
    }
}

/// What the network gives for row-major inputs: (rows, out), row-major.
#[inline(never)]
fn run_rows<L: Math>(
    config: &Config,
    network: &Sequential<L::Element>,
    evaluator: &mut Evaluator<L::Element>,
    inputs: &[L::Element],
    rows: usize,
    stop: Stop,
) -> Vec<L::Element> {
    let (features, outputs) = (config.inputs(), config.outputs());
    let mut data = vec![L::Element::default(); rows * outputs];
    let rows: Vec<u32> = (0..rows as u32).collect();
    let Evaluator { buffers, losses: results, .. } = evaluator;
    for (rows, to) in rows.chunks(CHUNK).zip(data.chunks_mut(CHUNK * outputs)) {
        buffers.set_samples(rows.len());
        let vectors = buffers.vectors();
        gather(inputs, features, rows, buffers.input_mut(features));
        forward::<L>(network, buffers, stop, None);
        let results = &mut results[..outputs * vectors];
        results.copy_from_slice(buffers.output(outputs));
        if stop == Stop::AtOutput {
            to_probabilities::<L>(config, results);
        }
        scatter(results, outputs, to);
    }
    data
}
