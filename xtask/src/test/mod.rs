//! `cargo xtask test`: five groups, their set-up, and the sum of what they ran.

mod counts;
mod groups;

use crate::browser::Browser;
use crate::process::shown_as_it_runs;
use crate::steps::{Did, seconds, step};
use crate::{Result, browser, build, process, tools};
use counts::Counts;
use std::time::{Duration, Instant};

/// A group of tests, by the name that the command line and the summary give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Group {
    /// Formatting, clippy, and the types in the JavaScript.
    Lint,
    /// The native tests.
    Core,
    /// wasm-bindgen-test in a dedicated worker of headless Chromium.
    Wasm,
    /// The npm package in Node.
    Npm,
    /// The built site in Chromium.
    Page,
}

impl Group {
    const ALL: [Self; 5] = [Self::Lint, Self::Core, Self::Wasm, Self::Npm, Self::Page];

    /// Reads the groups of a command line: all of them where there is none.
    pub fn parse(names: &[&str]) -> Result<Vec<Self>> {
        if names.is_empty() {
            return Ok(Self::ALL.to_vec());
        }
        let known = |name: &&str| {
            let group = Self::ALL.into_iter().find(|group| group.name() == *name);
            let names = Self::ALL.map(Self::name).join(", ");
            group.ok_or_else(|| format!("There is no test group `{name}`; there are {names}."))
        };
        names.iter().map(known).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Core => "core",
            Self::Wasm => "wasm",
            Self::Npm => "npm",
            Self::Page => "page",
        }
    }

    fn run(self, setup: &Setup) -> Result<Counts> {
        match self {
            Self::Lint => {
                setup.package.clone()?;
                groups::lint()
            }
            Self::Core => groups::core(),
            Self::Wasm => {
                tools::rust()?;
                // Takes minutes the first time: here it is not in the way of the page tests.
                build_runner()?;
                groups::wasm(&setup.browser.clone()?)
            }
            Self::Npm => {
                setup.package.clone()?;
                groups::npm()
            }
            Self::Page => {
                setup.site.clone()?;
                groups::page(&setup.browser.clone()?)
            }
        }
    }
}

/// What the groups stand on. A failure here fails the groups that need it, and the others still run.
struct Setup {
    package: Result<()>,
    site: Result<()>,
    browser: Result<Browser>,
}

impl Setup {
    fn for_groups(groups: &[Group]) -> Self {
        use Group::{Lint, Npm, Page, Wasm};
        let needed_by = |users: &[Group]| groups.iter().any(|group| users.contains(group));
        let browser = when(needed_by(&[Wasm, Page]), browser::browser);
        let package = when(needed_by(&[Lint, Npm, Page]), build::npm_package);
        let site = when(needed_by(&[Page]), || package.clone().and_then(|()| build::bundle()));
        Self { package, site, browser }
    }
}

/// What is not needed is not set up; nobody asks for its result.
fn when<T>(needed: bool, set_up: impl FnOnce() -> Result<T>) -> Result<T> {
    if needed { set_up() } else { Err("not set up".to_owned()) }
}

/// Builds wasm-bindgen's test runner: a step of its own because it takes a while the first time.
fn build_runner() -> Result<()> {
    step("wasm test runner", || {
        shown_as_it_runs(process::cargo().args([
            "build",
            "--quiet",
            "--package",
            "xtask-wasm-test-runner",
        ]))?;
        Ok(Did::Work(String::new()))
    })
}

/// A group's result.
struct Outcome {
    group: Group,
    time: Duration,
    counts: Counts,
}

/// Runs the groups, and prints each one's line and the sum. Returns whether nothing failed.
pub fn run(groups: &[Group]) -> bool {
    let setup = Setup::for_groups(groups);
    let outcomes = outcomes(groups, &setup);
    println!();
    for Outcome { group, counts, .. } in &outcomes {
        for test in &counts.skipped {
            println!("{:<6}skipped: {test}", group.name());
        }
        for test in &counts.flaky {
            println!("{:<6}passed only when tried again: {test}", group.name());
        }
    }
    let (mut passed, mut failed) = (0, 0);
    for outcome in &outcomes {
        println!("{}", line(outcome));
        passed += outcome.counts.passed;
        failed += outcome.counts.failed;
    }
    println!("{passed} passed, {failed} failed");
    failed == 0
}

/// One group after another, but the pages beside most of them: they take the longest, and wait much. The
/// package's tests hold its answers to times: they come first, with nothing beside them.
fn outcomes(groups: &[Group], setup: &Setup) -> Vec<Outcome> {
    let run = |picked: &[Group]| -> Vec<Outcome> {
        let picked = groups.iter().filter(|group| picked.contains(group));
        picked.map(|group| outcome(*group, setup)).collect()
    };
    let package = run(&[Group::Npm]);
    let (others, pages) = std::thread::scope(|scope| {
        let pages = scope.spawn(|| run(&[Group::Page]));
        let others = run(&[Group::Lint, Group::Core, Group::Wasm]);
        (others, pages.join().expect("the thread does not panic"))
    });
    [package, others, pages].into_iter().flatten().collect()
}

fn outcome(group: Group, setup: &Setup) -> Outcome {
    println!("\n== {} ==", group.name());
    let start = Instant::now();
    let counts = group.run(setup).unwrap_or_else(|message| {
        eprintln!("{message}");
        Counts { failed: 1, ..Counts::default() }
    });
    let counts = counts.with_a_failure_if_nothing_ran();
    Outcome { group, time: start.elapsed(), counts }
}

fn line(Outcome { group, time, counts }: &Outcome) -> String {
    let verdict = if counts.failed == 0 { "ok" } else { "FAILED" };
    let mut line = format!("{:<6}{verdict:<7}{}", group.name(), seconds(*time));
    line += &format!("  {} passed, {} failed", counts.passed, counts.failed);
    if !counts.skipped.is_empty() {
        line += &format!(", {} skipped", counts.skipped.len());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_name_every_group_runs() {
        assert_eq!(Group::parse(&[]).unwrap(), Group::ALL);
        assert_eq!(Group::parse(&["npm", "core"]).unwrap(), [Group::Npm, Group::Core]);
        let message = Group::parse(&["pages"]).unwrap_err();
        assert!(message.contains("`pages`") && message.contains("lint, core, wasm, npm, page"));
    }
}
