//! Object detection as multi-label classification: a grid over the image, and for each of its cells
//! labels (is there an object, is it a disc, …) and a box.
//!
//! Here are boxes and their overlap. How a cell's numbers mean a box stands in [`grid`], which of many
//! boxes stay in [`suppression`], how good they are in [`average_precision`](mod@average_precision).
//! The loss is in [`loss::detection`](crate::loss::detection), made images in
//! [`data::shapes`](crate::data::shapes). Only the operations that IEEE 754 rounds correctly, so that
//! every host gives the same bits.

pub mod average_precision;
pub mod grid;
pub mod suppression;

pub use average_precision::{
    ClassPrecision, MatchOptions, average_precision, mean_average_precision, ranking_precision,
};
pub use grid::Grid;
pub use suppression::suppress;

/// A box of an object: left, top, right and bottom, in pixels from the image's upper left corner
/// (torchvision's `xyxy`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The left edge.
    pub x1: f64,
    /// The upper edge.
    pub y1: f64,
    /// The right edge.
    pub x2: f64,
    /// The lower edge.
    pub y2: f64,
}

impl Bounds {
    /// The area; 0 where an edge lies beyond its opposite.
    pub fn area(self) -> f64 {
        (self.x2 - self.x1).max(0.0) * (self.y2 - self.y1).max(0.0)
    }

    /// The centre, (x, y).
    pub fn centre(self) -> (f64, f64) {
        ((self.x1 + self.x2) / 2.0, (self.y1 + self.y2) / 2.0)
    }
}

/// Something in an image: one that is there, or one that is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Object {
    /// The number of its image.
    pub image: usize,
    /// The number of its class.
    pub class: usize,
    /// Where it is.
    pub bounds: Bounds,
}

/// An object that was found, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// What, and where.
    pub object: Object,
    /// From 0 to 1.
    pub score: f64,
}

/// Intersection over union, from 0 to 1; 0 where both are empty. Jaccard, 1901; `torchvision.ops.box_iou`.
pub fn iou(a: Bounds, b: Bounds) -> f64 {
    let common =
        Bounds { x1: a.x1.max(b.x1), y1: a.y1.max(b.y1), x2: a.x2.min(b.x2), y2: a.y2.min(b.y2) };
    let intersection = common.area();
    let union = a.area() + b.area() - intersection;
    if union > 0.0 { intersection / union } else { 0.0 }
}

/// How [`detect`] looks for objects and judges what it finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetectOptions {
    /// What is below is not found.
    pub score_threshold: f64,
    /// What overlaps a surer one of its class by more is not found.
    pub nms_threshold: f64,
    /// How it is held against the objects that are there.
    pub matching: MatchOptions,
    /// The width and height of an image: what boxes are measured in.
    pub size: f64,
}

/// What is found in images, and how good it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Detected {
    /// After suppression, the highest score first.
    pub detections: Vec<Detection>,
    /// Each class for itself.
    pub classes: Vec<ClassPrecision>,
    /// The mean over the classes that there are objects of.
    pub mean_average_precision: f64,
}

/// Finds objects in outputs (images, out), with probabilities for labels, and holds them against
/// those that targets of the same form say.
pub fn detect(grid: Grid, outputs: &[f32], targets: &[f32], options: &DetectOptions) -> Detected {
    let size = options.size;
    let found = grid.decode(outputs, size, options.score_threshold);
    let kept = suppress(&found, options.nms_threshold);
    let detections: Vec<Detection> = kept.into_iter().map(|i| found[i]).collect();
    let there: Vec<Object> =
        grid.decode(targets, size, 0.5).into_iter().map(|found| found.object).collect();
    let classes = average_precision(&detections, &there, grid.classes, options.matching);
    let mean_average_precision = mean_average_precision(&classes);
    Detected { detections, classes, mean_average_precision }
}
