//! Errors with all that there is to say.

use std::fmt;

use super::ErrorKind;

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
