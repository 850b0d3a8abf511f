//! Data sets: made, and split.

use bce_core::data::{Dataset, MakeOptions, Split, SplitOptions, make, split};
#[cfg(feature = "full")]
use bce_core::data::{Features, balanced_weights, oversample};
use bce_core::tensor::Tensor;
use bce_core::value::Fields;
use bce_core::{Error, Result, words};
use js_sys::{Float32Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::convert::{self, Record, Thrown, put, throw};

/// The largest number of samples to be read as an option, before the core's own limits.
pub(crate) const COUNT_LIMIT: u64 = 1 << 53;

/// Points of a made set: circle, xor, gauss, spiral, moons; blobs of five classes; health_reports and
/// overlapping_regions of three labels.
#[wasm_bindgen(js_name = datasetsMake)]
pub fn datasets_make(name: &str, options: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let default = MakeOptions::default();
        let options = MakeOptions {
            n_samples: fields.integer("n_samples", default.n_samples as u64, (0, COUNT_LIMIT))?
                as usize,
            noise: fields.number("noise", default.noise)?,
            ratio: fields.number("ratio", default.ratio)?,
            seed: fields.integer("seed", default.seed, (0, COUNT_LIMIT - 1))?,
        };
        fields.finish()?;
        make(name, &options)
    };
    run().map(dataset_to_js).map_err(throw)
}

/// Rows for training and rows for testing.
#[wasm_bindgen(js_name = datasetsSplit)]
pub fn datasets_split(dataset: &JsValue, options: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let inputs = convert::required_tensor(dataset, "inputs")?;
        let targets = convert::required_tensor(dataset, "targets")?;
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let default = SplitOptions::default();
        let options = SplitOptions {
            train_size: fields.number("train_size", default.train_size)?,
            seed: fields.integer("seed", default.seed, (0, COUNT_LIMIT - 1))?,
            stratify: fields.boolean("stratify", default.stratify)?,
            impute: fields.boolean("impute", default.impute)?,
            standardize: fields.boolean("standardize", default.standardize)?,
            label_noise: fields.number("label_noise", default.label_noise)?,
            label_smoothing: fields.number("label_smoothing", default.label_smoothing)?,
        };
        fields.finish()?;
        split(&dataset_from(inputs, targets)?, &options)
    };
    run().map(split_to_js).map_err(throw)
}

/// Inputs derived from others by formulas.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = datasetsFeatures)]
pub fn datasets_features(inputs: &JsValue, options: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let inputs = convert::tensor(inputs, "inputs")?;
        let &[rows, columns] = &inputs.shape[..] else {
            return Err(Error::value("inputs must have the shape (rows, in)").at("inputs"));
        };
        let features = Features::required(&convert::value(options)?, columns)?;
        features.of_data(&inputs.data).map(|data| (rows, features.len(), data))
    };
    run().map(|(rows, columns, data)| matrix_to_js(rows, columns, data)).map_err(throw)
}

/// The weights (rows, 1) that balance the classes.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = datasetsBalancedWeights)]
pub fn datasets_balanced_weights(targets: &JsValue) -> Thrown<JsValue> {
    let run = || balanced_weights(&labels(targets)?);
    run().map(|weights| matrix_to_js(weights.len(), 1, weights)).map_err(throw)
}

/// The rows (an Uint32Array) that balance the classes.
#[cfg(feature = "full")]
#[wasm_bindgen(js_name = datasetsOversample)]
pub fn datasets_oversample(targets: &JsValue, options: &JsValue) -> Thrown<Uint32Array> {
    let run = || {
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let seed = fields.integer("seed", 1, (0, COUNT_LIMIT - 1))?;
        fields.finish()?;
        oversample(&labels(targets)?, seed)
    };
    run().map(|rows| Uint32Array::from(rows.as_slice())).map_err(throw)
}

/// A column of targets.
#[cfg(feature = "full")]
fn labels(targets: &JsValue) -> Result<Vec<f32>> {
    let targets = convert::tensor(targets, "targets")?;
    match targets.shape[..] {
        [_] | [_, 1] => Ok(targets.data),
        _ => Err(Error::value("targets must have the shape (rows, 1)").at("targets")),
    }
}

fn dataset_from(inputs: Tensor<f32>, targets: Tensor<f32>) -> Result<Dataset> {
    let matrix = |tensor: &Tensor<f32>, path: &str| match tensor.shape[..] {
        [rows, columns] => Ok((rows, columns)),
        _ => {
            let message = words!("{path} must be a tensor of two dimensions");
            Err(Error::value(message).at(path))
        }
    };
    let (rows, features) = matrix(&inputs, "inputs")?;
    let (target_rows, outputs) = matrix(&targets, "targets")?;
    if rows != target_rows {
        let message = words!("there are {rows} rows of inputs, but {target_rows} of targets");
        return Err(Error::value(message).at("targets"));
    }
    Ok(Dataset {
        name: String::new(),
        inputs: inputs.data,
        targets: targets.data,
        rows,
        features,
        outputs,
        feature_names: Vec::new(),
        target_names: Default::default(),
    })
}

fn matrix_to_js(rows: usize, columns: usize, data: Vec<f32>) -> JsValue {
    convert::tensor_to_js(&Tensor { shape: vec![rows, columns], data })
}

pub(crate) fn dataset_to_js(dataset: Dataset) -> JsValue {
    let object = Record::new();
    put(&object, "name", dataset.name);
    put(&object, "inputs", matrix_to_js(dataset.rows, dataset.features, dataset.inputs));
    put(&object, "targets", matrix_to_js(dataset.rows, dataset.outputs, dataset.targets));
    put(&object, "feature_names", convert::texts(&dataset.feature_names));
    put(&object, "target_names", convert::texts(&dataset.target_names));
    object.into()
}

fn split_to_js(split: Split) -> JsValue {
    let (train, test) = (split.train_rows.len(), split.test_rows.len());
    let (features, outputs) = (split.features, split.outputs);
    let object = Record::new();
    put(&object, "inputs", matrix_to_js(train, features, split.inputs));
    put(&object, "targets", matrix_to_js(train, outputs, split.targets));
    let test_part = |columns, data| match test {
        0 => JsValue::NULL,
        _ => matrix_to_js(test, columns, data),
    };
    put(&object, "test_inputs", test_part(features, split.test_inputs));
    put(&object, "test_targets", test_part(outputs, split.test_targets));
    let column = |values: Option<Vec<f32>>| match values {
        None => JsValue::NULL,
        Some(values) => Float32Array::from(values.as_slice()).into(),
    };
    put(&object, "mean", column(split.mean));
    put(&object, "std", column(split.std));
    put(&object, "train_rows", Uint32Array::from(split.train_rows.as_slice()));
    put(&object, "test_rows", Uint32Array::from(split.test_rows.as_slice()));
    object.into()
}
