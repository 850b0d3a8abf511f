//! Update rules where gradients are huge or infinite. The numbers are PyTorch 2.15's, in float32.

use bce_core::optim::{Optimizer, OptimizerConfig};
use bce_core::value::Value;

/// The parameters after each step, from all ones.
fn steps(config: &str, gradients: &[&[f32]]) -> Vec<Vec<f32>> {
    let value = Value::from_json(config).expect("JSON");
    let config = OptimizerConfig::from_value(&value, "").expect("an optimizer");
    let mut parameters = vec![1.0; gradients[0].len()];
    let mut optimizer = Optimizer::new(config, parameters.len());
    let step = |gradients: &&[f32]| {
        optimizer.step(&mut parameters, gradients);
        parameters.clone()
    };
    gradients.iter().map(step).collect()
}

fn assert_near(got: &[Vec<f32>], want: &[&[f32]]) {
    for (k, (got, want)) in got.iter().zip(want).enumerate() {
        for (&got, &want) in got.iter().zip(*want) {
            let near = got == want || (got - want).abs() <= 1e-5 * want.abs().max(1.0);
            assert!(near, "step {}: {got} instead of {want}", k + 1);
        }
    }
}

#[test]
fn a_short_memory_forgets_a_huge_gradient() {
    let gradients: [&[f32]; 3] = [&[1e12, -1e12], &[0.5, 2.0], &[0.25, -1.0]];
    let none = steps(r#"{"name":"Adam","betas":[0,0],"lr":0.1}"#, &gradients);
    assert_near(&none, &[&[0.9, 1.1], &[0.8, 1.0], &[0.7, 1.1]]);
    let centered = r#"{"name":"RMSprop","lr":0.1,"alpha":0.25,"centered":true}"#;
    let centered = steps(centered, &[&[100.0], &[1e-2], &[1e-3]]);
    assert_near(&centered, &[&[0.769_059_9], &[0.769_034_27], &[0.769_029_56]]);
}

#[test]
fn what_an_argument_turns_off_makes_no_nan_of_an_infinity() {
    let sgd = r#"{"name":"SGD","lr":0.1,"momentum":0.9}"#;
    let sgd = steps(sgd, &[&[f32::INFINITY, 1.0], &[1.0, 1.0]]);
    assert_near(&sgd, &[&[f32::NEG_INFINITY, 0.9], &[f32::NEG_INFINITY, 0.71]]);
    // The square overflows, and what is divided by it vanishes.
    let rmsprop = steps(r#"{"name":"RMSprop","lr":0.1}"#, &[&[1e25], &[1.0]]);
    assert_near(&rmsprop, &[&[1.0], &[1.0]]);
}
