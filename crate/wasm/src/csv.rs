//! Data sets from the text of a CSV.

use bce_core::data::csv::{Delimiter, Header, Label};
use bce_core::data::{CsvOptions, parse_with};
use bce_core::value::{Fields, Value};
use bce_core::{Error, Result};
use wasm_bindgen::prelude::*;

use crate::convert::{self, Thrown, throw};
use crate::datasets::{COUNT_LIMIT, dataset_to_js};

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
