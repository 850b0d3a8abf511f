//! What can go wrong, named and worded as PyTorch does.
//!
//! Only the type is here: each message stands where the rule is that it speaks of.

#[cfg(feature = "full")]
mod worded;
#[cfg(not(feature = "full"))]
mod wordless;

#[cfg(feature = "full")]
pub use worded::{Error, ErrorParts};
#[cfg(not(feature = "full"))]
pub use wordless::Error;

/// `format!` for what only people read. Without the feature `full` it is an empty text: words would
/// be a quarter of the start module, which says that something is wrong, but not what.
#[macro_export]
macro_rules! words {
    ($($part:tt)*) => {
        if cfg!(feature = "full") { format!($($part)*) } else { String::new() }
    };
}

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
