//! Reads the little of Python that the calls of `other_error_cases` are written in.

use bce_core::value::Value;

/// An expression: a literal, a dotted name, a list or tuple, or a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number, a string, True, False or None.
    Literal(Value),
    /// `p`, `torch.optim.SGD`
    Name(String),
    /// `[1, 2]` or `(1, 2)`
    List(Vec<Expression>),
    /// `f(x, key=y)`
    Call(Box<Call>),
}

/// What is called, and with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called: a name, or a call that gives something to call.
    pub function: Expression,
    /// Arguments by position.
    pub positional: Vec<Expression>,
    /// Arguments by name.
    pub keywords: Vec<(String, Expression)>,
}

impl Expression {
    /// Reads one expression off the front of `text`: it, and what is left.
    pub fn parse(text: &str) -> Option<(Expression, &str)> {
        let text = text.trim_start();
        let (mut expression, mut rest) = match text.chars().next()? {
            open @ ('[' | '(') => {
                let close = if open == '[' { ']' } else { ')' };
                let (items, rest) = arguments(&text[1..], close)?;
                let items: Option<Vec<_>> =
                    items.into_iter().map(|(key, item)| key.is_none().then_some(item)).collect();
                (Expression::List(items?), rest)
            }
            quote @ ('\'' | '"') => {
                let (inside, rest) = text[1..].split_once(quote)?;
                (Expression::Literal(inside.into()), rest)
            }
            first if first.is_ascii_digit() || "+-.".contains(first) => number(text)?,
            _ => name(text)?,
        };
        while let Some(inside) = rest.strip_prefix('(') {
            let (given, after) = arguments(inside, ')')?;
            let mut call = Call { function: expression, positional: vec![], keywords: vec![] };
            for (key, value) in given {
                match key {
                    None => call.positional.push(value),
                    Some(key) => call.keywords.push((key, value)),
                }
            }
            (expression, rest) = (Expression::Call(Box::new(call)), after);
        }
        Some((expression, rest))
    }

    /// The value of a literal, or of a list of them.
    pub fn value(&self) -> Option<Value> {
        match self {
            Expression::Literal(value) => Some(value.clone()),
            Expression::List(items) => {
                items.iter().map(Expression::value).collect::<Option<_>>().map(Value::List)
            }
            Expression::Name(_) | Expression::Call(_) => None,
        }
    }

    /// The name, if it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Expression::Name(name) => Some(name),
            _ => None,
        }
    }
}

fn number(text: &str) -> Option<(Expression, &str)> {
    let is_part = |(i, c): (usize, char)| {
        let after_exponent = i > 0 && matches!(text.as_bytes()[i - 1], b'e' | b'E');
        c.is_ascii_digit() || "._eE".contains(c) || ("+-".contains(c) && (i == 0 || after_exponent))
    };
    let end = text.char_indices().find(|&at| !is_part(at)).map_or(text.len(), |(i, _)| i);
    let (number, rest) = text.split_at(end);
    Some((Expression::Literal(Value::Number(number.parse().ok()?)), rest))
}

fn name(text: &str) -> Option<(Expression, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let (name, rest) = text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()));
    let expression = match name {
        "" => return None,
        "True" => Expression::Literal(true.into()),
        "False" => Expression::Literal(false.into()),
        "None" => Expression::Literal(Value::Null),
        other => Expression::Name(other.to_owned()),
    };
    Some((expression, rest))
}

type Argument = (Option<String>, Expression);

/// Expressions up to `close`, some with `key=` before them, and what follows.
fn arguments(mut text: &str, close: char) -> Option<(Vec<Argument>, &str)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix(close) {
            return Some((found, rest));
        }
        let (mut expression, mut rest) = Expression::parse(text)?;
        let mut key = None;
        if let (Expression::Name(name), Some(after)) = (&expression, rest.strip_prefix('=')) {
            key = Some(name.clone());
            (expression, rest) = Expression::parse(after)?;
        }
        found.push((key, expression));
        text = rest.trim_start();
        text = text.strip_prefix(',').unwrap_or(text);
    }
}
