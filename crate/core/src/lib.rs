//! Sigmoid and binary cross-entropy, computed as PyTorch computes them: small networks in float32,
//! the same bits on every host.
//!
//! A [`config::Config`] under PyTorch's argument names and data as tensors make a
//! [`trainer::Trainer`]; it trains in steps and epochs, evaluates and predicts. The losses of whole
//! tensors are in [`loss::functional`], optimizers in [`optim`], metrics in [`metrics`], data sets in
//! [`data`]. Everything is written once over [`lanes::Lanes`], four numbers at a time.
//!
//! ```
//! use bce_core::config::Config;
//! use bce_core::data::{MakeOptions, SplitOptions, make, split};
//! use bce_core::lanes::Native;
//! use bce_core::tensor::Tensor;
//! use bce_core::trainer::{DataTensors, Part, Trainer};
//!
//! # fn main() -> bce_core::Result<()> {
//! let config = Config::from_json(r#"{
//!     "layers": [{"in": 2, "out": 8, "activation": "tanh"}, {"in": 8, "out": 1, "activation": "sigmoid"}],
//!     "loss": {"name": "BCELoss"},
//!     "optimizer": {"name": "Adam", "lr": 0.02}
//! }"#)?;
//! let moons = split(&make("moons", &MakeOptions::default())?, &SplitOptions::default())?;
//! let (train, test) = (moons.train_rows.len(), moons.test_rows.len());
//! let data = DataTensors {
//!     inputs: Tensor::new(vec![train, 2], moons.inputs)?,
//!     targets: Tensor::new(vec![train, 1], moons.targets)?,
//!     sample_weight: None,
//!     test: Some((
//!         Tensor::new(vec![test, 2], moons.test_inputs)?,
//!         Tensor::new(vec![test, 1], moons.test_targets)?,
//!     )),
//! };
//! let mut trainer = Trainer::<Native>::new(config, data)?;
//! for _ in 0..50 {
//!     trainer.train_epoch(false)?;
//! }
//! assert!(trainer.evaluate(Part::Test)?.accuracy > 0.99);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

#[macro_use]
pub mod error;

pub mod activation;
pub mod config;
pub mod data;
pub mod detection;
pub mod full;
pub mod init;
pub mod kernels;
pub mod lanes;
pub mod loss;
pub mod math;
pub mod metrics;
pub mod optim;
mod order;
pub mod rng;
pub mod sequential;
pub mod tensor;
pub mod trainer;
pub mod value;

pub use error::{Error, ErrorKind, Result};
pub use full::Full;
