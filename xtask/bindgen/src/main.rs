//! `xtask-bindgen <input.wasm> <output directory> <name>`: writes the JavaScript bindings of a wasm
//! file.
//!
//! It is wasm-bindgen's own library at the version that Cargo.lock pins, so that nobody has to
//! install a matching `wasm-bindgen` command. A package apart from `xtask`, whose commands would
//! otherwise wait for it to compile.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [input, output, name] = arguments.as_slice() else {
        eprintln!("usage: xtask-bindgen <input.wasm> <output directory> <name>");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let written = bindgen.web(true).and_then(|bindgen| {
        bindgen
            .input_path(input)
            .out_name(&name.to_string_lossy())
            .typescript(true)
            .remove_producers_section(true)
            // npm/init.js names the wasm file, and in Node reads it: a second address here would only
            // make bundlers ship it twice.
            .omit_default_module_path(true)
            .generate(output)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}
