//! Derived inputs: formulas over the columns of a row, such as x1 · x2 or sin(x1).
//!
//! A formula arrives as a program in postfix order: numbers, `x1`, `x2`, … and the names of
//! operations, so that there is nothing to parse here and little that can go wrong. It is computed in
//! float64, by the `libm` crate wherever a host's own function might differ, and rounded once.

use crate::config::UNITS_LIMIT;
use crate::data::excerpt;
use crate::error::{Error, Result};
use crate::full::{Full, full};
use crate::tensor::Tensor;
use crate::value::{Fields, Value, joined};

/// The longest program.
const OPERATIONS_LIMIT: usize = 256;
/// The most intermediate values of a program.
const DEPTH_LIMIT: usize = 32;

#[derive(Clone, Copy, Debug)]
enum Operation {
    Number(f64),
    Input(usize),
    Unary(fn(f64) -> f64),
    Binary(fn(f64, f64) -> f64),
}

const OPERATIONS: [(&str, Operation); 15] = [
    ("+", Operation::Binary(|a, b| a + b)),
    ("-", Operation::Binary(|a, b| a - b)),
    ("*", Operation::Binary(|a, b| a * b)),
    ("/", Operation::Binary(|a, b| a / b)),
    ("^", Operation::Binary(power)),
    // A NaN stays one, whichever side it is on.
    ("min", Operation::Binary(|a, b| if a.is_nan() || a < b { a } else { b })),
    ("max", Operation::Binary(|a, b| if a.is_nan() || a > b { a } else { b })),
    ("neg", Operation::Unary(|x| -x)),
    ("sin", Operation::Unary(libm::sin)),
    ("cos", Operation::Unary(libm::cos)),
    ("tanh", Operation::Unary(libm::tanh)),
    ("exp", Operation::Unary(libm::exp)),
    ("log", Operation::Unary(libm::log)),
    ("sqrt", Operation::Unary(f64::sqrt)),
    ("abs", Operation::Unary(f64::abs)),
];

/// Squares are what most formulas have, and a picture computes a million of them.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 2.0 { base * base } else { libm::pow(base, exponent) }
}

/// What a network sees of a row: formulas of its columns, or these themselves, standardised or not.
#[derive(Clone, Debug)]
pub struct Features {
    programs: Vec<Vec<Operation>>,
    /// Mean and standard deviation of each feature; empty where they are not standardised.
    scales: Vec<(f64, f64)>,
    /// Columns of a row.
    columns: usize,
    /// Only there.
    #[expect(dead_code)]
    full: Full,
}

impl Features {
    /// Reads `formulas` (programs), `mean` and `std` for rows of so many columns. None where there is
    /// neither. ValueError, at the program, for one that cannot be computed.
    pub fn from_fields(fields: &mut Fields, columns: usize) -> Result<Option<Features>> {
        let formulas = fields.get("formulas").filter(|formulas| **formulas != Value::Null);
        let means = fields.numbers("mean")?;
        let stds = fields.numbers("std")?;
        if formulas.is_none() && means.is_none() && stds.is_none() {
            return Ok(None);
        }
        let full = full()?;
        let programs = match formulas {
            None => (0..columns).map(|column| vec![Operation::Input(column)]).collect(),
            Some(Value::List(programs)) if (1..=UNITS_LIMIT as usize).contains(&programs.len()) => {
                let read = |(i, program)| {
                    read_program(program, columns)
                        .map_err(|error| error.at(fields.path_of(&words!("formulas[{i}]"))))
                };
                programs.iter().enumerate().map(read).collect::<Result<Vec<_>>>()?
            }
            Some(_) => {
                return Err(fields.invalid("formulas", "formulas must be a list of programs"));
            }
        };
        let (means, stds) = (means.unwrap_or_default(), stds.unwrap_or_default());
        if means.len() != stds.len() || ![0, programs.len()].contains(&means.len()) {
            let message = "mean and std must have a number for each feature";
            return Err(fields.invalid("mean", message));
        }
        let scales = means.into_iter().zip(stds).collect();
        Ok(Some(Features { programs, scales, columns, full }))
    }

    /// [`Features::from_fields`] of options that hold nothing else and must hold formulas.
    pub fn required(options: &Value, columns: usize) -> Result<Features> {
        let mut fields = Fields::of(options, "")?;
        let features = Features::from_fields(&mut fields, columns)?;
        fields.finish()?;
        features.ok_or_else(|| Error::value("formulas is missing").at("formulas"))
    }

    /// Inputs (rows, columns) or (columns) as the options say they are to be seen; without options
    /// as they are.
    pub fn apply(options: &Value, mut inputs: Tensor<f32>) -> Result<Tensor<f32>> {
        let mut fields = Fields::of(options, "")?;
        let columns = inputs.shape.last().copied().unwrap_or(0).max(1);
        let features = Features::from_fields(&mut fields, columns)?;
        fields.finish()?;
        if let (Some(features), Some(last)) = (features, inputs.shape.last_mut()) {
            *last = features.len();
            inputs.data = features.of_rows(&inputs.data);
        }
        Ok(inputs)
    }

    /// The columns that a row must have.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many features a row gets.
    pub fn len(&self) -> usize {
        self.programs.len()
    }

    /// Never: there is at least one feature.
    pub fn is_empty(&self) -> bool {
        self.programs.is_empty()
    }

    /// A feature of a row, in the precision of the data.
    pub fn of(&self, row: &[f64], feature: usize) -> f32 {
        let value = compute(&self.programs[feature], row) as f32;
        match self.scales.get(feature) {
            // As `split` standardises.
            Some((mean, std)) => ((f64::from(value) - mean) / std) as f32,
            None => value,
        }
    }

    /// The features (rows, features) of row-major inputs.
    pub fn of_rows(&self, inputs: &[f32]) -> Vec<f32> {
        let mut features = Vec::with_capacity(inputs.len() / self.columns * self.len());
        for row in inputs.chunks_exact(self.columns) {
            let row: Vec<f64> = row.iter().map(|&x| f64::from(x)).collect();
            features.extend((0..self.len()).map(|feature| self.of(&row, feature)));
        }
        features
    }

    /// [`Features::of_rows`] for a data set. ValueError, at the formula, for what is not finite.
    pub fn of_data(&self, inputs: &[f32]) -> Result<Vec<f32>> {
        let features = self.of_rows(inputs);
        match features.iter().position(|x| !x.is_finite()) {
            None => Ok(features),
            Some(at) => {
                let (row, feature) = (at / self.len(), at % self.len());
                let message = words!("the formula gives no finite number for row {row}");
                Err(Error::value(message).at(words!("formulas[{feature}]")))
            }
        }
    }
}

/// Checks a program: known words, and never an operation without its operands.
fn read_program(program: &Value, columns: usize) -> Result<Vec<Operation>> {
    let Value::List(words) = program else {
        return Err(Error::type_("a formula's program must be a list of numbers and words"));
    };
    let mut depth = 0;
    let mut operations = Vec::with_capacity(words.len().min(OPERATIONS_LIMIT));
    for word in words {
        let operation = match word {
            Value::Number(x) => Operation::Number(*x),
            Value::Text(word) => named(word, columns)?,
            _ => return Err(Error::type_("a program holds numbers and words")),
        };
        let (takes, gives) = match operation {
            Operation::Number(_) | Operation::Input(_) => (0, 1),
            Operation::Unary(_) => (1, 1),
            Operation::Binary(_) => (2, 1),
        };
        if depth < takes {
            return Err(Error::value("a program's operation has too few operands"));
        }
        depth = depth - takes + gives;
        if depth > DEPTH_LIMIT || operations.len() == OPERATIONS_LIMIT {
            return Err(Error::value("the formula is too long"));
        }
        operations.push(operation);
    }
    if depth == 1 { Ok(operations) } else { Err(Error::value("a program must leave one value")) }
}

fn named(word: &str, columns: usize) -> Result<Operation> {
    if let Some((_, operation)) = OPERATIONS.iter().find(|(name, _)| *name == word) {
        return Ok(*operation);
    }
    let number = word.strip_prefix('x').and_then(|digits| digits.parse::<usize>().ok());
    if let Some(column) = number.and_then(|n| n.checked_sub(1)).filter(|&i| i < columns) {
        return Ok(Operation::Input(column));
    }
    let names: Vec<&str> = OPERATIONS.iter().map(|(name, _)| *name).collect();
    let (word, names) = (excerpt(word), joined(&names, ", "));
    Err(Error::value(words!("unknown {word}; known are x1 to x{columns}, {names}")))
}

fn compute(program: &[Operation], row: &[f64]) -> f64 {
    let mut stack = [0.0; DEPTH_LIMIT];
    let mut depth = 0;
    for operation in program {
        match *operation {
            Operation::Number(x) => {
                stack[depth] = x;
                depth += 1;
            }
            Operation::Input(column) => {
                stack[depth] = row[column];
                depth += 1;
            }
            Operation::Unary(f) => stack[depth - 1] = f(stack[depth - 1]),
            Operation::Binary(f) => {
                depth -= 1;
                stack[depth - 1] = f(stack[depth - 1], stack[depth]);
            }
        }
    }
    stack[0]
}
