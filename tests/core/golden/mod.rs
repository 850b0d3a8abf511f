//! The golden data of PyTorch, group by group: what each file asks, and how far off we are.
//!
//! Every check takes a parsed file of that format and lanes, and gives reports; it knows neither
//! files nor hosts, so that a native test and one in a browser run the same. No case is named here,
//! nor counted: another set, drawn with another seed, is checked alike.

pub mod activations;
pub mod case;
pub mod errors;
pub mod init;
pub mod losses;
pub mod metrics;
pub mod optimizers;
pub mod python;
pub mod report;
pub mod schedules;
pub mod trajectories;
