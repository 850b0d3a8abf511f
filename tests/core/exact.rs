//! The edge cases of BCELoss and BCEWithLogitsLoss that PyTorch defines exactly: losses to the bit,
//! gradients to one unit in the last place. The numbers are PyTorch 2.15's, in float32.

use bce_core::Full;
use bce_core::lanes::{Lanes, Portable};
use bce_core::loss::functional::{LossOutput, LossTensors, loss};
use bce_core::loss::{Criterion, Reduction, bce};
use bce_core::math::Math;
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
        // The same in training, where labels of 0 and 1 take a shorter way.
        let [p_lanes, t_lanes, w_lanes] = [p, t, 1.0].map(F32::splat);
        let (loss, grad) = bce::element_of_labels(p_lanes, t_lanes, w_lanes, &F32::constants());
        assert_eq!(loss.0[0], want, "training loss of p = {p}, t = {t}");
        assert_within_one_ulp(grad.0[0], want_grad, "gradient in training");
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
fn focal_loss_computes_on_with_targets_outside_of_0_and_1() {
    let at = |x: f32, t: f32, gamma: f64| {
        one(Criterion::SigmoidFocalLoss { alpha: -1.0, gamma, full: Full }, x, t)
    };
    // The power of a negative number: of whole gamma its sign is that of parity.
    let table = [
        (-2.0, -1.0, 5.0, 0.204_904_91, -0.624_785_8),
        (-2.0, -1.0, -1.0, 2.915_780_5, -0.312_563_66),
        (2.0, 2.0, 6.0, -0.131_628_97, -0.465_897_74),
        (-3.0, 0.0, 0.0, 0.048_587_322, 0.047_425_874),
    ];
    for (x, t, gamma, want, want_grad) in table {
        let (loss, grad) = at(x, t, gamma);
        let what = format!("x = {x}, t = {t}, gamma = {gamma}: {loss}, {grad}");
        assert!((loss - want).abs() < 3e-6 && (grad - want_grad).abs() < 3e-6, "{what}");
    }
    let (loss, grad) = at(2.0, 2.0, 1.5);
    assert!(loss.is_nan() && grad.is_nan(), "{loss}, {grad}");
    // Without fading the loss of −∞, which is NaN, does not enter the gradient.
    assert_eq!(at(f32::NEG_INFINITY, 1.0, 0.0).1, -1.0);
}

#[test]
fn a_nan_goes_through_smooth_l1_loss_as_in_pytorch() {
    let at = |beta: f64| one(Criterion::SmoothL1Loss { beta, full: Full }, f32::NAN, 0.0);
    assert!(at(1.0).0.is_nan() && at(1.0).1.is_nan());
    // The L1 loss: sign(NaN) is 0.
    assert!(at(0.0).0.is_nan() && at(0.0).1 == 0.0);
}

fn message(
    criterion: Criterion,
    (input, target): (&[usize], &[usize]),
    value: f32,
    tensors: &LossTensors<f32>,
) -> String {
    let input = filled(input, value);
    let target = filled(target, 1.0);
    let result = loss::<F32>(criterion, &input, &target, Reduction::Mean, tensors);
    result.expect_err("an error").message.clone()
}

fn filled(shape: &[usize], value: f32) -> Tensor<f32> {
    let count = shape.iter().product();
    Tensor::new(shape.to_vec(), vec![value; count]).expect("one number for each place")
}

fn weight(shape: &[usize]) -> LossTensors<f32> {
    LossTensors { weight: Some(filled(shape, 1.0)), ..LossTensors::default() }
}

#[test]
fn the_expected_shape_has_grown_by_what_fitted() {
    let attempt = |shape: &[usize], weight_shape: &[usize]| {
        message(Criterion::BCELoss, (shape, shape), 0.5, &weight(weight_shape))
    };
    assert_eq!(
        attempt(&[2, 1, 1], &[3, 2, 5]),
        "Attempting to broadcast a dimension of length 3 at -3! Mismatching argument at index 1 had \
         torch.Size([3, 2, 5]); but expected shape should be broadcastable to [2, 2, 5]"
    );
    assert_eq!(
        attempt(&[3, 2], &[2, 1, 5]),
        "Attempting to broadcast a dimension of length 5 at -1! Mismatching argument at index 1 had \
         torch.Size([2, 1, 5]); but expected shape should be broadcastable to [1, 3, 2]"
    );
}

#[test]
fn of_two_faults_pytorch_names_the_one_it_meets_first() {
    // Values before a weight that would enlarge the input.
    let larger = weight(&[3, 1]);
    assert_eq!(
        message(Criterion::BCELoss, (&[1, 4], &[1, 4]), 2.0, &larger),
        "all elements of input should be between 0 and 1"
    );
    // The first element with a fault, be it the input's or the target's.
    let (input, target) = (tensor(&[0.5, 2.0]), tensor(&[3.0, 1.0]));
    let none = LossTensors::default();
    let result = loss::<F32>(Criterion::BCELoss, &input, &target, Reduction::Mean, &none);
    let message_of = &result.expect_err("an error").message;
    assert_eq!(message_of, "all elements of target should be between 0 and 1");
    // pos_weight before weight.
    let both = LossTensors { pos_weight: Some(filled(&[4, 1], 1.0)), ..weight(&[3, 4, 1]) };
    assert_eq!(
        message(Criterion::BCEWithLogitsLoss, (&[1, 3], &[1, 3]), 0.0, &both),
        "output with shape [1, 3] doesn't match the broadcast shape [4, 3]"
    );
}

#[test]
fn a_weight_may_not_enlarge_the_input() {
    assert_eq!(
        message(Criterion::BCELoss, (&[3], &[3]), 0.5, &weight(&[2, 3])),
        "output with shape [3] doesn't match the broadcast shape [2, 3]"
    );
}
