//! How many tests passed and failed, read from what each test program reports of itself.

use serde_json::Value;

/// The result of some tests.
#[derive(Debug, Default, PartialEq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    /// The name of each skipped test, with the reason where it gives one.
    pub skipped: Vec<String>,
    /// The name of each test that passed only when it was tried again.
    pub flaky: Vec<String>,
}

impl Counts {
    /// Adds the program's own verdict: one that failed without a failed test (it did not compile, it
    /// crashed) counts as a failure.
    pub fn with_exit(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            eprintln!("The test program failed without naming a failed test.");
            self.failed = 1;
        }
        self
    }

    /// A group that ran no test proves nothing, and fails.
    pub fn with_a_failure_if_nothing_ran(mut self) -> Self {
        if self.passed + self.failed == 0 {
            eprintln!("No test ran.");
            self.failed = 1;
        }
        self
    }

    /// Reads the output of `cargo test`, natively or through wasm-bindgen-test's runner:
    /// `test result: ok. 3 passed; 0 failed; …` once for each test binary.
    pub fn of_cargo_test(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines() {
            if let Some(result) = line.trim_start().strip_prefix("test result: ") {
                counts.passed += number_before(result, " passed");
                counts.failed += number_before(result, " failed");
            } else if let Some((name, reason)) = ignored(line) {
                counts.skipped.push(described(name, reason));
            }
        }
        counts
    }

    /// Reads node's TAP report: totals as comments at its end, skipped tests where they stand.
    pub fn of_tap(report: &str) -> Self {
        let mut counts = Self::default();
        for line in report.lines() {
            let total = |name: &str| line.strip_prefix(name)?.trim().parse::<u64>().ok();
            counts.passed += total("# pass ").unwrap_or(0);
            counts.failed += total("# fail ").unwrap_or(0);
            counts.failed += total("# cancelled ").unwrap_or(0);
            if let Some((test, reason)) = line.trim_start().split_once(" # SKIP") {
                let name = test.split_once(" - ").map_or(test, |(_, name)| name);
                counts.skipped.push(described(name, reason));
            }
        }
        counts
    }

    /// Reads Playwright's JSON report. A test that passed only when it was tried again has passed, and is
    /// named.
    pub fn of_playwright(report: &str) -> Result<Self, String> {
        let report: Value = serde_json::from_str(report)
            .map_err(|error| format!("Playwright's report: {error}"))?;
        let total = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
        let errors = report["errors"].as_array().map_or(0, |errors| errors.len() as u64);
        let mut counts = Self {
            passed: total("expected") + total("flaky"),
            failed: total("unexpected") + errors,
            ..Self::default()
        };
        counts.collect_names(&report["suites"]);
        Ok(counts)
    }

    /// Suites hold suites and specs, specs hold one test a browser.
    fn collect_names(&mut self, suites: &Value) {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        for suite in list(suites) {
            self.collect_names(&suite["suites"]);
            for spec in list(&suite["specs"]) {
                let title = spec["title"].as_str().unwrap_or("a test without a title");
                for test in list(&spec["tests"]) {
                    if test["status"] == "skipped" {
                        let annotations = list(&test["annotations"]);
                        let reason = annotations.iter().find_map(|a| a["description"].as_str());
                        self.skipped.push(described(title, reason.unwrap_or_default()));
                    } else if test["status"] == "flaky" {
                        self.flaky.push(title.to_owned());
                    }
                }
            }
        }
    }
}

/// `test name ... ignored` or `test name ... ignored, reason`.
fn ignored(line: &str) -> Option<(&str, &str)> {
    let (name, verdict) = line.trim_start().strip_prefix("test ")?.split_once(" ... ")?;
    let reason = verdict.strip_prefix("ignored")?;
    Some((name, reason.trim_start_matches(',')))
}

fn described(name: &str, reason: &str) -> String {
    let reason = reason.trim();
    let reason = if reason.is_empty() { "no reason given" } else { reason };
    format!("{name} ({reason})")
}

/// The number that stands before a word: 12 in `ok. 12 passed; 0 failed` before ` passed`.
fn number_before(text: &str, word: &str) -> u64 {
    text.find(word)
        .and_then(|end| text[..end].rsplit(' ').next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_binary_of_cargo_test_counts() {
        let output = "\
running 3 tests
test a ... ok
test slow ... ignored, takes an hour
test other ... ignored
test result: ok. 1 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s
test b ... FAILED
test result: FAILED. 11 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out
";
        let counts = Counts::of_cargo_test(output);
        assert_eq!((counts.passed, counts.failed), (12, 2));
        assert_eq!(counts.skipped, ["slow (takes an hour)", "other (no reason given)"]);
    }

    #[test]
    fn nodes_totals_are_at_the_end_of_its_report() {
        let report = "\
TAP version 13
# Subtest: a
ok 1 - a
    ok 1 - inner # SKIP needs Linux
# tests 4
# suites 0
# pass 2
# fail 1
# cancelled 1
# skipped 1
# todo 0
";
        let counts = Counts::of_tap(report);
        assert_eq!((counts.passed, counts.failed), (2, 2));
        assert_eq!(counts.skipped, ["inner (needs Linux)"]);
    }

    #[test]
    fn playwrights_skipped_tests_keep_their_reason_and_flaky_ones_are_named() {
        let report = r#"{ "errors": [], "stats": { "expected": 2, "unexpected": 1, "flaky": 1, "skipped": 1 },
            "suites": [ { "suites": [ { "specs": [ { "title": "t", "tests": [
                { "status": "skipped", "annotations": [ { "type": "skip", "description": "why" } ] } ] },
                { "title": "again", "tests": [ { "status": "flaky" } ] } ] } ] } ] }"#;
        let counts = Counts::of_playwright(report).unwrap();
        assert_eq!((counts.passed, counts.failed), (3, 1));
        assert_eq!(counts.skipped, ["t (why)"]);
        assert_eq!(counts.flaky, ["again"]);
        assert!(Counts::of_playwright("").is_err());
    }

    #[test]
    fn nothing_run_and_a_crash_are_failures() {
        let nothing = Counts::of_cargo_test("no tests to run!\n");
        assert_eq!(nothing.with_a_failure_if_nothing_ran().failed, 1);
        let crash = Counts::of_cargo_test("test result: ok. 5 passed; 0 failed;\n");
        assert_eq!(crash.with_exit(false).failed, 1);
        let failure = Counts { passed: 1, failed: 2, ..Counts::default() };
        assert_eq!(failure.with_exit(false).failed, 2);
    }
}
