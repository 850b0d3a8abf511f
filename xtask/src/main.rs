//! `cargo xtask <command>`: everything that the project's work needs beyond one `cargo` or `npm`
//! command. Each step does its own set-up, is skipped where its inputs are unchanged, and says in
//! one line what it did and how long it took.
//!
//! Where to look: `steps.rs` how a step reports, `tools.rs` what must be installed, `build.rs` from
//! Rust to `npm/pkg` and `dist`, `serve.rs` the development server, `test/` the five test groups,
//! `bench.rs` the benchmark.

mod bench;
mod browser;
mod build;
mod data;
mod packages;
mod process;
mod serve;
mod steps;
mod test;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

/// What went wrong, as a sentence for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [--port N] [--open]   build, then serve the page at http://localhost:5173, and rebuild
                              and reload when the core changes
  build                       write the static site to dist/
  test [group]...             run the tests: lint, core, wasm, npm, page (all without a group)
  bench [option]...           measure against plain JavaScript and TensorFlow.js: [--tasks T1,T2]
                              [--hosts chromium,node] [--contestants ours,plainjs,tfjs-wasm]
                              [--rounds N] [--json FILE] [--clock cpu]
  bench --growth              draw samples a second against width and batch
  bench --page [--only NAME]  measure the built site: start, worker, frame
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{}", message.trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Runs the command; false where tests failed, which they have said themselves.
fn run(arguments: &[&str]) -> Result<bool> {
    match arguments {
        ["serve", options @ ..] => serve::serve(serve::Options::parse(options)?)?,
        ["build"] => {
            build::site()?;
            build::show_first_frame()?;
        }
        ["test", groups @ ..] => return Ok(test::run(&test::Group::parse(groups)?)),
        ["bench", options @ ..] => bench::bench(options)?,
        [] | ["help" | "--help" | "-h"] => print!("{USAGE}"),
        _ => {
            let words = arguments.join(" ");
            return Err(format!("cargo xtask does not know `{words}`.\n\n{USAGE}"));
        }
    }
    Ok(true)
}

/// The repository's root: the folder above this package.
fn root() -> PathBuf {
    // At run time if cargo says so, since a checkout may have moved after the build.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().expect("xtask lies in the repository").to_owned()
}

/// Cargo's target directory, wherever the user's settings put it: this program runs from
/// `<target>/debug`.
fn target() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent()?.parent().map(PathBuf::from))
        .unwrap_or_else(|| root().join("target"))
}
