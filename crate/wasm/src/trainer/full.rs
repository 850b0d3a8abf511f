//! What the start module leaves out of the trainer.

use bce_core::config::Config;
use bce_core::data::Features;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, EpochRecord, Grid, Scores, Trainer as CoreTrainer};
use bce_core::value::{Fields, Value};
use bce_core::{Error, Result};
use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::Trainer;
use crate::convert::{self, Record, Thrown, put, throw};

#[wasm_bindgen]
impl Trainer {
    /// A run that goes on from a snapshot, with the same data.
    pub fn restore(bytes: &[u8], data: &JsValue) -> Thrown<Trainer> {
        let make = || CoreTrainer::restore(bytes, convert::data(data)?);
        make().map(|inner| Trainer { inner }).map_err(throw)
    }

    /// Goes back to a snapshot of this run.
    pub fn rewind(&mut self, bytes: &[u8]) -> Thrown<()> {
        self.inner.rewind(bytes).map_err(throw)
    }

    /// How the network stands on the training rows.
    pub fn diagnose(&mut self) -> Thrown<JsValue> {
        self.inner.diagnose().map(|health| convert::to_js(&health.to_value())).map_err(throw)
    }

    /// Takes over what leaves the parameters' shapes alone.
    pub fn reconfigure(&mut self, config: &JsValue) -> Thrown<()> {
        let config = convert::value(config).and_then(|value| Config::from_value(&value));
        config.and_then(|config| self.inner.reconfigure(config)).map_err(throw)
    }

    /// Goes on with other data.
    #[wasm_bindgen(js_name = setData)]
    pub fn set_data(&mut self, data: &JsValue) -> Thrown<()> {
        convert::data(data).and_then(|data| self.inner.set_data(data)).map_err(throw)
    }

    /// So many epochs; a record of each.
    #[wasm_bindgen(js_name = trainEpochs)]
    pub fn train_epochs(&mut self, n: f64, options: &JsValue) -> Thrown<JsValue> {
        let mut run = || -> Result<Value> {
            let arguments = Value::map([("n", n.into())]);
            let n = Fields::of(&arguments, "")?.required_integer("n", (0, 10_000_000))?;
            let options = convert::options(options)?;
            let mut fields = Fields::of(&options, "")?;
            let each = match fields.text("evaluate", "each")? {
                "each" => true,
                "last" => false,
                other => {
                    let message = format!("evaluate must be each or last, not {other}");
                    return Err(fields.invalid("evaluate", message));
                }
            };
            fields.finish()?;
            let mut records = Vec::with_capacity(n as usize);
            for i in 0..n {
                records.push(record(&self.inner.train_epoch(each || i + 1 == n)?));
            }
            Ok(Value::List(records))
        };
        run().map(|records| convert::to_js(&records)).map_err(throw)
    }

    /// One step on those rows: `{ loss, objective }`.
    #[wasm_bindgen(js_name = trainBatch)]
    pub fn train_batch(&mut self, indices: &[u32]) -> Thrown<JsValue> {
        let step = self.inner.train_batch(indices).map_err(throw)?;
        let entries = [("loss", step.loss.into()), ("objective", step.objective.into())];
        Ok(convert::to_js(&Value::map(entries)))
    }

    /// Ends an epoch of `trainBatch`: a record.
    #[wasm_bindgen(js_name = endEpoch)]
    pub fn end_epoch(&mut self) -> Thrown<JsValue> {
        self.inner.end_epoch().map(|done| convert::to_js(&record(&done))).map_err(throw)
    }

    /// Probabilities (rows, out), or (out) for a single row.
    pub fn predict(&mut self, inputs: &JsValue, options: &JsValue) -> Thrown<JsValue> {
        let result = rows(inputs, options).and_then(|x| self.inner.predict(&x));
        result.map(|tensor| convert::tensor_to_js(&tensor)).map_err(throw)
    }

    /// What the last Linear gives.
    pub fn logits(&mut self, inputs: &JsValue, options: &JsValue) -> Thrown<JsValue> {
        let result = rows(inputs, options).and_then(|x| self.inner.logits(&x));
        result.map(|tensor| convert::tensor_to_js(&tensor)).map_err(throw)
    }

    /// `{ scores, labels }` of "train" or "test".
    pub fn scores(&mut self, part: &str) -> Thrown<JsValue> {
        let Scores { scores, labels } =
            super::part(part).and_then(|part| self.inner.scores(part)).map_err(throw)?;
        let object = Record::new();
        put(&object, "scores", convert::tensor_to_js(&scores));
        put(&object, "labels", convert::tensor_to_js(&labels));
        Ok(object.into())
    }

    /// What is found in "train" or "test", and how good that is.
    pub fn detect(&mut self, part: &str, options: &JsValue) -> Thrown<JsValue> {
        let options = crate::detection::detect_options(options).map_err(throw)?;
        let detected = super::part(part).and_then(|part| self.inner.detect(part, &options));
        detected.map(|detected| crate::detection::detected_to_js(&detected)).map_err(throw)
    }

    /// What every unit gives at every pixel of a grid: unit after unit, row by row from the top.
    #[wasm_bindgen(js_name = unitGrids)]
    pub fn unit_grids(&mut self, options: &JsValue) -> Thrown<Vec<f32>> {
        let grid = convert::value(options).and_then(|options| Grid::from_value(&options));
        grid.and_then(|grid| self.inner.unit_grids(&grid)).map_err(throw)
    }

    /// Copies of the data, as they were given.
    pub fn data(&self) -> JsValue {
        let DataTensors { inputs, targets, sample_weight, test } = self.inner.data();
        let mut named = vec![("inputs", inputs), ("targets", targets)];
        named.extend(sample_weight.map(|weight| ("sample_weight", weight)));
        if let Some((inputs, targets)) = test {
            named.extend([("test_inputs", inputs), ("test_targets", targets)]);
        }
        named_to_js(named.into_iter().map(|(key, tensor)| (key.to_owned(), tensor)).collect())
    }

    /// The parameters that a run with this configuration begins with, flat.
    #[wasm_bindgen(js_name = initialParameters)]
    pub fn initial_parameters(&self) -> Vec<f32> {
        self.inner.initial_parameters()
    }

    /// The gradients of the last step, flat, in stateDict's order.
    #[wasm_bindgen(js_name = flatGradients)]
    pub fn flat_gradients(&self) -> Vec<f32> {
        self.inner.network().gradients().to_vec()
    }

    /// The gradients of the last step, by parameter name.
    pub fn gradients(&self) -> JsValue {
        let network = self.inner.network();
        named_to_js(network.named(network.gradients()))
    }

    /// All weights and biases, by name.
    #[wasm_bindgen(js_name = stateDict)]
    pub fn state_dict(&self) -> JsValue {
        named_to_js(self.inner.network().state_dict())
    }

    /// Puts all weights and biases.
    #[wasm_bindgen(js_name = loadStateDict)]
    pub fn load_state_dict(&mut self, dict: &JsValue) -> Thrown<()> {
        let named = named(dict);
        named.and_then(|named| self.inner.load_state_dict(&named)).map_err(throw)
    }

    /// Puts the parameters from `start` on, in stateDict's order.
    #[wasm_bindgen(js_name = setParameters)]
    pub fn set_parameters(&mut self, start: usize, values: &[f32]) -> Thrown<()> {
        self.inner.set_parameters(start, values).map_err(throw)
    }

    /// The name of the first parameter tensor with a NaN or an infinity, or undefined.
    #[wasm_bindgen(js_name = nonFinite)]
    pub fn non_finite(&self) -> Option<String> {
        self.inner.network().first_non_finite()
    }
}

/// Rows for the network: as they are given, or derived from them.
fn rows(inputs: &JsValue, options: &JsValue) -> Result<Tensor<f32>> {
    Features::apply(&convert::options(options)?, convert::tensor(inputs, "inputs")?)
}

fn record(record: &EpochRecord) -> Value {
    let mut entries = Value::entries([
        ("epoch", Value::Number(record.epoch as f64)),
        ("lr", record.lr.into()),
        ("train_loss", record.train_loss.into()),
        ("train_objective", record.train_objective.into()),
        ("eval_loss", record.eval_loss.into()),
        ("test_loss", record.test_loss.into()),
        ("accuracy", record.accuracy.into()),
        ("subset_accuracy", record.subset_accuracy.into()),
    ]);
    if let Some(momentum) = record.momentum {
        entries.insert(2, ("momentum".to_owned(), momentum.into()));
    }
    Value::Map(entries)
}

/// Named tensors as one object, in their order.
fn named_to_js(tensors: Vec<(String, Tensor<f32>)>) -> JsValue {
    let object = Record::new();
    for (name, tensor) in tensors {
        put(&object, &name, convert::tensor_to_js(&tensor));
    }
    object.into()
}

/// Named tensors from an object.
fn named(from: &JsValue) -> Result<Vec<(String, Tensor<f32>)>> {
    let object = from.dyn_ref::<Object>();
    let object = object.ok_or_else(|| Error::type_("Expected state_dict to be dict-like"))?;
    Object::keys(object)
        .iter()
        .filter_map(|key| key.as_string())
        .map(|key| {
            let value = convert::get(from, &key).unwrap_or(JsValue::UNDEFINED);
            convert::tensor(&value, &key).map(|tensor| (key, tensor))
        })
        .collect()
}
