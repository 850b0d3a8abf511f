//! The wasm-bindgen face of `bce-core`: conversions only, not one formula.
//!
//! What is exported here is wrapped by `npm/`, which gives arguments their final shape: a tensor
//! arrives as `{ shape: number[], data: Float32Array }`, and a configuration without undefined keys.
//! Errors are thrown as plain objects `{ playground_error: true, name, message, path? }`; anything
//! else that is thrown means that this instance is lost.

mod clock;
mod convert;
mod datasets;
mod functions;
mod metrics;
mod trainer;

pub use datasets::*;
pub use functions::*;
pub use metrics::*;
pub use trainer::*;

use wasm_bindgen::prelude::*;

/// Runs when the module is instantiated: a panic's message goes to the console, since the trap that
/// follows has none.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
}

/// Panics, so that tests can see what a panic does to a worker.
#[wasm_bindgen]
pub fn panic_for_tests() {
    panic!("a panic that was asked for");
}
