//! Points in the plane in two classes: those of TensorFlow Playground, and scikit-learn's moons.
//!
//! A point is a pure function of the seed, its class and its rank in that class. So noise moves the
//! same points, and more samples or another ratio add points or leave some out. Only spiral and
//! moons, whose points are spread evenly along a curve, move closer together on it.

use std::f64::consts::PI;

use crate::data::{Dataset, MADE, MAX_ROWS, unknown_name};
use crate::error::{Error, Result};
use crate::rng::{Purpose, Stream};
use crate::value::python_number;

/// The names that [`make`] knows.
pub const NAMES: [&str; 5] = ["circle", "xor", "gauss", "spiral", "moons"];

/// No coordinate is beyond this: the plane is [-6, 6]².
pub const EXTENT: f64 = 6.0;

/// How many points, how they are mixed, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MakeOptions {
    /// The number of points, 2 to [`MAX_ROWS`].
    pub n_samples: usize,
    /// 0 to 50, in percent as TensorFlow Playground has it. Every point is moved, and keeps its
    /// class: circle and xor by up to 5 · noise / 100 along each axis, spiral by up to noise / 100.
    /// In gauss the variance grows from 0.5 at no noise to 4 at 50. In moons noise / 100 is
    /// scikit-learn's `noise`, the standard deviation before scaling.
    pub noise: f64,
    /// The share of positive points, 0 to 1. Their number is n_samples · ratio rounded to the
    /// nearest, half up; a ratio strictly between 0 and 1 leaves at least one point in each class.
    pub ratio: f64,
    /// The same seed gives the same points.
    pub seed: u64,
}

impl Default for MakeOptions {
    fn default() -> Self {
        MakeOptions { n_samples: 500, noise: 0.0, ratio: 0.5, seed: 1 }
    }
}

impl MakeOptions {
    pub(super) fn check(&self) -> Result<()> {
        if !(2..=MAX_ROWS).contains(&self.n_samples) {
            let message =
                words!("Invalid n_samples: {}; it is between 2 and {MAX_ROWS}", self.n_samples);
            return Err(Error::value(message).at("n_samples"));
        }
        if !(0.0..=50.0).contains(&self.noise) {
            let message = words!(
                "Invalid noise: {}; it is between 0 and 50 percent",
                python_number(self.noise)
            );
            return Err(Error::value(message).at("noise"));
        }
        if !(0.0..=1.0).contains(&self.ratio) {
            let message =
                words!("Invalid ratio: {}; it is between 0 and 1", python_number(self.ratio));
            return Err(Error::value(message).at("ratio"));
        }
        Ok(())
    }

    fn positives(&self) -> usize {
        let nearest = libm::round(self.n_samples as f64 * self.ratio) as usize;
        let both = self.ratio > 0.0 && self.ratio < 1.0;
        if both { nearest.clamp(1, self.n_samples - 1) } else { nearest }
    }
}

/// The data set of this name: inputs (n_samples, 2) within [-6, 6]², targets (n_samples, 1) of
/// 0 and 1. The classes alternate evenly: among the first k rows, for any k, the number of
/// positives is k · ratio to within one.
///
/// Shapes and scales are those of TensorFlow Playground's `dataset.ts` (2016) and of scikit-learn's
/// `make_moons`. Two things differ. TensorFlow Playground gives circle and xor noise by labelling a
/// point as if it lay elsewhere; here the point itself moves, which keeps the ratio exact. And what
/// noise carries beyond the edge of the plane is reflected at it, so that nothing is out of sight.
///
/// # Errors
/// A `ValueError` at the option that is out of range, or at `name`.
pub fn make(name: &str, options: &MakeOptions) -> Result<Dataset> {
    let shape = Shape::named(name).ok_or_else(|| unknown_name(name, &MADE))?;
    options.check()?;
    let rows = options.n_samples;
    let positives = options.positives();
    let classes = [false, true].map(|positive| {
        let count = if positive { positives } else { rows - positives };
        class_points(shape, positive, count, options)
    });

    let mut inputs = Vec::with_capacity(rows * 2);
    let mut targets = Vec::with_capacity(rows);
    let mut taken = [0; 2];
    // In u64: a row times the positives is beyond 32 bits.
    let positives_before = |row: usize| row as u64 * positives as u64 / rows as u64;
    for row in 0..rows {
        let class = (positives_before(row + 1) - positives_before(row)) as usize;
        inputs.extend_from_slice(&classes[class][taken[class]]);
        targets.push(class as f32);
        taken[class] += 1;
    }
    Ok(Dataset {
        name: name.to_string(),
        inputs,
        targets,
        rows,
        features: 2,
        outputs: 1,
        feature_names: vec!["x1".into(), "x2".into()],
        target_names: vec!["0".into(), "1".into()],
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Circle,
    Xor,
    Gauss,
    Spiral,
    Moons,
}

impl Shape {
    fn named(name: &str) -> Option<Shape> {
        Some(match name {
            "circle" => Shape::Circle,
            "xor" => Shape::Xor,
            "gauss" => Shape::Gauss,
            "spiral" => Shape::Spiral,
            "moons" => Shape::Moons,
            _ => return None,
        })
    }
}

/// The points of one class, in the order in which the rows take them.
fn class_points(
    shape: Shape,
    positive: bool,
    count: usize,
    options: &MakeOptions,
) -> Vec<[f32; 2]> {
    let class = u64::from(positive);
    let mut order: Vec<u32> = (0..count as u32).collect();
    // Along a curve the rank is the place, which a row's number must not give away.
    if matches!(shape, Shape::Spiral | Shape::Moons) {
        Stream::new(options.seed, Purpose::Data, 2 + class).shuffle(&mut order);
    }
    let mut stream = Stream::new(options.seed, Purpose::Data, class);
    let noise = options.noise / 100.0;
    order
        .iter()
        .map(|&rank| {
            // The middle of the rank's share of the curve: with the share's start the two arms of
            // the spiral would begin in one point with two labels.
            let along = (f64::from(rank) + 0.5) / count as f64;
            let [x, y] = point(shape, positive, along, noise, &mut stream);
            [reflect(x) as f32, reflect(y) as f32]
        })
        .collect()
}

/// One point. Every shape draws the same number of times whatever the noise, and multiplies by it:
/// that is what lets noise move points that stay the same.
fn point(shape: Shape, positive: bool, along: f64, noise: f64, stream: &mut Stream) -> [f64; 2] {
    match shape {
        Shape::Circle => {
            let radius = if positive { stream.uniform(0.0, 2.5) } else { stream.uniform(3.5, 5.0) };
            let angle = stream.uniform(0.0, 2.0 * PI);
            let [x, y] = [radius * libm::sin(angle), radius * libm::cos(angle)];
            [x + noise * stream.uniform(-5.0, 5.0), y + noise * stream.uniform(-5.0, 5.0)]
        }
        Shape::Xor => {
            // 0.3 on either side of the axes stays empty.
            let [x, y] = [stream.uniform(0.3, 5.3), stream.uniform(0.3, 5.3)];
            let x_sign = if stream.unit() < 0.5 { -1.0 } else { 1.0 };
            let y_sign = if positive { x_sign } else { -x_sign };
            let jitter = [stream.uniform(-5.0, 5.0), stream.uniform(-5.0, 5.0)];
            [x_sign * x + noise * jitter[0], y_sign * y + noise * jitter[1]]
        }
        Shape::Gauss => {
            let centre = if positive { 2.0 } else { -2.0 };
            let deviation = (0.5 + 7.0 * noise).sqrt();
            [centre + deviation * stream.normal(), centre + deviation * stream.normal()]
        }
        Shape::Spiral => {
            let start = if positive { 0.0 } else { PI };
            let (radius, angle) = (5.0 * along, 3.5 * PI * along + start);
            let [x, y] = [radius * libm::sin(angle), radius * libm::cos(angle)];
            [x + noise * stream.uniform(-1.0, 1.0), y + noise * stream.uniform(-1.0, 1.0)]
        }
        Shape::Moons => {
            let (sin, cos) = (libm::sin(PI * along), libm::cos(PI * along));
            let [x, y] = if positive { [1.0 - cos, 0.5 - sin] } else { [cos, sin] };
            // From [-1, 2] × [-0.5, 1] to 10 wide, centred, at equal scales.
            let scale = 10.0 / 3.0;
            let (x, y) = (x + noise * stream.normal(), y + noise * stream.normal());
            [scale * (x - 0.5), scale * (y - 0.25)]
        }
    }
}

/// The coordinate, reflected at the edges of the plane. Once is enough: a normal draw from 24 bits
/// is below 5.8, so that no shape reaches 3 · [`EXTENT`].
pub(super) fn reflect(x: f64) -> f64 {
    if x.abs() > EXTENT { (2.0 * EXTENT - x.abs()) * x.signum() } else { x }
}
