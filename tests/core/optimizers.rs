//! Update rules where gradients are huge or infinite, and schedules where phases or parts have no
//! steps. Numbers and errors are PyTorch 2.15's.

use bce_core::error::{Error, ErrorKind};
use bce_core::optim::lr_scheduler::{SchedulerConfig, learning_rates};
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

fn rates(config: &str, steps: usize) -> Result<Vec<f64>, Error> {
    let value = Value::from_json(config).expect("JSON");
    let config = SchedulerConfig::from_value(&value, "")?;
    learning_rates(&config, 0.5, steps, None).map(|(rates, _)| rates)
}

#[test]
fn one_cycle_has_no_phase_of_no_steps() {
    // 0.1 · 10 − 1 = 0: the way up begins and ends at step 0.
    let no_way_up = r#"{"name":"OneCycleLR","max_lr":1,"total_steps":10,"pct_start":0.1}"#;
    let error = rates(no_way_up, 2).expect_err("the first rate is 0 / 0");
    assert_eq!(error.kind, ErrorKind::ZeroDivisionError);
    assert_eq!(error.message, "float division by zero");
    // The way down would begin at the last step, 9, and end there; step 10 is on it.
    let no_way_down = r#"{"name":"OneCycleLR","max_lr":1,"total_steps":10,"pct_start":1}"#;
    let ten = rates(no_way_down, 10).expect("all of them go up");
    assert!((ten[9] - 1.0).abs() < 1e-12 && ten.iter().is_sorted(), "{ten:?}");
    let error = rates(no_way_down, 11).expect_err("the last rate is 1 / 0");
    assert_eq!(error.kind, ErrorKind::ZeroDivisionError);
    // From 0 the way down begins before the first step.
    let at_once = r#"{"name":"OneCycleLR","max_lr":1,"total_steps":10,"pct_start":0}"#;
    assert!(rates(at_once, 11).expect("a rate").iter().all(|rate| rate.is_finite()));
}

#[test]
fn one_cycle_divides_by_no_factor_of_zero() {
    for key in ["div_factor", "final_div_factor"] {
        let config = format!(r#"{{"name":"OneCycleLR","max_lr":1,"total_steps":10,"{key}":0}}"#);
        let error = rates(&config, 2).expect_err("rates without end");
        assert_eq!(error.message, "float division by zero");
        assert_eq!(error.path.as_deref(), Some(key));
    }
}

#[test]
fn one_cycle_needs_both_epochs_and_steps_per_epoch() {
    let message = |config: &str| rates(config, 2).expect_err("an error").message.clone();
    let neither = "You must define either total_steps OR (epochs AND steps_per_epoch)";
    assert_eq!(message(r#"{"name":"OneCycleLR","max_lr":1,"epochs":0}"#), neither);
    assert_eq!(
        message(r#"{"name":"OneCycleLR","max_lr":1,"epochs":0,"steps_per_epoch":4}"#),
        "Expected positive integer epochs, but got 0"
    );
    let both = r#"{"name":"OneCycleLR","max_lr":1,"epochs":3,"steps_per_epoch":4}"#;
    assert_eq!(rates(both, 12).expect("12 steps").len(), 12);
}

#[test]
fn a_later_part_of_no_iterations_begins_by_its_closed_form() {
    let constant = r#"{"name":"ConstantLR","factor":0.1,"total_iters":0}"#;
    let half = r#"{"name":"ExponentialLR","gamma":0.5}"#;
    let sequence = |first: &str, second: &str| {
        format!(r#"{{"name":"SequentialLR","schedulers":[{first},{second}],"milestones":[2]}}"#)
    };
    assert_eq!(rates(&sequence(half, constant), 4).expect("rates"), [0.5, 0.25, 0.5, 0.5]);
    assert_eq!(rates(&sequence(constant, half), 4).expect("rates"), [0.05, 0.05, 0.5, 0.25]);
    let words = [("LinearLR", "float division by zero"), ("PolynomialLR", "division by zero")];
    for (name, message) in words {
        let none = format!(r#"{{"name":"{name}","total_iters":0}}"#);
        let error = rates(&sequence(half, &none), 4).expect_err("a division by no iterations");
        assert_eq!((error.kind, &*error.message), (ErrorKind::ZeroDivisionError, message));
        assert!(rates(&sequence(&none, half), 4).is_ok());
    }
}
