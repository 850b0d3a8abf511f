//! The trainer: arguments in, records out. Here is what a page needs until its first frames, in
//! `trainer/full.rs` the rest.

#[cfg(feature = "full")]
mod full;

use bce_core::config::Config;
use bce_core::full::full;
use bce_core::lanes::Native;
use bce_core::trainer::{Evaluation, Grid, NonFinite, Part, Trainer as CoreTrainer, Until};
use bce_core::value::{Fields, Value};
use bce_core::{Error, Result, words};
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
            if !config.warnings().is_empty() {
                full()?; // A warning wants words.
            }
            CoreTrainer::new(config, convert::data(data)?)
        };
        make().map(|inner| Trainer { inner }).map_err(throw)
    }

    /// Everything but the data.
    pub fn snapshot(&self) -> Vec<u8> {
        self.inner.snapshot()
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
            let (epoch, steps) = (count("until_epoch")?, count("steps")?);
            let until = Until { epoch, steps, samples: count("samples")? };
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
                ("sample", Value::Number(self.inner.sample() as f64)),
                ("total_steps", Value::Number(self.inner.total_steps() as f64)),
                ("next_row", Value::Number(self.inner.next_row().into())),
                ("train_loss", losses.map(|(loss, _)| loss).into()),
                ("train_objective", losses.map(|(_, objective)| objective).into()),
                ("lr", self.inner.lr().into()),
                ("reached", reached.into()),
                ("non_finite", bad.map_or(Value::Null, |bad| non_finite(&bad))),
            ]))
        };
        run().map(|state| convert::to_js(&state)).map_err(throw)
    }

    /// `{ loss, accuracy, subset_accuracy, margin }` of "train" or "test".
    pub fn evaluate(&mut self, part: &str) -> Thrown<JsValue> {
        let Evaluation { loss, accuracy, subset_accuracy, margin, parts } =
            self::part(part).and_then(|part| self.inner.evaluate(part)).map_err(throw)?;
        let mut entries = Value::entries([
            ("loss", loss.into()),
            ("accuracy", accuracy.into()),
            ("subset_accuracy", subset_accuracy.into()),
            ("margin", margin.into()),
        ]);
        if let Some(parts) = parts {
            entries.extend(Value::entries([
                ("label_loss", parts.label_loss.into()),
                ("objectness_loss", parts.objectness_loss.into()),
                ("class_loss", parts.class_loss.into()),
                ("box_loss", parts.box_loss.into()),
            ]));
        }
        Ok(convert::to_js(&Value::Map(entries)))
    }

    /// The probability at every pixel of a grid over two inputs, row by row from the top.
    #[wasm_bindgen(js_name = predictGrid)]
    pub fn predict_grid(&mut self, options: &JsValue) -> Thrown<Vec<f32>> {
        let grid = convert::value(options).and_then(|options| Grid::from_value(&options));
        grid.and_then(|grid| self.inner.predict_grid(&grid)).map_err(throw)
    }

    /// All weights and biases, flat, in stateDict's order.
    pub fn parameters(&self) -> Vec<f32> {
        self.inner.network().parameters().to_vec()
    }
}

fn part(name: &str) -> Result<Part> {
    match name {
        "train" => Ok(Part::Train),
        "test" => Ok(Part::Test),
        other => Err(Error::value(words!("a part is \"train\" or \"test\", not \"{other}\""))),
    }
}

fn non_finite(bad: &NonFinite) -> Value {
    Value::map([
        ("epoch", Value::Number(bad.epoch as f64)),
        ("step", Value::Number(bad.step as f64)),
        ("quantity", bad.fault.text().as_str().into()),
        ("kind", bad.fault.quantity.name().into()),
        ("layer", bad.fault.layer.into()),
        ("name", bad.fault.name.as_deref().into()),
    ])
}
