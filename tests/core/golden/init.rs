//! init.json: bounds, deviations and draws of the initialisers.

use bce_core::Result;
use bce_core::init::{Distribution, Init};
use bce_core::math::Math;
use bce_core::value::Value;

use super::case::{Golden, to_f64};
use super::report::{Report, Tolerance};
use super::schedules;

/// What the mean and the deviation of the draws may be off, in deviations.
const OF_DRAWS: Tolerance = Tolerance { float32: 0.04, float64: 0.04 };

/// Enough that 0.04 is eight standard errors of the mean: no set fails by chance.
const DRAWS: usize = 40_000;

/// Runs all cases.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut exact = Report::new::<L>("init: bounds and deviations", schedules::TOLERANCE);
    let mut draws = Report::new::<L>("init: mean and deviation of draws", OF_DRAWS);
    for case in Golden::file(file).at("cases").items() {
        exact.case();
        draws.case();
        let init = match read(case) {
            Ok(init) => init,
            Err(error) => {
                exact.fail(case.id(), "init", error, "an initialisation");
                continue;
            }
        };
        let (inputs, outputs) = (case.at("fan_in").count(), case.at("fan_out").count());
        check_distribution(&mut exact, case, init.weight_distribution(inputs, outputs));
        let (weights, biases) = draw::<L>(init, inputs, outputs);
        for (part, drawn) in [("weight", weights), ("bias", biases)] {
            if let Some(expected) = case.get(part) {
                check_draws::<L>(&mut draws, case.id(), part, expected, &drawn);
            }
        }
    }
    vec![exact, draws]
}

/// The case's call in the words of our configuration: `kaiming_uniform_` is `kaiming_uniform`.
fn read(case: Golden) -> Result<Init> {
    let mut entries = Vec::new();
    let name = match case.at("init").text() {
        "nn.Linear default" => "default",
        other => other.trim_end_matches('_'),
    };
    let mut put = |key: &str, value: Value| entries.push((key.to_owned(), value));
    put("name", name.into());
    // PyTorch's xavier takes a gain, its kaiming computes one from nonlinearity and `a`.
    let arguments: &[(&str, &str)] = if name.starts_with("xavier") {
        &[("gain", "gain")]
    } else {
        &[("mode", "mode"), ("nonlinearity", "nonlinearity"), ("a", "negative_slope")]
    };
    for (key, golden) in arguments {
        if let Some(value) = case.get(golden) {
            put(key, value.value().clone());
        }
    }
    Init::from_value(&Value::Map(entries), "init")
}

fn check_distribution(report: &mut Report, case: Golden, (std, shape): (f64, Distribution)) {
    let (id, weight) = (case.id(), case.at("weight"));
    report.compare_number(id, "std", std, weight.at("std").number());
    match weight.at("distribution").text() {
        "uniform" => {
            report.same(id, "distribution", shape, Distribution::Uniform);
            let bound = 3f64.sqrt() * std;
            report.compare_number(id, "low", -bound, weight.at("low").number());
            report.compare_number(id, "high", bound, weight.at("high").number());
        }
        _ => report.same(id, "distribution", shape, Distribution::Normal),
    }
}

/// Weights and biases of as many Linears as it takes, each of a seed of its own.
fn draw<L: Math>(init: Init, inputs: usize, outputs: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut weights, mut biases) = (Vec::new(), Vec::new());
    let mut weight = vec![L::Element::default(); inputs * outputs];
    let mut bias = vec![L::Element::default(); outputs];
    for seed in 0.. {
        if biases.len() >= DRAWS {
            break;
        }
        init.draw(seed, 0, &mut weight, &mut bias);
        biases.extend(to_f64(&bias));
        if weights.len() < DRAWS {
            weights.extend(to_f64(&weight));
        }
    }
    (weights, biases)
}

fn check_draws<L: Math>(
    report: &mut Report,
    id: &str,
    part: &str,
    expected: Golden,
    drawn: &[f64],
) {
    let std = expected.at("std").number();
    let count = drawn.len() as f64;
    let mean = drawn.iter().sum::<f64>() / count;
    let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    report.compare_number(id, &format!("{part}: mean / std"), mean / std, 0.0);
    report.compare_number(id, &format!("{part}: deviation / std"), variance.sqrt() / std, 1.0);
    if let (Some(low), Some(high)) = (expected.get("low"), expected.get("high")) {
        // The type of the parameters rounds the bound itself.
        let rounding = std * schedules::TOLERANCE.of::<L>();
        let (low, high) = (low.number() - rounding, high.number() + rounding);
        if let Some(outside) = drawn.iter().find(|&&x| !(low <= x && x <= high)) {
            report.fail(id, format!("{part}: bounds"), outside, format!("{low} to {high}"));
        }
    } else {
        // The share beyond the bounds that a uniform distribution of the same deviation would have.
        let beyond = drawn.iter().filter(|x| x.abs() > 3f64.sqrt() * std).count() as f64 / count;
        report.compare_number(id, &format!("{part}: share beyond 1.73 std"), beyond, 0.0833);
    }
}
