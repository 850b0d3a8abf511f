//! The batches of an epoch in the layout that a step works on, made in one go before its first step. A
//! run without shuffling makes them once.

use super::Trainer;
use crate::full::FULL;
use crate::kernels::{gather, vectors_for};
use crate::math::Math;

/// The most vectors of inputs and targets that are laid out: what the second cache holds beside the
/// rest. Larger data are gathered batch by batch.
const VECTORS_LIMIT: usize = 1 << 14;

/// Where the laid out batches are: behind the room for the one that a step gathers itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Batches {
    /// The vectors of a feature in a whole batch.
    vectors: usize,
    /// Whether they are those of the present order of rows.
    current: bool,
    /// Where the next step's batch begins among the vectors of one feature; none if the step is to
    /// gather it.
    begin: Option<usize>,
}

impl<L: Math> Trainer<L> {
    /// How many batches there is to be room for, the one of a step's own among them, for steps on so
    /// many rows.
    pub(super) fn plan_batches(&mut self, rows: usize) -> usize {
        self.batches = None;
        if !FULL {
            return 1;
        }
        let features = self.config.inputs() + self.config.outputs();
        let batches = self.steps_per_epoch() as usize;
        let vectors = vectors_for(rows);
        if rows != self.batch_rows() || batches * vectors * features > VECTORS_LIMIT {
            return 1;
        }
        self.batches = Some(Batches { vectors, current: false, begin: None });
        1 + batches
    }

    /// The order of rows is another.
    pub(super) fn forget_batches(&mut self) {
        if let Some(batches) = &mut self.batches {
            batches.current = false;
        }
    }

    /// Finds the whole batch of the present step among those that are laid out, for the step to take.
    pub(super) fn look_for_batch(&mut self) {
        let Some(batches) = self.batches.filter(|_| FULL) else { return };
        if !batches.current {
            self.lay_out(batches.vectors);
        }
        let begin = Some((1 + self.step as usize) * batches.vectors);
        self.batches = Some(Batches { current: true, begin, ..batches });
    }

    /// Where the step's batch begins, once.
    pub(super) fn take_batch(&mut self) -> Option<usize> {
        if FULL { self.batches.as_mut()?.begin.take() } else { None }
    }

    /// `whole`: the vectors of a feature in a whole batch.
    #[inline(never)]
    fn lay_out(&mut self, whole: usize) {
        let (inputs, outputs) = (self.config.inputs(), self.config.outputs());
        for (step, rows) in self.order.chunks(self.config.batch_size).enumerate() {
            let (first, vectors) = ((1 + step) * whole, vectors_for(rows.len()));
            let to = &mut self.buffers.room_for_inputs()[first * inputs..][..vectors * inputs];
            gather(&self.data.inputs, inputs, rows, to);
            let to = &mut self.targets[first * outputs..][..vectors * outputs];
            gather(&self.data.targets, outputs, rows, to);
        }
    }
}
