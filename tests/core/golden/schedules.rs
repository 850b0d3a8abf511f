//! optimizers.json, `schedules`: the learning rate, and the momentum where it is cycled, of each step.

use bce_core::math::Math;
use bce_core::optim::lr_scheduler::{SchedulerConfig, learning_rates};
use bce_core::value::Value;

use super::case::Golden;
use super::report::{Report, Tolerance};

pub const TOLERANCE: Tolerance = Tolerance { float32: 1e-6, float64: 1e-12 };

/// Runs all schedules. They are float64 whatever the lanes; those only choose the tolerance.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut rates = Report::new::<L>("schedules: learning rates", TOLERANCE);
    let mut momenta = Report::new::<L>("schedules: momenta", TOLERANCE);
    for case in Golden::file(file).at("schedules").items() {
        let id = case.id();
        rates.case();
        let config = case.at("scheduler").configuration("name");
        let (base_lr, steps) = (case.at("base_lr").number(), case.at("steps").count());
        let metrics = case.get("metrics").map(Golden::numbers);
        let result = SchedulerConfig::from_value(&config, "scheduler")
            .and_then(|config| learning_rates(&config, base_lr, steps, metrics.as_deref()));
        let (lr, momentum) = match result {
            Ok(result) => result,
            Err(error) => {
                rates.fail(id, "schedule", error, "learning rates");
                continue;
            }
        };
        rates.compare(id, "lr", &lr, &case.at("lr").numbers());
        match (case.get("momentum_per_step"), momentum) {
            (None, None) => {}
            (Some(expected), Some(momentum)) => {
                momenta.case();
                momenta.compare(id, "momentum_per_step", &momentum, &expected.numbers());
            }
            (expected, momentum) => {
                let (got, expected) = (momentum.is_some(), expected.is_some());
                momenta.same(id, "whether the momentum is cycled", got, expected);
            }
        }
    }
    vec![rates, momenta]
}
