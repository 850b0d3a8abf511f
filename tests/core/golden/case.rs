//! Reads golden cases: the common form that tests/golden/README.md describes.

use bce_core::lanes::Element;
use bce_core::tensor::Tensor;
use bce_core::value::Value;

/// A place in a golden file. Whatever does not have the form of a golden file panics and says where.
#[derive(Clone, Copy, Debug)]
pub struct Golden<'a> {
    value: &'a Value,
    key: &'a str,
}

impl<'a> Golden<'a> {
    /// A whole file.
    pub fn file(value: &'a Value) -> Self {
        Golden { value, key: "the file" }
    }

    /// What stands under a key; none where it is missing or null.
    pub fn get(self, key: &'a str) -> Option<Golden<'a>> {
        let value = self.value.get(key).filter(|value| **value != Value::Null)?;
        Some(Golden { value, key })
    }

    /// What stands under a key that must be there.
    #[track_caller]
    pub fn at(self, key: &'a str) -> Golden<'a> {
        self.get(key).unwrap_or_else(|| panic!("{} has no {key}", self.key))
    }

    /// The value as it was read.
    pub fn value(self) -> &'a Value {
        self.value
    }

    /// The id of a case.
    #[track_caller]
    pub fn id(self) -> &'a str {
        self.at("id").text()
    }

    /// A string.
    #[track_caller]
    pub fn text(self) -> &'a str {
        match self.value {
            Value::Text(text) => text,
            other => panic!("{} is not a string: {other:?}", self.key),
        }
    }

    /// A number; NaN and the infinities are strings.
    #[track_caller]
    pub fn number(self) -> f64 {
        match self.value {
            Value::Number(x) => *x,
            Value::Text(text) if text == "NaN" => f64::NAN,
            Value::Text(text) if text == "Infinity" => f64::INFINITY,
            Value::Text(text) if text == "-Infinity" => f64::NEG_INFINITY,
            other => panic!("{} is not a number: {other:?}", self.key),
        }
    }

    /// A whole number.
    #[track_caller]
    pub fn count(self) -> usize {
        self.number() as usize
    }

    /// The entries of a list.
    #[track_caller]
    pub fn items(self) -> impl Iterator<Item = Golden<'a>> {
        let Value::List(items) = self.value else { panic!("{} is not a list", self.key) };
        items.iter().map(move |value| Golden { value, key: self.key })
    }

    /// A list of numbers.
    #[track_caller]
    pub fn numbers(self) -> Vec<f64> {
        self.items().map(Golden::number).collect()
    }

    /// The numbers of a tensor or of a plain list.
    #[track_caller]
    pub fn data(self) -> Vec<f64> {
        self.get("data").unwrap_or(self).numbers()
    }

    /// A tensor.
    #[track_caller]
    pub fn tensor<E: Element>(self) -> Tensor<E> {
        let shape = self.at("shape").items().map(Golden::count).collect();
        Tensor::new(shape, elements(&self.at("data").numbers())).expect("a golden tensor")
    }

    /// The keys of `{ name, params }` side by side, as our configurations have them; parts that have
    /// the same form (those of SequentialLR) too.
    pub fn configuration(self, name: &'a str) -> Value {
        let mut entries = vec![("name".to_owned(), self.at(name).value.clone())];
        let Some(Value::Map(params)) = self.get("params").map(Golden::value) else {
            return Value::Map(entries);
        };
        for (key, value) in params {
            let value = match value {
                Value::List(items) if items.iter().any(|item| item.get("name").is_some()) => {
                    let part = |value| Golden { value, key }.configuration("name");
                    Value::List(items.iter().map(part).collect())
                }
                other => other.clone(),
            };
            entries.push((key.clone(), value));
        }
        Value::Map(entries)
    }
}

/// Numbers in the type of the lanes. All inputs of golden cases are exact in float32.
pub fn elements<E: Element>(numbers: &[f64]) -> Vec<E> {
    numbers.iter().map(|&x| E::from_f64(x)).collect()
}

/// Numbers as float64, to be compared.
pub fn to_f64<E: Element>(numbers: &[E]) -> Vec<f64> {
    numbers.iter().map(|x| x.to_f64()).collect()
}
