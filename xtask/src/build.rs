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

/// A module that is built from `crate/wasm`.
struct Module {
    /// Its name in npm/pkg.
    name: &'static str,
    /// The profile of Cargo.toml; each has a folder of its own, so that both build at once.
    profile: &'static str,
    features: &'static [&'static str],
    /// Options of xtask-bindgen.
    bindings: &'static [&'static str],
    /// Options of wasm-opt.
    optimisation: &'static [&'static str],
}

/// The package's, and the one that a worker loads first. Which instructions a module needs is said only to
/// linkers, and so left out. In the second functions stay apart: alike as
/// they are, they compress better.
const MODULES: [Module; 2] = [
    Module {
        name: "bce_wasm",
        profile: "release",
        features: &[],
        bindings: &[],
        optimisation: &[
            "-O3",
            "--low-memory-unused",
            "--optimize-added-constants-propagate",
            "--strip-target-features",
        ],
    },
    Module {
        name: "bce_wasm_start",
        profile: "start",
        features: &["--no-default-features"],
        bindings: &["--bare-panics"],
        optimisation: &[
            "-O3",
            "--low-memory-unused",
            "--optimize-added-constants-propagate",
            "--one-caller-inline-max-function-size=0",
            "--strip-target-features",
        ],
    },
];

impl Module {
    /// What cargo writes.
    fn built(&self) -> PathBuf {
        target().join(WASM).join(self.profile).join("bce_wasm.wasm")
    }

    /// Where wasm-bindgen writes.
    fn bindings(&self) -> PathBuf {
        scratch("bindings").join(self.name)
    }

    /// The wasm's name, as wasm-bindgen's JavaScript and the npm package know it.
    fn wasm(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }
}

/// Runs the work on both modules at once: what they did together.
fn each(work: impl Fn(&Module) -> Result<Did> + Sync) -> Result<Did> {
    let did = std::thread::scope(|scope| {
        let running = MODULES.each_ref().map(|module| scope.spawn(|| work(module)));
        running.map(|thread| thread.join().expect("a build step does not panic"))
    });
    let mut notes = Vec::new();
    let mut worked = false;
    for did in did {
        if let Did::Work(note) = did? {
            worked = true;
            notes.extend(Some(note).filter(|note| !note.is_empty()));
        }
    }
    Ok(if worked { Did::Work(notes.join(", ")) } else { Did::Nothing })
}

/// Everything that the npm package needs: npm packages, wasm, bindings, data sets.
pub fn npm_package() -> Result<()> {
    tools::rust()?;
    packages::install()?;
    wasm(Optimisation::Full)
}

/// How much of a build's time wasm-opt may take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Optimisation {
    /// As shipped.
    Full,
    /// `-O1`: somebody waits for a change to show. The bits are the same, the wasm is a little larger.
    Quick,
}

/// Everything again that follows from `crate/`: what `serve` runs after a change, quickly.
pub fn wasm(optimisation: Optimisation) -> Result<()> {
    step("wasm (release, SIMD128)", || each(compile))?;
    step("JavaScript bindings", generate_bindings)?;
    step("wasm-opt", || each(|module| optimise(module, optimisation)))?;
    data::generate()
}

/// The static site in dist/, and all that it needs.
pub fn site() -> Result<()> {
    npm_package()?;
    bundle()
}

/// Prints what the site in dist/ loads before its first trained frame, file by file.
pub fn show_first_frame() -> Result<()> {
    println!("\n{}", quiet(&mut node("xtask/first-frame.js"))?);
    Ok(())
}

/// The static site in dist/, from the page and the npm package as they are.
pub fn bundle() -> Result<()> {
    step("page (Vite)", || {
        quiet(node("node_modules/vite/bin/vite.js").arg("build"))?;
        Ok(Did::Work("dist/".to_owned()))
    })
}

fn compile(module: &Module) -> Result<Did> {
    let built = module.built();
    let before = std::fs::read(&built).ok();
    let mut command = cargo_for_wasm();
    command.args(["build", "--quiet", "--lib", "--package", "bce-wasm", "--target", WASM]);
    command.args(["--profile", module.profile]).args(module.features);
    // Cargo's own errors and warnings are shown as they are.
    shown_as_it_runs(&mut command)?;
    Ok(if before == Some(read(&built)?) { Did::Nothing } else { Did::Work(String::new()) })
}

/// One module after another: the first run builds the tool.
fn generate_bindings() -> Result<Did> {
    let mut did = Did::Nothing;
    for module in &MODULES {
        let (built, bindings) = (module.built(), module.bindings());
        let outputs = [bindings.join(format!("{}.js", module.name)), bindings.join(module.wasm())];
        let stamp = scratch(&format!("{}.bindings.stamp", module.name));
        let tool = root().join("xtask/bindgen/src/main.rs");
        let lock = root().join("Cargo.lock");
        let inputs = fingerprint(&[built.clone(), tool, lock], module.bindings)?;
        if is_current(&stamp, &inputs, &outputs) {
            continue;
        }
        let mut command = cargo();
        command.args(["run", "--quiet", "--package", "xtask-bindgen", "--"]);
        command.arg(built).arg(bindings).arg(module.name).args(module.bindings);
        shown_as_it_runs(&mut command)?;
        remember(&stamp, &inputs)?;
        did = Did::Work(String::new());
    }
    Ok(did)
}

/// Optimises the wasm, and puts it and its bindings into npm/pkg.
fn optimise(module: &Module, optimisation: Optimisation) -> Result<Did> {
    let package = root().join("npm/pkg");
    let (bindings, wasm) = (module.bindings(), module.wasm());
    let (input, optimised) = (bindings.join(&wasm), scratch(&wasm));
    let stamp = scratch(&format!("{}.wasm-opt.stamp", module.name));
    let binaryen = root().join("node_modules/binaryen/package.json");
    let passes = match optimisation {
        Optimisation::Full => module.optimisation,
        Optimisation::Quick => &["-O1"],
    };
    let options = [passes, &WASM_FEATURES].concat();
    let inputs = fingerprint(&[input.clone(), binaryen], &options)?;
    let current = is_current(&stamp, &inputs, std::slice::from_ref(&optimised));
    if !current {
        let mut command = node("node_modules/binaryen/bin/wasm-opt");
        command.arg(&input).args(&options).arg("-o").arg(&optimised);
        quiet(&mut command)?;
        remember(&stamp, &inputs)?;
    }
    // The wasm comes last: whoever reloads for it finds its bindings.
    let mut changed = false;
    for file in binding_files(&bindings)? {
        let name = file.file_name().unwrap_or_default();
        changed |= write_if_changed(&package.join(name), &read(&file)?)?;
    }
    let after = read(&optimised)?;
    changed |= write_if_changed(&package.join(&wasm), &after)?;
    if current && !changed {
        return Ok(Did::Nothing);
    }
    let before = read(&input)?.len();
    Ok(Did::Work(format!("{} -> {}", kilobytes(before), kilobytes(after.len()))))
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
