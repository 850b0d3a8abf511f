//! Sigmoid and binary cross-entropy, computed as PyTorch computes them.
#![forbid(unsafe_code)]

pub mod activation;
pub mod config;
pub mod data;
pub mod error;
pub mod init;
pub mod kernels;
pub mod lanes;
pub mod loss;
pub mod math;
pub mod metrics;
pub mod optim;
pub mod rng;
pub mod sequential;
pub mod tensor;
pub mod trainer;
pub mod value;

pub use error::{Error, ErrorKind, Result};
