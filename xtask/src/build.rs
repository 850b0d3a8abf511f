//! From Rust to what a browser loads: cargo writes the wasm, wasm-bindgen its JavaScript, wasm-opt a
//! smaller and faster wasm, all into npm/pkg; Vite bundles the page and the package into dist.

use crate::process::{cargo, cargo_for_wasm, node, quiet, shown_as_it_runs};
use crate::steps::{Did, fingerprint, is_current, read, remember, scratch, step, write_if_changed};
use crate::tools::{self, WASM};
use crate::{Result, data, packages, root, target};
use std::path::{Path, PathBuf};

/// What rustc and wasm-bindgen emit and wasm-opt may therefore use. No relaxed SIMD: it would make
/// results depend on the processor.
const WASM_FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The optimised wasm's name, as wasm-bindgen's JavaScript and the npm package know it.
const OPTIMISED: &str = "bce_wasm_bg.wasm";

/// Everything that the npm package needs: npm packages, wasm, bindings, data sets.
pub fn npm_package() -> Result<()> {
    tools::rust()?;
    packages::install()?;
    wasm()
}

/// Everything again that follows from `crate/`: what `serve` runs after a change.
pub fn wasm() -> Result<()> {
    let built = target().join(WASM).join("release/bce_wasm.wasm");
    let bindings = scratch("bindings");
    step("wasm (release, SIMD128)", || compile(&built))?;
    step("JavaScript bindings", || generate_bindings(&built, &bindings))?;
    step("wasm-opt -O3", || optimise(&bindings))?;
    data::generate()
}

/// The static site in dist/, and all that it needs.
pub fn site() -> Result<()> {
    npm_package()?;
    bundle()
}

/// The static site in dist/, from the page and the npm package as they are.
pub fn bundle() -> Result<()> {
    step("page (Vite)", || {
        quiet(node("node_modules/vite/bin/vite.js").arg("build"))?;
        Ok(Did::Work("dist/".to_owned()))
    })
}

fn compile(built: &Path) -> Result<Did> {
    let before = std::fs::read(built).ok();
    // Cargo's own errors and warnings are shown as they are.
    shown_as_it_runs(cargo_for_wasm().args([
        "build",
        "--quiet",
        "--release",
        "--lib",
        "--package",
        "bce-wasm",
        "--target",
        WASM,
    ]))?;
    Ok(if before == Some(read(built)?) { Did::Nothing } else { Did::Work(String::new()) })
}

fn generate_bindings(built: &Path, bindings: &Path) -> Result<Did> {
    let outputs = [bindings.join("bce_wasm.js"), bindings.join(OPTIMISED)];
    let stamp = scratch("bindings.stamp");
    let tool = [root().join("xtask/bindgen/src/main.rs"), root().join("Cargo.lock")];
    let inputs = fingerprint(&[&[built.to_owned()], &tool[..]].concat(), &[])?;
    if is_current(&stamp, &inputs, &outputs) {
        return Ok(Did::Nothing);
    }
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "xtask-bindgen", "--"]);
    shown_as_it_runs(command.arg(built).arg(bindings))?;
    remember(&stamp, &inputs)?;
    Ok(Did::Work(String::new()))
}

/// Optimises the wasm, and puts it and its bindings into npm/pkg.
fn optimise(bindings: &Path) -> Result<Did> {
    let package = root().join("npm/pkg");
    let (input, optimised) = (bindings.join(OPTIMISED), scratch(OPTIMISED));
    let stamp = scratch("wasm-opt.stamp");
    let binaryen = root().join("node_modules/binaryen/package.json");
    let inputs = fingerprint(&[input.clone(), binaryen], &WASM_FEATURES)?;
    let current = is_current(&stamp, &inputs, std::slice::from_ref(&optimised));
    if !current {
        let mut command = node("node_modules/binaryen/bin/wasm-opt");
        command.arg(&input).arg("-O3").args(WASM_FEATURES).arg("-o").arg(&optimised);
        quiet(&mut command)?;
        remember(&stamp, &inputs)?;
    }
    // The wasm comes last: whoever reloads for it finds its bindings.
    let mut changed = false;
    for file in binding_files(bindings)? {
        let name = file.file_name().unwrap_or_default();
        changed |= write_if_changed(&package.join(name), &read(&file)?)?;
    }
    let wasm = read(&optimised)?;
    changed |= write_if_changed(&package.join(OPTIMISED), &wasm)?;
    if current && !changed {
        return Ok(Did::Nothing);
    }
    let before = read(&input)?.len();
    Ok(Did::Work(format!("{} -> {}", kilobytes(before), kilobytes(wasm.len()))))
}

/// The JavaScript and TypeScript that wasm-bindgen wrote.
fn binding_files(bindings: &Path) -> Result<Vec<PathBuf>> {
    let entries = bindings.read_dir().map_err(|e| format!("{}: {e}", bindings.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|found| found == "js" || found == "ts"));
    files.sort();
    Ok(files)
}

fn kilobytes(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}
