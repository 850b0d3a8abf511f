//! Data sets from the text of a CSV.

use bce_core::data::csv::{
    ColumnOverview, Decimal, Delimiter, Header, Label, Missing, Overview, overview,
};
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

/// What the text of a CSV looks like.
#[wasm_bindgen(js_name = datasetsPreviewCSV)]
pub fn datasets_preview_csv(text: &str, options: &JsValue) -> Thrown<JsValue> {
    let run = || overview(text, &csv_options(&convert::options(options)?)?, read_number);
    run().map(|overview| convert::to_js(&overview_to_value(overview))).map_err(throw)
}

fn overview_to_value(overview: Overview) -> Value {
    let texts = |texts: Vec<String>| Value::List(texts.into_iter().map(Value::Text).collect());
    let column = |column: ColumnOverview| {
        Value::map([
            ("name", Value::Text(column.name)),
            ("numbers", column.numbers.into()),
            ("words", column.words.into()),
            ("missing", column.missing.into()),
            ("values", texts(column.values)),
        ])
    };
    let place = |(column, place): (usize, String)| {
        Value::map([("column", column.into()), ("place", Value::Text(place))])
    };
    Value::map([
        ("delimiter", Value::Text(overview.delimiter.into())),
        ("header", overview.header.into()),
        ("decimal", Value::Text(if overview.decimal_comma { ",".into() } else { ".".into() })),
        ("rows", overview.rows.into()),
        ("columns", Value::List(overview.columns.into_iter().map(column).collect())),
        ("first_rows", Value::List(overview.first_rows.into_iter().map(texts).collect())),
        ("missing", Value::List(overview.missing.into_iter().map(place).collect())),
    ])
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
    let decimal = match fields.text("decimal", "auto")? {
        "auto" => Decimal::Auto,
        "." => Decimal::Point,
        "," => Decimal::Comma,
        _ => return Err(Error::value("decimal is \"auto\", \".\" or \",\"").at("decimal")),
    };
    let missing = match fields.text("missing", "refuse")? {
        "refuse" => Missing::Refuse,
        "drop" => Missing::Drop,
        "keep" => Missing::Keep,
        _ => {
            let message = "missing is \"refuse\", \"drop\" or \"keep\"";
            return Err(Error::value(message).at("missing"));
        }
    };
    let features = match fields.numbers("features")? {
        None => None,
        Some(columns) if columns.iter().all(|&x| x >= 0.0 && x.fract() == 0.0) => {
            Some(columns.iter().map(|&x| x as usize).collect())
        }
        Some(_) => {
            let message = "features are columns, counted from 0";
            return Err(Error::value(message).at("features"));
        }
    };
    fields.finish()?;
    Ok(CsvOptions { header, delimiter, decimal, label, features, missing, positive })
}
