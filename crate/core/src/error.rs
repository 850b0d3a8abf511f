//! What can go wrong, named and worded as PyTorch does.
//!
//! Only the type is here: each message stands where the rule is that it speaks of.

use std::fmt;

/// The result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// The Python exception that PyTorch would raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A value outside of what is allowed.
    ValueError,
    /// A value of the wrong type.
    TypeError,
    /// Shapes that do not fit, or numbers outside a loss's domain.
    RuntimeError,
    /// A key that is not there.
    KeyError,
    /// A row that is not there.
    IndexError,
    /// A division by an integer zero.
    ZeroDivisionError,
    /// An operation that PyTorch does not have for these arguments.
    NotImplementedError,
}

impl ErrorKind {
    /// The name of the Python class, which is also the `name` of the JavaScript error.
    pub fn name(self) -> &'static str {
        match self {
            ErrorKind::ValueError => "ValueError",
            ErrorKind::TypeError => "TypeError",
            ErrorKind::RuntimeError => "RuntimeError",
            ErrorKind::KeyError => "KeyError",
            ErrorKind::IndexError => "IndexError",
            ErrorKind::ZeroDivisionError => "ZeroDivisionError",
            ErrorKind::NotImplementedError => "NotImplementedError",
        }
    }
}

/// One error: its parts behind one pointer, so that a result is no larger than what it is about, and
/// the many `?` of parsing stay small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<ErrorParts>);

/// The kind of an error, a message for people, and where in the input it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorParts {
    /// The Python exception that PyTorch would raise.
    pub kind: ErrorKind,
    /// PyTorch's words where PyTorch has any.
    pub message: String,
    /// The place in a configuration (`optimizer.lr`, `layers[1].in`) or in a CSV file
    /// (`line 7, column 2`); none where the call itself is at fault.
    pub path: Option<String>,
}

impl Error {
    // Cold, so that none is inlined nor what leads to it: there are two hundred errors.

    /// An error of this kind, without a path.
    #[cold]
    #[inline(never)]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(ErrorParts { kind, message: message.into(), path: None }))
    }

    /// A [`ErrorKind::ValueError`].
    #[cold]
    #[inline(never)]
    pub fn value(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::ValueError, message)
    }

    /// A [`ErrorKind::TypeError`].
    #[cold]
    #[inline(never)]
    pub fn type_(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::TypeError, message)
    }

    /// A [`ErrorKind::RuntimeError`].
    #[cold]
    #[inline(never)]
    pub fn runtime(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::RuntimeError, message)
    }

    /// The same error, at a place.
    #[cold]
    #[inline(never)]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.0.path = Some(path.into());
        self
    }
}

impl std::ops::Deref for Error {
    type Target = ErrorParts;
    fn deref(&self) -> &ErrorParts {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {} (at {path})", self.kind.name(), self.message),
            None => write!(f, "{}: {}", self.kind.name(), self.message),
        }
    }
}

impl std::error::Error for Error {}
