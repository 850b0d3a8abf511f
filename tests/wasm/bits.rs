//! The pinned runs in the browser, with `v128` and with the portable lanes.
#![cfg(target_arch = "wasm32")]

use bce_core::lanes::{Native, Portable};
use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../core/bits/runs.rs"]
mod runs;

const RUNS: &str = include_str!("../core/bits/runs.json");

#[wasm_bindgen_test]
fn every_loss_and_parameter_has_the_bits_of_the_native_run() {
    const { assert!(cfg!(target_feature = "simd128"), "these tests are for SIMD128") }
    let differences = runs::differences::<Native>(RUNS);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[wasm_bindgen_test]
fn portable_lanes_give_the_same_bits_in_wasm() {
    let differences = runs::differences::<Portable<f32>>(RUNS);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
