//! It computes what PyTorch computes, in the browser too: the golden data with `v128`.
#![cfg(target_arch = "wasm32")]

#[path = "../core/golden/mod.rs"]
mod golden;

use bce_core::lanes::Native;
use bce_core::value::Value;
use golden::report::{Report, assert_all_right};
use golden::{activations, errors, init, losses, metrics, optimizers, schedules, trajectories};
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

fn file(json: &str) -> Value {
    Value::from_json(json).expect("golden data are JSON")
}

fn conclude(reports: &[Report]) {
    reports.iter().for_each(|report| console_log!("{report}"));
    assert_all_right(reports);
}

#[wasm_bindgen_test]
fn losses_errors_and_gradients_agree() {
    let file = file(include_str!("../golden/losses.json"));
    conclude(&losses::check::<Native>(&file));
    conclude(&errors::check::<Native>(&file));
}

#[wasm_bindgen_test]
fn activations_and_their_derivatives_agree() {
    conclude(&activations::check::<Native>(&file(include_str!("../golden/activations.json"))));
}

#[wasm_bindgen_test]
fn optimizers_and_schedules_take_the_same_steps() {
    let file = file(include_str!("../golden/optimizers.json"));
    conclude(&optimizers::check::<Native>(&file));
    conclude(&schedules::check::<Native>(&file));
}

#[wasm_bindgen_test]
fn whole_runs_agree() {
    conclude(&trajectories::check::<Native>(&file(include_str!("../golden/trajectories.json"))));
}

#[wasm_bindgen_test]
fn metrics_agree_with_scikit_learn() {
    conclude(&metrics::check::<Native>(&file(include_str!("../golden/metrics.json"))));
}

#[wasm_bindgen_test]
fn initial_weights_have_the_same_distributions() {
    conclude(&init::check::<Native>(&file(include_str!("../golden/init.json"))));
}
