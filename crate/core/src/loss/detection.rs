//! The loss of detection as multi-label classification: binary cross-entropy (or the focal loss) of
//! every cell's labels, averaged over all labels, and Smooth L1 of the boxes of cells with an object,
//! averaged over the numbers of those boxes.
//!
//! `loss = mean(label losses) + box_weight · smooth_l1(boxes[there], targets[there], beta)`, where
//! `there` are the cells whose target says that there is an object. The average over labels is the
//! one of multi-label classification; the part of the boxes is that of Girshick, Fast R-CNN, 2015.

use super::{Criterion, LossConfig, Reduction, label_weights};
use crate::detection::Grid;
use crate::detection::grid::BOX;
use crate::error::Result;
use crate::full::{Full, full};
use crate::kernels::{Vector, place};
use crate::lanes::{Element, LANES};
use crate::loss::batch::{BatchTargets, of_output, padding};
use crate::math::Math;
use crate::value::{Fields, Value, finite};

/// The name in a configuration.
pub const NAME: &str = "DetectionLoss";

/// What a loss of labels needs to be a loss of detection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetectionLoss {
    /// What the outputs stand for.
    pub grid: Grid,
    /// SmoothL1Loss's, of the boxes.
    pub box_loss: Criterion,
    /// The factor of the boxes' part.
    pub box_weight: f64,
    /// Only there.
    pub full: Full,
}

/// The parts of a loss, not averaged yet, so that they add up over batches.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DetectionSums {
    /// The sum of the losses of all labels.
    pub labels: f64,
    /// As far as they say whether there is an object.
    pub objectness: f64,
    /// How many labels there are.
    pub label_count: usize,
    /// How many cells there are.
    pub cell_count: usize,
    /// The sum of the losses of the boxes' numbers, without the weight.
    pub boxes: f64,
    /// How many of these numbers there are.
    pub box_count: usize,
}

/// The parts of a loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetectionParts {
    /// The mean over the labels.
    pub label_loss: f64,
    /// The mean over the labels that say whether there is an object: one a cell.
    pub objectness_loss: f64,
    /// The mean over all others, those of the classes.
    pub class_loss: f64,
    /// The mean over the boxes of cells with an object, without the weight; 0 where there are none.
    pub box_loss: f64,
    /// Only there.
    pub full: Full,
}

impl DetectionSums {
    /// Of several batches together.
    pub fn add(&mut self, other: DetectionSums) {
        self.labels += other.labels;
        self.objectness += other.objectness;
        self.cell_count += other.cell_count;
        self.label_count += other.label_count;
        self.boxes += other.boxes;
        self.box_count += other.box_count;
    }

    /// (of labels, of boxes), 0 where there is no box.
    fn means(self) -> (f64, f64) {
        let label_loss = self.labels / self.label_count as f64;
        (label_loss, self.boxes / self.box_count.max(1) as f64)
    }
}

impl DetectionLoss {
    /// The averages of the parts.
    pub fn parts(&self, sums: DetectionSums) -> DetectionParts {
        let (label_loss, box_loss) = sums.means();
        let DetectionSums { labels, objectness, label_count, cell_count, .. } = sums;
        DetectionParts {
            label_loss,
            objectness_loss: objectness / cell_count as f64,
            class_loss: (labels - objectness) / (label_count - cell_count) as f64,
            box_loss,
            full: self.full,
        }
    }

    /// The loss as one number.
    pub fn total(&self, sums: DetectionSums) -> f64 {
        let (label_loss, box_loss) = sums.means();
        label_loss + self.box_weight * box_loss
    }

    /// Writes the derivative of the batch's loss by the outputs (out, batch), and returns its parts.
    /// Weights in `with` are one number for each label of a cell, one for all, or none. The order of
    /// each sum is that of [`batch::loss_and_gradient`](crate::loss::batch::loss_and_gradient).
    pub fn loss_and_gradient<L: Math>(
        &self,
        labels: Criterion,
        outputs: &[Vector<L::Element>],
        grads: &mut [Vector<L::Element>],
        vectors: usize,
        with: BatchTargets<L::Element>,
    ) -> DetectionSums {
        let (zero, one) = (L::constant(0.0), L::constant(1.0));
        let (width, features) = (self.grid.cell_outputs(), self.grid.outputs());
        let mut sums = self.counts(vectors, with);
        let label_scale = L::constant(1.0 / sums.label_count as f64);
        let box_scale = L::constant(self.box_weight / sums.box_count.max(1) as f64);
        for row in 0..features {
            let label = row % width;
            let is_label = label < self.grid.labels();
            let (weight, pos_weight) = if is_label {
                (of_output::<L>(with.weight, label), of_output::<L>(with.pos_weight, label))
            } else {
                (one, one)
            };
            let mut sum = zero;
            for v in 0..vectors {
                let at = place(features, vectors, row, v);
                let (x, t) = (L::load(&outputs[at]), L::load(&with.targets[at]));
                let (mut loss, mut grad) = if is_label {
                    let (loss, grad) = labels.element(x, t, weight, pos_weight);
                    (loss, grad * label_scale)
                } else {
                    let (loss, grad) = self.box_loss.element(x, t, weight, pos_weight);
                    let objectness = &with.targets[place(features, vectors, row - label, v)];
                    let empty = L::load(objectness).lt(L::constant(0.5));
                    let only_there = |x: L| L::select(empty, zero, x);
                    (only_there(loss), only_there(grad * box_scale))
                };
                if (v + 1) * LANES > with.samples {
                    let padding = padding::<L>(with.samples - v * LANES);
                    [loss, grad] = [loss, grad].map(|x| L::select(padding, zero, x));
                }
                sum = sum + loss;
                grad.store(&mut grads[at]);
            }
            let sum = sum.sum().to_f64();
            if label == 0 {
                sums.objectness += sum;
            }
            let part = if is_label { &mut sums.labels } else { &mut sums.boxes };
            *part += sum;
        }
        sums
    }

    /// How many labels and how many numbers of boxes a batch has; the sums are 0.
    fn counts<E: Element>(&self, vectors: usize, with: BatchTargets<E>) -> DetectionSums {
        let (width, features) = (self.grid.cell_outputs(), self.grid.outputs());
        let half = E::from_f64(0.5);
        let mut there = 0;
        for cell in 0..self.grid.cells() {
            let objectness = |i: usize| {
                with.targets[place(features, vectors, cell * width, i / LANES)][i % LANES]
            };
            there += (0..with.samples).filter(|&i| objectness(i) >= half).count();
        }
        DetectionSums {
            cell_count: with.samples * self.grid.cells(),
            label_count: with.samples * self.grid.cells() * self.grid.labels(),
            box_count: there * BOX,
            ..DetectionSums::default()
        }
    }

    /// The configuration that [`from_fields`] reads; `label_loss` is that of the labels.
    pub(super) fn to_value(self, label_loss: Value) -> Value {
        let mut box_loss = vec![("name".to_owned(), self.box_loss.name().into())];
        self.box_loss.put_arguments(&mut box_loss);
        Value::map([
            ("name", NAME.into()),
            ("grid", self.grid.side.into()),
            ("classes", self.grid.classes.into()),
            ("label_loss", label_loss),
            ("box_loss", Value::Map(box_loss)),
            ("box_weight", self.box_weight.into()),
        ])
    }
}

/// Reads a configuration for a network with so many outputs, all but its `name`.
pub(super) fn from_fields(fields: &mut Fields, outputs: usize) -> Result<LossConfig> {
    let full = full()?;
    let grid = Grid::from_fields(fields)?;
    if grid.outputs() != outputs {
        let (side, labels, wanted) = (grid.side, grid.labels(), grid.outputs());
        let message = words!(
            "a grid of {side} has {side} · {side} cells with {labels} labels and {BOX} numbers of a \
             box, so the network must give {wanted} values, not {outputs}"
        );
        return Err(fields.invalid("grid", message));
    }
    let path = fields.path_of("label_loss");
    let labels = read_label_loss(fields.required("label_loss")?, &path, grid)?;
    let path = fields.path_of("box_loss");
    let box_loss = match fields.get("box_loss") {
        None => Criterion::SmoothL1Loss { beta: 1.0, full },
        Some(value) => read_box_loss(value, &path)?,
    };
    let box_weight = finite(fields, "box_weight", 1.0)?;
    if box_weight < 0.0 {
        return Err(fields.invalid("box_weight", "box_weight must not be negative"));
    }
    let detection = DetectionLoss { grid, box_loss, box_weight, full };
    Ok(LossConfig { detection: Some(detection), ..labels })
}

/// The loss of the labels, as if there were no boxes.
fn read_label_loss(value: &Value, path: &str, grid: Grid) -> Result<LossConfig> {
    let mut fields = Fields::of(value, path)?;
    let criterion = Criterion::from_fields(fields.required_text("name")?, &mut fields)?;
    if !criterion.takes_logits() {
        let message = "the loss of labels is BCEWithLogitsLoss or sigmoid_focal_loss";
        return Err(fields.invalid("name", message));
    }
    let (mut weight, mut pos_weight) = (None, None);
    if criterion == Criterion::BCEWithLogitsLoss {
        weight = label_weights(&mut fields, "weight", grid.labels())?;
        pos_weight = label_weights(&mut fields, "pos_weight", grid.labels())?;
    }
    fields.finish()?;
    let (reduction, warning) = (Reduction::Mean, None);
    Ok(LossConfig { criterion, detection: None, reduction, weight, pos_weight, warning })
}

fn read_box_loss(value: &Value, path: &str) -> Result<Criterion> {
    let mut fields = Fields::of(value, path)?;
    let criterion = Criterion::from_fields(fields.required_text("name")?, &mut fields)?;
    if !matches!(criterion, Criterion::SmoothL1Loss { .. }) {
        return Err(fields.invalid("name", "the loss of boxes is SmoothL1Loss"));
    }
    fields.finish()?;
    Ok(criterion)
}
