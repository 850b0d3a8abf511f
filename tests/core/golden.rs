//! It computes what PyTorch computes: the golden data, natively, in float32 and in float64.
//!
//! `GOLDEN_DIR` names another folder of that format; the default is tests/golden. Each group prints
//! its number of cases and its worst error beside the tolerance.

#[path = "golden/mod.rs"]
mod golden;

use std::io::Write;
use std::path::{Path, PathBuf};

use bce_core::lanes::Portable;
use bce_core::value::Value;
use golden::report::{Report, assert_all_right};
use golden::{activations, errors, init, losses, metrics, optimizers, schedules, trajectories};

type F32 = Portable<f32>;
type F64 = Portable<f64>;

/// The folder of the golden data. Cargo runs tests in the package's folder, so a relative
/// `GOLDEN_DIR` is looked up from where the shell stood, then from the workspace.
fn folder() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(given) = std::env::var_os("GOLDEN_DIR").filter(|given| !given.is_empty()) else {
        return workspace.join("tests/golden");
    };
    let caller = std::env::var_os("PWD").map(PathBuf::from);
    // An absolute path replaces what it is joined to.
    let places = caller.into_iter().chain([workspace]).map(|place| place.join(&given));
    let places: Vec<PathBuf> = places.collect();
    let found = places.iter().find(|place| place.is_dir()).cloned();
    found.unwrap_or_else(|| panic!("there is no folder of golden data: tried {places:?}"))
}

fn file(name: &str) -> Value {
    let path = folder().join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()));
    Value::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Prints the reports past the test harness, which shows `print!` only of tests that fail; then
/// fails if anything is wrong.
fn conclude(reports: &[Report]) {
    let text: String = reports.iter().map(Report::to_string).collect();
    std::io::stdout().write_all(format!("\n{text}").as_bytes()).expect("stdout can be written to");
    assert_all_right(reports);
}

#[test]
fn losses_and_their_gradients_agree_in_float32() {
    conclude(&losses::check::<F32>(&file("losses.json")));
}

#[test]
fn losses_and_their_gradients_agree_in_float64() {
    conclude(&losses::check::<F64>(&file("losses.json")));
}

#[test]
fn errors_have_the_same_type_and_message_in_float32() {
    conclude(&errors::check::<F32>(&file("losses.json")));
}

#[test]
fn errors_have_the_same_type_and_message_in_float64() {
    conclude(&errors::check::<F64>(&file("losses.json")));
}

#[test]
fn activations_and_their_derivatives_agree_in_float32() {
    conclude(&activations::check::<F32>(&file("activations.json")));
}

#[test]
fn activations_and_their_derivatives_agree_in_float64() {
    conclude(&activations::check::<F64>(&file("activations.json")));
}

#[test]
fn optimizers_take_the_same_steps_in_float32() {
    conclude(&optimizers::check::<F32>(&file("optimizers.json")));
}

#[test]
fn optimizers_take_the_same_steps_in_float64() {
    conclude(&optimizers::check::<F64>(&file("optimizers.json")));
}

#[test]
fn schedules_give_the_same_rates() {
    conclude(&schedules::check::<F64>(&file("optimizers.json")));
}

#[test]
fn whole_runs_agree_in_float32() {
    conclude(&trajectories::check::<F32>(&file("trajectories.json")));
}

#[test]
fn whole_runs_agree_in_float64() {
    conclude(&trajectories::check::<F64>(&file("trajectories.json")));
}

#[test]
fn initial_weights_have_the_same_distributions_in_float32() {
    conclude(&init::check::<F32>(&file("init.json")));
}

#[test]
fn initial_weights_have_the_same_distributions_in_float64() {
    conclude(&init::check::<F64>(&file("init.json")));
}

#[test]
fn metrics_agree_with_scikit_learn() {
    conclude(&metrics::check::<F64>(&file("metrics.json")));
}

/// The number under a path of keys and indices.
fn number_at<'a>(value: &'a mut Value, path: &[&str]) -> &'a mut f64 {
    match (value, path) {
        (Value::Number(x), []) => x,
        (Value::List(items), [index, rest @ ..]) => {
            number_at(&mut items[index.parse::<usize>().expect("an index")], rest)
        }
        (Value::Map(entries), [key, rest @ ..]) => {
            let entry = entries.iter_mut().find(|(k, _)| k == key);
            number_at(&mut entry.unwrap_or_else(|| panic!("no {key}")).1, rest)
        }
        (other, path) => panic!("{path:?} does not lead into {other:?}"),
    }
}

#[test]
fn a_number_that_is_off_is_found_in_every_file() {
    type Check = fn(&Value) -> Vec<Report>;
    let places: [(&str, Check, &[&str]); 10] = [
        ("losses.json", losses::check::<F32>, &["f64", "output", "data", "0"]),
        ("losses.json", losses::check::<F32>, &["f64", "grad", "data", "0"]),
        ("activations.json", activations::check::<F32>, &["f64", "output", "0"]),
        ("activations.json", activations::check::<F32>, &["f64", "grad", "0"]),
        ("optimizers.json", optimizers::check::<F32>, &["f64", "after_step", "49", "0"]),
        ("trajectories.json", trajectories::check::<F32>, &["f64", "eval_loss", "3"]),
        ("trajectories.json", trajectories::check::<F32>, &["f64", "final_output", "data", "0"]),
        ("init.json", init::check::<F32>, &["weight", "std"]),
        ("metrics.json", metrics::check::<F64>, &["average_precision"]),
        ("metrics.json", metrics::check::<F64>, &["at_threshold", "0", "mcc"]),
    ];
    for (name, check, path) in places {
        // One case is enough.
        let Value::Map(mut entries) = file(name) else { panic!("{name} is no object") };
        entries.retain(|(key, _)| key == "cases");
        let Value::List(cases) = &mut entries[0].1 else { panic!("{name} has no list of cases") };
        cases.truncate(1);
        let mut spoilt = Value::Map(entries);
        let wrong = |file: &Value| check(file).iter().any(|report| !report.all_right());
        assert!(!wrong(&spoilt), "{name} is wrong by itself");
        *number_at(&mut spoilt, &[&["cases", "0"], path].concat()) += 0.01;
        assert!(wrong(&spoilt), "{path:?} in {name} was changed, and nobody saw it");
    }
}
