//! Images with objects, boxes, and how good found ones are.
//!
//! Objects are columns: `{ images, labels, boxes }` with the number of each one's image and class and a
//! tensor (objects, 4) of left, top, right and bottom; what is found has `scores` too.

use bce_core::data::shapes::{CLASSES, NORMALIZE, SIZE};
use bce_core::data::{Shapes, ShapesOptions, make_shapes};
use bce_core::detection::{
    Bounds, ClassPrecision, DetectOptions, Detected, Detection, Grid, MatchOptions, Object,
    average_precision, iou, mean_average_precision, suppress,
};
use bce_core::tensor::Tensor;
use bce_core::value::{Fields, Value, finite};
use bce_core::{Error, Result, words};
use js_sys::{Float64Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::convert::{self, Record, Thrown, put, throw};

/// The most boxes that a call compares with each other.
const BOXES_LIMIT: usize = 1 << 17;

/// Grey images of shapes, with the boxes of these and targets on a grid.
#[wasm_bindgen(js_name = datasetsMakeDetection)]
pub fn datasets_make_detection(options: &JsValue) -> Thrown<JsValue> {
    let run = || make_shapes(&ShapesOptions::from_value(&convert::options(options)?)?);
    let Shapes { inputs, targets, objects, grid } = run().map_err(throw)?;
    let rows = inputs.len() / (SIZE * SIZE);
    let matrix =
        |columns, data| convert::tensor_to_js(&Tensor { shape: vec![rows, columns], data });
    let object = Record::new();
    put(&object, "name", "shapes");
    put(&object, "inputs", matrix(SIZE * SIZE, inputs));
    put(&object, "targets", matrix(grid.outputs(), targets));
    put(&object, "objects", objects_to_js(&objects));
    put(&object, "target_names", convert::texts(&CLASSES.map(str::to_owned)));
    put(&object, "grid", grid.side as f64);
    put(&object, "classes", grid.classes as f64);
    put(&object, "size", SIZE as f64);
    put(&object, "mean", NORMALIZE.0);
    put(&object, "std", NORMALIZE.1);
    Ok(object.into())
}

/// The targets of objects on a grid.
#[wasm_bindgen(js_name = detectionEncode)]
pub fn detection_encode(objects: &JsValue, options: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let grid = Grid::from_fields(&mut fields)?;
        let size = size(&mut fields)?;
        let images = fields.required_integer("n_samples", (1, 1 << 17))? as usize;
        fields.finish()?;
        let data = grid.encode(&objects_from(objects, "objects")?, images, size)?;
        Ok(Tensor { shape: vec![images, grid.outputs()], data })
    };
    run().map(|targets| convert::tensor_to_js(&targets)).map_err(throw)
}

/// What outputs of a network mean: objects above a score, after suppression.
#[wasm_bindgen(js_name = detectionDecode)]
pub fn detection_decode(outputs: &JsValue, options: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let grid = Grid::from_fields(&mut fields)?;
        let size = size(&mut fields)?;
        let score = finite(&mut fields, "score_threshold", 0.5)?;
        let overlap = share(&mut fields, "iou_threshold")?;
        fields.finish()?;
        let outputs = convert::tensor(outputs, "outputs")?;
        if outputs.shape.last() != Some(&grid.outputs()) {
            let wanted = grid.outputs();
            let message = words!("outputs must have {wanted} columns, those of the grid");
            return Err(Error::value(message).at("outputs"));
        }
        let found = grid.decode(&outputs.data, size, score);
        check_count(found.len(), "score_threshold")?;
        Ok(suppress(&found, overlap).into_iter().map(|i| found[i]).collect::<Vec<_>>())
    };
    run().map(|found| detections_to_js(&found).into()).map_err(throw)
}

/// The overlap of every box with every other: (boxes, others).
#[wasm_bindgen(js_name = detectionIou)]
pub fn detection_iou(boxes: &JsValue, others: &JsValue) -> Thrown<JsValue> {
    let run = || {
        let (boxes, others) = (bounds_from(boxes, "boxes")?, bounds_from(others, "others")?);
        check_count(boxes.len().saturating_mul(others.len()), "others")?;
        let of_box = |&a| others.iter().map(move |&b| iou(a, b) as f32);
        let data = boxes.iter().flat_map(of_box).collect();
        Ok(Tensor { shape: vec![boxes.len(), others.len()], data })
    };
    run().map(|overlaps| convert::tensor_to_js(&overlaps)).map_err(throw)
}

/// The numbers of the detections that stay, the highest score first.
#[wasm_bindgen(js_name = detectionNonMaximumSuppression)]
pub fn detection_non_maximum_suppression(
    detections: &JsValue,
    options: &JsValue,
) -> Thrown<Uint32Array> {
    let run = || {
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let threshold = share(&mut fields, "iou_threshold")?;
        fields.finish()?;
        Ok(suppress(&detections_from(detections)?, threshold))
    };
    let kept = run().map_err(throw)?;
    let kept: Vec<u32> = kept.into_iter().map(|i| i as u32).collect();
    Ok(Uint32Array::from(kept.as_slice()))
}

/// How good detections are.
#[wasm_bindgen(js_name = detectionAveragePrecision)]
pub fn detection_average_precision(
    detections: &JsValue,
    objects: &JsValue,
    options: &JsValue,
) -> Thrown<JsValue> {
    let run = || {
        let options = convert::options(options)?;
        let mut fields = Fields::of(&options, "")?;
        let classes = fields.required_integer("classes", (1, 1 << 10))? as usize;
        let matching = matching(&mut fields)?;
        fields.finish()?;
        let objects = objects_from(objects, "objects")?;
        if let Some(bad) = objects.iter().find(|object| object.class >= classes) {
            let message = words!("labels must be below {classes}, not {}", bad.class);
            return Err(Error::value(message).at("objects"));
        }
        let classes = average_precision(&detections_from(detections)?, &objects, classes, matching);
        Ok((mean_average_precision(&classes), classes))
    };
    let (mean, classes) = run().map_err(throw)?;
    Ok(convert::to_js(&Value::map([
        ("classes", classes_to_value(&classes)),
        ("mean_average_precision", mean.into()),
    ])))
}

/// The options of a trainer's `detect`.
pub(crate) fn detect_options(options: &JsValue) -> Result<DetectOptions> {
    let options = convert::options(options)?;
    let mut fields = Fields::of(&options, "")?;
    let score_threshold = finite(&mut fields, "score_threshold", 0.01)?;
    let nms_threshold = share(&mut fields, "nms_threshold")?;
    let (matching, size) = (matching(&mut fields)?, size(&mut fields)?);
    fields.finish()?;
    Ok(DetectOptions { score_threshold, nms_threshold, matching, size })
}

/// What a trainer's `detect` gives.
pub(crate) fn detected_to_js(detected: &Detected) -> JsValue {
    let object = detections_to_js(&detected.detections);
    put(&object, "classes", convert::to_js(&classes_to_value(&detected.classes)));
    put(&object, "mean_average_precision", detected.mean_average_precision);
    object.into()
}

fn classes_to_value(classes: &[ClassPrecision]) -> Value {
    let class = |class: &ClassPrecision| {
        Value::map([
            ("objects", class.objects.into()),
            ("average_precision", class.average_precision.into()),
            ("recall", class.recall.clone().into()),
            ("precision", class.precision.clone().into()),
            ("scores", class.scores.clone().into()),
            ("right", class.right.clone().into()),
        ])
    };
    Value::List(classes.iter().map(class).collect())
}

fn size(fields: &mut Fields) -> Result<f64> {
    let size = finite(fields, "size", SIZE as f64)?;
    if size > 0.0 { Ok(size) } else { Err(fields.invalid("size", "size must be above 0")) }
}

/// A share of 1, by default a half.
fn share(fields: &mut Fields, key: &'static str) -> Result<f64> {
    let x = fields.number(key, 0.5)?;
    if (0.0..=1.0).contains(&x) {
        return Ok(x);
    }
    Err(fields.invalid(key, words!("{key} must be from 0 to 1")))
}

fn matching(fields: &mut Fields) -> Result<MatchOptions> {
    Ok(MatchOptions {
        iou_threshold: share(fields, "iou_threshold")?,
        interpolated: fields.boolean("interpolated", true)?,
    })
}

fn check_count(count: usize, path: &str) -> Result<()> {
    if count <= BOXES_LIMIT {
        return Ok(());
    }
    Err(Error::value(words!("{count} boxes are too many: at most {BOXES_LIMIT}")).at(path))
}

fn bounds_from(tensor: &JsValue, path: &str) -> Result<Vec<Bounds>> {
    let tensor = convert::tensor(tensor, path)?;
    let &[boxes, 4] = &tensor.shape[..] else {
        return Err(Error::value("boxes must have the shape (boxes, 4)").at(path));
    };
    check_count(boxes, path)?;
    if tensor.data.iter().any(|x| !x.is_finite()) {
        return Err(Error::value("boxes must be finite numbers").at(path));
    }
    let (rows, _) = tensor.data.as_chunks::<4>();
    let bounds = |row: &[f32; 4]| {
        let [x1, y1, x2, y2] = row.map(f64::from);
        Bounds { x1, y1, x2, y2 }
    };
    Ok(rows.iter().map(bounds).collect())
}

/// A column of as many numbers as there are boxes; zeros where it is missing.
fn column<T: Clone + Default>(
    from: &JsValue,
    key: &str,
    boxes: usize,
    read: impl Fn(JsValue) -> Option<Vec<T>>,
) -> Result<Vec<T>> {
    let Some(value) = convert::given(from, key) else { return Ok(vec![T::default(); boxes]) };
    match read(value) {
        Some(column) if column.len() == boxes => Ok(column),
        _ => {
            let message = words!("{key} must hold a number for each of {boxes} boxes");
            Err(Error::value(message).at(key))
        }
    }
}

fn whole_numbers(from: JsValue) -> Option<Vec<u32>> {
    from.dyn_into::<Uint32Array>().ok().map(|numbers| numbers.to_vec())
}

fn objects_from(from: &JsValue, path: &str) -> Result<Vec<Object>> {
    let boxes =
        convert::given(from, "boxes").ok_or_else(|| Error::value("boxes are missing").at(path))?;
    let boxes = bounds_from(&boxes, "boxes")?;
    let images = column(from, "images", boxes.len(), whole_numbers)?;
    let labels = column(from, "labels", boxes.len(), whole_numbers)?;
    let object = |((bounds, image), class): ((Bounds, u32), u32)| Object {
        image: image as usize,
        class: class as usize,
        bounds,
    };
    // Lists of the objects of each image are made up to the last one.
    if images.iter().any(|&image| image as usize >= BOXES_LIMIT) {
        return Err(Error::value(words!("images must be below {BOXES_LIMIT}")).at("images"));
    }
    Ok(boxes.into_iter().zip(images).zip(labels).map(object).collect())
}

fn detections_from(from: &JsValue) -> Result<Vec<Detection>> {
    let objects = objects_from(from, "detections")?;
    let floats = |value: JsValue| value.dyn_into::<Float64Array>().ok().map(|x| x.to_vec());
    let scores = column(from, "scores", objects.len(), floats)?;
    if scores.iter().any(|score| score.is_nan()) {
        return Err(Error::value("scores must not be NaN").at("scores"));
    }
    let pair = |(object, score)| Detection { object, score };
    Ok(objects.into_iter().zip(scores).map(pair).collect())
}

fn objects_to_js(objects: &[Object]) -> Record {
    let numbers = |of: fn(&Object) -> usize| {
        Uint32Array::from(objects.iter().map(|o| of(o) as u32).collect::<Vec<_>>().as_slice())
    };
    let sides = |o: &Object| [o.bounds.x1, o.bounds.y1, o.bounds.x2, o.bounds.y2];
    let data = objects.iter().flat_map(sides).map(|x| x as f32).collect();
    let record = Record::new();
    put(&record, "images", numbers(|object| object.image));
    put(&record, "labels", numbers(|object| object.class));
    put(&record, "boxes", convert::tensor_to_js(&Tensor { shape: vec![objects.len(), 4], data }));
    record
}

fn detections_to_js(detections: &[Detection]) -> Record {
    let objects: Vec<Object> = detections.iter().map(|found| found.object).collect();
    let scores: Vec<f64> = detections.iter().map(|found| found.score).collect();
    let record = objects_to_js(&objects);
    put(&record, "scores", Float64Array::from(scores.as_slice()));
    record
}
