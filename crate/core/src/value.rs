//! Untyped configuration, as it arrives from JSON or JavaScript, and the reader that types it.
//!
//! A type of its own rather than `serde_json::Value`, which turns NaN and infinity into null: they
//! must be refused by name.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::error::{Error, Result};

/// How deep lists and objects may be nested.
const DEPTH_LIMIT: usize = 16;

/// A number, a text, a list or an object with keys in their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// JavaScript's null, Python's None.
    Null,
    /// true or false
    Bool(bool),
    /// Any number, NaN and the infinities included.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// Reads JSON.
    pub fn from_json(text: &str) -> Result<Value> {
        serde_json::from_str(text).map_err(|error| Error::value(format!("not JSON: {error}")))
    }

    /// Writes JSON. NaN and the infinities become null: JSON has no word for them.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a tree of plain values is always JSON")
    }

    /// Appends this value in bytes: a tag, then the number, or the length and the parts. Every bit of
    /// a number is kept, NaN too.
    pub fn write_bytes(&self, to: &mut Vec<u8>) {
        let text = |to: &mut Vec<u8>, text: &str| {
            to.extend((text.len() as u32).to_le_bytes());
            to.extend(text.as_bytes());
        };
        match self {
            Value::Null => to.push(0),
            Value::Bool(x) => to.push(1 + u8::from(*x)),
            Value::Number(x) => {
                to.push(3);
                to.extend(x.to_le_bytes());
            }
            Value::Text(x) => {
                to.push(4);
                text(to, x);
            }
            Value::List(items) => {
                to.push(5);
                to.extend((items.len() as u32).to_le_bytes());
                items.iter().for_each(|item| item.write_bytes(to));
            }
            Value::Map(entries) => {
                to.push(6);
                to.extend((entries.len() as u32).to_le_bytes());
                for (key, value) in entries {
                    text(to, key);
                    value.write_bytes(to);
                }
            }
        }
    }

    /// Takes a value off the front of `bytes`; none where they do not hold one.
    pub fn read_bytes(bytes: &mut &[u8]) -> Option<Value> {
        read_bytes(bytes, 0)
    }

    /// An object.
    pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
        Value::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// The value under a key of an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// As Python would print it, for error messages.
    pub fn python(&self) -> String {
        match self {
            Value::Null => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::Number(x) => python_number(*x),
            Value::Text(text) => text.chars().take(80).collect(),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "an object".to_owned(),
        }
    }
}

fn read_bytes(bytes: &mut &[u8], depth: usize) -> Option<Value> {
    fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Some(taken)
    }
    fn length(bytes: &mut &[u8]) -> Option<usize> {
        Some(u32::from_le_bytes(take(bytes, 4)?.try_into().ok()?) as usize)
    }
    fn text(bytes: &mut &[u8]) -> Option<String> {
        let length = length(bytes)?;
        String::from_utf8(take(bytes, length)?.to_vec()).ok()
    }
    if depth > DEPTH_LIMIT {
        return None;
    }
    let inner = |bytes: &mut &[u8]| read_bytes(bytes, depth + 1);
    Some(match take(bytes, 1)?[0] {
        0 => Value::Null,
        1 => Value::Bool(false),
        2 => Value::Bool(true),
        3 => Value::Number(f64::from_le_bytes(take(bytes, 8)?.try_into().ok()?)),
        4 => Value::Text(text(bytes)?),
        // A length is believed item by item: nothing is allocated for what is not there.
        5 => Value::List((0..length(bytes)?).map(|_| inner(bytes)).collect::<Option<_>>()?),
        6 => {
            let entries = (0..length(bytes)?).map(|_| Some((text(bytes)?, inner(bytes)?)));
            Value::Map(entries.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Value::Number(x)
    }
}
impl From<usize> for Value {
    fn from(x: usize) -> Self {
        Value::Number(x as f64)
    }
}
impl From<bool> for Value {
    fn from(x: bool) -> Self {
        Value::Bool(x)
    }
}
impl From<&str> for Value {
    fn from(x: &str) -> Self {
        Value::Text(x.to_owned())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(x: Option<T>) -> Self {
        x.map_or(Value::Null, Into::into)
    }
}
impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(x: Vec<T>) -> Self {
        Value::List(x.into_iter().map(Into::into).collect())
    }
}

/// A number as Python prints it: `0.1`, `1e-07`, `nan`; a whole number stands without `.0`, since
/// JavaScript does not tell 2 from 2.0.
pub fn python_number(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    // Not the standard library's formatting of floats, which alone would be a tenth of the wasm.
    let mut buffer = ryu::Buffer::new();
    let text = buffer.format_finite(x);
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("-", text));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = if fraction == "0" { "" } else { fraction };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return format!("{sign}0");
    }
    // Where the decimal point stands, counted from the first digit that is not 0.
    let leading_zeros = whole.len() + fraction.len() - digits.len();
    let point = exponent + whole.len() as i32 - leading_zeros as i32;
    let digits = digits.trim_end_matches('0');
    format!("{sign}{}", python_digits(digits, point))
}

/// Digits with a decimal point after the first `point` of them, written as Python does.
fn python_digits(digits: &str, point: i32) -> String {
    let count = digits.len() as i32;
    if !(-3..=16).contains(&point) {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let exponent = point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        let zero = if exponent.abs() < 10 { "0" } else { "" };
        return format!("{first}{dot}{rest}e{sign}{zero}{}", exponent.abs());
    }
    if point <= 0 {
        return format!("0.{}{digits}", "0".repeat(-point as usize));
    }
    if point >= count {
        return format!("{digits}{}", "0".repeat((point - count) as usize));
    }
    let (whole, fraction) = digits.split_at(point as usize);
    format!("{whole}.{fraction}")
}

/// The path of a key below a path.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A number that may not be NaN nor infinite, or the default where the key is missing.
pub fn finite(fields: &mut Fields, key: &'static str, default: f64) -> Result<f64> {
    let x = fields.number(key, default)?;
    if x.is_finite() {
        return Ok(x);
    }
    Err(fields.invalid(key, format!("{key} must be a finite number, not {}", python_number(x))))
}

/// The keys of one object, read one after another; what is left over at the end is an error.
pub struct Fields<'a> {
    path: String,
    entries: &'a [(String, Value)],
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The object at `path`. TypeError for anything else.
    pub fn of(value: &'a Value, path: &str) -> Result<Self> {
        match value {
            Value::Map(entries) => Ok(Fields { path: path.to_owned(), entries, known: Vec::new() }),
            other => {
                let name = path.rsplit('.').next().filter(|name| !name.is_empty());
                let name = name.unwrap_or("the configuration");
                let got = describe(other);
                Err(Error::type_(format!("{name} must be an object, not {got}")).at(path))
            }
        }
    }

    /// The path of a key of this object.
    pub fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// The value under a key, null included; none where the key is missing.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        self.entries.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// The value under a key that must be there.
    pub fn required(&mut self, key: &'static str) -> Result<&'a Value> {
        let path = self.path_of(key);
        self.get(key).ok_or_else(|| Error::value(format!("{key} is missing")).at(path))
    }

    fn wrong_type(&self, key: &str, wanted: &str, value: &Value) -> Error {
        let got = describe(value);
        Error::type_(format!("{key} must be {wanted}, not {got}")).at(self.path_of(key))
    }

    /// A ValueError at a key.
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
        let message = format!("{key} must be a whole number from {low} to {high}, not {got}");
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
        let number = |(i, item): (usize, &Value)| match item {
            Value::Number(x) => Ok(*x),
            other => Err(self.wrong_type(&format!("{key}[{i}]"), "a number", other)),
        };
        items.iter().enumerate().map(number).collect::<Result<_>>().map(Some)
    }

    /// ValueError for a key that nothing has asked for.
    pub fn finish(self) -> Result<()> {
        match self.entries.iter().find(|(key, _)| !self.known.contains(&key.as_str())) {
            None => Ok(()),
            Some((key, _)) => {
                let key: String = key.chars().take(80).collect();
                let known = self.known.join(", ");
                let message = format!("unknown key \"{key}\"; known here: {known}");
                Err(Error::value(message).at(self.path_of(&key)))
            }
        }
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            let text: String = text.chars().take(40).collect();
            format!("the string \"{text}\"")
        }
        other => other.python(),
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(x) => serializer.serialize_bool(*x),
            // Whole numbers without a fraction, as JavaScript writes them.
            Value::Number(x) if x.trunc() == *x && x.abs() < 9e15 => {
                serializer.serialize_i64(*x as i64)
            }
            Value::Number(x) => serializer.serialize_f64(*x),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Seed { depth: 0 }.read(deserializer)
    }
}

/// Reads a value at a depth, so that hostile nesting ends in an error and not in a stack overflow.
#[derive(Clone, Copy)]
struct Seed {
    depth: usize,
}

impl Seed {
    fn read<'de, D: Deserializer<'de>>(self, from: D) -> std::result::Result<Value, D::Error> {
        if self.depth > DEPTH_LIMIT {
            return Err(serde::de::Error::custom("nested too deeply"));
        }
        from.deserialize_any(self)
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for Seed {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<Value, D::Error> {
        self.read(from)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a number, a string, true, false, null, a list or an object")
    }
    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, x: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(x))
    }
    fn visit_i64<E>(self, x: i64) -> std::result::Result<Value, E> {
        Ok(Value::Number(x as f64))
    }
    fn visit_u64<E>(self, x: u64) -> std::result::Result<Value, E> {
        Ok(Value::Number(x as f64))
    }
    fn visit_f64<E>(self, x: f64) -> std::result::Result<Value, E> {
        Ok(Value::Number(x))
    }
    fn visit_str<E>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let inner = Seed { depth: self.depth + 1 };
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let inner = Seed { depth: self.depth + 1 };
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            entries.push((key, map.next_value_seed(inner)?));
        }
        Ok(Value::Map(entries))
    }
}
