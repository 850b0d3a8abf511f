//! A CSV file of the user's own: numeric columns and one column of labels.
//!
//! Which column is what, what the labels mean and where a cell lies in the file stand in the
//! submodules. Nothing is guessed about a number: a cell that is not one is an error with its
//! place, never a zero or a row left out.
//!
//! Two things are done here that a library would do, for the sake of the wasm's size: the cells are
//! read by [`layout`]'s own walk, which must be there anyway and reads them as the `csv` crate does
//! (a test compares both; the crate weighs 15 kB), and what a number is worth is asked of the host
//! ([`ReadNumber`]; the standard library's `str::parse` weighs as much).

mod columns;
mod labels;
mod layout;
mod numbers;
mod overview;

pub use numbers::Decimal;
pub use overview::{ColumnOverview, Overview, overview};

use std::borrow::Cow;

use crate::data::csv::columns::Columns;
use crate::data::csv::labels::Labels;
use crate::data::csv::layout::{Cells, Layout, suits, survey};
use crate::data::csv::numbers::{Numbers, is_missing};
use crate::data::{Dataset, MAX_FEATURES, MAX_ROWS, check_size, excerpt, shortened};
use crate::error::{Error, Result};

/// The longest text that is read, in bytes of UTF-8.
pub const MAX_TEXT_BYTES: usize = 32 << 20;
/// A name of a column or a class is cut after as many characters.
pub const MAX_NAME_CHARS: usize = 100;

/// Reads a number as `str::parse::<f64>` does, correctly rounded; none where it would not.
pub type ReadNumber = fn(&str) -> Option<f64>;

/// How to read the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CsvOptions {
    /// Whether the first row holds names.
    pub header: Header,
    /// What stands between the cells.
    pub delimiter: Delimiter,
    /// How numbers are written.
    pub decimal: Decimal,
    /// The column that is the target.
    pub label: Label,
    /// The columns that are inputs, counted from 0; without them all but the label's.
    pub features: Option<Vec<usize>>,
    /// What becomes of rows in which a value is missing.
    pub missing: Missing,
    /// The label with target 1. Without it the text must have two different labels; of 0 and 1 it
    /// is 1, of other numbers the greater, of words the later one in the alphabet ("no", "yes").
    pub positive: Option<String>,
}

/// Whether the first row holds the columns' names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// It does if [`Label::Name`] is one of its cells, or if it has words and not a single number
    /// beside the label. Names that are numbers need [`Header::Present`].
    #[default]
    Auto,
    /// It does.
    Present,
    /// It does not: the columns are called x1, x2, …
    Absent,
}

/// What stands between two cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delimiter {
    /// The first of tab, semicolon and comma that cuts the first 20 rows into equally many cells,
    /// at least two (of a text with very long rows the first 256 KiB are looked at); if none does, the one that cuts the first row into the most.
    #[default]
    Auto,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// The column of the labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Label {
    /// The last one.
    #[default]
    Last,
    /// The one of this name.
    Name(String),
    /// The one at this place, counted from 0.
    Index(usize),
}

/// What becomes of rows in which a value is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// They are an error.
    #[default]
    Refuse,
    /// They are left out.
    Drop,
    /// A missing input is NaN, for [`split`](crate::data::split()) to put the training part's mean in
    /// its place. A missing label is an error.
    Keep,
}

impl Delimiter {
    /// The option as it is written: `auto`, `,`, `;` or a tab.
    ///
    /// # Errors
    /// A `ValueError` at `delimiter`.
    pub fn named(name: &str) -> Result<Delimiter> {
        match name {
            "auto" => Ok(Delimiter::Auto),
            "," => Ok(Delimiter::Comma),
            ";" => Ok(Delimiter::Semicolon),
            "\t" => Ok(Delimiter::Tab),
            _ => Err(Error::value(format!(
                r#"Invalid delimiter: {}; it is "auto", ",", ";" or "\t""#,
                excerpt(name)
            ))
            .at("delimiter")),
        }
    }

    fn byte(self, text: &str) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
            Delimiter::Auto => {
                let cuts = [b'\t', b';', b','].map(|byte| (byte, suits(text, byte)));
                let cutting = || cuts.iter().filter(|(_, cut)| cut.cells > 1);
                let even = cutting().find(|(_, cut)| cut.even);
                // The last of equals, which is the comma.
                let most = || cutting().max_by_key(|(_, cut)| cut.cells);
                even.or_else(most).map_or(b',', |&(byte, _)| byte)
            }
        }
    }
}

/// The data set in a text: every column but the label's is an input, or those that are chosen: inputs
/// (rows, features), targets (rows, 1) of 0 and 1. Other columns may hold anything.
///
/// Cells may be in quotes, lines end in LF, CRLF or CR, a byte order mark is passed over, and so is
/// a row without anything in its cells. Numbers are rounded to float32. White space around a cell
/// does not count. A column without a name is called after its place (`column 3`), and of equal
/// names the later ones get theirs as well (`x (column 3)`).
///
/// # Errors
/// A `ValueError`. Quotes and the lengths of the rows are checked first, then the cells, each in the
/// order of the file. The path is the cell's place, `line 7, column 2`, both counted from 1: the
/// line of the file in which the cell begins, as an editor counts, and the cell's number in its row
/// (`line 7` where the whole row is at fault). Or it is the option that does not fit the text,
/// `label`, `features` or `positive`; a text that is too long, empty or of one row only has no path.
pub fn parse(text: &str, options: &CsvOptions) -> Result<Dataset> {
    parse_with(text, options, |cell| cell.parse().ok())
}

/// [`parse`], with numbers read by the host.
///
/// # Errors
/// Those of [`parse`].
pub fn parse_with(text: &str, options: &CsvOptions, read: ReadNumber) -> Result<Dataset> {
    let (text, delimiter, layout) = prepared(text, options)?;
    let numbers = Numbers::new(text, delimiter, options.decimal, read);
    let mut rows = Rows::new(text, delimiter);
    let mut more = rows.next_row();
    let columns = Columns::new(&rows.record, options, numbers)?;
    if columns.header {
        more = rows.next_row();
    }
    let data_rows = layout.rows - usize::from(columns.header);
    if data_rows < 2 {
        let message = format!("at least two rows of data are needed, the text has {data_rows}");
        return Err(Error::value(message));
    }
    check_size(data_rows, columns.features(), 1)?;

    let mut inputs = Vec::with_capacity(data_rows * columns.features());
    let mut labels = Labels::new(data_rows, numbers);
    let mut kept = 0;
    while more {
        let mut whole = true;
        for (column, content) in rows.record.iter().enumerate().filter(|&(c, _)| columns.is_read(c))
        {
            let cell = content.trim_ascii();
            let read = match (options.missing, is_missing(cell)) {
                (Missing::Drop, true) => {
                    whole = false;
                    Ok(())
                }
                _ if column == columns.label => labels.push(cell),
                (Missing::Keep, true) => {
                    inputs.push(f32::NAN);
                    Ok(())
                }
                _ => numbers
                    .number(cell)
                    .map(|x| inputs.push(x))
                    .map_err(|fault| numbers.message(fault, content)),
            };
            if let Err(message) = read {
                let message = format!("{}: {message}", columns.described(column));
                return Err(Error::value(message).at(place(rows.lines[column], column)));
            }
        }
        kept += usize::from(whole);
        inputs.truncate(kept * columns.features());
        labels.truncate(kept);
        more = rows.next_row();
    }
    if kept < 2 {
        let message = format!(
            "at least two rows of data are needed; without those with missing values there are {kept}"
        );
        return Err(Error::value(message).at("missing"));
    }
    let classes = labels.in_two(options.positive.as_deref())?;
    Ok(Dataset {
        name: "csv".into(),
        inputs,
        targets: classes.targets,
        rows: kept,
        features: columns.features(),
        outputs: 1,
        feature_names: columns.feature_names(),
        target_names: classes.names.into(),
    })
}

/// The text without what may stand before it, its delimiter and its size; or what is wrong with it as
/// a whole.
fn prepared<'a>(text: &'a str, options: &CsvOptions) -> Result<(&'a str, u8, Layout)> {
    if text.len() > MAX_TEXT_BYTES {
        let (size, most) = (text.len() >> 20, MAX_TEXT_BYTES >> 20);
        return Err(Error::value(format!("the text has {size} MiB; at most {most} are read")));
    }
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = options.delimiter.byte(text);
    let layout = survey(text, delimiter)?;
    if layout.columns < 2 {
        return Err(too_narrow(layout.rows, delimiter));
    }
    Ok((text, delimiter, layout))
}

/// The rows that are not blank, read one after another into one record.
struct Rows<'a> {
    text: &'a str,
    cells: Cells<'a>,
    record: Vec<Cow<'a, str>>,
    /// The lines in which the cells begin, counted from 1.
    lines: Vec<usize>,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        let cells = Cells::new(text.as_bytes(), delimiter);
        Rows { text, cells, record: Vec::new(), lines: Vec::new() }
    }

    /// Reads the next row into the record; false at the end of the text.
    fn next_row(&mut self) -> bool {
        self.record.clear();
        self.lines.clear();
        let mut blank = true;
        for cell in self.cells.by_ref() {
            // What bounds a cell is ASCII, so that the range is one of whole characters.
            let written = self.text.get(cell.start..cell.end).unwrap_or_default();
            self.record.push(unquoted(written));
            self.lines.push(cell.line);
            blank &= cell.blank;
            if !cell.ends_row {
                continue;
            }
            if blank {
                self.record.clear();
                self.lines.clear();
                continue;
            }
            return true;
        }
        false
    }
}

/// A cell's content: quotes around it are taken off, two quotes within them are one.
fn unquoted(written: &str) -> Cow<'_, str> {
    let Some(rest) = written.strip_prefix('"') else { return Cow::Borrowed(written) };
    let mut content = String::new();
    let (mut closed, mut quote_before) = (false, false);
    for c in rest.chars() {
        if c == '"' && !closed && !quote_before {
            quote_before = true;
            continue;
        }
        // What follows a closing quote stands for itself.
        closed |= quote_before && c != '"';
        quote_before = false;
        content.push(c);
    }
    Cow::Owned(content)
}

/// A name as it is kept: on one line, and not endless.
fn short_name(name: &str) -> String {
    shortened(name, MAX_NAME_CHARS, ' ')
}

/// A cell's place in the file, for people: both are counted from 1.
fn place(line: usize, column: usize) -> String {
    format!("line {line}, column {}", column + 1)
}

fn too_narrow(rows: usize, delimiter: u8) -> Error {
    if rows == 0 {
        return Error::value("the text is empty");
    }
    let used = match delimiter {
        b'\t' => "tab",
        b';' => "semicolon",
        _ => "comma",
    };
    Error::value(format!(
        "the rows have one column, with the {used} as delimiter; at least one input and the label \
         are needed"
    ))
    .at("line 1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_at_the_edge_of_a_cell_is_one_too() {
        let error = parse("a,y\n\"x\n\",0\n1,1\n", &CsvOptions::default()).unwrap_err();
        assert!(error.message.contains("goes on over several lines"), "{error}");
    }
}
