//! Runs a wasm test binary in a browser: wasm-bindgen's own runner, at the version that Cargo.lock
//! pins. `.cargo/config.toml` names it as the runner of wasm32-unknown-unknown, so that
//! `cargo test --target wasm32-unknown-unknown` works by itself.
//!
//! A package apart, because its dependencies (a web server, a WebDriver client) take minutes to
//! compile, and only the tests need them.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
