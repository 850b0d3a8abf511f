//! Data sets: made, shipped, or the user's own.
//!
//! Here is what all of them share: the type, its limits and its checks. How points are made stands
//! in [`toy`], those of several classes in [`blobs`](mod@blobs), those of several labels in [`multilabel`], images with
//! objects to be found in [`shapes`], how a text becomes numbers in [`csv`], what is shipped in [`real`], how inputs are
//! derived from others in [`features`], how rows are divided into training and test data in
//! [`split`](mod@split), and what is done about classes of unequal size in [`balance`].

pub mod balance;
pub mod blobs;
pub mod csv;
pub mod features;
pub mod multilabel;
pub mod real;
pub mod shapes;
pub mod split;
pub mod toy;

pub use balance::{balanced_weights, oversample};
pub use blobs::blobs;
pub use csv::{CsvOptions, parse, parse_with};
pub use features::Features;
pub use multilabel::{health_reports, overlapping_regions};
pub use shapes::{Shapes, ShapesOptions, make_shapes};
pub use split::{Split, SplitOptions, split};
pub use toy::MakeOptions;

use crate::error::{Error, Result};
use crate::full::FULL;
use crate::value::joined;

/// The most rows that a data set may have.
pub const MAX_ROWS: usize = 1_000_000;
/// The most inputs that a row may have.
pub const MAX_FEATURES: usize = 4096;
/// The most targets that a row may have.
pub const MAX_OUTPUTS: usize = 4096;
/// The most numbers that inputs and targets may have together: 256 MiB of float32.
pub const MAX_VALUES: usize = 1 << 26;

/// The names that [`make`] knows: two classes, several classes, several labels.
pub const MADE: [&str; 8] =
    ["circle", "xor", "gauss", "spiral", "moons", "blobs", "health_reports", "overlapping_regions"];

/// The made data set of this name, one of [`MADE`]: [`toy::make`] has those of two classes, [`blobs`](fn@blobs),
/// [`health_reports`] and [`overlapping_regions`] are the others (which the start module lacks).
///
/// # Errors
/// A `ValueError` at the option that is out of range, or at `name`.
pub fn make(name: &str, options: &MakeOptions) -> Result<Dataset> {
    match name {
        "blobs" if FULL => blobs(options),
        "health_reports" if FULL => health_reports(options),
        "overlapping_regions" if FULL => overlapping_regions(options),
        _ => toy::make(name, options),
    }
}

/// Rows of inputs and the targets that belong to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// What the set is called: `circle`, `iris`, `csv`, …
    pub name: String,
    /// Row-major, (rows, features); finite.
    pub inputs: Vec<f32>,
    /// Row-major, (rows, outputs); 0 or 1 in every set that is made, shipped or parsed here.
    pub targets: Vec<f32>,
    /// The number of rows.
    pub rows: usize,
    /// The number of inputs of a row.
    pub features: usize,
    /// The number of targets of a row.
    pub outputs: usize,
    /// One name for each input, no two the same.
    pub feature_names: Vec<String>,
    /// What a single target of 0 and what one of 1 stands for, (negative, positive); of several
    /// targets one name for each.
    pub target_names: Vec<String>,
}

impl Dataset {
    /// Checks a set that came from outside: sizes within the limits, lengths that fit them, and
    /// finite numbers. The names are not looked at, nothing is computed from them.
    ///
    /// # Errors
    /// A `ValueError` or, for lengths that do not fit, a `RuntimeError`, at `inputs` or `targets`.
    pub fn check(&self) -> Result<()> {
        self.check_but_for(|value| value.is_finite())
    }

    /// [`Dataset::check`] of a set in which missing inputs are NaN.
    ///
    /// # Errors
    /// Those of [`Dataset::check`].
    pub(crate) fn check_with_missing(&self) -> Result<()> {
        self.check_but_for(|value| value.is_finite() || value.is_nan())
    }

    fn check_but_for(&self, is_input: fn(f32) -> bool) -> Result<()> {
        check_size(self.rows, self.features, self.outputs)?;
        check_matrix("inputs", &self.inputs, self.rows, self.features, is_input)?;
        check_matrix("targets", &self.targets, self.rows, self.outputs, f32::is_finite)
    }
}

/// Refuses what is empty or beyond the limits, before anything is allocated for it.
pub(crate) fn check_size(rows: usize, features: usize, outputs: usize) -> Result<()> {
    let within = |what: &str, count: usize, most: usize, path: &str| {
        if (1..=most).contains(&count) {
            return Ok(());
        }
        let message = words!("a data set has between 1 and {most} {what}, this one has {count}");
        Err(Error::value(message).at(path))
    };
    within("rows", rows, MAX_ROWS, "inputs")?;
    within("features", features, MAX_FEATURES, "inputs")?;
    within("outputs", outputs, MAX_OUTPUTS, "targets")?;
    // At most 10⁶ · 8192, which 32 bits cannot hold.
    let values = rows as u64 * (features + outputs) as u64;
    if values > MAX_VALUES as u64 {
        let message = words!("a data set has at most {MAX_VALUES} numbers, this one has {values}");
        return Err(Error::value(message).at("inputs"));
    }
    Ok(())
}

fn check_matrix(
    path: &str,
    values: &[f32],
    rows: usize,
    columns: usize,
    allowed: fn(f32) -> bool,
) -> Result<()> {
    if values.len() != rows * columns {
        let message =
            words!("shape [{rows}, {columns}] is invalid for input of size {}", values.len());
        return Err(Error::runtime(message).at(path));
    }
    match values.iter().position(|&value| !allowed(value)) {
        None => Ok(()),
        Some(at) => {
            let (row, column) = (at / columns, at % columns);
            let value = if values[at].is_nan() {
                "NaN"
            } else if values[at] > 0.0 {
                "inf"
            } else {
                "-inf"
            };
            let message = words!("a value is {value}; all must be finite");
            Err(Error::value(message).at(words!("{path}[{row}][{column}]")))
        }
    }
}

/// The error for a data set that nobody knows, with the names of those that there are.
pub(crate) fn unknown_name(name: &str, known: &[&str]) -> Error {
    let message = words!("Unknown data set: {}; known are {}", excerpt(name), joined(known, ", "));
    Error::value(message).at("name")
}

/// A text for a message: in quotes, on one line, and short.
pub(crate) fn excerpt(text: &str) -> String {
    // Not `escape_debug`: its tables of what is printable would weigh 5 kB in the wasm.
    words!("\"{}\"", shortened(text, 32, '\u{fffd}'))
}

/// The first `most` characters of a text and a sign that there are more, with something else in the
/// place of control characters.
fn shortened(text: &str, most: usize, for_control: char) -> String {
    let mut short = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == most {
            short.push('…');
            break;
        }
        short.push(if c.is_control() { for_control } else { c });
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Dataset {
        Dataset {
            name: "mine".into(),
            inputs: vec![1.0, 2.0, 3.0, 4.0],
            targets: vec![0.0, 1.0],
            rows: 2,
            features: 2,
            outputs: 1,
            feature_names: vec!["a".into(), "b".into()],
            target_names: vec!["0".into(), "1".into()],
        }
    }

    #[test]
    fn a_set_with_fitting_lengths_is_accepted() {
        assert_eq!(two_rows().check(), Ok(()));
    }

    #[test]
    fn a_value_that_is_not_finite_is_named_by_row_and_column() {
        let mut data = two_rows();
        data.inputs[3] = f32::NAN;
        assert_eq!(data.check().unwrap_err().path.as_deref(), Some("inputs[1][1]"));
    }

    #[test]
    fn lengths_that_do_not_fit_the_shape_are_refused() {
        let mut data = two_rows();
        data.targets.push(1.0);
        assert_eq!(data.check().unwrap_err().path.as_deref(), Some("targets"));
    }

    #[test]
    fn sizes_beyond_the_limits_are_refused_without_an_overflow() {
        for (rows, features, outputs) in [
            (0, 1, 1),
            (1, 0, 1),
            (1, 1, 0),
            (MAX_ROWS + 1, 1, 1),
            (1, MAX_FEATURES + 1, 1),
            (1, 1, usize::MAX),
            (MAX_ROWS, MAX_FEATURES, MAX_OUTPUTS),
        ] {
            assert!(check_size(rows, features, outputs).is_err(), "{rows} {features} {outputs}");
        }
        assert_eq!(check_size(60_000, 784, 1), Ok(()));
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("a\n\"b\""), "\"a\u{fffd}\"b\"\"");
        assert_eq!(excerpt(&"é".repeat(33)), format!("\"{}…\"", "é".repeat(32)));
    }
}
