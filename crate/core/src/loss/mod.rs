//! The losses: one file a formula, each for one element ([`cross_entropy`] for one sample); here what
//! they have in common.
//!
//! [`functional`] applies them to whole tensors with PyTorch's checks and broadcasting, [`batch`] to
//! the `[features][batch]` layout of training. Both call the same formulas.

pub mod batch;
pub mod bce;
pub mod bce_with_logits;
pub mod cross_entropy;
pub mod detection;
pub mod focal;
pub mod functional;
pub mod mse;
pub mod smooth_l1;

use crate::error::{Error, Result};
use crate::full::{Full, full};
use crate::math::Math;
use crate::value::{Fields, Value, python_number};
use detection::DetectionLoss;

/// A loss function, with the arguments that shape its formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Criterion {
    /// `torch.nn.BCELoss`, from probabilities.
    BCELoss,
    /// `torch.nn.BCEWithLogitsLoss`, from logits.
    BCEWithLogitsLoss,
    /// `torchvision.ops.sigmoid_focal_loss`, from logits.
    SigmoidFocalLoss {
        /// The weight of positives, 1 − alpha that of negatives; −1 for none. Default 0.25.
        alpha: f64,
        /// How fast the loss fades for what is right. Default 2.
        gamma: f64,
        /// Only there.
        full: Full,
    },
    /// `torch.nn.MSELoss`
    MSELoss(Full),
    /// `torch.nn.SmoothL1Loss`
    SmoothL1Loss {
        /// Where squared becomes absolute. Default 1.
        beta: f64,
        /// Only there.
        full: Full,
    },
    /// `torch.nn.CrossEntropyLoss`, from logits and class probabilities.
    CrossEntropyLoss {
        /// How much of every target is spread over all classes, 0 to 1. Default 0.
        label_smoothing: f64,
        /// Only there.
        full: Full,
    },
}

/// How the losses of all elements become the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// One loss for each element.
    None,
    /// Their sum over their number, whatever the weights.
    Mean,
    /// Their sum.
    Sum,
}

impl Criterion {
    /// PyTorch's name of the class, or of the function where there is no class.
    pub fn name(self) -> &'static str {
        match self {
            Criterion::BCELoss => "BCELoss",
            Criterion::BCEWithLogitsLoss => "BCEWithLogitsLoss",
            Criterion::SigmoidFocalLoss { .. } => "sigmoid_focal_loss",
            Criterion::MSELoss(_) => "MSELoss",
            Criterion::SmoothL1Loss { .. } => "SmoothL1Loss",
            Criterion::CrossEntropyLoss { .. } => "CrossEntropyLoss",
        }
    }

    /// Whether `weight` is an argument of this loss.
    pub fn takes_weight(self) -> bool {
        matches!(self, Criterion::BCELoss | Criterion::BCEWithLogitsLoss)
    }

    /// Whether there is one loss for each sample, over all its outputs, not one for each element.
    pub fn is_of_samples(self) -> bool {
        matches!(self, Criterion::CrossEntropyLoss { .. })
    }

    /// How many losses `rows` samples with so many outputs have: what a mean divides by.
    pub fn losses_of(self, rows: usize, outputs: usize) -> usize {
        if self.is_of_samples() { rows } else { rows * outputs }
    }

    /// Whether the inputs are logits, of which the loss itself takes the sigmoid.
    pub fn takes_logits(self) -> bool {
        matches!(self, Criterion::BCEWithLogitsLoss | Criterion::SigmoidFocalLoss { .. })
    }

    /// The loss of one element for each lane, and its derivative by the input. `weight` and
    /// `pos_weight` are 1 where a loss does not take them. One copy of all formulas: the two losses
    /// that training is about have loops of their own in [`batch`].
    #[inline(never)]
    pub fn element<L: Math>(self, input: L, target: L, weight: L, pos_weight: L) -> (L, L) {
        match self {
            Criterion::BCELoss => bce::element(input, target, weight),
            Criterion::BCEWithLogitsLoss => {
                bce_with_logits::element_shared(input, target, weight, pos_weight)
            }
            Criterion::SigmoidFocalLoss { alpha, gamma, .. } => {
                focal::element(input, target, alpha, gamma)
            }
            Criterion::MSELoss(_) => mse::element(input, target),
            Criterion::SmoothL1Loss { beta, .. } => smooth_l1::element(input, target, beta),
            // Of samples, not of elements.
            Criterion::CrossEntropyLoss { .. } => (L::constant(f64::NAN), L::constant(f64::NAN)),
        }
    }

    /// Reads the arguments of the loss called `name`, in PyTorch's words where they are wrong.
    pub fn from_fields(name: &str, fields: &mut Fields) -> Result<Criterion> {
        match name {
            "BCELoss" => Ok(Criterion::BCELoss),
            "BCEWithLogitsLoss" => Ok(Criterion::BCEWithLogitsLoss),
            other => Criterion::rare(other, fields, full()?),
        }
    }

    fn rare(name: &str, fields: &mut Fields, full: Full) -> Result<Criterion> {
        match name {
            "sigmoid_focal_loss" => focal::from_fields(fields, full),
            "MSELoss" => Ok(Criterion::MSELoss(full)),
            "SmoothL1Loss" => smooth_l1::from_fields(fields, full),
            "CrossEntropyLoss" => cross_entropy::from_fields(fields, full),
            unknown => Err(fields.invalid(
                "name",
                words!(
                    "unknown loss \"{unknown}\"; known are BCELoss, BCEWithLogitsLoss, \
                     sigmoid_focal_loss, MSELoss, SmoothL1Loss, CrossEntropyLoss, \
                     DetectionLoss"
                ),
            )),
        }
    }

    /// Puts the arguments that [`Criterion::from_fields`] reads.
    fn put_arguments(self, entries: &mut Vec<(String, Value)>) {
        let mut put = |key: &str, value: f64| entries.push((key.to_owned(), value.into()));
        match self {
            Criterion::SigmoidFocalLoss { alpha, gamma, .. } => {
                put("alpha", alpha);
                put("gamma", gamma);
            }
            Criterion::SmoothL1Loss { beta, .. } => put("beta", beta),
            Criterion::CrossEntropyLoss { label_smoothing, .. } => {
                put("label_smoothing", label_smoothing);
            }
            Criterion::BCELoss | Criterion::BCEWithLogitsLoss | Criterion::MSELoss(_) => {}
        }
    }

    /// Reads `reduction`, and PyTorch's warning where it gives one.
    pub fn reduction(self, fields: &mut Fields) -> Result<(Reduction, Option<String>)> {
        let focal = matches!(self, Criterion::SigmoidFocalLoss { .. });
        let Some(value) = fields.get("reduction") else {
            return Ok((if focal { Reduction::None } else { Reduction::Mean }, None));
        };
        let name = match value {
            Value::Text(text) => text.as_str(),
            _ => "",
        };
        match name {
            "none" => Ok((Reduction::None, None)),
            "mean" => Ok((Reduction::Mean, None)),
            "sum" => Ok((Reduction::Sum, None)),
            "elementwise_mean" if !focal => {
                let warning = "reduction='elementwise_mean' is deprecated. Please use \
                               reduction='mean' instead.";
                Ok((Reduction::Mean, Some(warning.to_owned())))
            }
            _ if focal => {
                let got = value.python();
                let message = words!(
                    "Invalid Value for arg 'reduction': '{got} \n Supported reduction modes: \
                     'none', 'mean', 'sum'"
                );
                Err(fields.invalid("reduction", message))
            }
            _ => {
                let got = value.python();
                Err(fields.invalid("reduction", words!("{got} is not a valid value for reduction")))
            }
        }
    }
}

impl Reduction {
    /// PyTorch's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Reduction::None => "none",
            Reduction::Mean => "mean",
            Reduction::Sum => "sum",
        }
    }
}

/// The loss of a training run: formula, reduction, and weights that are the same in every batch.
#[derive(Clone, Debug, PartialEq)]
pub struct LossConfig {
    /// The formula; for detection that of the labels.
    pub criterion: Criterion,
    /// What makes it the loss of detection: some of the outputs are boxes.
    pub detection: Option<DetectionLoss>,
    /// Mean or sum: training needs one number.
    pub reduction: Reduction,
    /// One weight for each output (for detection: for each label of a cell), or a single one.
    pub weight: Option<Vec<f64>>,
    /// One weight of the positives for each of these, or a single one.
    pub pos_weight: Option<Vec<f64>>,
    /// What PyTorch warns of in these arguments.
    pub warning: Option<String>,
}

impl LossConfig {
    /// Reads a configuration for a network with so many outputs.
    pub fn from_value(value: &Value, path: &str, outputs: usize) -> Result<LossConfig> {
        let mut fields = Fields::of(value, path)?;
        let name = fields.required_text("name")?;
        if name == detection::NAME {
            let loss = detection::from_fields(&mut fields, outputs)?;
            fields.finish()?;
            return Ok(loss);
        }
        let criterion = Criterion::from_fields(name, &mut fields)?;
        let (reduction, warning) = criterion.reduction(&mut fields)?;
        if reduction == Reduction::None {
            let message = "grad can be implicitly created only for scalar outputs";
            return Err(Error::runtime(message).at(fields.path_of("reduction")));
        }
        let mut weight = None;
        let mut pos_weight = None;
        if criterion.takes_weight() {
            weight = label_weights(&mut fields, "weight", outputs)?;
        }
        if criterion.is_of_samples() {
            weight = class_weights(&mut fields, outputs)?;
        }
        if criterion == Criterion::BCEWithLogitsLoss {
            pos_weight = label_weights(&mut fields, "pos_weight", outputs)?;
        }
        fields.finish()?;
        Ok(LossConfig { criterion, detection: None, reduction, weight, pos_weight, warning })
    }

    /// The configuration's name of the loss.
    pub fn name(&self) -> &'static str {
        if self.detection.is_some() { detection::NAME } else { self.criterion.name() }
    }

    /// Whether `sample_weight` may be given with the data.
    pub fn takes_sample_weight(&self) -> bool {
        self.detection.is_none() && self.criterion.takes_weight()
    }

    /// Whether an output is a label, and not a part of a box.
    pub fn is_label(&self, output: usize) -> bool {
        self.detection.is_none_or(|detection| detection.grid.is_label(output))
    }

    /// The configuration that [`LossConfig::from_value`] reads.
    pub fn to_value(&self) -> Value {
        let mut entries = vec![("name".to_owned(), Value::from(self.criterion.name()))];
        if self.detection.is_none() {
            entries.push(("reduction".to_owned(), self.reduction.name().into()));
        }
        if self.criterion.takes_weight() || self.criterion.is_of_samples() {
            entries.push(("weight".to_owned(), self.weight.clone().into()));
        }
        if self.criterion == Criterion::BCEWithLogitsLoss {
            entries.push(("pos_weight".to_owned(), self.pos_weight.clone().into()));
        }
        self.criterion.put_arguments(&mut entries);
        match &self.detection {
            None => Value::Map(entries),
            Some(detection) => detection.to_value(Value::Map(entries)),
        }
    }
}

fn label_weights(
    fields: &mut Fields,
    key: &'static str,
    outputs: usize,
) -> Result<Option<Vec<f64>>> {
    let Some(weights) = fields.numbers(key)? else { return Ok(None) };
    if weights.len() != 1 && weights.len() != outputs {
        let n = weights.len();
        let message =
            words!("{key} has {n} numbers; it needs 1, or one for each of {outputs} outputs");
        return Err(fields.invalid(key, message));
    }
    if let Some(bad) = weights.iter().find(|w| !w.is_finite()) {
        let bad = python_number(*bad);
        return Err(fields.invalid(key, words!("{key} must be finite numbers, not {bad}")));
    }
    Ok(Some(weights))
}

/// CrossEntropyLoss takes a weight for every class or none, as PyTorch's words say.
fn class_weights(fields: &mut Fields, classes: usize) -> Result<Option<Vec<f64>>> {
    let weights = label_weights(fields, "weight", classes)?;
    let Some(n) = weights.as_ref().map(Vec::len).filter(|&n| n != classes) else {
        return Ok(weights);
    };
    let message = words!(
        "weight tensor should be defined either for all {classes} classes or no classes but got \
         weight tensor of shape: [{n}]"
    );
    Err(fields.invalid("weight", message))
}
