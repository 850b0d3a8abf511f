//! What only the full module has: how it is left out of the start module.

use crate::error::Result;

/// Whether this is the full build. Asked where a loop is there twice, once for speed: the start module
/// has one of each, which gives the same bits.
pub const FULL: bool = cfg!(feature = "full");

/// Says that this is the full build (the feature `full`). Whatever holds it cannot exist in the
/// start module, and the compiler leaves out what would be done with it.
#[cfg(feature = "full")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// There is none in the start module.
#[cfg(not(feature = "full"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {}

/// What the start module refuses, the full one being asked instead.
#[cfg(feature = "full")]
pub fn full() -> Result<Full> {
    Ok(Full)
}

/// Always the refusal.
#[cfg(not(feature = "full"))]
pub fn full() -> Result<Full> {
    Err(crate::Error)
}
