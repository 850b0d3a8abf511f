//! Untyped configuration, as it arrives from JSON or JavaScript, and the reader that types it.
//!
//! A type of its own rather than `serde_json::Value`, which turns NaN and infinity into null: they
//! must be refused by name.

mod bytes;
mod fields;
mod json;
mod text;

pub use fields::{Fields, finite, join};
pub use text::{beginning, decimal, joined, python_number};

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
