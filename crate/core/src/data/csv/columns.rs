//! What the columns are: which one holds the labels, and what they are called.

use std::borrow::Cow;

use crate::data::csv::numbers::{Fault, Numbers};
use crate::data::csv::{CsvOptions, Header, Label, short_name};
use crate::data::excerpt;
use crate::error::{Error, Result};
use crate::value::joined;

/// The columns of a text, as its first row and the options say.
pub(super) struct Columns {
    /// The first row that is not blank, without white space around its cells; at least two.
    first: Vec<String>,
    /// Whether that row holds names.
    pub header: bool,
    /// The label's column, counted from 0.
    pub label: usize,
    /// For each column, whether it is an input.
    used: Vec<bool>,
}

impl Columns {
    /// From the first row. A label that is not there is an error at `label`, an input that is not
    /// there one at `features`.
    pub fn new(first: &[Cow<str>], options: &CsvOptions, numbers: Numbers) -> Result<Columns> {
        let first: Vec<String> = first.iter().map(|cell| cell.trim_ascii().to_owned()).collect();
        let header = has_header(&first, options, numbers);
        let label = label_column(&first, header, &options.label)?;
        let used = match &options.features {
            None => (0..first.len()).map(|column| column != label).collect(),
            Some(features) => used_columns(features, first.len(), label)?,
        };
        Ok(Columns { first, header, label, used })
    }

    /// The number of inputs.
    pub fn features(&self) -> usize {
        self.used.iter().filter(|&&used| used).count()
    }

    /// Whether the column is an input or the label.
    pub fn is_read(&self, column: usize) -> bool {
        self.used[column] || column == self.label
    }

    /// What a column is called by itself.
    pub fn name(&self, column: usize) -> String {
        let name = match self.header {
            true => short_name(&self.first[column]),
            false if column == self.label => String::new(),
            // The label's column is not counted.
            false => format!("x{}", column + usize::from(column < self.label)),
        };
        if name.is_empty() { format!("column {}", column + 1) } else { name }
    }

    /// One name for each input, no two the same.
    pub fn feature_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for column in (0..self.first.len()).filter(|&column| self.used[column]) {
            let mut name = self.name(column);
            while names.contains(&name) {
                name += &format!(" (column {})", column + 1);
            }
            names.push(name);
        }
        names
    }

    /// What an error calls a column.
    pub fn described(&self, column: usize) -> String {
        let name = &self.first[column];
        let place = column + 1;
        match column == self.label {
            _ if self.header && !name.is_empty() => format!("column {}", excerpt(name)),
            true => format!("column {place}, the label's"),
            false => format!("column {place}"),
        }
    }
}

fn used_columns(features: &[usize], columns: usize, label: usize) -> Result<Vec<bool>> {
    let mut used = vec![false; columns];
    for &feature in features {
        let message = match used.get_mut(feature) {
            Some(used) if feature != label => {
                *used = true;
                continue;
            }
            Some(_) => format!("Invalid features: column {feature} is the label's"),
            None => format!(
                "Invalid features: {feature}; the text has {columns} columns, counted from 0"
            ),
        };
        return Err(Error::value(message).at("features"));
    }
    if features.is_empty() {
        return Err(Error::value("at least one column must be an input").at("features"));
    }
    Ok(used)
}

fn has_header(first: &[String], options: &CsvOptions, numbers: Numbers) -> bool {
    match options.header {
        Header::Present => true,
        Header::Absent => false,
        Header::Auto => {
            let named = |name: &str| first.iter().any(|cell| cell == name.trim_ascii());
            if matches!(&options.label, Label::Name(name) if named(name)) {
                return true;
            }
            let label = match options.label {
                Label::Index(index) => index,
                _ => first.len() - 1,
            };
            let mut words = 0;
            for (column, cell) in first.iter().enumerate() {
                match numbers.number(cell) {
                    _ if column == label => {}
                    Err(Fault::NotANumber) => words += 1,
                    Err(Fault::Missing) => {}
                    Ok(_) | Err(Fault::NotFinite | Fault::TooLarge) => return false,
                }
            }
            words > 0
        }
    }
}

fn label_column(first: &[String], header: bool, label: &Label) -> Result<usize> {
    match label {
        Label::Last => Ok(first.len() - 1),
        Label::Index(index) if *index < first.len() => Ok(*index),
        Label::Index(index) => Err(Error::value(format!(
            "Invalid label: {index}; the text has {} columns, counted from 0",
            first.len()
        ))
        .at("label")),
        Label::Name(name) => {
            let of_name = |&column: &usize| header && first[column] == name.trim_ascii();
            let found: Vec<usize> = (0..first.len()).filter(of_name).collect();
            match found[..] {
                [column] => Ok(column),
                [] => Err(no_such_column(first, header, name)),
                [one, other, ..] => Err(Error::value(format!(
                    "Invalid label: columns {} and {} are both called {}; give the index of one, \
                     counted from 0",
                    one + 1,
                    other + 1,
                    excerpt(name)
                ))
                .at("label")),
            }
        }
    }
}

fn no_such_column(first: &[String], header: bool, name: &str) -> Error {
    const SHOWN: usize = 10;
    let there = if header {
        let names: Vec<String> = first.iter().take(SHOWN).map(|cell| excerpt(cell)).collect();
        let more = if first.len() > SHOWN { ", …" } else { "" };
        format!("the columns are {}{more}", joined(&names, ", "))
    } else {
        "the first row holds no names; give the column's index, counted from 0".into()
    };
    Error::value(format!("Invalid label: no column is called {}; {there}", excerpt(name)))
        .at("label")
}
