//! What a text looks like before it is read: its columns, what they hold, and its first rows, for
//! somebody to say which column is what.

use crate::data::csv::columns::Columns;
use crate::data::csv::numbers::{Fault, Numbers, is_missing};
use crate::data::csv::{CsvOptions, ReadNumber, Rows, place, prepared, short_name};
use crate::error::Result;

/// So many rows are shown.
const SHOWN_ROWS: usize = 6;
/// A column with more different texts is none of classes: they are not collected.
const MOST_VALUES: usize = 20;
/// So many missing cells are named; all are counted.
const MOST_PLACES: usize = 100;

/// A text at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// What cuts the cells.
    pub delimiter: char,
    /// Whether the first row holds names.
    pub header: bool,
    /// Whether numbers have a decimal comma.
    pub decimal_comma: bool,
    /// Rows of data.
    pub rows: usize,
    /// In the order of the text.
    pub columns: Vec<ColumnOverview>,
    /// The cells of the first rows of data.
    pub first_rows: Vec<Vec<String>>,
    /// Where there is no value: the column, and the place as an error names it. Of very many only
    /// the first.
    pub missing: Vec<(usize, String)>,
}

/// What one column holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnOverview {
    /// As the data set will call it.
    pub name: String,
    /// Cells that are numbers.
    pub numbers: usize,
    /// Cells that are something else.
    pub words: usize,
    /// Cells without a value.
    pub missing: usize,
    /// The different texts, in the order of the rows; empty if there are more than twenty.
    pub values: Vec<String>,
    many: bool,
}

impl ColumnOverview {
    fn count(&mut self, cell: &str, numbers: Numbers) {
        match numbers.number(cell) {
            Ok(_) => self.numbers += 1,
            Err(Fault::Missing) => self.missing += 1,
            Err(_) => self.words += 1,
        }
        if self.many || is_missing(cell) || self.values.iter().any(|value| value == cell) {
            return;
        }
        self.many = self.values.len() == MOST_VALUES;
        if self.many {
            self.values = Vec::new();
        } else {
            self.values.push(cell.to_owned());
        }
    }
}

/// Looks at a text as [`parse_with`](super::parse_with) would read it with these options, of which
/// only `header`, `delimiter`, `decimal` and `label` count.
///
/// # Errors
/// Those of [`parse_with`](super::parse_with) about quotes, lengths of rows and a label that is not
/// there; cells and labels are not judged.
pub fn overview(text: &str, options: &CsvOptions, read: ReadNumber) -> Result<Overview> {
    let (text, delimiter, layout) = prepared(text, options)?;
    let numbers = Numbers::new(text, delimiter, options.decimal, read);
    let mut rows = Rows::new(text, delimiter);
    let mut more = rows.next_row();
    let options = CsvOptions { features: None, ..options.clone() };
    let named = Columns::new(&rows.record, &options, numbers)?;
    let mut columns: Vec<ColumnOverview> = (0..layout.columns)
        .map(|column| ColumnOverview { name: named.name(column), ..Default::default() })
        .collect();
    if named.header {
        more = rows.next_row();
    }
    let mut first_rows = Vec::new();
    let mut missing = Vec::new();
    while more {
        for (column, content) in rows.record.iter().enumerate() {
            let cell = content.trim_ascii();
            columns[column].count(cell, numbers);
            if is_missing(cell) && missing.len() < MOST_PLACES {
                missing.push((column, place(rows.lines[column], column)));
            }
        }
        if first_rows.len() < SHOWN_ROWS {
            first_rows.push(rows.record.iter().map(|cell| short_name(cell.trim_ascii())).collect());
        }
        more = rows.next_row();
    }
    Ok(Overview {
        delimiter: char::from(delimiter),
        header: named.header,
        decimal_comma: numbers.comma,
        rows: layout.rows - usize::from(named.header),
        columns,
        first_rows,
        missing,
    })
}
