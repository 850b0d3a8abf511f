//! A thousand texts that are no data set: each gets a clear error, quickly, and none a panic.

use std::time::{Duration, Instant};

use bce_core::Result;
use bce_core::data::Dataset;
use bce_core::data::csv::{CsvOptions, parse};
use bce_core::rng::{Purpose, Stream};

const LIMIT: Duration = Duration::from_millis(100);

/// A sound table: numbers, a header, labels "no" and "yes".
fn sound(stream: &mut Stream) -> Vec<Vec<String>> {
    let columns = 2 + stream.below(5) as usize;
    let mut rows = vec![(0..columns).map(|column| format!("name {column}")).collect()];
    for row in 0..4 + stream.below(40) {
        let mut cells: Vec<String> =
            (1..columns).map(|_| format!("{:.3}", stream.normal())).collect();
        cells.push(if row % 2 == 0 { "no" } else { "yes" }.into());
        rows.push(cells);
    }
    rows
}

fn written(rows: &[Vec<String>], delimiter: &str, line_end: &str) -> String {
    rows.iter().map(|row| row.join(delimiter) + line_end).collect()
}

/// What an error must say: the line of the fault, or words where there is no line.
enum Fault {
    Line(usize),
    Words(&'static str),
}

/// A sound table with one fault put into it, and what must be said about it.
fn malformed(case: u64, stream: &mut Stream) -> (String, Fault) {
    let mut rows = sound(stream);
    let line_end = ["\n", "\r\n", "\r"][stream.below(3) as usize];
    let delimiter = [",", ";", "\t"][stream.below(3) as usize];
    let row = 1 + stream.below(rows.len() as u32 - 1) as usize;
    let inputs = rows[0].len() - 1;
    let column = stream.below(inputs as u32) as usize;
    let bad_cells = [
        "",
        "abc",
        "NaN",
        "inf",
        "1e400",
        "-1e39",
        "1.2.3",
        "--1",
        "0x1F",
        "1 2",
        "é",
        "\u{feff}1",
        "?",
        "\"1\n\n2\"",
        "\"\"\"\"",
        "'1'",
        "1e",
        "∞",
        "1\u{a0}000",
        "=A1",
    ];
    match case % 10 {
        0 => rows[row][column] = "1\0".into(),
        1 => rows[row][column] = "\"1.5".into(),
        2 => rows[row][column] = "\"1\"5".into(),
        3 => rows[row].push("1".into()),
        4 => rows[row] = rows[row][1..].to_vec(),
        5 => rows[row][inputs] = String::new(),
        6 => {
            rows.iter_mut().skip(1).for_each(|row| row[inputs] = "yes".into());
            return (written(&rows, delimiter, line_end), Fault::Words("two classes"));
        }
        7 => {
            rows.truncate(2);
            return (written(&rows, delimiter, line_end), Fault::Words("two rows"));
        }
        8 if case % 100 == 8 => rows[row] = vec!["1".into(); 1_000_000],
        _ => rows[row][column] = bad_cells[stream.below(bad_cells.len() as u32) as usize].into(),
    }
    // Blank lines count where an editor counts them.
    let blank = stream.below(3) as usize;
    let bom = if stream.below(4) == 0 { "\u{feff}" } else { "" };
    let text = format!("{bom}{}{}", line_end.repeat(blank), written(&rows, delimiter, line_end));
    (text, Fault::Line(row + 1 + blank))
}

/// The best of three, where the machine was busy with something else.
fn timed(text: &str) -> (Result<Dataset>, Duration) {
    let once = || {
        let start = Instant::now();
        let result = parse(text, &CsvOptions::default());
        (result, start.elapsed())
    };
    let mut best = once();
    for _ in 0..2 {
        if best.1 >= LIMIT {
            best = once();
        }
    }
    best
}

#[test]
fn a_thousand_malformed_texts_get_a_clear_error_each() {
    let mut stream = Stream::new(6, Purpose::Data, 0);
    for case in 0..1000 {
        let (text, fault) = malformed(case, &mut stream);
        let (result, time) = timed(&text);
        let excerpt: String = text.chars().take(300).collect();
        let error = result.expect_err(&excerpt);
        assert!(time < LIMIT, "case {case}: {time:?}");
        assert!(error.message.chars().count() < 300, "{error}");
        let path = error.path.clone().unwrap_or_default();
        match fault {
            Fault::Words(words) => assert!(error.message.contains(words), "{excerpt:?}: {error}"),
            Fault::Line(line) => {
                let place = format!("line {line}");
                let says = path == place || path.starts_with(&format!("{place}, column "));
                assert!(says, "case {case} {excerpt:?}: {error}; it is in line {line}");
            }
        }
    }
}

#[test]
fn random_damage_never_makes_a_panic_or_an_unsound_data_set() {
    let pieces = [
        "1", "-2.5", "1e400", "y", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "\0",
        "\u{feff}", " ", "é", "NaN",
    ];
    let mut stream = Stream::new(7, Purpose::Data, 0);
    let mut refused = 0;
    for _ in 0..5000 {
        let mut text: Vec<char> = written(&sound(&mut stream), ",", "\n").chars().collect();
        for _ in 0..stream.below(4) {
            let from = stream.below(text.len() as u32) as usize;
            let to = text.len().min(from + stream.below(4) as usize);
            let piece = pieces[stream.below(pieces.len() as u32) as usize];
            text.splice(from..to, piece.chars());
        }
        let text: String = text.into_iter().collect();
        match parse(&text, &CsvOptions::default()) {
            Ok(data) => {
                assert_eq!(data.check(), Ok(()), "{text:?}");
                assert!(data.targets.contains(&1.0) && data.targets.contains(&0.0), "{text:?}");
            }
            Err(error) => {
                assert!(!error.message.is_empty());
                refused += 1;
            }
        }
    }
    assert!((1000..4500).contains(&refused), "{refused} of 5000");
}
