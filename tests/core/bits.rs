//! The pinned runs on this host: see `bits/runs.rs`.

use bce_core::lanes::Native;
use bce_core::value::Value;

#[path = "bits/runs.rs"]
mod runs;

fn path() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/core/bits/runs.json")
}

/// The file again, a run to a line, with what this host computes as the expectation.
fn pinned_anew(json: &str) -> String {
    let Value::List(runs) = Value::from_json(json).expect("JSON") else { panic!("a list of runs") };
    let lines: Vec<String> = runs
        .into_iter()
        .map(|run| {
            let expected = runs::outcome::<Native>(&run);
            let Value::Map(mut entries) = run else { panic!("a run is an object") };
            entries.retain(|(key, _)| key != "expected");
            entries.push(("expected".to_owned(), expected));
            Value::Map(entries).to_json()
        })
        .collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

#[test]
fn every_loss_and_parameter_has_the_pinned_bits() {
    let json = std::fs::read_to_string(path()).expect("runs.json");
    if std::env::var_os("UPDATE_BITS").is_some() {
        std::fs::write(path(), pinned_anew(&json)).expect("runs.json can be written");
        return;
    }
    let differences = runs::differences::<Native>(&json);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
