//! The commands behind each group.

use super::counts::Counts;
use crate::browser::Browser;
use crate::process::{cargo, cargo_for_wasm, node, recorded, shown_as_it_runs};
use crate::steps::{Did, scratch, step};
use crate::tools::WASM;
use crate::{Result, root};
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

/// What is checked without running anything; each check counts as one test.
pub fn lint() -> Result<Counts> {
    let mut fmt = cargo();
    fmt.args(["fmt", "--all", "--check"]);
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet", "--workspace", "--all-targets"]);
    // Criterion would take longer to check than all the rest.
    clippy.args(["--exclude", "bce-bench", "--", "-D", "warnings"]);
    let clippy_for_wasm = |options: &[&str]| {
        let mut clippy = cargo_for_wasm();
        clippy.args(["clippy", "--quiet", "--package", "bce-wasm", "--target", WASM]);
        clippy.args(options).args(["--", "-D", "warnings"]);
        clippy
    };
    let mut tsc = node("node_modules/typescript/bin/tsc");
    tsc.args(["--project", "tsconfig.json"]);

    let mut counts = Counts::default();
    let checks: [(&str, Command); 5] = [
        ("cargo fmt --check", fmt),
        ("cargo clippy", clippy),
        ("cargo clippy (wasm32)", clippy_for_wasm(&["--all-targets"])),
        ("cargo clippy (start module)", clippy_for_wasm(&["--no-default-features"])),
        ("tsc --checkJs", tsc),
    ];
    for (name, mut check) in checks {
        let passed = step(name, || {
            shown_as_it_runs(&mut check)?;
            Ok(Did::Work(String::new()))
        });
        match passed {
            Ok(()) => counts.passed += 1,
            Err(message) => {
                eprintln!("{message}");
                counts.failed += 1;
            }
        }
    }
    Ok(counts)
}

/// The native tests: the core's, its documentation's examples, and xtask's own.
pub fn core() -> Result<Counts> {
    let mut command = cargo();
    command.args(["test", "--no-fail-fast", "--package", "bce-core", "--package", "xtask"]);
    cargo_test(&mut command)
}

/// The wasm tests, through the runner that `.cargo/config.toml` names.
pub fn wasm(browser: &Browser) -> Result<Counts> {
    let mut command = cargo_for_wasm();
    command.args(["test", "--no-fail-fast", "--package", "bce-wasm", "--tests", "--target", WASM]);
    command.env("CHROMEDRIVER", &browser.driver);
    // The runner talks to the driver and the page on this machine, past any proxy.
    command.env("NO_PROXY", "127.0.0.1,localhost").env("no_proxy", "127.0.0.1,localhost");
    cargo_test(&mut command)
}

fn cargo_test(command: &mut Command) -> Result<Counts> {
    let (output, succeeded) = recorded(command, "")?;
    Ok(Counts::of_cargo_test(&output).with_exit(succeeded))
}

/// The npm package's tests: tests/npm/*.test.js, a file at a time.
pub fn npm() -> Result<Counts> {
    let report = fresh_report("npm.tap")?;
    let mut command = Command::new("node");
    command.current_dir(root()).arg("--test");
    command.args(["--test-reporter=spec", "--test-reporter-destination=stdout"]);
    command.arg("--test-reporter=tap");
    command.arg(format!("--test-reporter-destination={}", report.display()));
    let tests = npm_tests();
    if tests.is_empty() {
        // Node would look for tests elsewhere.
        return Ok(Counts::default());
    }
    let (_, succeeded) = recorded(command.args(tests), "")?;
    Ok(Counts::of_tap(&fs::read_to_string(report).unwrap_or_default()).with_exit(succeeded))
}

fn npm_tests() -> Vec<PathBuf> {
    let Ok(entries) = root().join("tests/npm").read_dir() else { return Vec::new() };
    let mut tests: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    tests.retain(|path| path.to_string_lossy().ends_with(".test.js"));
    tests.sort();
    tests
}

/// The page tests: playwright.config.js starts the static server on dist/. They run beside the other
/// groups: what they print has a margin.
pub fn page(browser: &Browser) -> Result<Counts> {
    let report = fresh_report("page.json")?;
    let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    let port = port.map_err(|error| format!("There is no free port: {error}"))?.port();
    let mut command = node("node_modules/@playwright/test/cli.js");
    command.args(["test", "--reporter=list,json"]);
    command.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    command.env("CHROMIUM", &browser.for_pages).env("PAGE_PORT", port.to_string());
    let (_, succeeded) = recorded(&mut command, "page | ")?;
    match fs::read_to_string(&report) {
        Ok(text) => Ok(Counts::of_playwright(&text)?.with_exit(succeeded)),
        Err(_) => Ok(Counts::default().with_exit(succeeded)),
    }
}

/// Where a test program is to write its report; an old one is gone.
fn fresh_report(name: &str) -> Result<PathBuf> {
    let report = scratch(name);
    let folder = report.parent().unwrap_or(&report);
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    match fs::remove_file(&report) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", report.display()))
        }
        _ => Ok(report),
    }
}
