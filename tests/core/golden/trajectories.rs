//! trajectories.json: whole training runs, from data, weights and order of batches to the curve and
//! the last weights.

use bce_core::Result;
use bce_core::config::Config;
use bce_core::lanes::Element;
use bce_core::math::Math;
use bce_core::tensor::Tensor;
use bce_core::trainer::{DataTensors, EpochRecord, StepLoss, Trainer};
use bce_core::value::Value;

use super::case::{Golden, to_f64};
use super::report::{Report, Tolerance};
use super::schedules;

/// Below it rounding may decide the accuracy.
const MARGIN: Tolerance = Tolerance { float32: 1e-4, float64: 1e-8 };

/// One report for each row of the README's table.
struct Reports {
    first_step: Report,
    losses: Report,
    accuracy: Report,
    lr: Report,
    outputs: Report,
    parameters: Report,
}

impl Reports {
    fn new<L: Math>() -> Self {
        let report =
            |group, float32, float64| Report::new::<L>(group, Tolerance { float32, float64 });
        Reports {
            first_step: report("runs: first gradients, parameters", 2e-6, 1e-12),
            losses: report("runs: losses", 5e-6, 1e-10),
            // The shares are quotients of the same whole numbers.
            accuracy: report("runs: accuracy", 1e-15, 1e-15),
            lr: Report::new::<L>("runs: learning rates", schedules::TOLERANCE),
            outputs: report("runs: final outputs", 5e-5, 1e-10),
            parameters: report("runs: final parameters", 1e-3, 1e-9),
        }
    }

    fn into_list(self) -> Vec<Report> {
        let Reports { first_step, losses, accuracy, lr, outputs, parameters } = self;
        vec![first_step, losses, accuracy, lr, outputs, parameters]
    }
}

/// Runs all cases.
pub fn check<L: Math>(file: &Value) -> Vec<Report> {
    let mut reports = Reports::new::<L>();
    for case in Golden::file(file).at("cases").items() {
        if let Err(error) = run::<L>(&mut reports, case) {
            reports.losses.fail(case.id(), "run", error, "a whole run");
        }
    }
    reports.into_list()
}

fn run<L: Math>(reports: &mut Reports, case: Golden) -> Result<()> {
    let (id, expected) = (case.id(), case.at("f64"));
    let Some(config) = config(case) else {
        reports.parameters.not_expressible(id, "a run's weights have one number for each output");
        return Ok(());
    };
    let data = DataTensors {
        inputs: case.at("inputs").tensor(),
        targets: case.at("targets").tensor(),
        sample_weight: case.at("loss").get("sample_weight").map(Golden::tensor),
        test: None,
    };
    let mut trainer = Trainer::<L>::new(Config::from_value(&config)?, data)?;
    load(&mut trainer, case.at("init"))?;
    let mut records = Vec::new();
    for (epoch, batches) in case.at("batches").items().enumerate() {
        for (step, batch) in batches.items().enumerate() {
            let rows: Vec<u32> = batch.numbers().iter().map(|&row| row as u32).collect();
            let losses = trainer.train_batch(&rows)?;
            if (epoch, step) == (0, 0) {
                check_first_step(reports, id, &trainer, losses, expected.at("first_step"));
            }
        }
        records.push(trainer.end_epoch()?);
    }
    check_curve::<L>(reports, id, &records, expected);

    reports.parameters.case();
    let state = trainer.network().state_dict();
    check_tensors(&mut reports.parameters, id, "final", &state, expected.at("final"));
    reports.outputs.case();
    let output = trainer.predict(&case.at("inputs").tensor())?;
    let wanted = expected.at("final_output").tensor::<f64>();
    reports.outputs.same(id, "shape of final_output", &output.shape, &wanted.shape);
    reports.outputs.compare(id, "final_output", &to_f64(&output.data), &wanted.data);
    Ok(())
}

/// The case's run as our configuration, or none where it has no words for the weights.
fn config(case: Golden) -> Option<Value> {
    let loss = case.at("loss");
    let Value::Map(mut entries) = loss.configuration("loss") else { return None };
    entries.push(("reduction".to_owned(), loss.at("reduction").value().clone()));
    let outputs = case.at("layers").items().last()?.at("out").count();
    for key in ["weight", "pos_weight"] {
        if let Some(weight) = loss.get(key) {
            let Tensor { shape, data } = weight.tensor::<f64>();
            // One number, or one for each output, but not a column of as many rows.
            let for_each_output = data.len() == outputs && shape.last() == Some(&outputs);
            if data.len() != 1 && !for_each_output {
                return None;
            }
            entries.push((key.to_owned(), data.into()));
        }
    }
    let given = |key| case.get(key).map_or(Value::Null, |value| value.value().clone());
    let named = |key| case.get(key).map_or(Value::Null, |value| value.configuration("name"));
    Some(Value::map([
        ("layers", given("layers")),
        ("loss", Value::Map(entries)),
        ("optimizer", named("optimizer")),
        ("scheduler", named("scheduler")),
        ("penalty", given("penalty")),
        ("batch_size", given("batch_size")),
        ("shuffle", false.into()),
    ]))
}

/// Puts the initial weights and biases, which the case has in the order of the layers.
fn load<L: Math>(trainer: &mut Trainer<L>, init: Golden) -> Result<()> {
    let tensors = init.items().flat_map(|layer| [layer.at("weight"), layer.at("bias")]);
    let names = trainer.network().names();
    let dict: Vec<(String, Tensor<L::Element>)> =
        names.into_iter().zip(tensors).map(|((name, ..), t)| (name, t.tensor())).collect();
    trainer.load_state_dict(&dict)
}

fn check_first_step<L: Math>(
    reports: &mut Reports,
    id: &str,
    trainer: &Trainer<L>,
    StepLoss { loss, objective }: StepLoss,
    expected: Golden,
) {
    let report = &mut reports.losses;
    report.compare_number(id, "first loss", loss, expected.at("loss").number());
    report.compare_number(id, "first objective", objective, expected.at("objective").number());
    let report = &mut reports.first_step;
    report.case();
    let network = trainer.network();
    let gradients = network.named(network.gradients());
    check_tensors(report, id, "first gradient", &gradients, expected.at("grads"));
    check_tensors(report, id, "after the first step", &network.state_dict(), expected.at("after"));
}

/// Named tensors against a list of `{ weight, bias }`.
fn check_tensors<E: Element>(
    report: &mut Report,
    id: &str,
    what: &str,
    got: &[(String, Tensor<E>)],
    expected: Golden,
) {
    let expected: Vec<Golden> =
        expected.items().flat_map(|layer| [layer.at("weight"), layer.at("bias")]).collect();
    report.same(id, "number of tensors", got.len(), expected.len());
    for ((name, got), expected) in got.iter().zip(expected) {
        let expected = expected.tensor::<f64>();
        report.same(id, &format!("shape of {name}"), &got.shape, &expected.shape);
        report.compare(id, &format!("{what}: {name}"), &to_f64(&got.data), &expected.data);
    }
}

fn check_curve<L: Math>(
    reports: &mut Reports,
    id: &str,
    records: &[EpochRecord],
    expected: Golden,
) {
    let column = |of: fn(&EpochRecord) -> Option<f64>| -> Vec<f64> {
        records.iter().map(|record| of(record).unwrap_or(f64::NAN)).collect()
    };
    reports.losses.case();
    let train_loss = expected.at("train_loss").numbers();
    // Without a penalty the objective is the loss.
    let objective = expected.get("train_objective").map_or(train_loss.clone(), Golden::numbers);
    let report = &mut reports.losses;
    report.compare(id, "train_loss", &column(|r| r.train_loss), &train_loss);
    report.compare(id, "train_objective", &column(|r| r.train_objective), &objective);
    let eval_loss = expected.at("eval_loss").numbers();
    report.compare(id, "eval_loss", &column(|r| r.eval_loss), &eval_loss);

    reports.accuracy.case();
    let (margin, least) = (expected.at("margin").numbers(), MARGIN.of::<L>());
    let unclear = |epoch: usize| {
        (margin[epoch] <= least).then_some("an output is so near 0.5 that rounding decides")
    };
    let report = &mut reports.accuracy;
    let accuracy = expected.at("accuracy").numbers();
    report.compare_unless(id, "accuracy", &column(|r| r.accuracy), &accuracy, unclear);
    let subset = expected.at("subset_accuracy").numbers();
    let got = column(|r| r.subset_accuracy);
    report.compare_unless(id, "subset_accuracy", &got, &subset, unclear);

    if let Some(lr) = expected.get("lr") {
        reports.lr.case();
        reports.lr.compare(id, "lr", &column(|r| Some(r.lr)), &lr.numbers());
    }
}
