//! Texts of messages: numbers as Python writes them, lists, excerpts. In little code, since messages
//! are many and rare.

/// A whole number in digits, without the standard library's formatting.
pub fn decimal(n: usize) -> String {
    let mut digits = if n < 10 { String::new() } else { decimal(n / 10) };
    digits.push(char::from(b'0' + (n % 10) as u8));
    digits
}

/// A number as Python prints it: `0.1`, `1e-07`, `nan`; a whole number stands without `.0`, since
/// JavaScript does not tell 2 from 2.0.
pub fn python_number(x: f64) -> String {
    if !cfg!(feature = "full") {
        return String::new();
    }
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
