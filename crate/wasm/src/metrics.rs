//! Metrics of scores and labels.

use bce_core::metrics::{binary, co_occurrence, multiclass, multilabel};
use bce_core::value::Fields;
use bce_core::{Error, Result};
use wasm_bindgen::prelude::*;

use crate::convert::{self, Thrown, throw};

/// `{ threshold, bins }`, 0.5 and 10 by default.
fn options(from: &JsValue) -> Result<(f64, usize)> {
    let options = convert::options(from)?;
    let mut fields = Fields::of(&options, "")?;
    let threshold = fields.number("threshold", 0.5)?;
    let bins = fields.integer("bins", 10, (1, 1000))? as usize;
    fields.finish()?;
    Ok((threshold, bins))
}

/// `threshold`, 0.5 by default, or a list with one for each label.
fn thresholds(fields: &mut Fields) -> Result<Vec<f64>> {
    Ok(fields.numbers("threshold")?.unwrap_or_else(|| vec![0.5]))
}

/// Refuses numbers that do not make whole rows.
fn check_columns(scores: &[f64], columns: usize) -> Result<()> {
    if columns == 0 || !scores.len().is_multiple_of(columns) {
        return Err(Error::value("scores must have the shape (samples, labels)").at("scores"));
    }
    Ok(())
}

/// Everything about one label; scores and labels are vectors.
#[wasm_bindgen(js_name = metricsBinary)]
pub fn metrics_binary(scores: &[f64], labels: &[f64], options_: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let (threshold, bins) = options(options_)?;
        binary(scores, labels, threshold, bins)
    };
    run().map(|metrics| convert::to_js(&metrics)).map_err(throw)
}

/// Everything about several labels; scores and labels are row-major with so many columns.
#[wasm_bindgen(js_name = metricsMultilabel)]
pub fn metrics_multilabel(
    scores: &[f64],
    labels: &[f64],
    columns: usize,
    options_: &JsValue,
) -> Thrown<JsValue> {
    let run = || {
        let options = convert::options(options_)?;
        let mut fields = Fields::of(&options, "")?;
        let thresholds = thresholds(&mut fields)?;
        let bins = fields.integer("bins", 10, (1, 1000))? as usize;
        fields.finish()?;
        check_columns(scores, columns)?;
        multilabel(scores, labels, columns, &thresholds, bins)
    };
    run().map(|metrics| convert::to_js(&metrics)).map_err(throw)
}

/// How many rows have both of two labels, row-major; scores are row-major with so many columns.
#[wasm_bindgen(js_name = metricsCoOccurrence)]
pub fn metrics_co_occurrence(
    scores: &[f64],
    columns: usize,
    options_: &JsValue,
) -> Thrown<Vec<f64>> {
    let run = || {
        let options = convert::options(options_)?;
        let mut fields = Fields::of(&options, "")?;
        let thresholds = thresholds(&mut fields)?;
        fields.finish()?;
        check_columns(scores, columns)?;
        co_occurrence(scores, columns, &thresholds)
    };
    run().map_err(throw)
}

/// Everything about several classes; scores and one-hot labels are row-major with so many columns.
#[wasm_bindgen(js_name = metricsMulticlass)]
pub fn metrics_multiclass(scores: &[f64], labels: &[f64], classes: usize) -> Thrown<JsValue> {
    let run = || {
        if classes == 0 || !scores.len().is_multiple_of(classes) {
            return Err(Error::value("scores must have the shape (samples, classes)").at("scores"));
        }
        multiclass(scores, labels, classes)
    };
    run().map(|metrics| convert::to_js(&metrics)).map_err(throw)
}
