//! Where the cells of a text are, by the rules of the `csv` crate.
//!
//! The text is walked once without allocating, so that sizes and quotes are checked before anything
//! is read: a row of any length, or a quote that was left open, costs no memory.

use crate::data::csv::{MAX_FEATURES, MAX_ROWS, place};
use crate::error::{Error, Result};

/// No number and no name is longer; a cell that swallowed the next rows is.
const MAX_CELL_BYTES: usize = 10_000;

/// The size of a text whose rows all have the same number of cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    /// Rows with anything in them, a header included.
    pub rows: usize,
    /// Cells of each row; 0 for an empty text.
    pub columns: usize,
}

/// Checks quotes, the widths of the rows and the limits.
pub(super) fn survey(text: &str, delimiter: u8) -> Result<Layout> {
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        let line = 1 + line_ends(&text.as_bytes()[..at]);
        let message = "there is a NUL character; save the file as text in UTF-8";
        return Err(Error::value(message).at(format!("line {line}")));
    }
    let mut layout = Layout { rows: 0, columns: 0 };
    let mut row_line = 1;
    let mut blank = true;
    for cell in Cells::new(text.as_bytes(), delimiter) {
        check_cell(&cell)?;
        if cell.column == 0 {
            (row_line, blank) = (cell.line, true);
        }
        blank &= cell.blank;
        if !cell.ends_row || blank {
            continue;
        }
        let width = cell.column + 1;
        if layout.rows == 0 {
            layout.columns = width;
        } else if width != layout.columns {
            let message = format!(
                "this row has {width} cells, the first one has {}; is there a delimiter too many, \
                 or too few?",
                layout.columns
            );
            return Err(Error::value(message).at(format!("line {row_line}")));
        }
        layout.rows += 1;
        if layout.rows > MAX_ROWS + 1 {
            let message = format!("there are more than {MAX_ROWS} rows");
            return Err(Error::value(message).at(format!("line {row_line}")));
        }
    }
    Ok(layout)
}

fn check_cell(cell: &Cell) -> Result<()> {
    let message = match cell.quotes {
        Quotes::Open => "the quote that opens this cell is never closed".into(),
        Quotes::Overrun => {
            "there is text after the closing quote; a quote within a cell is written twice".into()
        }
        _ if cell.column > MAX_FEATURES => {
            format!("this row has more than {MAX_FEATURES} columns beside the label")
        }
        _ if cell.bytes > MAX_CELL_BYTES => {
            format!("this cell has more than {MAX_CELL_BYTES} bytes; is a closing quote missing?")
        }
        _ => return Ok(()),
    };
    Err(Error::value(message).at(place(cell.line, cell.column)))
}

/// How the first rows are cut by a delimiter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// Cells of the first row.
    pub cells: usize,
    /// Whether the next rows have as many.
    pub even: bool,
}

/// How the first rows are cut by this delimiter: 20 of them, or those in the first 256 KiB.
pub(super) fn suits(text: &str, delimiter: u8) -> Cut {
    const ROWS: usize = 20;
    let sample = &text.as_bytes()[..text.len().min(256 << 10)];
    let mut cut = Cut { cells: 0, even: true };
    let (mut rows, mut blank) = (0, true);
    let mut cells = Cells::new(sample, delimiter);
    while let Some(cell) = cells.next().filter(|_| rows < ROWS) {
        blank &= cell.blank;
        if !cell.ends_row || std::mem::replace(&mut blank, true) {
            continue;
        }
        let width = cell.column + 1;
        let cut_off = cells.at == sample.len() && sample.len() < text.len();
        if rows == 0 {
            cut.cells = width;
        }
        cut.even &= width == cut.cells || cut_off;
        rows += 1;
    }
    cut
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Quotes {
    /// As they should be: none, or around the cell.
    Fine,
    /// The text ends within them.
    Open,
    /// Something stands behind the closing one.
    Overrun,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    /// Its place in the text, with its quotes and without what ends it.
    pub start: usize,
    pub end: usize,
    /// Of the cell's first character, counted from 1.
    pub line: usize,
    /// Counted from 0.
    column: usize,
    pub ends_row: bool,
    /// Its length in the text, quotes and what ends it included.
    bytes: usize,
    /// Nothing but white space.
    pub blank: bool,
    quotes: Quotes,
}

/// The cells of a text in turn. A row may be blank, an empty line is none.
pub(super) struct Cells<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
    column: usize,
    delimiter: u8,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Bare,
    Quoted,
    /// After a quote in quotes: the closing one, or the first of two.
    Quote,
}

impl<'a> Cells<'a> {
    pub fn new(text: &'a [u8], delimiter: u8) -> Self {
        Cells { text, at: 0, line: 1, column: 0, delimiter }
    }

    /// The next byte, with the line counted on behind an LF, a CRLF or a CR.
    fn advance(&mut self) -> Option<u8> {
        let byte = *self.text.get(self.at)?;
        let second_of_crlf = byte == b'\n' && self.at > 0 && self.text[self.at - 1] == b'\r';
        self.line += usize::from(matches!(byte, b'\n' | b'\r') && !second_of_crlf);
        self.at += 1;
        Some(byte)
    }
}

impl Iterator for Cells<'_> {
    type Item = Cell;

    // Four loops walk; each would get a copy of its own.
    #[inline(never)]
    fn next(&mut self) -> Option<Cell> {
        if self.column == 0 {
            while matches!(self.text.get(self.at), Some(b'\n' | b'\r')) {
                self.advance();
            }
            self.text.get(self.at)?;
        }
        let begin = self.at;
        let mut cell = Cell {
            start: begin,
            end: begin,
            line: self.line,
            column: self.column,
            ends_row: false,
            bytes: 0,
            blank: true,
            quotes: Quotes::Fine,
        };
        let mut state = State::Start;
        loop {
            cell.end = self.at;
            let Some(byte) = self.advance() else {
                cell.ends_row = true;
                if state == State::Quoted {
                    cell.quotes = Quotes::Open;
                }
                break;
            };
            let ends_row = matches!(byte, b'\n' | b'\r');
            state = match state {
                State::Quoted if byte == b'"' => State::Quote,
                State::Quoted => State::Quoted,
                State::Start if byte == b'"' => State::Quoted,
                _ if byte == self.delimiter || ends_row => {
                    cell.ends_row = ends_row;
                    break;
                }
                State::Quote if byte == b'"' => {
                    cell.blank = false;
                    State::Quoted
                }
                State::Quote if !byte.is_ascii_whitespace() => {
                    cell.quotes = Quotes::Overrun;
                    State::Bare
                }
                _ => State::Bare,
            };
            let content = matches!(state, State::Bare) || (state == State::Quoted && byte != b'"');
            cell.blank &= !content || byte.is_ascii_whitespace();
        }
        cell.bytes = self.at - begin;
        self.column = if cell.ends_row { 0 } else { self.column + 1 };
        Some(cell)
    }
}

fn line_ends(text: &[u8]) -> usize {
    let second_of_crlf = |at: usize| text[at] == b'\n' && at > 0 && text[at - 1] == b'\r';
    (0..text.len()).filter(|&at| matches!(text[at], b'\n' | b'\r') && !second_of_crlf(at)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::csv::Rows;
    use crate::rng::{Purpose, Stream};

    /// The rows as the walk sees them: (cells, blank).
    fn walked(text: &str) -> Vec<(usize, bool)> {
        let mut rows = Vec::new();
        let mut blank = true;
        for cell in Cells::new(text.as_bytes(), b',') {
            blank &= cell.blank;
            if cell.ends_row {
                rows.push((cell.column + 1, std::mem::replace(&mut blank, true)));
            }
        }
        rows
    }

    /// The rows that are not blank.
    fn read_by_the_csv_crate(text: &str) -> Vec<Vec<String>> {
        let mut reader = ::csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().map(String::from).collect());
        rows.filter(|row: &Vec<String>| row.iter().any(|cell| !cell.trim_ascii().is_empty()))
            .collect()
    }

    #[test]
    fn the_walk_and_the_csv_crate_read_the_same_rows() {
        let pieces =
            ["a", "1", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\t", "é", "\"x\""];
        let mut stream = Stream::new(1, Purpose::Data, 0);
        for _ in 0..20_000 {
            let count = stream.below(20);
            let text: String =
                (0..count).map(|_| pieces[stream.below(pieces.len() as u32) as usize]).collect();
            let expected: Vec<usize> =
                walked(&text).into_iter().filter(|row| !row.1).map(|row| row.0).collect();
            let mut rows = Rows::new(&text, b',');
            let mut read = Vec::new();
            while rows.next_row() {
                read.push(rows.record.clone());
            }
            assert_eq!(read, read_by_the_csv_crate(&text), "{text:?}");
            assert_eq!(read.iter().map(Vec::len).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_cell_s_line_is_the_one_in_which_it_begins() {
        let text = "a,b\r\n\r\n\"1\n2\",3\r4,\"5\n\n6\"\n , \n7,8";
        let mut rows = Rows::new(text, b',');
        for lines in [[1, 1], [3, 4], [5, 5], [9, 9]] {
            assert!(rows.next_row());
            assert_eq!(rows.lines, lines);
        }
    }

    #[test]
    fn a_quote_counts_only_at_the_start_of_a_cell() {
        let layout = survey("5\" pipe,a\n6\" pipe,b\n", b',').unwrap();
        assert_eq!(layout, Layout { rows: 2, columns: 2 });
    }
}
