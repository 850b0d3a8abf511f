//! A CSV file of the user's own: numeric columns and one column of labels.
//!
//! Which column is what, what the labels mean and where a cell lies in the file stand in the
//! submodules. Nothing is guessed about a number: a cell that is not one is an error with its
//! place, never a zero or a row left out.

mod columns;
mod labels;
mod layout;

use ::csv::{ReaderBuilder, StringRecord};

use crate::data::csv::columns::Columns;
use crate::data::csv::labels::Labels;
use crate::data::csv::layout::{line_of_cell, suits, survey};
use crate::data::{Dataset, MAX_FEATURES, MAX_ROWS, check_size, excerpt};
use crate::error::{Error, Result};

/// The longest text that is read, in bytes of UTF-8.
pub const MAX_TEXT_BYTES: usize = 32 << 20;
/// A name of a column or a class is cut after as many characters.
pub const MAX_NAME_CHARS: usize = 100;

/// How to read the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CsvOptions {
    /// Whether the first row holds names.
    pub header: Header,
    /// What stands between the cells.
    pub delimiter: Delimiter,
    /// The column that is the target.
    pub label: Label,
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

/// The data set in a text: every column but the label's is an input, inputs (rows, columns − 1),
/// targets (rows, 1) of 0 and 1.
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
/// `label` or `positive`; a text that is too long, empty or of one row only has no path.
pub fn parse(text: &str, options: &CsvOptions) -> Result<Dataset> {
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

    let mut rows = Rows::new(text, delimiter);
    let mut more = rows.next_row()?;
    let columns = Columns::new(rows.record.clone(), options)?;
    if columns.header {
        more = rows.next_row()?;
    }
    let data_rows = layout.rows - usize::from(columns.header);
    if data_rows < 2 {
        let message = format!("at least two rows of data are needed, the text has {data_rows}");
        return Err(Error::value(message));
    }
    check_size(data_rows, layout.columns - 1, 1)?;

    let mut inputs = Vec::with_capacity(data_rows * (layout.columns - 1));
    let mut labels = Labels::with_capacity(data_rows);
    while more {
        read_row(&rows.record, columns.label, &mut inputs, &mut labels).map_err(
            |(column, message)| {
                let line = line_of_cell(text, delimiter, rows.index, column);
                let column_name = columns.described(column);
                Error::value(format!("{column_name}: {message}")).at(place(line, column))
            },
        )?;
        more = rows.next_row()?;
    }
    let classes = labels.in_two(options.positive.as_deref())?;
    Ok(Dataset {
        name: "csv".into(),
        inputs,
        targets: classes.targets,
        rows: data_rows,
        features: layout.columns - 1,
        outputs: 1,
        feature_names: columns.feature_names(),
        target_names: classes.names,
    })
}

/// The rows that are not blank, read into one record, and their count so far less one.
struct Rows<'a> {
    reader: ::csv::Reader<&'a [u8]>,
    record: StringRecord,
    index: usize,
    started: bool,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        Rows { reader, record: StringRecord::new(), index: 0, started: false }
    }

    fn next_row(&mut self) -> Result<bool> {
        loop {
            // Reading a str fails neither as input nor as UTF-8. To print the crate's error all the
            // same would bring the messages of std::io into the wasm.
            let read = self.reader.read_record(&mut self.record);
            if !read.map_err(|_| Error::value("the text cannot be read as CSV"))? {
                return Ok(false);
            }
            if self.record.iter().any(|cell| !trim(cell).is_empty()) {
                self.index += usize::from(self.started);
                self.started = true;
                return Ok(true);
            }
        }
    }
}

/// The numbers and the label of one row; what is wrong with the cell in which column.
fn read_row(
    record: &StringRecord,
    label: usize,
    inputs: &mut Vec<f32>,
    labels: &mut Labels,
) -> std::result::Result<(), (usize, String)> {
    for (column, cell) in record.iter().enumerate() {
        if column == label {
            labels.push(trim(cell)).map_err(|message| (column, message))?;
        } else {
            let value = number(trim(cell)).map_err(|fault| (column, fault.message(cell)))?;
            inputs.push(value);
        }
    }
    Ok(())
}

/// Why a cell is not a number that can be trained on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Missing,
    NotFinite,
    TooLarge,
    NotANumber,
}

impl Fault {
    fn message(self, cell: &str) -> String {
        let shown = excerpt(trim(cell));
        match self {
            Fault::Missing if trim(cell).is_empty() => {
                "the cell is empty; fill in a number or remove the row".into()
            }
            Fault::Missing => {
                format!("{shown} stands for a missing value; fill in a number or remove the row")
            }
            Fault::NotFinite => format!("{shown} is not finite; all inputs must be"),
            Fault::TooLarge => format!("{shown} is beyond float32, which ends at 3.4e38"),
            Fault::NotANumber if cell.contains(['\n', '\r']) => format!(
                "{shown} is not a number, and goes on over several lines; is a closing quote missing?"
            ),
            Fault::NotANumber => format!(
                "{shown} is not a number; every column but the label's must be numeric, written \
                 like 1.5 or 1e-3"
            ),
        }
    }
}

#[inline(never)]
fn number(cell: &str) -> std::result::Result<f32, Fault> {
    if is_missing(cell) {
        return Err(Fault::Missing);
    }
    let wide: f64 = cell.parse().map_err(|_| Fault::NotANumber)?;
    let value = wide as f32;
    // "1e400" and "1e39" are infinite only because they were rounded, "inf" says that it is.
    let in_digits = cell.contains(|c: char| c.is_ascii_digit());
    match value.is_finite() {
        true => Ok(value),
        false if in_digits => Err(Fault::TooLarge),
        false => Err(Fault::NotFinite),
    }
}

/// How spreadsheets, R, pandas and the UCI repository write that there is no value.
fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 6] = ["", "NA", "N/A", "NaN", "null", "?"];
    WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Without white space at its ends. ASCII's only: [`layout`] sees bytes, and both must agree on
/// which rows are blank.
fn trim(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_ascii_whitespace())
}

/// A name as it is kept: on one line, and not endless.
fn short_name(name: &str) -> String {
    let mut short: String =
        name.chars().take(MAX_NAME_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if name.chars().nth(MAX_NAME_CHARS).is_some() {
        short.push('…');
    }
    short
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
