//! Untyped configuration, as it arrives from JSON or JavaScript, and the reader that types it.
//!
//! A type of its own rather than `serde_json::Value`, which turns NaN and infinity into null: they
//! must be refused by name.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::error::{Error, Result};

/// As many keys as any object has; a snapshot's header has 15.
const KEYS_LIMIT: usize = 20;

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
    pub fn map<const N: usize>(mut entries: [(&str, Value); N]) -> Value {
        Value::Map(owned(&mut entries))
    }

    /// [`Value::map`]'s entries, for an object that is put together from several parts.
    pub fn entries<const N: usize>(mut entries: [(&str, Value); N]) -> Vec<(String, Value)> {
        owned(&mut entries)
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
            Value::Text(text) => beginning(text, 80).to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "an object".to_owned(),
        }
    }
}

/// Takes the values, in one copy for arrays of all lengths.
#[inline(never)]
fn owned(entries: &mut [(&str, Value)]) -> Vec<(String, Value)> {
    let mut owned = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        owned.push(((*key).to_owned(), std::mem::replace(value, Value::Null)));
    }
    owned
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
    // The digits from the first that is not 0, and where the decimal point stands among them.
    let mut digits = String::new();
    let (mut after_point, mut exponent) = (0, 0);
    let (mut in_fraction, mut in_exponent, mut exponent_sign) = (false, false, 1);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if in_exponent => exponent = exponent * 10 + i32::from(byte - b'0'),
            b'0'..=b'9' => {
                after_point += i32::from(in_fraction);
                if byte != b'0' || !digits.is_empty() {
                    digits.push(char::from(byte));
                }
            }
            b'.' => in_fraction = true,
            b'e' => in_exponent = true,
            _ if in_exponent => exponent_sign = -1,
            _ => {}
        }
    }
    let point = digits.len() as i32 - after_point + exponent_sign * exponent;
    while digits.as_bytes().last() == Some(&b'0') {
        digits.pop();
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if digits.is_empty() {
        return format!("{sign}0");
    }
    if (-3..=16).contains(&point) {
        return format!("{sign}{}", with_point(&digits, point));
    }
    let mantissa = with_point(&digits, 1);
    let exponent = point - 1;
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    let zero = if exponent.abs() < 10 { "0" } else { "" };
    format!("{sign}{mantissa}e{exponent_sign}{zero}{}", exponent.unsigned_abs())
}

/// Digits with a decimal point after the first `point` of them, and with the zeros that this needs.
fn with_point(digits: &str, point: i32) -> String {
    // Beyond the digits on either side there are zeros.
    let digit = |at: i32| digits.as_bytes().get(at as usize).copied().unwrap_or(b'0');
    let mut text = String::new();
    for at in (point - 1).min(0)..point {
        text.push(char::from(digit(at)));
    }
    let count = digits.len() as i32;
    if point < count {
        text.push('.');
    }
    for at in point..count {
        text.push(char::from(digit(at)));
    }
    text
}

/// The first `most` characters of a text.
#[inline(never)]
pub fn beginning(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

/// Texts in a row, with a separator between them: `join` of the standard library in a tenth of the
/// code.
#[inline(never)]
pub fn joined<S: AsRef<str>>(texts: &[S], separator: &str) -> String {
    let mut row = String::new();
    for (i, text) in texts.iter().enumerate() {
        if i > 0 {
            row.push_str(separator);
        }
        row.push_str(text.as_ref());
    }
    row
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
                let got = describe(other);
                Err(Error::type_(format!("{name} must be an object, not {got}")).at(path))
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
        self.get(key).ok_or_else(|| Error::value(format!("{key} is missing")).at(path))
    }

    #[cold]
    #[inline(never)]
    fn wrong_type(&self, key: &str, wanted: &str, value: &Value) -> Error {
        let got = describe(value);
        Error::type_(format!("{key} must be {wanted}, not {got}")).at(self.path_of(key))
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
        let known = &self.known[..self.asked];
        match self.entries.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some((key, _)) => {
                let key = beginning(key, 80);
                let known = joined(known, ", ");
                let message = format!("unknown key \"{key}\"; known here: {known}");
                Err(Error::value(message).at(self.path_of(key)))
            }
        }
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            format!("the string \"{}\"", beginning(text, 40))
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
