//! Non-maximum suppression: of boxes that lie on each other the surest stays.

use super::{Detection, Object, iou};
use crate::order::{ascending, key_of};

/// The numbers of the detections that stay, the highest score first: those that overlap no surer one
/// that stays, of their own image and class, by more than `threshold` (intersection over union).
/// `torchvision.ops.batched_nms`. Of equal scores the earlier is taken for the surer.
pub fn suppress(detections: &[Detection], threshold: f64) -> Vec<usize> {
    let images = detections.iter().map(|found| found.object.image + 1).max().unwrap_or(0);
    let mut kept_of: Vec<Vec<Object>> = vec![Vec::new(); images];
    let stays = |&i: &usize| {
        let one = detections[i].object;
        let kept = &mut kept_of[one.image];
        let covers =
            |other: &Object| other.class == one.class && iou(one.bounds, other.bounds) > threshold;
        let stays = !kept.iter().any(covers);
        if stays {
            kept.push(one);
        }
        stays
    };
    by_score(detections).into_iter().filter(stays).collect()
}

/// The numbers of the detections, the highest score first; of equal scores the earlier.
pub(super) fn by_score(detections: &[Detection]) -> Vec<usize> {
    let keys = detections.iter().zip(0..).map(|(found, i)| (!key_of(found.score), i));
    ascending(keys.collect()).into_iter().map(|(_, i)| i as usize).collect()
}
