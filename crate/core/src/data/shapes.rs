//! Small grey images of shapes to be found: discs, squares and triangles of several sizes and
//! brightnesses, on a noisy ground, among lines and spots that are none.
//!
//! An image is a pure function of the seed and its number. So another number of images adds some or
//! leaves some out, noise moves the same pixels, and images that no training has seen are those with
//! other numbers.

use crate::data::{MAX_ROWS, MAX_VALUES};
use crate::detection::{Bounds, Grid, Object};
use crate::error::{Error, Result};
use crate::rng::{Purpose, Stream};
use crate::value::{Fields, Value, python_number};

/// The width and height of an image in pixels.
pub const SIZE: usize = 24;
/// The classes, in their order.
pub const CLASSES: [&str; 3] = ["disc", "square", "triangle"];
/// What is taken from the brightness of a pixel (0 to 1), and what it is then divided by: about the mean
/// and the deviation of all, so that the network sees numbers around 0 (torchvision's `Normalize`).
pub const NORMALIZE: (f64, f64) = (0.25, 0.25);
/// The most objects in an image.
const OBJECTS: u32 = 4;
/// Half the width of an object, from and to, in pixels.
const HALF: (f64, f64) = (3.0, 5.5);
/// Points along a side of a pixel at which a shape is looked for: 16 greys of an edge.
const FINENESS: usize = 4;
/// Where images begin among the streams of made data; those of points are the first few.
const STREAM: u64 = 1 << 32;

/// How many images, and how hard they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapesOptions {
    /// The number of images.
    pub n_samples: usize,
    /// The number of the first one: other numbers are other images of the same seed.
    pub first: u64,
    /// 0 to 50: the standard deviation of every pixel, in percent of full brightness.
    pub noise: f64,
    /// The most lines and the most spots in an image, 0 to 4.
    pub distractors: u32,
    /// The same seed gives the same images.
    pub seed: u64,
    /// The grid that targets are coded on.
    pub grid: usize,
}

/// Images and what is in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shapes {
    /// (n_samples, [`SIZE`]²), row by row from the top: brightness by [`NORMALIZE`].
    pub inputs: Vec<f32>,
    /// (n_samples, outputs of `grid`)
    pub targets: Vec<f32>,
    /// Image after image.
    pub objects: Vec<Object>,
    /// What the targets are coded on.
    pub grid: Grid,
}

impl ShapesOptions {
    /// Reads options: 1000 images from the first on, noise 5, 2 distractors of a kind, seed 1, grid 4.
    pub fn from_value(options: &Value) -> Result<ShapesOptions> {
        let mut fields = Fields::of(options, "")?;
        let most = MAX_ROWS.min(MAX_VALUES / (SIZE * SIZE)) as u64;
        let n_samples = fields.integer("n_samples", 1000, (1, most))? as usize;
        let first = fields.integer("first", 0, (0, u64::from(u32::MAX)))?;
        let noise = fields.number("noise", 5.0)?;
        if !(0.0..=50.0).contains(&noise) {
            let noise = python_number(noise);
            let message = words!("Invalid noise: {noise}; it is between 0 and 50 percent");
            return Err(fields.invalid("noise", message));
        }
        let distractors = fields.integer("distractors", 2, (0, 4))? as u32;
        let seed = fields.integer("seed", 1, (0, crate::config::SEED_LIMIT))?;
        let grid = fields.integer("grid", 4, (1, 8))? as usize;
        fields.finish()?;
        let options = ShapesOptions { n_samples, first, noise, distractors, seed, grid };
        let values = n_samples as u64 * (SIZE * SIZE + options.coded().outputs()) as u64;
        if values > MAX_VALUES as u64 {
            let message =
                words!("a data set has at most {MAX_VALUES} numbers, this one has {values}");
            return Err(Error::value(message).at("n_samples"));
        }
        Ok(options)
    }

    fn coded(&self) -> Grid {
        Grid { side: self.grid, classes: CLASSES.len() }
    }
}

/// Makes the images. Each has one to four objects that hardly touch, each wholly inside.
pub fn make_shapes(options: &ShapesOptions) -> Result<Shapes> {
    let mut inputs = Vec::with_capacity(options.n_samples * SIZE * SIZE);
    let mut objects = Vec::new();
    for image in 0..options.n_samples {
        let index = STREAM + options.first + image as u64;
        let mut stream = Stream::new(options.seed, Purpose::Data, index);
        let mut canvas = Canvas::new(&mut stream);
        for (class, bounds) in place_objects(&mut stream) {
            canvas.add_shape(class, bounds, stream.uniform(0.45, 1.0));
            objects.push(Object { image, class, bounds });
        }
        for _ in 0..stream.below(options.distractors + 1) {
            canvas.add_line(&mut stream);
        }
        for _ in 0..stream.below(options.distractors + 1) {
            canvas.add_spot(&mut stream);
        }
        inputs.extend(canvas.pixels.iter().map(|&ink| {
            let noisy = ink + options.noise / 100.0 * stream.normal();
            // Not `clamp`: its panic would bring the formatting of floats into the wasm.
            #[allow(clippy::manual_clamp)]
            let brightness = noisy.max(0.0).min(1.0);
            ((brightness - NORMALIZE.0) / NORMALIZE.1) as f32
        }));
    }
    let grid = options.coded();
    let targets = grid.encode(&objects, options.n_samples, SIZE as f64)?;
    Ok(Shapes { inputs, targets, objects, grid })
}

/// One to four shapes: class and bounds. A place that is too near to another is drawn again.
fn place_objects(stream: &mut Stream) -> Vec<(usize, Bounds)> {
    let mut placed: Vec<(usize, Bounds)> = Vec::new();
    let wanted = 1 + stream.below(OBJECTS) as usize;
    for _ in 0..20 * wanted {
        if placed.len() == wanted {
            break;
        }
        let class = stream.below(CLASSES.len() as u32) as usize;
        let half = stream.uniform(HALF.0, HALF.1);
        let mut centre = || stream.uniform(half, SIZE as f64 - half);
        let (x, y) = (centre(), centre());
        let bounds = Bounds { x1: x - half, y1: y - half, x2: x + half, y2: y + half };
        let apart = |other: &Bounds| {
            bounds.x2 + 1.0 < other.x1
                || other.x2 + 1.0 < bounds.x1
                || bounds.y2 + 1.0 < other.y1
                || other.y2 + 1.0 < bounds.y1
        };
        if placed.iter().all(|(_, other)| apart(other)) {
            placed.push((class, bounds));
        }
    }
    placed
}

/// An image that is being drawn.
struct Canvas {
    pixels: Vec<f64>,
}

impl Canvas {
    /// A ground of one dark grey.
    fn new(stream: &mut Stream) -> Canvas {
        Canvas { pixels: vec![stream.uniform(0.0, 0.2); SIZE * SIZE] }
    }

    /// Lays `brightness` over a pixel, as far as `cover` says.
    fn blend(&mut self, x: usize, y: usize, brightness: f64, cover: f64) {
        let pixel = &mut self.pixels[y * SIZE + x];
        *pixel += cover * (brightness - *pixel);
    }

    fn add_shape(&mut self, class: usize, bounds: Bounds, brightness: f64) {
        // Beyond its bounds nothing of it is found.
        let across = bounds.x1 as usize..(bounds.x2 as usize + 1).min(SIZE);
        for y in bounds.y1 as usize..(bounds.y2 as usize + 1).min(SIZE) {
            for x in across.clone() {
                let mut inside = 0;
                for i in 0..FINENESS * FINENESS {
                    let step = |i: usize| (i as f64 + 0.5) / FINENESS as f64;
                    let at = (x as f64 + step(i % FINENESS), y as f64 + step(i / FINENESS));
                    inside += usize::from(is_inside(class, bounds, at));
                }
                let cover = inside as f64 / (FINENESS * FINENESS) as f64;
                self.blend(x, y, brightness, cover);
            }
        }
    }

    /// A line of the width of a pixel, from anywhere to anywhere, paler at its edges.
    fn add_line(&mut self, stream: &mut Stream) {
        let mut along = || stream.uniform(0.0, SIZE as f64);
        let (x1, y1, x2, y2) = (along(), along(), along(), along());
        let brightness = stream.uniform(0.3, 0.8);
        let (dx, dy) = (x2 - x1, y2 - y1);
        let squared = (dx * dx + dy * dy).max(1.0);
        for y in 0..SIZE {
            for x in 0..SIZE {
                let (px, py) = (x as f64 + 0.5 - x1, y as f64 + 0.5 - y1);
                #[allow(clippy::manual_clamp)] // As above.
                let share = ((px * dx + py * dy) / squared).max(0.0).min(1.0);
                let (ex, ey) = (px - share * dx, py - share * dy);
                let distance = (ex * ex + ey * ey).sqrt();
                self.blend(x, y, brightness, (1.0 - distance).max(0.0));
            }
        }
    }

    /// A soft spot, smaller than any object.
    fn add_spot(&mut self, stream: &mut Stream) {
        let mut along = || stream.uniform(0.0, SIZE as f64);
        let (cx, cy) = (along(), along());
        let radius = stream.uniform(1.0, 2.0);
        let brightness = stream.uniform(0.4, 1.0);
        for y in 0..SIZE {
            for x in 0..SIZE {
                let (dx, dy) = (x as f64 + 0.5 - cx, y as f64 + 0.5 - cy);
                let cover = 1.0 - (dx * dx + dy * dy) / (radius * radius);
                self.blend(x, y, brightness, cover.max(0.0));
            }
        }
    }
}

fn is_inside(class: usize, bounds: Bounds, (x, y): (f64, f64)) -> bool {
    let (centre_x, centre_y) = bounds.centre();
    let half = (bounds.x2 - bounds.x1) / 2.0;
    let (dx, dy) = (x - centre_x, y - centre_y);
    match CLASSES[class] {
        "disc" => dx * dx + dy * dy <= half * half,
        "square" => dx.abs() <= half && dy.abs() <= half,
        // The tip above, the base below.
        _ => dy.abs() <= half && dx.abs() <= (dy + half) / 2.0,
    }
}
