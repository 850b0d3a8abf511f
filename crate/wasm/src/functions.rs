//! The plain functions: losses, activations, optimizers by themselves, schedules.

use bce_core::activation::{Activation, activate};
use bce_core::lanes::Native;
use bce_core::loss::Criterion;
use bce_core::loss::cross_entropy::{Options as CrossEntropyOptions, cross_entropy};
use bce_core::loss::functional::{LossOutput, LossTensors, loss};
use bce_core::optim::lr_scheduler::{SchedulerConfig, learning_rates};
use bce_core::optim::{Optimizer as CoreOptimizer, OptimizerConfig};
use bce_core::value::{Fields, Value};
use bce_core::{Error, Result};
use js_sys::{Float32Array, Float64Array, Object};
use wasm_bindgen::prelude::*;

use crate::convert::{self, Record, Thrown, put, throw};

/// The options of a loss that are tensors; the rest are plain values.
const TENSOR_OPTIONS: [&str; 3] = ["weight", "pos_weight", "grad_output"];

/// A loss by its PyTorch name: `{ output, grad }`, and `warnings` where there are any.
fn apply_loss(name: &str, input: &JsValue, target: &JsValue, options: &JsValue) -> Result<JsValue> {
    let plain = plain_options(options)?;
    let mut fields = Fields::of(&plain, "")?;
    let criterion = Criterion::from_fields(name, &mut fields)?;
    let (reduction, warning) = criterion.reduction(&mut fields)?;
    fields.finish()?;
    let tensors = LossTensors {
        weight: allowed(options, "weight", criterion.takes_weight())?,
        pos_weight: allowed(options, "pos_weight", criterion == Criterion::BCEWithLogitsLoss)?,
        grad_output: convert::optional_tensor(options, "grad_output")?,
    };
    let input = convert::tensor(input, "input")?;
    let target = convert::tensor(target, "target")?;
    let result = loss::<Native>(criterion, &input, &target, reduction, &tensors)?;
    Ok(loss_to_js(result, warning))
}

/// The options that are no tensors.
fn plain_options(options: &JsValue) -> Result<Value> {
    let mut plain = Vec::new();
    if let Some(object) = options.dyn_ref::<Object>() {
        let keys = Object::keys(object);
        let keys = keys.iter().filter_map(|key| key.as_string());
        for key in keys.filter(|key| !TENSOR_OPTIONS.contains(&key.as_str())) {
            if let Some(given) = convert::get(options, &key) {
                plain.push((key, convert::value(&given)?));
            }
        }
    }
    Ok(Value::Map(plain))
}

fn loss_to_js(result: LossOutput<f32>, warning: Option<String>) -> JsValue {
    let object = Record::new();
    put(&object, "output", convert::tensor_to_js(&result.output));
    put(&object, "grad", convert::tensor_to_js(&result.grad));
    let warnings: Vec<String> = result.warnings.into_iter().chain(warning).collect();
    if !warnings.is_empty() {
        put(&object, "warnings", convert::texts(&warnings));
    }
    object.into()
}

fn allowed(
    options: &JsValue,
    key: &str,
    allowed: bool,
) -> Result<Option<bce_core::tensor::Tensor<f32>>> {
    let tensor = convert::optional_tensor(options, key)?;
    if tensor.is_some() && !allowed {
        return Err(Error::type_(format!("this loss takes no {key}")).at(key));
    }
    Ok(tensor)
}

/// `torch.nn.functional.binary_cross_entropy`
#[wasm_bindgen(js_name = binaryCrossEntropy)]
pub fn binary_cross_entropy(
    input: &JsValue,
    target: &JsValue,
    options: &JsValue,
) -> Thrown<JsValue> {
    apply_loss("BCELoss", input, target, options).map_err(throw)
}

/// `torch.nn.functional.binary_cross_entropy_with_logits`
#[wasm_bindgen(js_name = binaryCrossEntropyWithLogits)]
pub fn binary_cross_entropy_with_logits(
    input: &JsValue,
    target: &JsValue,
    options: &JsValue,
) -> Thrown<JsValue> {
    apply_loss("BCEWithLogitsLoss", input, target, options).map_err(throw)
}

/// `torchvision.ops.sigmoid_focal_loss`
#[wasm_bindgen(js_name = sigmoidFocalLoss)]
pub fn sigmoid_focal_loss(
    inputs: &JsValue,
    targets: &JsValue,
    options: &JsValue,
) -> Thrown<JsValue> {
    apply_loss("sigmoid_focal_loss", inputs, targets, options).map_err(throw)
}

/// `torch.nn.functional.mse_loss`
#[wasm_bindgen(js_name = mseLoss)]
pub fn mse_loss(input: &JsValue, target: &JsValue, options: &JsValue) -> Thrown<JsValue> {
    apply_loss("MSELoss", input, target, options).map_err(throw)
}

/// `torch.nn.functional.smooth_l1_loss`
#[wasm_bindgen(js_name = smoothL1Loss)]
pub fn smooth_l1_loss(input: &JsValue, target: &JsValue, options: &JsValue) -> Thrown<JsValue> {
    apply_loss("SmoothL1Loss", input, target, options).map_err(throw)
}

/// `torch.nn.functional.cross_entropy`
#[wasm_bindgen(js_name = crossEntropy)]
pub fn cross_entropy_of(input: &JsValue, target: &JsValue, options: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let plain = plain_options(options)?;
        let mut fields = Fields::of(&plain, "")?;
        let criterion = Criterion::from_fields("CrossEntropyLoss", &mut fields)?;
        let (reduction, warning) = criterion.reduction(&mut fields)?;
        let ignore_index = match fields.get("ignore_index") {
            None => None,
            Some(_) => Some(bce_core::value::finite(&mut fields, "ignore_index", 0.0)? as i64),
        };
        fields.finish()?;
        let Criterion::CrossEntropyLoss { label_smoothing, .. } = criterion else {
            return Err(Error::value("not CrossEntropyLoss"));
        };
        let tensors = LossTensors {
            weight: convert::optional_tensor(options, "weight")?,
            pos_weight: allowed(options, "pos_weight", false)?,
            grad_output: convert::optional_tensor(options, "grad_output")?,
        };
        let input = convert::tensor(input, "input")?;
        let target = convert::tensor(target, "target")?;
        let options = CrossEntropyOptions { reduction, label_smoothing, ignore_index };
        Ok(loss_to_js(cross_entropy::<Native>(&input, &target, options, &tensors)?, warning))
    };
    run().map_err(throw)
}

/// An activation of every number: `{ output, grad }`.
#[wasm_bindgen]
pub fn activation(name: &str, x: &[f32], params: &JsValue) -> Thrown<JsValue> {
    let params = convert::options(params).map_err(throw)?;
    let activation = Activation::from_value(name, Some(&params), "").map_err(throw)?;
    let (output, grad) = activate::<Native>(activation, x);
    let object = Record::new();
    put(&object, "output", Float32Array::from(output.as_slice()));
    put(&object, "grad", Float32Array::from(grad.as_slice()));
    Ok(object.into())
}

/// An optimizer with parameters of its own.
#[wasm_bindgen]
pub struct Optimizer {
    optimizer: CoreOptimizer<f32>,
    parameters: Vec<f32>,
}

#[wasm_bindgen]
impl Optimizer {
    /// Fresh state for these parameters.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &JsValue, parameters: Vec<f32>) -> Thrown<Optimizer> {
        let config = convert::value(config).map_err(throw)?;
        let config = OptimizerConfig::from_value(&config, "").map_err(throw)?;
        if parameters.is_empty() {
            return Err(throw(Error::value("optimizer got an empty parameter list")));
        }
        Ok(Optimizer { optimizer: CoreOptimizer::new(config, parameters.len()), parameters })
    }

    /// One update; a copy of the parameters after it.
    pub fn step(&mut self, gradients: &[f32]) -> Thrown<Vec<f32>> {
        if gradients.len() != self.parameters.len() {
            let (got, wanted) = (gradients.len(), self.parameters.len());
            let message = format!("{got} gradients are given for {wanted} parameters");
            return Err(throw(Error::value(message)));
        }
        self.optimizer.step(&mut self.parameters, gradients);
        Ok(self.parameters.clone())
    }
}

/// The learning rate during each of `steps` steps.
#[wasm_bindgen(js_name = learningRates)]
pub fn learning_rates_of(
    config: &JsValue,
    base_lr: f64,
    steps: f64,
    options: &JsValue,
) -> Thrown<Float64Array> {
    let run = || -> Result<Vec<f64>> {
        let arguments = Value::map([("base_lr", base_lr.into()), ("steps", Value::Number(steps))]);
        let mut fields = Fields::of(&arguments, "")?;
        let base_lr = bce_core::value::finite(&mut fields, "base_lr", 0.0)?;
        let steps = fields.required_integer("steps", (0, 10_000_000))? as usize;
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let metrics = fields.numbers("metrics")?;
        fields.finish()?;
        let config = convert::value(config)?;
        if matches!(config, Value::Null) {
            return Ok(vec![base_lr; steps]);
        }
        let config = SchedulerConfig::from_value(&config, "scheduler")?;
        Ok(learning_rates(&config, base_lr, steps, metrics.as_deref())?.0)
    };
    run().map(|rates| Float64Array::from(rates.as_slice())).map_err(throw)
}
