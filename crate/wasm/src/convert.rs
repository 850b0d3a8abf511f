//! Between JavaScript's values and the core's.

use bce_core::tensor::Tensor;
use bce_core::trainer::DataTensors;
use bce_core::value::Value;
use bce_core::{Error, Result, words};
use js_sys::{Array, Float32Array, Object, Reflect};
#[cfg(feature = "full")]
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A plain object, whose properties are set without a chance to fail.
    #[wasm_bindgen(extends = Object)]
    pub type Record;
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub fn new() -> Record;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Record, key: &str, value: &JsValue);

    /// A Float32Array to be read. js-sys's asserts lengths, and with that links how Rust prints a
    /// failed assertion.
    #[wasm_bindgen(js_name = Float32Array)]
    type Numbers;
    /// A copy of the numbers: `subarray` itself makes none, the way into the wasm does.
    #[wasm_bindgen(method, js_class = "Float32Array", js_name = subarray)]
    fn copied(this: &Numbers) -> Vec<f32>;
}

/// What a call gives to JavaScript: a value, or the plain object that is thrown.
pub type Thrown<T> = std::result::Result<T, JsValue>;

/// The thrown object of an error.
#[cfg(feature = "full")]
pub fn throw(error: Error) -> JsValue {
    let object = Record::new();
    put(&object, "playground_error", JsValue::TRUE);
    put(&object, "name", error.kind.name());
    put(&object, "message", &error.message);
    if let Some(path) = &error.path {
        put(&object, "path", path);
    }
    object.into()
}

/// What is thrown where nothing is said: whoever catches it asks the full module.
#[cfg(not(feature = "full"))]
pub fn throw(_: Error) -> JsValue {
    let object = Record::new();
    put(&object, "playground_error", JsValue::TRUE);
    put(&object, "name", "Wordless");
    put(&object, "message", "");
    object.into()
}

/// Sets a property of an object that was made here.
pub fn put(object: &Record, key: &str, value: impl Into<JsValue>) {
    object.set(key, &value.into());
}

/// A property, or none where it is missing or undefined.
pub fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &key.into()).ok().filter(|value| !value.is_undefined())
}

/// A property that is neither missing nor undefined nor null.
pub fn given(object: &JsValue, key: &str) -> Option<JsValue> {
    get(object, key).filter(|value| !value.is_null())
}

/// How deep lists and objects may be nested.
const DEPTH_LIMIT: u32 = 16;

/// Any tree of plain JavaScript values. An undefined property is a missing one, which
/// serde-wasm-bindgen would read as null.
pub fn value(from: &JsValue) -> Result<Value> {
    value_at(from, 0)
}

fn value_at(from: &JsValue, depth: u32) -> Result<Value> {
    if from.is_null() || from.is_undefined() {
        Ok(Value::Null)
    } else if let Some(x) = from.as_bool() {
        Ok(Value::Bool(x))
    } else if let Some(x) = from.as_f64() {
        Ok(Value::Number(x))
    } else if let Some(text) = from.as_string() {
        Ok(Value::Text(text))
    } else if depth == DEPTH_LIMIT {
        Err(Error::value("the configuration is nested too deeply"))
    } else if Array::is_array(from) {
        let mut items = Vec::new();
        for item in Array::from(from).iter() {
            items.push(value_at(&item, depth + 1)?);
        }
        Ok(Value::List(items))
    } else if let (true, Some(object)) = (from.is_object(), from.dyn_ref::<Object>()) {
        let mut entries = Vec::new();
        for key in Object::keys(object).iter().filter_map(|key| key.as_string()) {
            if let Some(given) = get(from, &key) {
                entries.push((key, value_at(&given, depth + 1)?));
            }
        }
        Ok(Value::Map(entries))
    } else {
        Err(Error::type_("only numbers, strings, true, false, null, arrays and objects are read"))
    }
}

/// The options of a call: undefined and null are none given.
pub fn options(from: &JsValue) -> Result<Value> {
    if from.is_undefined() || from.is_null() { Ok(Value::Map(Vec::new())) } else { value(from) }
}

/// A tree of values as plain JavaScript objects, with null for what is not there.
#[cfg(feature = "full")]
pub fn to_js(value: &Value) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new()
        .serialize_maps_as_objects(true)
        .serialize_missing_as_null(true);
    value.serialize(&serializer).expect("plain values are always JavaScript's too")
}

/// The same by hand, in a tenth of the bytes.
#[cfg(not(feature = "full"))]
pub fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(x) => (*x).into(),
        Value::Number(x) => (*x).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(to_js).collect::<Array>().into(),
        Value::Map(entries) => {
            let object = Record::new();
            for (key, value) in entries {
                put(&object, key, to_js(value));
            }
            object.into()
        }
    }
}

/// A tensor `{ shape, data }`; `name` is what a message calls it.
pub fn tensor(from: &JsValue, name: &str) -> Result<Tensor<f32>> {
    let wrong = || {
        let message = words!("{name} must be a tensor {{ shape, data }} with a Float32Array");
        Error::type_(message).at(name)
    };
    let shape = get(from, "shape").filter(Array::is_array).ok_or_else(wrong)?;
    let length = |n: JsValue| {
        n.as_f64().filter(|n| n.trunc() == *n && (0.0..=9e15).contains(n)).map(|n| n as usize)
    };
    let shape = Array::from(&shape).iter().map(length).collect::<Option<_>>().ok_or_else(wrong)?;
    let data = get(from, "data").and_then(|data| data.dyn_into::<Numbers>().ok());
    Tensor::new(shape, data.ok_or_else(wrong)?.copied()).map_err(|error| error.at(name))
}

/// A tensor under a key of an object, or none.
pub fn optional_tensor(from: &JsValue, key: &str) -> Result<Option<Tensor<f32>>> {
    given(from, key).map(|value| tensor(&value, key)).transpose()
}

/// A tensor under a key of an object.
pub fn required_tensor(from: &JsValue, key: &str) -> Result<Tensor<f32>> {
    optional_tensor(from, key)?.ok_or_else(|| Error::value(words!("{key} is missing")).at(key))
}

/// The data of a trainer.
pub fn data(from: &JsValue) -> Result<DataTensors<f32>> {
    let test = match (optional_tensor(from, "test_inputs")?, optional_tensor(from, "test_targets")?)
    {
        (Some(inputs), Some(targets)) => Some((inputs, targets)),
        (None, None) => None,
        (Some(_), None) => return Err(Error::value("test_targets is missing").at("test_targets")),
        (None, Some(_)) => return Err(Error::value("test_inputs is missing").at("test_inputs")),
    };
    Ok(DataTensors {
        inputs: required_tensor(from, "inputs")?,
        targets: required_tensor(from, "targets")?,
        sample_weight: optional_tensor(from, "sample_weight")?,
        test,
    })
}

/// A tensor with data of its own.
pub fn tensor_to_js(tensor: &Tensor<f32>) -> JsValue {
    let object = Record::new();
    let shape: Array = tensor.shape.iter().map(|&n| JsValue::from(n as f64)).collect();
    put(&object, "shape", shape);
    put(&object, "data", Float32Array::from(tensor.data.as_slice()));
    object.into()
}

/// A list of messages.
pub fn texts(from: &[String]) -> Array {
    from.iter().map(JsValue::from).collect()
}
