//! The wasm-bindgen face of `bce-core`: conversions only, not one formula.
//!
//! What is exported here is wrapped by `npm/`, which gives arguments their final shape: a tensor
//! arrives as `{ shape: number[], data: Float32Array }`, and a configuration without undefined keys.
//! Errors are thrown as plain objects `{ playground_error: true, name, message, path? }`; anything
//! else that is thrown means that this instance is lost.
//!
//! Two modules are built from this crate, of the same code and so with the same bits. The full one
//! is the package's. The start module, without the feature `full`, is what a worker loads first:
//! data sets that are made, and a trainer up to its frames, in a third of the bytes.

mod clock;
mod convert;
#[cfg(feature = "full")]
mod csv;
mod datasets;
#[cfg(feature = "full")]
mod detection;
#[cfg(feature = "full")]
mod functions;
#[cfg(feature = "full")]
mod metrics;
mod trainer;

#[cfg(feature = "full")]
pub use {csv::*, detection::*, functions::*, metrics::*};
pub use {datasets::*, trainer::*};

use wasm_bindgen::prelude::*;

/// A third of the bytes of the allocator that Rust brings for wasm.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Runs when the module is instantiated: a panic's message goes to the console, since the trap that
/// follows has none.
#[cfg(feature = "full")]
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
