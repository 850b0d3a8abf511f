//! Average precision: how well detections rank the objects that are there above what is none.

use super::suppression::by_score;
use super::{Detection, Object, iou};

/// How detections are held against objects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatchOptions {
    /// A detection is right from this overlap on (intersection over union).
    pub iou_threshold: f64,
    /// Precision is the best that is reached at that recall or a higher one, as Pascal VOC has it
    /// since 2010 (and COCO, at 101 points of it); else it is as it is, as scikit-learn has it.
    pub interpolated: bool,
}

/// One class's detections, from the highest score down.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassPrecision {
    /// Objects that are there.
    pub objects: usize,
    /// Each detection's score.
    pub scores: Vec<f64>,
    /// Whether it is right: the object of its class and image that it overlaps most is overlapped
    /// enough, and no surer detection has taken it.
    pub right: Vec<bool>,
    /// The share of the objects that are found at each distinct score.
    pub recall: Vec<f64>,
    /// The share of the detections that are right there; as it is, not interpolated.
    pub precision: Vec<f64>,
    /// NaN where there is no object.
    pub average_precision: f64,
}

/// The average precision of each class (Everingham et al., The Pascal Visual Object Classes Challenge,
/// 2010): every step of recall times the precision there, summed. Each object is found at most once.
pub fn average_precision(
    detections: &[Detection],
    objects: &[Object],
    classes: usize,
    options: MatchOptions,
) -> Vec<ClassPrecision> {
    let order = by_score(detections);
    let images = objects.iter().map(|object| object.image + 1).max().unwrap_or(0);
    let mut of_image: Vec<Vec<usize>> = vec![Vec::new(); images];
    objects.iter().enumerate().for_each(|(i, object)| of_image[object.image].push(i));
    let mut taken = vec![false; objects.len()];
    let mut results = Vec::with_capacity(classes);
    for class in 0..classes {
        let (mut scores, mut right) = (Vec::new(), Vec::new());
        for found in order.iter().map(|&i| detections[i]).filter(|d| d.object.class == class) {
            let mut best = (0.0, None);
            for &i in of_image.get(found.object.image).into_iter().flatten() {
                let overlap = iou(found.object.bounds, objects[i].bounds);
                if objects[i].class == class && overlap > best.0 {
                    best = (overlap, Some(i));
                }
            }
            let (overlap, nearest) = best;
            let hit = nearest.filter(|&i| overlap >= options.iou_threshold && !taken[i]);
            if let Some(i) = hit {
                taken[i] = true;
            }
            scores.push(found.score);
            right.push(hit.is_some());
        }
        let count = objects.iter().filter(|object| object.class == class).count();
        results.push(ranking_precision(scores, right, count, options.interpolated));
    }
    results
}

/// The average precision of a ranking with `objects` to be found; `scores` fall. Equal scores are
/// one point, so that it does not depend on their order.
pub fn ranking_precision(
    scores: Vec<f64>,
    right: Vec<bool>,
    objects: usize,
    interpolated: bool,
) -> ClassPrecision {
    let (mut recall, mut precision) = (Vec::new(), Vec::new());
    let mut found = 0;
    for (i, (&score, &right)) in scores.iter().zip(&right).enumerate() {
        found += usize::from(right);
        if scores.get(i + 1) != Some(&score) {
            recall.push(found as f64 / objects as f64);
            precision.push(found as f64 / (i + 1) as f64);
        }
    }
    let mut average_precision = if objects > 0 { 0.0 } else { f64::NAN };
    let mut best: f64 = 0.0;
    // From the last point back, so that the best precision from there on is known.
    for i in (0..recall.len()).rev() {
        best = if interpolated { best.max(precision[i]) } else { precision[i] };
        let before = if i > 0 { recall[i - 1] } else { 0.0 };
        average_precision += (recall[i] - before) * best;
    }
    ClassPrecision { objects, scores, right, recall, precision, average_precision }
}

/// The mean over the classes that have objects; NaN where none has.
pub fn mean_average_precision(classes: &[ClassPrecision]) -> f64 {
    let defined = || classes.iter().filter(|class| class.objects > 0);
    defined().map(|class| class.average_precision).sum::<f64>() / defined().count() as f64
}
