//! The reader that types a configuration, key by key, and says where a mistake lies.

use super::{Value, beginning, joined, python_number};
use crate::error::{Error, Result};

/// As many keys as any object has; a snapshot's header has 15.
const KEYS_LIMIT: usize = 20;
/// The path of a key below a path.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { words!("{path}.{key}") }
}

/// A number that may not be NaN nor infinite, or the default where the key is missing.
pub fn finite(fields: &mut Fields, key: &'static str, default: f64) -> Result<f64> {
    let x = fields.number(key, default)?;
    if x.is_finite() {
        return Ok(x);
    }
    Err(fields.invalid(key, words!("{key} must be a finite number, not {}", python_number(x))))
}

/// The keys of one object, read one after another; what is left over at the end is an error.
pub struct Fields<'a> {
    path: &'a str,
    entries: &'a [(String, Value)],
    /// The keys that were asked for, the first `asked` of them. An array, so that nothing is to be
    /// freed at each of the many `?` of parsing.
    known: [&'static str; KEYS_LIMIT],
    asked: usize,
}

impl<'a> Fields<'a> {
    /// The object at `path`. TypeError for anything else.
    pub fn of(value: &'a Value, path: &'a str) -> Result<Self> {
        match value {
            Value::Map(entries) => Ok(Fields { path, entries, known: [""; KEYS_LIMIT], asked: 0 }),
            other => {
                let start = path.bytes().rposition(|byte| byte == b'.').map_or(0, |dot| dot + 1);
                let name = path.get(start..).filter(|name| !name.is_empty());
                let name = name.unwrap_or("the configuration");
                let message = words!("{name} must be an object, not {}", describe(other));
                Err(Error::type_(message).at(path))
            }
        }
    }

    /// The path of a key of this object.
    pub fn path_of(&self, key: &str) -> String {
        join(self.path, key)
    }

    /// The value under a key, null included; none where the key is missing.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known[self.asked] = key;
        self.asked += 1;
        self.entries.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// The value under a key that must be there.
    pub fn required(&mut self, key: &'static str) -> Result<&'a Value> {
        let path = self.path_of(key);
        self.get(key).ok_or_else(|| Error::value(words!("{key} is missing")).at(path))
    }

    #[cold]
    #[inline(never)]
    fn wrong_type(&self, key: &str, wanted: &str, value: &Value) -> Error {
        let message = words!("{key} must be {wanted}, not {}", describe(value));
        Error::type_(message).at(self.path_of(key))
    }

    /// A ValueError at a key.
    #[cold]
    #[inline(never)]
    pub fn invalid(&self, key: &str, message: impl Into<String>) -> Error {
        Error::value(message).at(self.path_of(key))
    }

    /// A number, or the default where the key is missing. NaN passes: the caller names its rule.
    pub fn number(&mut self, key: &'static str, default: f64) -> Result<f64> {
        match self.get(key) {
            None => Ok(default),
            Some(Value::Number(x)) => Ok(*x),
            Some(other) => Err(self.wrong_type(key, "a number", other)),
        }
    }

    /// A number, null, or none where the key is missing.
    pub fn optional_number(&mut self, key: &'static str) -> Result<Option<f64>> {
        match self.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(x)) => Ok(Some(*x)),
            Some(other) => Err(self.wrong_type(key, "a number or None", other)),
        }
    }

    /// A whole number within bounds, or the default where the key is missing.
    pub fn integer(&mut self, key: &'static str, default: u64, bounds: (u64, u64)) -> Result<u64> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => self.check_integer(key, value, bounds),
        }
    }

    /// A whole number within bounds that must be there.
    pub fn required_integer(&mut self, key: &'static str, bounds: (u64, u64)) -> Result<u64> {
        let value = self.required(key)?;
        self.check_integer(key, value, bounds)
    }

    fn check_integer(&self, key: &str, value: &Value, (low, high): (u64, u64)) -> Result<u64> {
        let Value::Number(x) = value else {
            return Err(self.wrong_type(key, "a whole number", value));
        };
        // Written so that NaN fails.
        if x.trunc() == *x && *x >= low as f64 && *x <= high as f64 {
            return Ok(*x as u64);
        }
        let got = python_number(*x);
        let message = words!("{key} must be a whole number from {low} to {high}, not {got}");
        Err(self.invalid(key, message))
    }

    /// true or false, or the default where the key is missing.
    pub fn boolean(&mut self, key: &'static str, default: bool) -> Result<bool> {
        match self.get(key) {
            None => Ok(default),
            Some(Value::Bool(x)) => Ok(*x),
            Some(other) => Err(self.wrong_type(key, "true or false", other)),
        }
    }

    /// A text, or the default where the key is missing.
    pub fn text(&mut self, key: &'static str, default: &'a str) -> Result<&'a str> {
        match self.get(key) {
            None => Ok(default),
            Some(Value::Text(text)) => Ok(text),
            Some(other) => Err(self.wrong_type(key, "a string", other)),
        }
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str) -> Result<&'a str> {
        match self.required(key)? {
            Value::Text(text) => Ok(text),
            other => Err(self.wrong_type(key, "a string", other)),
        }
    }

    /// A list of numbers, a single number as a list of one, null or missing as none.
    pub fn numbers(&mut self, key: &'static str) -> Result<Option<Vec<f64>>> {
        let value = match self.get(key) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Number(x)) => return Ok(Some(vec![*x])),
            Some(value) => value,
        };
        let Value::List(items) = value else {
            return Err(self.wrong_type(key, "a list of numbers", value));
        };
        let mut numbers = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let Value::Number(x) = item else {
                return Err(self.wrong_type(&words!("{key}[{i}]"), "a number", item));
            };
            numbers.push(*x);
        }
        Ok(Some(numbers))
    }

    /// ValueError for a key that nothing has asked for.
    pub fn finish(self) -> Result<()> {
        let known = &self.known[..self.asked];
        match self.entries.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some((key, _)) => {
                let message = words!(
                    "unknown key \"{}\"; known here: {}",
                    beginning(key, 80),
                    joined(known, ", ")
                );
                Err(Error::value(message).at(self.path_of(beginning(key, 80))))
            }
        }
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            words!("the string \"{}\"", beginning(text, 40))
        }
        other => other.python(),
    }
}
