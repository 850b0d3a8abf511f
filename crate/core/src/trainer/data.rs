//! The rows that a trainer learns from and is tested on.

use super::Part;
use crate::config::{Config, DATA_LIMIT, ROWS_LIMIT};
use crate::error::{Error, Result};
use crate::full::full;
use crate::lanes::Element;
use crate::loss::Criterion;
use crate::loss::functional::out_of_range;
use crate::tensor::{Tensor, size};

/// The tensors as they are given.
#[derive(Clone, Debug)]
pub struct DataTensors<E> {
    /// (rows, in)
    pub inputs: Tensor<E>,
    /// (rows, out)
    pub targets: Tensor<E>,
    /// (rows, 1) or (rows, out): a factor for each row's or element's loss.
    pub sample_weight: Option<Tensor<E>>,
    /// (test rows, in) and (test rows, out).
    pub test: Option<(Tensor<E>, Tensor<E>)>,
}

/// Checked data, row-major.
pub struct Data<E> {
    pub(super) inputs: Vec<E>,
    pub(super) targets: Vec<E>,
    pub(super) sample_weight: Vec<E>,
    pub(super) test_inputs: Vec<E>,
    pub(super) test_targets: Vec<E>,
    /// Whether all targets are 0 or 1, as they mostly are.
    pub(super) labels: bool,
    rows: usize,
    sample_weight_columns: usize,
    hash: u64,
}

impl<E: Element> Data<E> {
    /// Data that fits the configuration, or what does not.
    pub fn new(config: &Config, tensors: DataTensors<E>) -> Result<Self> {
        let DataTensors { inputs, targets, sample_weight, test } = tensors;
        let rows = check_pair(config, &inputs.shape, &targets.shape, "inputs", "targets")?;
        if rows == 0 {
            return Err(Error::value("the data has no rows").at("inputs"));
        }
        let sample_weight_columns = match &sample_weight {
            None => 0,
            Some(weight) => check_sample_weight(config, rows, &weight.shape)?,
        };
        if let Some((inputs, targets)) = &test {
            check_pair(config, &inputs.shape, &targets.shape, "test_inputs", "test_targets")?;
        }
        let (test_inputs, test_targets) =
            test.map_or((Vec::new(), Vec::new()), |(inputs, targets)| (inputs.data, targets.data));
        let mut data = Data {
            inputs: inputs.data,
            targets: targets.data,
            sample_weight: sample_weight.map_or(Vec::new(), |weight| weight.data),
            test_inputs,
            test_targets,
            labels: false,
            rows,
            sample_weight_columns,
            hash: 0,
        };
        let is_label = |&t: &E| t == E::default() || t == E::from_f64(1.0);
        data.labels = data.targets.iter().chain(&data.test_targets).all(is_label);
        if !data.labels {
            full()?; // The start module has no loop for them.
        }
        data.hash = data.compute_hash();
        data.check_targets(config)?;
        Ok(data)
    }

    /// Training rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// 0 where there are no weights of samples, 1 for one a row, else one an output.
    pub fn sample_weight_columns(&self) -> usize {
        self.sample_weight_columns
    }

    /// Whether there are test rows.
    pub fn has_test(&self) -> bool {
        !self.test_inputs.is_empty()
    }

    /// The inputs and targets of a part. ValueError for test rows that are not there.
    pub(super) fn part(&self, part: Part) -> Result<(&[E], &[E])> {
        match part {
            Part::Train => Ok((&self.inputs, &self.targets)),
            Part::Test if self.has_test() => Ok((&self.test_inputs, &self.test_targets)),
            Part::Test => Err(Error::value("there is no test data")),
        }
    }

    /// Copies of everything, for a network with so many inputs and outputs.
    pub(super) fn tensors(&self, inputs: usize, outputs: usize) -> DataTensors<E> {
        let tensor = |data: &[E], columns: usize| Tensor {
            shape: vec![data.len() / columns, columns],
            data: data.to_vec(),
        };
        let weights = self.sample_weight_columns;
        DataTensors {
            inputs: tensor(&self.inputs, inputs),
            targets: tensor(&self.targets, outputs),
            sample_weight: (weights > 0).then(|| tensor(&self.sample_weight, weights)),
            test: self
                .has_test()
                .then(|| (tensor(&self.test_inputs, inputs), tensor(&self.test_targets, outputs))),
        }
    }

    /// A number that is different for different data, for all that matters here.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// RuntimeError for targets that BCELoss would refuse at the first batch; ValueError for weights
    /// of samples that the loss does not take.
    pub fn check_targets(&self, config: &Config) -> Result<()> {
        let one = E::from_f64(1.0);
        let criterion = config.loss.criterion;
        if criterion == Criterion::BCELoss {
            for (path, targets) in
                [("targets", &self.targets), ("test_targets", &self.test_targets)]
            {
                if !targets.iter().all(|&t| t >= E::default() && t <= one) {
                    return Err(out_of_range("target").at(path));
                }
            }
        }
        if self.sample_weight_columns > 0 && !config.loss.takes_sample_weight() {
            let name = config.loss.name();
            let message = words!("{name} takes no weights, so no sample_weight either");
            return Err(Error::value(message).at("sample_weight"));
        }
        Ok(())
    }

    /// FNV-1a (Fowler, Noll and Vo, 1991) over lengths and bits.
    fn compute_hash(&self) -> u64 {
        let parts = [
            &self.inputs,
            &self.targets,
            &self.sample_weight,
            &self.test_inputs,
            &self.test_targets,
        ];
        let mut hash = 0xcbf2_9ce4_8422_2325;
        let mut add = |word: u64| {
            hash = (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
        };
        for part in parts {
            add(part.len() as u64);
            part.iter().for_each(|x| add(x.to_f64().to_bits()));
        }
        hash
    }
}

/// Checks the shapes of inputs against the first layer and of targets against the last; the number
/// of rows.
fn check_pair(
    config: &Config,
    inputs: &[usize],
    targets: &[usize],
    inputs_path: &str,
    targets_path: &str,
) -> Result<usize> {
    let &[rows, features] = inputs else {
        let got = size(inputs);
        let message = words!("{inputs_path} must have the shape (rows, in), not {got}");
        return Err(Error::value(message).at(inputs_path));
    };
    let wanted = config.layers[0];
    if features != wanted.inputs {
        return Err(shape_mismatch(rows, features, wanted.inputs, wanted.outputs).at(inputs_path));
    }
    let outputs = [rows, config.outputs()];
    if targets != outputs {
        let (theirs, ours) = (size(targets), size(&outputs));
        let message = match config.loss.criterion {
            Criterion::BCEWithLogitsLoss | Criterion::SigmoidFocalLoss { .. } => {
                words!("Target size ({theirs}) must be the same as input size ({ours})")
            }
            // PyTorch takes targets of another shape for class indices.
            Criterion::CrossEntropyLoss { .. } => {
                "0D or 1D target tensor expected, multi-target not supported".into()
            }
            _ => words!(
                "Using a target size ({theirs}) that is different to the input size ({ours}) is \
                 deprecated. Please ensure they have the same size."
            ),
        };
        return Err(Error::value(message).at(targets_path));
    }
    if rows > ROWS_LIMIT || rows * (features + config.outputs()) > DATA_LIMIT {
        let message = words!(
            "{rows} rows are too many: at most {ROWS_LIMIT}, and {DATA_LIMIT} values in all"
        );
        return Err(Error::value(message).at(inputs_path));
    }
    Ok(rows)
}

/// PyTorch's RuntimeError of nn.Linear.
pub(super) fn shape_mismatch(rows: usize, features: usize, inputs: usize, outputs: usize) -> Error {
    Error::runtime(words!(
        "addmm: mat1 and mat2 shapes cannot be multiplied ({rows}x{features} and \
         {inputs}x{outputs})"
    ))
}

fn check_sample_weight(config: &Config, rows: usize, weight: &[usize]) -> Result<usize> {
    let outputs = config.outputs();
    match *weight {
        [n, columns] if n == rows && (columns == 1 || columns == outputs) => Ok(columns),
        _ => {
            let got = size(weight);
            let message = words!(
                "sample_weight must have the shape ({rows}, 1) or ({rows}, {outputs}), not {got}"
            );
            Err(Error::value(message).at("sample_weight"))
        }
    }
}
