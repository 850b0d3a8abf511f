//! Data sets: made, read from a CSV, and split.

use bce_core::data::csv::{Delimiter, Header, Label};
use bce_core::data::{
    CsvOptions, Dataset, MakeOptions, Split, SplitOptions, make, parse_with, split,
};
use bce_core::tensor::Tensor;
use bce_core::value::{Fields, Value};
use bce_core::{Error, Result};
use js_sys::{Float32Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::convert::{self, Record, Thrown, put, throw};

/// The largest number of samples to be read as an option, before the core's own limits.
const COUNT_LIMIT: u64 = 1 << 53;

/// Points of a made set: circle, xor, gauss, spiral or moons.
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

#[wasm_bindgen]
extern "C" {
    /// The nearest float64, or NaN.
    #[wasm_bindgen(js_name = Number)]
    fn number_of(text: &str) -> f64;
}

/// Reads a number by JavaScript's `Number`, which rounds as `str::parse` does; but of what `Number`
/// takes for one (an empty text, 0x10, Infinity, white space) only what `str::parse` takes too.
fn read_number(text: &str) -> Option<f64> {
    let plain = |byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    if !text.is_empty() && text.bytes().all(plain) {
        return Some(number_of(text)).filter(|x| !x.is_nan());
    }
    let (sign, word) = match text.as_bytes() {
        [b'-', word @ ..] => (-1.0, word),
        [b'+', word @ ..] => (1.0, word),
        word => (1.0, word),
    };
    if word.eq_ignore_ascii_case(b"nan") {
        return Some(f64::NAN);
    }
    let infinite = word.eq_ignore_ascii_case(b"inf") || word.eq_ignore_ascii_case(b"infinity");
    infinite.then_some(sign * f64::INFINITY)
}

/// A data set from the text of a CSV.
#[wasm_bindgen(js_name = datasetsParseCSV)]
pub fn datasets_parse_csv(text: &str, options: &JsValue) -> Thrown<JsValue> {
    let run = || parse_with(text, &csv_options(&convert::options(options)?)?, read_number);
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
            standardize: fields.boolean("standardize", default.standardize)?,
        };
        fields.finish()?;
        split(&dataset_from(inputs, targets)?, &options)
    };
    run().map(split_to_js).map_err(throw)
}

fn csv_options(options: &Value) -> Result<CsvOptions> {
    let mut fields = Fields::of(options, "")?;
    let header = match fields.get("header") {
        None => Header::Auto,
        Some(Value::Text(text)) if text == "auto" => Header::Auto,
        Some(Value::Bool(true)) => Header::Present,
        Some(Value::Bool(false)) => Header::Absent,
        Some(_) => {
            return Err(Error::type_("header must be \"auto\", true or false").at("header"));
        }
    };
    let delimiter = Delimiter::named(fields.text("delimiter", "auto")?)?;
    let label = match fields.get("label") {
        None | Some(Value::Null) => Label::Last,
        Some(Value::Text(name)) => Label::Name(name.clone()),
        Some(_) => Label::Index(fields.integer("label", 0, (0, COUNT_LIMIT))? as usize),
    };
    let positive = match fields.get("positive") {
        None | Some(Value::Null) => None,
        Some(value @ (Value::Text(_) | Value::Number(_))) => Some(match value {
            Value::Text(text) => text.clone(),
            number => number.python(),
        }),
        Some(_) => return Err(Error::type_("positive must be a label").at("positive")),
    };
    fields.finish()?;
    Ok(CsvOptions { header, delimiter, label, positive })
}

fn dataset_from(inputs: Tensor<f32>, targets: Tensor<f32>) -> Result<Dataset> {
    let matrix = |tensor: &Tensor<f32>, path: &str| match tensor.shape[..] {
        [rows, columns] => Ok((rows, columns)),
        _ => {
            let message = format!("{path} must be a tensor of two dimensions");
            Err(Error::value(message).at(path))
        }
    };
    let (rows, features) = matrix(&inputs, "inputs")?;
    let (target_rows, outputs) = matrix(&targets, "targets")?;
    if rows != target_rows {
        let message = format!("there are {rows} rows of inputs, but {target_rows} of targets");
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

fn dataset_to_js(dataset: Dataset) -> JsValue {
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
