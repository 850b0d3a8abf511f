//! Pictures over a plane of two inputs: of the output, of one unit, of all of them.

use std::array;

use super::Trainer;
use super::evaluate::{CHUNK, Evaluator, to_probabilities};
use crate::config::Config;
use crate::data::Features;
use crate::error::{Error, Result};
use crate::kernels::{copy_feature, place};
use crate::lanes::{Element, LANES};
use crate::math::Math;
use crate::sequential::{Buffers, Stop, forward};
use crate::value::{Fields, Value};

/// The most numbers that a picture may have, over all units.
const PIXELS_LIMIT: usize = 1 << 22;

/// A rectangle of two inputs, the others fixed, sampled at the centres of pixels.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Pixels in a row.
    pub width: usize,
    /// Rows; the first is at the upper end of `y`.
    pub height: usize,
    /// From the left edge to the right.
    pub x: (f64, f64),
    /// From the lower edge to the upper.
    pub y: (f64, f64),
    /// The inputs that x and y stand for.
    pub features: (usize, usize),
    /// The values of all inputs (of all columns, where there is `derived`); those of `features` are
    /// not looked at.
    pub at: Vec<f64>,
    /// How the network's inputs follow from a point; none: they are the point itself.
    pub derived: Option<Features>,
    /// The output to be drawn.
    pub output: usize,
    /// The unit to be drawn in its place.
    pub unit: Option<Unit>,
}

/// A unit of a layer, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Of the configuration's `layers`.
    pub layer: usize,
    /// Of the layer's `out`.
    pub index: usize,
}

impl Grid {
    /// Reads the options of a picture. A unit is given as its layer and its index.
    pub fn from_value(options: &Value) -> Result<Grid> {
        let mut fields = Fields::of(options, "")?;
        let mut size = |key| fields.required_integer(key, (1, 1 << 12));
        let (width, height) = (size("width")? as usize, size("height")? as usize);
        let mut range = |key| {
            fields.required(key)?;
            match fields.numbers(key)?.as_deref() {
                Some(&[low, high]) if low.is_finite() && high.is_finite() => Ok((low, high)),
                _ => Err(fields.invalid(key, words!("{key} must be two finite numbers"))),
            }
        };
        let (x, y) = (range("x")?, range("y")?);
        let mut pair = |key| match fields.numbers(key)?.as_deref() {
            None => Ok(None),
            Some(&[i, j]) => Ok(Some((i as usize, j as usize))),
            Some(_) => Err(fields.invalid(key, words!("{key} must be two numbers"))),
        };
        let features = pair("features")?.unwrap_or((0, 1));
        let unit = pair("unit")?.map(|(layer, index)| Unit { layer, index });
        // Two inputs alone need no fixed values.
        let at = fields.numbers("at")?.filter(|at| !at.is_empty()).unwrap_or(vec![0.0; 2]);
        let output = fields.integer("output", 0, (0, 1 << 12))? as usize;
        let derived = Features::from_fields(&mut fields, at.len())?;
        fields.finish()?;
        Ok(Grid { width, height, x, y, features, at, derived, output, unit })
    }
}

impl<L: Math> Trainer<L> {
    /// The probability at every pixel of a grid, row by row from the top; of a unit what its
    /// activation gives. ValueError for a grid that does not fit the network.
    pub fn predict_grid(&mut self, grid: &Grid) -> Result<Vec<L::Element>> {
        let output = Unit { layer: self.config.layers.len() - 1, index: grid.output };
        let unit = grid.unit.unwrap_or(output);
        check(&self.config, grid, 1)?;
        match self.config.layers.get(unit.layer).map(|layer| layer.outputs) {
            None => {
                let layers = self.config.layers.len();
                Err(Error::value(words!("unit.layer must be below {layers}")))
            }
            Some(units) if unit.index >= units => {
                let name = if grid.unit.is_some() { "unit.index" } else { "output" };
                Err(Error::value(words!("{name} must be below {units}")))
            }
            Some(_) => Ok(self.draw(grid, &[unit], grid.unit.is_none())),
        }
    }

    /// What the activation of every unit gives at every pixel: layer after layer, unit after unit,
    /// each row by row from the top. The grid's `output` and `unit` are not looked at.
    pub fn unit_grids(&mut self, grid: &Grid) -> Result<Vec<L::Element>> {
        let mut units = Vec::new();
        for (layer, config) in self.config.layers.iter().enumerate() {
            units.extend((0..config.outputs).map(|index| Unit { layer, index }));
        }
        check(&self.config, grid, units.len())?;
        Ok(self.draw(grid, &units, false))
    }

    /// The units' activations, one picture after another; of an output its probability if asked for.
    fn draw(&mut self, grid: &Grid, units: &[Unit], probabilities: bool) -> Vec<L::Element> {
        let pixels = grid.width * grid.height;
        let mut result = vec![L::Element::default(); units.len() * pixels];
        let columns = coordinates(grid.x, grid.width, false);
        let rows = coordinates(grid.y, grid.height, true);
        let outputs = self.config.outputs();
        let Evaluator { buffers, losses: scores, targets: scratch, .. } = &mut self.evaluator;
        for start in (0..pixels).step_by(CHUNK) {
            let samples = CHUNK.min(pixels - start);
            buffers.set_samples(samples);
            fill(grid, (&columns, &rows), start, buffers, self.config.inputs());
            forward::<L>(&self.network, buffers, Stop::AtOutput, None);
            let vectors = buffers.vectors();
            let (scores, scratch) = (&mut scores[..outputs * vectors], &mut scratch[..vectors]);
            if probabilities {
                // Of all outputs: the softmax of one follows from the others.
                scores.copy_from_slice(buffers.output(outputs));
                to_probabilities::<L>(&self.config, scores);
            }
            for (unit, picture) in units.iter().zip(result.chunks_exact_mut(pixels)) {
                if probabilities {
                    copy_feature(scores, outputs, unit.index, scratch);
                } else {
                    let width = self.config.layers[unit.layer].outputs;
                    buffers.copy_unit(unit.layer, width, unit.index, scratch);
                }
                picture[start..start + samples].copy_from_slice(&scratch.as_flattened()[..samples]);
            }
        }
        result
    }
}

/// The centres of `count` pixels from one end to the other, or back.
#[inline(never)]
fn coordinates<E: Element>((low, high): (f64, f64), count: usize, back: bool) -> Vec<E> {
    let centre = |i: usize| {
        let share = (i as f64 + 0.5) / count as f64;
        E::from_f64(low + (high - low) * if back { 1.0 - share } else { share })
    };
    (0..count).map(centre).collect()
}

/// Puts the inputs of the pixels from `start` on into the buffers, which hold so many features.
#[inline(never)]
fn fill<E: Element>(
    grid: &Grid,
    (columns, rows): (&[E], &[E]),
    start: usize,
    buffers: &mut Buffers<E>,
    features: usize,
) {
    let vectors = buffers.vectors();
    let input = buffers.input_mut(features);
    // Coordinates are rounded to the network's type first: what is derived sees what it would see.
    let fixed: Vec<E> = grid.at.iter().map(|&x| E::from_f64(x)).collect();
    let mut point: Vec<f64> = fixed.iter().map(|x| x.to_f64()).collect();
    let (mut column, mut row) = (start % grid.width, start / grid.width);
    for v in 0..vectors {
        let (mut x, mut y) = ([E::default(); LANES], [E::default(); LANES]);
        for (x, y) in x.iter_mut().zip(&mut y) {
            // Beyond the last pixel there is padding.
            let Some(&up) = rows.get(row) else { break };
            (*x, *y) = (columns[column], up);
            column += 1;
            if column == grid.width {
                (column, row) = (0, row + 1);
            }
        }
        for feature in 0..features {
            input[place(features, vectors, feature, v)] = match &grid.derived {
                None if feature == grid.features.0 => x,
                None if feature == grid.features.1 => y,
                None => [fixed[feature]; LANES],
                Some(derived) => array::from_fn(|lane| {
                    point[grid.features.1] = y[lane].to_f64();
                    point[grid.features.0] = x[lane].to_f64();
                    E::from_f64(derived.of(&point, feature).into())
                }),
            };
        }
    }
}

#[inline(never)]
fn check(config: &Config, grid: &Grid, units: usize) -> Result<()> {
    let inputs = config.inputs();
    let columns = grid.derived.as_ref().map_or(inputs, Features::columns);
    let pixels = grid.width * grid.height;
    let problem = if pixels == 0 || pixels > PIXELS_LIMIT / units {
        "a grid must have from 1 to 2²² pixels, those of all units together".to_owned()
    } else if grid.features.0 >= columns || grid.features.1 >= columns {
        words!("features must be below {columns}")
    } else if grid.at.len() != columns {
        words!("at must hold {columns} values, not {}", grid.at.len())
    } else if grid.derived.as_ref().is_some_and(|derived| derived.len() != inputs) {
        words!("the network takes {inputs} inputs: give as many formulas")
    } else {
        return Ok(());
    };
    Err(Error::value(problem))
}
