//! Errors of the start module: that something is wrong, and no more. What would be said of it is not
//! even put together, and who gets such an error asks the full module.

use super::ErrorKind;

/// Something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error;

// The same functions as those with words, which see.
#[expect(missing_docs)]
impl Error {
    pub fn new(_: ErrorKind, _: impl Into<String>) -> Self {
        Error
    }
    pub fn value(_: impl Into<String>) -> Self {
        Error
    }
    pub fn type_(_: impl Into<String>) -> Self {
        Error
    }
    pub fn runtime(_: impl Into<String>) -> Self {
        Error
    }
    pub fn at(self, _: impl Into<String>) -> Self {
        self
    }
}
