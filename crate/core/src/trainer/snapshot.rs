//! A run as bytes: configuration, parameters, optimizer and position, but not the data, of which
//! only a hash is kept. Going on from a snapshot is bit-exact.
//!
//! Layout, little-endian: the magic, the header as a [`Value`] in bytes, then the float32 of the
//! parameters, of the last gradients and of the optimizer's buffers. Orders and dropout are functions
//! of seed, epoch and step, so no generator is kept.

use super::{DataTensors, Trainer, epoch::EpochSums};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::math::Math;
use crate::optim::plateau::PlateauState;
use crate::value::{Fields, Value};

const MAGIC: &[u8; 8] = b"BCESNAP1";
const COUNT_LIMIT: u64 = 1 << 53;

impl<L: Math<Element = f32>> Trainer<L> {
    /// Everything but the data.
    pub fn snapshot(&self) -> Vec<u8> {
        let (optimizer_steps, momentum_started, buffers) = self.optimizer.state();
        let (scheduler_steps, plateau) = match &self.scheduler {
            Some(scheduler) => scheduler.state(),
            None => (0, PlateauState::new(0.0)),
        };
        let header = Value::map([
            ("config", self.config.to_value()),
            ("data_hash", hash_to_value(self.data.hash())),
            ("epoch", Value::Number(self.epoch as f64)),
            ("step", Value::Number(self.step as f64)),
            ("sample", Value::Number(self.sample as f64)),
            ("total_steps", Value::Number(self.total_steps as f64)),
            ("sums", sums_to_value(&self.sums)),
            ("last_sums", sums_to_value(&self.last_sums)),
            ("optimizer_steps", Value::Number(optimizer_steps as f64)),
            ("momentum_started", momentum_started.into()),
            ("scheduler_steps", Value::Number(scheduler_steps as f64)),
            ("plateau_lr", plateau.lr.into()),
            ("plateau_best", plateau.best.into()),
            ("plateau_bad_steps", Value::Number(plateau.bad_steps as f64)),
            ("plateau_cooldown", Value::Number(plateau.cooldown as f64)),
        ]);
        let mut bytes = Vec::from(*MAGIC);
        header.write_bytes(&mut bytes);
        write_floats(&mut bytes, self.network.parameters());
        write_floats(&mut bytes, self.network.gradients());
        for buffer in buffers {
            write_floats(&mut bytes, buffer);
        }
        bytes
    }

    /// A trainer that goes on where [`Trainer::snapshot`] was taken. ValueError for bytes that are
    /// none, and for other data.
    pub fn restore(bytes: &[u8], tensors: DataTensors<f32>) -> Result<Self> {
        let (header, floats) = parts(bytes)?;
        let mut trainer = Trainer::<L>::new(config_of(&header)?, tensors)?;
        trainer.take_up(&header, floats)?;
        Ok(trainer)
    }

    /// Goes back, or forth, to where a snapshot of this run was taken, with the configuration that it
    /// had then. Errors as [`Trainer::restore`], and for another seed or network; then nothing is
    /// changed.
    pub fn rewind(&mut self, bytes: &[u8]) -> Result<()> {
        let (before, now) = (self.snapshot(), parts(bytes)?);
        let result = config_of(&now.0)
            .and_then(|config| self.reconfigure(config))
            .and_then(|()| self.take_up(&now.0, now.1));
        if result.is_err() {
            let (header, floats) = parts(&before)?;
            self.reconfigure(config_of(&header)?)?;
            self.take_up(&header, floats)?;
        }
        result
    }

    /// Puts everything that a snapshot holds but the configuration, which is in force already.
    fn take_up(&mut self, header: &Value, mut floats: &[u8]) -> Result<()> {
        let mut fields = Fields::of(header, "")?;
        fields.required("config")?;
        if *fields.required("data_hash")? != hash_to_value(self.data.hash()) {
            return Err(Error::value("the snapshot was taken with other data"));
        }
        self.sums = sums_from_value(fields.required("sums")?)?;
        self.last_sums = sums_from_value(fields.required("last_sums")?)?;
        self.sample = fields.integer("sample", 0, (0, COUNT_LIMIT))?;
        let mut count = |key| fields.required_integer(key, (0, COUNT_LIMIT));
        self.epoch = count("epoch")?;
        self.step = count("step")?;
        self.total_steps = count("total_steps")?;
        let (optimizer_steps, scheduler_steps) =
            (count("optimizer_steps")?, count("scheduler_steps")?);
        let (bad_steps, cooldown) = (count("plateau_bad_steps")?, count("plateau_cooldown")?);
        let momentum_started = fields.boolean("momentum_started", false)?;
        let lr = fields.number("plateau_lr", 0.0)?;
        let best = fields.optional_number("plateau_best")?;
        fields.finish()?;
        let batch = self.config.batch_size as u64;
        let rows_done = self.step.saturating_mul(batch).saturating_add(self.sample);
        if self.sample >= batch || rows_done >= self.data.rows() as u64 {
            return Err(Error::value("the snapshot's step lies beyond the epoch"));
        }
        if let Some(scheduler) = &mut self.scheduler {
            scheduler.restore(scheduler_steps, PlateauState { lr, best, bad_steps, cooldown });
        }
        let (parameters, gradients) = self.network.parameters_and_gradients();
        let mut buffers = self.optimizer.state().2.to_vec();
        let mut fits = read_floats(&mut floats, parameters) && read_floats(&mut floats, gradients);
        for buffer in &mut buffers {
            fits = fits && read_floats(&mut floats, buffer);
        }
        if !fits || !floats.is_empty() {
            return Err(damaged());
        }
        if !self.optimizer.restore(optimizer_steps, momentum_started, buffers) {
            return Err(damaged());
        }
        (self.fault, self.spoiled) = (None, None);
        self.apply_schedule();
        self.draw_order();
        Ok(())
    }
}

/// The header and the bytes of the floats.
fn parts(bytes: &[u8]) -> Result<(Value, &[u8])> {
    let Some(mut bytes) = bytes.strip_prefix(MAGIC) else {
        return Err(Error::value("these bytes are not a snapshot"));
    };
    let header = Value::read_bytes(&mut bytes).ok_or_else(damaged)?;
    Ok((header, bytes))
}

fn config_of(header: &Value) -> Result<Config> {
    Config::from_value(Fields::of(header, "")?.required("config")?)
}

fn damaged() -> Error {
    Error::value("the snapshot is damaged: it does not have the parts or the length that it should")
}

/// In two halves, which numbers hold exactly.
fn hash_to_value(hash: u64) -> Value {
    Value::List(vec![Value::Number((hash >> 32) as f64), Value::Number(f64::from(hash as u32))])
}

fn sums_to_value(sums: &EpochSums) -> Value {
    Value::map([
        ("loss", sums.loss.into()),
        ("objective", sums.objective.into()),
        ("rows", Value::Number(sums.rows as f64)),
    ])
}

fn sums_from_value(value: &Value) -> Result<EpochSums> {
    let mut fields = Fields::of(value, "sums")?;
    Ok(EpochSums {
        loss: fields.number("loss", 0.0)?,
        objective: fields.number("objective", 0.0)?,
        rows: fields.required_integer("rows", (0, COUNT_LIMIT))?,
    })
}

#[inline(never)]
fn write_floats(to: &mut Vec<u8>, floats: &[f32]) {
    to.reserve(4 * floats.len());
    for x in floats {
        to.extend_from_slice(&x.to_le_bytes());
    }
}

/// Takes as many float32 off the front of `bytes` as there is room for; false where they end early.
fn read_floats(bytes: &mut &[u8], to: &mut [f32]) -> bool {
    let Some((taken, rest)) = bytes.split_at_checked(4 * to.len()) else { return false };
    let (chunks, _) = taken.as_chunks();
    to.iter_mut().zip(chunks).for_each(|(x, chunk)| *x = f32::from_le_bytes(*chunk));
    *bytes = rest;
    true
}
