//! `cargo xtask bench`: builds what is measured, installs what it is measured against (in a folder of
//! its own, so that nothing else waits for it), and runs tests/bench/run.js.

use crate::process::{node, shown_as_it_runs};
use crate::steps::scratch;
use crate::{Result, browser, build, packages, root};

/// The benchmark's folder: its npm packages and its scripts.
const FOLDER: &str = "tests/bench";

/// Runs the benchmark; its options are read by run.js, after `--growth` by growth.js, after `--page` by
/// page/run.js.
pub fn bench(options: &[&str]) -> Result<()> {
    if let ["--page", options @ ..] = options {
        build::site()?;
        return run("page/run.js", options, true);
    }
    build::npm_package()?;
    packages::install_in("npm packages (benchmark)", &root().join(FOLDER))?;
    if let ["--growth", options @ ..] = options {
        return run("growth.js", options, !only_in_node(options));
    }
    run("run.js", options, !only_in_node(options))
}

fn run(script: &str, options: &[&str], in_browser: bool) -> Result<()> {
    let mut command = node(&format!("{FOLDER}/{script}"));
    command.args(options).env("BENCH_SCRATCH", scratch("bench"));
    if in_browser {
        command.env("CHROMIUM", browser::browser()?.chromium);
    }
    shown_as_it_runs(&mut command)
}

fn only_in_node(options: &[&str]) -> bool {
    options.windows(2).any(|pair| pair == ["--hosts", "node"]) || options.contains(&"--hosts=node")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_needed_unless_only_node_is_measured() {
        assert!(only_in_node(&["--rounds", "3", "--hosts", "node"]));
        assert!(only_in_node(&["--hosts=node"]));
        assert!(!only_in_node(&["--hosts", "chromium,node"]));
        assert!(!only_in_node(&[]));
    }
}
