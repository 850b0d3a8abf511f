//! Sigmoid and binary cross-entropy, computed as PyTorch computes them.
#![forbid(unsafe_code)]

pub mod data;
pub mod error;
pub mod rng;

pub use error::{Error, ErrorKind, Result};
