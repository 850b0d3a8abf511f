//! How the outputs of a network mean boxes: a grid of cells, each of which answers for the object
//! whose centre lies in it. Redmon et al., You Only Look Once, 2016, with sigmoids for the classes.

use super::{Bounds, Detection, Object};
use crate::error::{Error, Result};
use crate::value::Fields;

/// The most cells along one side.
pub const GRID_LIMIT: u64 = 16;
/// The most classes.
pub const CLASSES_LIMIT: u64 = 32;
/// The numbers of a box.
pub const BOX: usize = 4;

/// A grid of `side` × `side` cells, row by row from the top. The outputs of a cell stand together:
/// its labels (whether there is an object, then one for each class) and its box.
///
/// The box is coded in cells: how far the object's centre lies to the right of the cell's left edge
/// and below its upper edge (0 to 1 for the cell that answers for it), its width, and its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Cells along one side.
    pub side: usize,
    /// Classes of objects.
    pub classes: usize,
}

impl Grid {
    /// Reads `grid` (by default 4) and `classes` (by default 3).
    pub fn from_fields(fields: &mut Fields) -> Result<Grid> {
        Ok(Grid {
            side: fields.integer("grid", 4, (1, GRID_LIMIT))? as usize,
            classes: fields.integer("classes", 3, (1, CLASSES_LIMIT))? as usize,
        })
    }

    /// The number of cells.
    pub fn cells(self) -> usize {
        self.side * self.side
    }

    /// The labels of a cell: objectness and classes.
    pub fn labels(self) -> usize {
        1 + self.classes
    }

    /// The outputs of a cell.
    pub fn cell_outputs(self) -> usize {
        self.labels() + BOX
    }

    /// The outputs of an image.
    pub fn outputs(self) -> usize {
        self.cells() * self.cell_outputs()
    }

    /// Whether an output is a label, and not a part of a box.
    pub fn is_label(self, output: usize) -> bool {
        output % self.cell_outputs() < self.labels()
    }

    /// The targets (images, outputs) of objects in images of `size` × `size` pixels. Where several
    /// have their centre in one cell, it answers for the first of them.
    ///
    /// # Errors
    /// A `ValueError` for an object of an unknown class or image, or with its centre outside.
    pub fn encode(self, objects: &[Object], images: usize, size: f64) -> Result<Vec<f32>> {
        let mut targets = vec![0.0; images * self.outputs()];
        let cell_size = size / self.side as f64;
        for (i, object) in objects.iter().enumerate() {
            let (x, y) = object.bounds.centre();
            let inside = |at: f64| at >= 0.0 && at < size;
            if object.image >= images || object.class >= self.classes || !inside(x) || !inside(y) {
                let message =
                    "an object must be of a known image and class, with its centre inside";
                return Err(Error::value(message).at(words!("objects[{i}]")));
            }
            let (x, y) = (x / cell_size, y / cell_size);
            let (column, row) = (x as usize, y as usize);
            let start =
                object.image * self.outputs() + (row * self.side + column) * self.cell_outputs();
            let cell = &mut targets[start..start + self.cell_outputs()];
            if cell[0] == 1.0 {
                continue;
            }
            (cell[0], cell[1 + object.class]) = (1.0, 1.0);
            let Bounds { x1, y1, x2, y2 } = object.bounds;
            let (width, height) = ((x2 - x1) / cell_size, (y2 - y1) / cell_size);
            let coded = [x - column as f64, y - row as f64, width, height];
            cell[self.labels()..].copy_from_slice(&coded.map(|x| x as f32));
        }
        Ok(targets)
    }

    /// Every cell's box once for each class, where the score (objectness · class, both probabilities)
    /// is at least `threshold`: image after image, cell after cell. `outputs` is (images, outputs),
    /// with probabilities for labels. A NaN is below every threshold.
    pub fn decode(self, outputs: &[f32], size: f64, threshold: f64) -> Vec<Detection> {
        let mut found = Vec::new();
        let cell_size = size / self.side as f64;
        for (i, cell) in outputs.chunks_exact(self.cell_outputs()).enumerate() {
            let (image, place) = (i / self.cells(), i % self.cells());
            let (labels, coded) = cell.split_at(self.labels());
            for class in 0..self.classes {
                let score = f64::from(labels[0]) * f64::from(labels[1 + class]);
                if score >= threshold {
                    let bounds = self.bounds(coded, place, cell_size);
                    found.push(Detection { object: Object { image, class, bounds }, score });
                }
            }
        }
        found
    }

    fn bounds(self, coded: &[f32], cell: usize, cell_size: f64) -> Bounds {
        let number = |i: usize| f64::from(coded[i]);
        let x = ((cell % self.side) as f64 + number(0)) * cell_size;
        let y = ((cell / self.side) as f64 + number(1)) * cell_size;
        let half = |size: f64| if size > 0.0 { size * cell_size / 2.0 } else { 0.0 };
        let (across, up) = (half(number(2)), half(number(3)));
        Bounds { x1: x - across, y1: y - up, x2: x + across, y2: y + up }
    }
}
