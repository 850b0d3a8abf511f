//! Values in bytes, for snapshots.

use super::{DEPTH_LIMIT, Value};

impl Value {
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
