//! The edge cases of BCELoss and BCEWithLogitsLoss that PyTorch defines exactly: losses to the bit,
//! gradients to one unit in the last place. The numbers are PyTorch 2.15's, in float32.

use bce_core::lanes::Portable;
use bce_core::loss::functional::{LossOutput, LossTensors, loss};
use bce_core::loss::{Criterion, Reduction};
use bce_core::tensor::Tensor;

type F32 = Portable<f32>;

fn tensor(data: &[f32]) -> Tensor<f32> {
    Tensor::new(vec![data.len()], data.to_vec()).expect("one number for each place")
}

fn apply(
    criterion: Criterion,
    input: &[f32],
    target: &[f32],
    reduction: Reduction,
    tensors: &LossTensors<f32>,
) -> LossOutput<f32> {
    loss::<F32>(criterion, &tensor(input), &tensor(target), reduction, tensors).expect("a loss")
}

fn one(criterion: Criterion, input: f32, target: f32) -> (f32, f32) {
    let tensors = LossTensors::default();
    let result = apply(criterion, &[input], &[target], Reduction::Sum, &tensors);
    (result.output.data[0], result.grad.data[0])
}

fn assert_within_one_ulp(got: f32, want: f32, what: &str) {
    let distance = (i64::from(got.to_bits()) - i64::from(want.to_bits())).abs();
    assert!(distance <= 1, "{what}: {got} instead of {want}");
}

#[test]
fn bce_loss_has_pytorchs_bits_at_the_edges() {
    let just_below_one = 1.0 - 2f32.powi(-24);
    let table = [
        (0.0, 1.0, 100.0, -999_999_995_904.0),
        (1.0, 0.0, 100.0, 999_999_995_904.0),
        (just_below_one, 0.0, 16.635_532, 16_777_216.0),
        (0.0, 0.0, 0.0, 0.0),
        (1.0, 1.0, 0.0, 0.0),
        (0.5, 1.0, std::f32::consts::LN_2, -2.0),
    ];
    for (p, t, want, want_grad) in table {
        let (got, grad) = one(Criterion::BCELoss, p, t);
        assert_eq!(got.to_bits(), f32::to_bits(want), "loss of p = {p}, t = {t}: {got}");
        assert_within_one_ulp(grad, want_grad, &format!("gradient of p = {p}, t = {t}"));
    }
}

#[test]
fn bce_with_logits_has_pytorchs_bits_at_the_edges() {
    let table = [
        (-120.0, 1.0, 120.0, -1.0),
        (1e4, 0.0, 1e4, 1.0),
        (0.0, 1.0, std::f32::consts::LN_2, -0.5),
    ];
    for (x, t, want, want_grad) in table {
        let (got, grad) = one(Criterion::BCEWithLogitsLoss, x, t);
        assert_eq!(got.to_bits(), f32::to_bits(want), "loss of x = {x}, t = {t}: {got}");
        assert_within_one_ulp(grad, want_grad, &format!("gradient of x = {x}, t = {t}"));
    }
    for (x, t) in [(f32::INFINITY, 1.0), (f32::NEG_INFINITY, 0.0), (f32::NEG_INFINITY, 1.0)] {
        let (got, _) = one(Criterion::BCEWithLogitsLoss, x, t);
        assert!(got.is_nan(), "loss of x = {x}, t = {t}: {got}");
    }
    let (got, _) = one(Criterion::BCEWithLogitsLoss, f32::INFINITY, 0.0);
    assert_eq!(got, f32::INFINITY);
}

#[test]
fn pos_weight_scales_the_positive_part() {
    let tensors = LossTensors { pos_weight: Some(tensor(&[3.0])), ..LossTensors::default() };
    let criterion = Criterion::BCEWithLogitsLoss;
    let result = apply(criterion, &[0.0], &[1.0], Reduction::Sum, &tensors);
    assert_eq!(result.output.data[0].to_bits(), 2.079_441_5_f32.to_bits());
    assert_within_one_ulp(result.grad.data[0], -1.5, "gradient");
}

#[test]
fn an_empty_batch_has_a_mean_of_nan_and_a_sum_of_zero() {
    for criterion in [Criterion::BCELoss, Criterion::BCEWithLogitsLoss] {
        let tensors = LossTensors::default();
        let mean = apply(criterion, &[], &[], Reduction::Mean, &tensors);
        assert!(mean.output.data[0].is_nan());
        let sum = apply(criterion, &[], &[], Reduction::Sum, &tensors);
        assert_eq!(sum.output.data, [0.0]);
        let none = apply(criterion, &[], &[], Reduction::None, &tensors);
        assert!(none.output.data.is_empty() && none.grad.data.is_empty());
    }
}

/// The two losses for target 0, from the same logit: BCELoss(sigmoid(z)) saturates at 16.7, where
/// float32 rounds the probability to 1.
#[test]
fn bce_loss_saturates_where_bce_with_logits_does_not() {
    use bce_core::lanes::Lanes;
    use bce_core::math::Math;
    // z, BCELoss and its dL/dz, BCEWithLogitsLoss and its dL/dz
    let table = [
        (10.0f32, 9.9996, 1.0, 10.0, 1.0),
        (16.6, 15.94, 1.0, 16.6, 1.0),
        (16.7, 100.0, 0.0, 16.7, 1.0),
        (150.0, 100.0, 0.0, 150.0, 1.0),
    ];
    for (z, bce, bce_slope, with_logits, with_logits_slope) in table {
        let p = F32::splat(z).sigmoid().0[0];
        let (loss, grad) = one(Criterion::BCELoss, p, 0.0);
        assert!((loss - bce).abs() < 0.01, "BCELoss at z = {z}: {loss}");
        let slope = grad * (p * (1.0 - p));
        assert!((slope - bce_slope).abs() < 1e-3, "dL/dz of BCELoss at z = {z}: {slope}");
        let (loss, slope) = one(Criterion::BCEWithLogitsLoss, z, 0.0);
        assert!((loss - with_logits).abs() < 1e-4, "BCEWithLogitsLoss at z = {z}: {loss}");
        assert!((slope - with_logits_slope).abs() < 1e-4, "its dL/dz at z = {z}: {slope}");
    }
}

#[test]
fn a_right_negative_keeps_its_small_loss() {
    let (loss, grad) = one(Criterion::BCEWithLogitsLoss, -17.4, 0.0);
    assert!((loss / 2.7755e-8 - 1.0).abs() < 1e-3, "{loss}");
    assert!((grad / 2.7755e-8 - 1.0).abs() < 1e-3, "{grad}");
}

#[test]
fn a_weight_may_not_enlarge_the_input() {
    let tensors = LossTensors {
        weight: Some(Tensor::new(vec![2, 3], vec![1.0; 6]).expect("six numbers")),
        ..LossTensors::default()
    };
    let input = tensor(&[0.5; 3]);
    let result = loss::<F32>(Criterion::BCELoss, &input, &input, Reduction::Mean, &tensors);
    let message = &result.expect_err("a larger weight").message;
    assert_eq!(message, "output with shape [3] doesn't match the broadcast shape [2, 3]");
}
