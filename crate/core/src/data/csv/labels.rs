//! The label column: a few different values, of which one is the positive class.

use crate::data::csv::numbers::{Numbers, is_missing};
use crate::data::csv::short_name;
use crate::data::excerpt;
use crate::error::{Error, Result};
use crate::value::joined;

/// More different labels than this are a mistake: a column of measurements, or of names.
const MAX_LABELS: usize = 100;

/// The labels of the rows read so far.
pub(super) struct Labels {
    /// Each different text once, in the order of the file.
    texts: Vec<String>,
    /// For every row, its text's place in `texts`.
    rows: Vec<u8>,
    numbers: Numbers,
}

/// The rows in two classes.
pub(super) struct Classes {
    /// 1 for the positive class, 0 for all others.
    pub targets: Vec<f32>,
    /// (negative, positive).
    pub names: [String; 2],
}

/// A label under all of its spellings: 1, 1.0 and 01 are one class where all labels are numbers.
struct Class {
    name: String,
    number: Option<f64>,
    texts: Vec<usize>,
    rows: usize,
}

impl Class {
    fn comes_before(&self, other: &Class) -> bool {
        match (self.number, other.number) {
            (Some(one), Some(other)) => one < other,
            _ => self.name < other.name,
        }
    }
}

impl Labels {
    /// No labels yet, with room for those of so many rows.
    pub fn new(rows: usize, numbers: Numbers) -> Self {
        Labels { texts: Vec::new(), rows: Vec::with_capacity(rows), numbers }
    }

    /// Forgets the labels of all rows but the first ones.
    pub fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Adds the label of the next row; what is wrong with it.
    pub fn push(&mut self, label: &str) -> std::result::Result<(), String> {
        if label.is_empty() {
            return Err("the label is empty; fill it in or remove the row".into());
        }
        if is_missing(label) {
            let label = excerpt(label);
            return Err(format!("{label} stands for a missing label; remove the row"));
        }
        // Most rows have the label of the one before, or one of very few.
        let found = self.texts.iter().position(|text| text == label);
        if found.is_none() && self.texts.len() == MAX_LABELS {
            return Err(format!(
                "there are more than {MAX_LABELS} different labels; is this the label's column?"
            ));
        }
        let at = found.unwrap_or_else(|| {
            self.texts.push(label.to_string());
            self.texts.len() - 1
        });
        self.rows.push(at as u8);
        Ok(())
    }

    /// The positive class against all others; see [`super::CsvOptions::positive`].
    pub fn in_two(&self, positive: Option<&str>) -> Result<Classes> {
        let classes = self.classes();
        if let [only] = &classes[..] {
            let message = format!("every label is {}; two classes are needed", excerpt(&only.name));
            return Err(Error::value(message).at("label"));
        }
        let chosen = match positive {
            Some(positive) => self.class_named(&classes, positive)?,
            None if classes.len() == 2 => 1,
            None => {
                let message = format!(
                    "there are {} classes: {}; this task has two: say with `positive` which class is \
                     1, all others are 0 then (one-versus-rest)",
                    classes.len(),
                    listed(&classes)
                );
                return Err(Error::value(message).at("positive"));
            }
        };
        let mut target_of_text = vec![0.0; self.texts.len()];
        classes[chosen].texts.iter().for_each(|&text| target_of_text[text] = 1.0);
        Ok(Classes {
            targets: self.rows.iter().map(|&text| target_of_text[usize::from(text)]).collect(),
            names: [names_but(&classes, chosen), short_name(&classes[chosen].name)],
        })
    }

    /// The classes in their order: by number if all are numbers, by text otherwise.
    fn classes(&self) -> Vec<Class> {
        let numbers: Option<Vec<f64>> = self
            .texts
            .iter()
            .map(|text| self.numbers.parse(text).filter(|n| n.is_finite()))
            .collect();
        let mut counts = vec![0; self.texts.len()];
        self.rows.iter().for_each(|&text| counts[usize::from(text)] += 1);

        let mut classes: Vec<Class> = Vec::new();
        // A text without rows was that of a row that was left out.
        for (at, text) in self.texts.iter().enumerate().filter(|&(at, _)| counts[at] > 0) {
            let number = numbers.as_ref().map(|numbers| numbers[at]);
            match classes.iter_mut().find(|class| number.is_some() && class.number == number) {
                Some(class) => {
                    class.texts.push(at);
                    class.rows += counts[at];
                }
                None => {
                    let class =
                        Class { name: text.clone(), number, texts: vec![at], rows: counts[at] };
                    let place = classes.iter().position(|other| class.comes_before(other));
                    classes.insert(place.unwrap_or(classes.len()), class);
                }
            }
        }
        classes
    }

    fn class_named(&self, classes: &[Class], name: &str) -> Result<usize> {
        let name = name.trim_ascii();
        let by_text = |class: &Class| class.texts.iter().any(|&text| self.texts[text] == name);
        let number = self.numbers.parse(name);
        let by_number = |class: &Class| number.is_some() && class.number == number;
        classes.iter().position(|class| by_text(class) || by_number(class)).ok_or_else(|| {
            let message =
                format!("no label is {}; the labels are {}", excerpt(name), listed(classes));
            Error::value(message).at("positive")
        })
    }
}

/// The classes with their numbers of rows, for a message.
fn listed(classes: &[Class]) -> String {
    const SHOWN: usize = 10;
    let mut list: Vec<String> = classes
        .iter()
        .take(SHOWN)
        .map(|class| format!("{} ({})", excerpt(&class.name), class.rows))
        .collect();
    if classes.len() > SHOWN {
        list.push("…".into());
    }
    joined(&list, ", ")
}

/// What the negative class is called: its label, or a few of its labels.
fn names_but(classes: &[Class], chosen: usize) -> String {
    const SHOWN: usize = 3;
    let others = || classes.iter().enumerate().filter(|&(at, _)| at != chosen);
    let mut names: Vec<String> =
        others().take(SHOWN).map(|(_, class)| short_name(&class.name)).collect();
    if others().count() > SHOWN {
        names.push("…".into());
    }
    joined(&names, ", ")
}
