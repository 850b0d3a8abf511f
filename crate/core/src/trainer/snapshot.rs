//! A run as bytes: configuration, parameters, optimizer and position, but not the data, of which
//! only a hash is kept. Going on from a snapshot is bit-exact.
//!
//! Layout, little-endian: the magic, the length of the header as u32, the header as JSON, eight
//! float64, then for each of the parameters, the last gradients and the optimizer's buffers their
//! float32. Orders and dropout are functions of seed, epoch and step, so no generator is kept.

use super::{DataTensors, EpochSums, Trainer};
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
            ("data_hash", format!("{:016x}", self.data.hash()).as_str().into()),
            ("epoch", Value::Number(self.epoch as f64)),
            ("step", Value::Number(self.step as f64)),
            ("total_steps", Value::Number(self.total_steps as f64)),
            ("rows", Value::Number(self.sums.rows as f64)),
            ("last_rows", Value::Number(self.last_sums.rows as f64)),
            ("optimizer_steps", Value::Number(optimizer_steps as f64)),
            ("momentum_started", momentum_started.into()),
            ("scheduler_steps", Value::Number(scheduler_steps as f64)),
            ("bad_steps", Value::Number(plateau.bad_steps as f64)),
            ("cooldown", Value::Number(plateau.cooldown as f64)),
        ])
        .to_json();
        let numbers = [
            self.sums.loss,
            self.sums.objective,
            self.last_sums.loss,
            self.last_sums.objective,
            plateau.lr,
            plateau.best.unwrap_or(f64::NAN),
            0.0,
            0.0,
        ];
        let mut bytes = Vec::from(*MAGIC);
        bytes.extend((header.len() as u32).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(numbers.iter().flat_map(|x| x.to_le_bytes()));
        let tensors = [self.network.parameters(), self.network.gradients()];
        let floats = tensors.into_iter().chain(buffers.iter().map(Vec::as_slice)).flatten();
        bytes.extend(floats.flat_map(|x| x.to_le_bytes()));
        bytes
    }

    /// A trainer that goes on where [`Trainer::snapshot`] was taken. ValueError for bytes that are
    /// none, and for other data.
    pub fn restore(bytes: &[u8], tensors: DataTensors<f32>) -> Result<Self> {
        let mut reader = Reader { bytes };
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Error::value("these bytes are not a snapshot"));
        }
        let length = u32::from_le_bytes(reader.array()?);
        let header = std::str::from_utf8(reader.take(length as usize)?)
            .map_err(|_| Error::value("the snapshot's header is damaged"))?;
        let header = Value::from_json(header)?;
        let mut fields = Fields::of(&header, "")?;
        let config = Config::from_value(fields.required("config")?)?;
        let mut trainer = Trainer::<L>::new(config, tensors)?;
        if fields.required_text("data_hash")? != format!("{:016x}", trainer.data.hash()) {
            return Err(Error::value("the snapshot was taken with other data"));
        }
        let mut count = |key| fields.required_integer(key, (0, COUNT_LIMIT));
        trainer.epoch = count("epoch")?;
        trainer.step = count("step")?;
        trainer.total_steps = count("total_steps")?;
        let (rows, last_rows) = (count("rows")?, count("last_rows")?);
        let (optimizer_steps, scheduler_steps) =
            (count("optimizer_steps")?, count("scheduler_steps")?);
        let (bad_steps, cooldown) = (count("bad_steps")?, count("cooldown")?);
        let momentum_started = fields.boolean("momentum_started", false)?;
        fields.finish()?;
        if trainer.step >= trainer.steps_per_epoch() {
            return Err(Error::value("the snapshot's step lies beyond the epoch"));
        }
        let mut number = || reader.array().map(f64::from_le_bytes);
        trainer.sums = EpochSums { loss: number()?, objective: number()?, rows };
        trainer.last_sums = EpochSums { loss: number()?, objective: number()?, rows: last_rows };
        let lr = number()?;
        let best = Some(number()?).filter(|best| !best.is_nan());
        let _reserved = (number()?, number()?);
        if let Some(scheduler) = &mut trainer.scheduler {
            scheduler.restore(scheduler_steps, PlateauState { lr, best, bad_steps, cooldown });
        }
        let (parameters, gradients) = trainer.network.parameters_and_gradients();
        reader.floats(parameters)?;
        reader.floats(gradients)?;
        let mut buffers = trainer.optimizer.state().2.to_vec();
        buffers.iter_mut().try_for_each(|buffer| reader.floats(buffer))?;
        if !trainer.optimizer.restore(optimizer_steps, momentum_started, buffers)
            || !reader.bytes.is_empty()
        {
            return Err(Error::value("the snapshot does not have the length that it should"));
        }
        trainer.apply_schedule();
        trainer.draw_order();
        Ok(trainer)
    }
}

/// The bytes that are left to read.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self
            .bytes
            .split_at_checked(length)
            .ok_or_else(|| Error::value("the snapshot ends too early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        Ok(self.take(N)?.try_into().expect("as many bytes were taken"))
    }

    fn floats(&mut self, to: &mut [f32]) -> Result<()> {
        let (chunks, _) = self.take(4 * to.len())?.as_chunks();
        to.iter_mut().zip(chunks).for_each(|(x, chunk)| *x = f32::from_le_bytes(*chunk));
        Ok(())
    }
}
