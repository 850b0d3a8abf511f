//! `xtask-bindgen <input.wasm> <output directory> <name> [--bare-panics]`: writes the JavaScript
//! bindings of a wasm file.
//!
//! It is wasm-bindgen's own library at the version that Cargo.lock pins, so that nobody has to
//! install a matching `wasm-bindgen` command. A package apart from `xtask`, whose commands would
//! otherwise wait for it to compile.

use std::process::ExitCode;
use wasm_bindgen_cli_support::{Bindgen, Output};

/// Where Rust words a panic, and what only a panic needs; a function's name holds one of these.
const PANICS: [&str; 8] = [
    "]::panicking::panic",
    "rust_begin_unwind",
    "::unwrap_failed",
    "::expect_failed",
    "slice_index_fail",
    "::handle_error",
    "::handle_alloc_error",
    "assert_failed",
];

/// The reduction of angles beyond 10⁶, of which the start module has none.
const LARGE_ANGLES: &str = "rem_pio2_large";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let written =
        match arguments[..] {
            [input, directory, name] => write(input, directory, name, false),
            [input, directory, name, "--bare-panics"] => write(input, directory, name, true),
            _ => Err("usage: xtask-bindgen <input.wasm> <output directory> <name> [--bare-panics]"
                .into()),
        };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-bindgen: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(input: &str, directory: &str, name: &str, bare: bool) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    let output = bindgen.web(true).and_then(|bindgen| {
        bindgen
            .input_path(input)
            .out_name(name)
            .typescript(true)
            .remove_producers_section(true)
            // npm/init.js names the wasm file, and in Node reads it: a second address here would only
            // make bundlers ship it twice.
            .omit_default_module_path(true)
            .generate_output()
    });
    let mut output = output.map_err(|error| format!("{error:#}"))?;
    if bare {
        bare_panics(&mut output);
    }
    output.emit(directory).map_err(|error| format!("{error:#}"))
}

/// Makes every panic a bare trap, without words. (The standard library would have to be built anew
/// for `panic = "immediate-abort"`.) wasm-opt then drops what put the words together.
fn bare_panics(output: &mut Output) {
    let functions = &mut output.wasm_mut().funcs;
    let named = |name: &str| PANICS.iter().chain([&LARGE_ANGLES]).any(|part| name.contains(part));
    let wordy: Vec<_> = functions
        .iter_local()
        .map(|(id, _)| id)
        .filter(|&id| functions.get(id).name.as_deref().is_some_and(named))
        .collect();
    for id in wordy {
        let mut body = functions.get_mut(id).kind.unwrap_local_mut().builder_mut().func_body();
        body.instrs_mut().clear();
        body.unreachable();
    }
}
