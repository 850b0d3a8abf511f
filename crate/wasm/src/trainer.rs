//! The trainer: arguments in, records out.

use bce_core::config::Config;
use bce_core::lanes::Native;
use bce_core::trainer::{
    EpochRecord, Evaluation, Grid, NonFinite, Part, Trainer as CoreTrainer, Until,
};
use bce_core::value::{Fields, Value};
use bce_core::{Error, Result};
use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::clock::Deadline;
use crate::convert::{self, Thrown, throw};

/// A run: configuration, data, network and optimizer.
#[wasm_bindgen]
pub struct Trainer {
    inner: CoreTrainer<Native>,
}

#[wasm_bindgen]
impl Trainer {
    /// A run before its first step.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &JsValue, data: &JsValue) -> Thrown<Trainer> {
        let make = || {
            let config = Config::from_value(&convert::value(config)?)?;
            CoreTrainer::new(config, convert::data(data)?)
        };
        make().map(|inner| Trainer { inner }).map_err(throw)
    }

    /// A run that goes on from a snapshot, with the same data.
    pub fn restore(bytes: &[u8], data: &JsValue) -> Thrown<Trainer> {
        let make = || CoreTrainer::restore(bytes, convert::data(data)?);
        make().map(|inner| Trainer { inner }).map_err(throw)
    }

    /// Everything but the data.
    pub fn snapshot(&self) -> Vec<u8> {
        self.inner.snapshot()
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

    /// The configuration with every default filled in.
    #[wasm_bindgen(getter)]
    pub fn config(&self) -> JsValue {
        convert::to_js(&self.inner.config().to_value())
    }

    /// What is allowed, but probably not meant.
    #[wasm_bindgen(getter)]
    pub fn warnings(&self) -> Array {
        convert::texts(&self.inner.config().warnings())
    }

    /// Whole epochs done.
    #[wasm_bindgen(getter)]
    pub fn epoch(&self) -> f64 {
        self.inner.epoch() as f64
    }

    /// Steps done in the present epoch.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> f64 {
        self.inner.step() as f64
    }

    /// Steps of an epoch.
    #[wasm_bindgen(getter)]
    pub fn steps_per_epoch(&self) -> f64 {
        self.inner.steps_per_epoch() as f64
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

    /// Whole steps until the time is up, or as the options say.
    #[wasm_bindgen(js_name = trainFor)]
    pub fn train_for(&mut self, milliseconds: f64, options: &JsValue) -> Thrown<JsValue> {
        let mut run = || -> Result<Value> {
            let options = convert::options(options)?;
            let mut fields = Fields::of(&options, "")?;
            let mut count = |key| -> Result<Option<u64>> {
                match fields.get(key) {
                    None | Some(Value::Null) => Ok(None),
                    Some(_) => fields.required_integer(key, (0, 1 << 53)).map(Some),
                }
            };
            let until = Until { epoch: count("until_epoch")?, steps: count("steps")? };
            fields.finish()?;
            if milliseconds.is_nan() {
                return Err(Error::value("milliseconds must be a number").at("milliseconds"));
            }
            let mut deadline = Deadline::after(milliseconds);
            let (reached, bad) = self.inner.train_while(until, || deadline.go_on())?;
            let losses = self.inner.running_losses();
            Ok(Value::map([
                ("epoch", Value::Number(self.inner.epoch() as f64)),
                ("step", Value::Number(self.inner.step() as f64)),
                ("train_loss", losses.map(|(loss, _)| loss).into()),
                ("train_objective", losses.map(|(_, objective)| objective).into()),
                ("lr", self.inner.lr().into()),
                ("reached", reached.into()),
                ("non_finite", bad.map_or(Value::Null, |bad| non_finite(&bad))),
            ]))
        };
        run().map(|state| convert::to_js(&state)).map_err(throw)
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

    /// `{ loss, accuracy, subset_accuracy, margin }` of "train" or "test".
    pub fn evaluate(&mut self, part: &str) -> Thrown<JsValue> {
        let part = match part {
            "train" => Part::Train,
            "test" => Part::Test,
            other => {
                let message = format!("evaluate takes \"train\" or \"test\", not \"{other}\"");
                return Err(throw(Error::value(message)));
            }
        };
        let Evaluation { loss, accuracy, subset_accuracy, margin } =
            self.inner.evaluate(part).map_err(throw)?;
        Ok(convert::to_js(&Value::map([
            ("loss", loss.into()),
            ("accuracy", accuracy.into()),
            ("subset_accuracy", subset_accuracy.into()),
            ("margin", margin.into()),
        ])))
    }

    /// Probabilities (rows, out), or (out) for a single row.
    pub fn predict(&mut self, inputs: &JsValue) -> Thrown<JsValue> {
        let result = convert::tensor(inputs, "inputs").and_then(|x| self.inner.predict(&x));
        result.map(|tensor| convert::tensor_to_js(&tensor)).map_err(throw)
    }

    /// What the last Linear gives.
    pub fn logits(&mut self, inputs: &JsValue) -> Thrown<JsValue> {
        let result = convert::tensor(inputs, "inputs").and_then(|x| self.inner.logits(&x));
        result.map(|tensor| convert::tensor_to_js(&tensor)).map_err(throw)
    }

    /// The probability at every pixel of a grid over two inputs, row by row from the top.
    #[wasm_bindgen(js_name = predictGrid)]
    pub fn predict_grid(&mut self, options: &JsValue) -> Thrown<Vec<f32>> {
        let grid = convert::value(options).and_then(|options| Grid::from_value(&options));
        grid.and_then(|grid| self.inner.predict_grid(&grid)).map_err(throw)
    }

    /// What every unit gives at every pixel of a grid: unit after unit, row by row from the top.
    #[wasm_bindgen(js_name = unitGrids)]
    pub fn unit_grids(&mut self, options: &JsValue) -> Thrown<Vec<f32>> {
        let grid = convert::value(options).and_then(|options| Grid::from_value(&options));
        grid.and_then(|grid| self.inner.unit_grids(&grid)).map_err(throw)
    }

    /// The gradients of the last step, flat, in stateDict's order.
    #[wasm_bindgen(js_name = flatGradients)]
    pub fn flat_gradients(&self) -> Vec<f32> {
        self.inner.network().gradients().to_vec()
    }

    /// The gradients of the last step, by parameter name.
    pub fn gradients(&self) -> JsValue {
        let network = self.inner.network();
        convert::named_to_js(network.named(network.gradients()))
    }

    /// All weights and biases, by name.
    #[wasm_bindgen(js_name = stateDict)]
    pub fn state_dict(&self) -> JsValue {
        convert::named_to_js(self.inner.network().state_dict())
    }

    /// Puts all weights and biases.
    #[wasm_bindgen(js_name = loadStateDict)]
    pub fn load_state_dict(&mut self, dict: &JsValue) -> Thrown<()> {
        let named = convert::named(dict);
        named.and_then(|named| self.inner.load_state_dict(&named)).map_err(throw)
    }

    /// Puts the parameters from `start` on, in stateDict's order.
    #[wasm_bindgen(js_name = setParameters)]
    pub fn set_parameters(&mut self, start: usize, values: &[f32]) -> Thrown<()> {
        self.inner.set_parameters(start, values).map_err(throw)
    }

    /// All weights and biases, flat, in stateDict's order.
    pub fn parameters(&self) -> Vec<f32> {
        self.inner.network().parameters().to_vec()
    }

    /// The name of the first parameter tensor with a NaN or an infinity, or undefined.
    #[wasm_bindgen(js_name = nonFinite)]
    pub fn non_finite(&self) -> Option<String> {
        self.inner.network().first_non_finite()
    }
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

fn non_finite(bad: &NonFinite) -> Value {
    Value::map([
        ("epoch", Value::Number(bad.epoch as f64)),
        ("step", Value::Number(bad.step as f64)),
        ("quantity", bad.quantity.as_str().into()),
    ])
}
