//! What a cell is worth as a number: with a decimal point or a decimal comma, or why it is none.

use crate::data::csv::layout::Cells;
use crate::data::csv::{ReadNumber, unquoted};
use crate::data::excerpt;

/// How the text writes its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    /// With a comma, if the cells are cut by something else and more of them are numbers with a
    /// comma than with a point. A cell like 1,500, which may well stand for 1500, is no sign of it.
    #[default]
    Auto,
    /// 1.5
    Point,
    /// 1,5
    Comma,
}

/// Reads the numbers of one text.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    read: ReadNumber,
    pub comma: bool,
}

impl Numbers {
    pub fn new(text: &str, delimiter: u8, decimal: Decimal, read: ReadNumber) -> Self {
        let comma = match decimal {
            Decimal::Point => false,
            Decimal::Comma => true,
            Decimal::Auto => delimiter != b',' && has_decimal_commas(text, delimiter, read),
        };
        Numbers { read, comma }
    }

    /// The nearest float64; none where the cell is not a number.
    pub fn parse(self, cell: &str) -> Option<f64> {
        if self.comma { with_comma(cell, self.read) } else { (self.read)(cell) }
    }

    /// What can be trained on, or why the cell is not that.
    #[inline(never)]
    pub fn number(self, cell: &str) -> Result<f32, Fault> {
        if is_missing(cell) {
            return Err(Fault::Missing);
        }
        let value = self.parse(cell).ok_or(Fault::NotANumber)? as f32;
        // "1e400" and "1e39" are infinite only because they were rounded, "inf" says that it is.
        let in_digits = cell.bytes().any(|c| c.is_ascii_digit());
        match value.is_finite() {
            true => Ok(value),
            false if in_digits => Err(Fault::TooLarge),
            false => Err(Fault::NotFinite),
        }
    }

    /// What to say of a fault.
    pub fn message(self, fault: Fault, cell: &str) -> String {
        let shown = excerpt(cell.trim_ascii());
        match fault {
            Fault::Missing if cell.trim_ascii().is_empty() => {
                "the cell is empty; fill in a number or remove the row".into()
            }
            Fault::Missing => {
                format!("{shown} stands for a missing value; fill in a number or remove the row")
            }
            Fault::NotFinite => format!("{shown} is not finite; all inputs must be"),
            Fault::TooLarge => format!("{shown} is beyond float32, which ends at 3.4e38"),
            Fault::NotANumber if cell.bytes().any(|c| matches!(c, b'\n' | b'\r')) => format!(
                "{shown} is not a number, and goes on over several lines; is a closing quote missing?"
            ),
            Fault::NotANumber => {
                let example = if self.comma { "1,5" } else { "1.5" };
                format!(
                    "{shown} is not a number; every column but the label's must be numeric, written \
                     like {example} or 1e-3"
                )
            }
        }
    }
}

/// Why a cell is not a number that can be trained on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    Missing,
    NotFinite,
    TooLarge,
    NotANumber,
}

/// How spreadsheets, R, pandas and the UCI repository write that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 6] = ["", "NA", "N/A", "NaN", "null", "?"];
    WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A number with a decimal comma, or with neither comma nor point.
fn with_comma(cell: &str, read: ReadNumber) -> Option<f64> {
    if cell.contains('.') { None } else { read(&cell.replacen(',', ".", 1)) }
}

fn has_decimal_commas(text: &str, delimiter: u8, read: ReadNumber) -> bool {
    let (mut commas, mut points) = (0, 0);
    for cell in Cells::new(text.as_bytes(), delimiter) {
        let content = unquoted(text.get(cell.start..cell.end).unwrap_or_default());
        let content = content.trim_ascii();
        if let Some((whole, rest)) = content.split_once(',') {
            let thousands = rest.len() == 3 && !matches!(whole, "" | "0" | "-0" | "+0");
            commas += usize::from(!thousands && with_comma(content, read).is_some());
        } else if content.contains('.') {
            points += usize::from(read(content).is_some());
        }
    }
    commas > points
}
