//! The network: Linear layers with their activations, forward, backward and state_dict.
//!
//! Parameters and gradients are flat vectors, so that an optimizer is one pass; activations live in
//! [`Buffers`], sized once, so that a step allocates nothing.

mod fault;

pub use fault::{Fault, Quantity, all_finite, forward_fault};

use std::array;
use std::ops::Range;

use crate::activation::Activation;
use crate::config::LayerConfig;
use crate::error::{Error, ErrorKind, Result};
use crate::full::FULL;
use crate::init::Init;
use crate::kernels::{
    PANEL, Vector, copy_feature, linear, linear_backward_parameters, place, vectors_for,
};
use crate::lanes::{Element, LANES};
use crate::math::Math;
use crate::rng::{Purpose, Stream};
use crate::tensor::{Tensor, size};
use crate::value::{decimal, joined};

/// A place in the flat parameters.
#[derive(Clone, Debug)]
struct Layer {
    config: LayerConfig,
    weight: Range<usize>,
    bias: Range<usize>,
    /// Its number in torch.nn.Sequential, which counts activations and dropouts too.
    index: usize,
}

/// A stack of nn.Linear with activations and dropout between, as torch.nn.Sequential.
#[derive(Clone, Debug)]
pub struct Sequential<E> {
    layers: Vec<Layer>,
    parameters: Vec<E>,
    gradients: Vec<E>,
}

/// The activations and their gradients of one batch, each (features, batch).
#[derive(Clone, Debug)]
pub struct Buffers<E> {
    vectors: usize,
    samples: usize,
    input: Vec<Vector<E>>,
    /// Where the present batch begins in `input`.
    first: usize,
    layers: Vec<LayerBuffers<E>>,
}

#[derive(Clone, Debug)]
struct LayerBuffers<E> {
    /// What the Linear gives; kept only where the activation's derivative needs it.
    z: Vec<Vector<E>>,
    /// What the activation gives.
    a: Vec<Vector<E>>,
    /// What dropout leaves, and its factors; empty where there is none.
    dropped: Vec<Vector<E>>,
    mask: Vec<Vector<E>>,
    /// The gradient with respect to `a`, then to `z`; empty where nothing is trained.
    grad: Vec<Vector<E>>,
}

impl<E: Element> LayerBuffers<E> {
    fn output(&self) -> &[Vector<E>] {
        if self.dropped.is_empty() { &self.a } else { &self.dropped }
    }
}

/// How far a forward pass goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Through the last activation.
    AtOutput,
    /// Before it: what the last Linear gives.
    AtLogits,
}

impl<E: Element> Sequential<E> {
    /// A network of these layers, drawn by `init` from the seed.
    pub fn new(configs: &[LayerConfig], init: Init, seed: u64) -> Self {
        let mut layers = Vec::with_capacity(configs.len());
        let (mut start, mut index) = (0, 0);
        for &config in configs {
            let weights = config.inputs * config.outputs;
            let weight = start..start + weights;
            let bias = weight.end..weight.end + config.outputs;
            start = bias.end;
            layers.push(Layer { config, weight, bias, index });
            index += 1 + usize::from(config.activation != Activation::Identity);
            index += usize::from(config.dropout > 0.0);
        }
        let zero = E::default();
        let mut network =
            Sequential { layers, parameters: vec![zero; start], gradients: vec![zero; start] };
        for i in 0..network.layers.len() {
            let (weight, bias) = split_parameters(&network.layers[i], &mut network.parameters);
            init.draw(seed, i, weight, bias);
        }
        network
    }

    /// Takes over activations and dropouts of layers with the same sizes.
    pub fn reconfigure(&mut self, configs: &[LayerConfig]) {
        let parameters = std::mem::take(&mut self.parameters);
        let gradients = std::mem::take(&mut self.gradients);
        *self = Sequential { parameters, gradients, ..Sequential::new(configs, Init::Zeros, 0) };
    }

    /// All weights and biases, in the order of [`Sequential::names`].
    pub fn parameters(&self) -> &[E] {
        &self.parameters
    }

    /// All weights and biases, to be changed.
    pub fn parameters_mut(&mut self) -> &mut [E] {
        &mut self.parameters
    }

    /// Parameters to change and the gradients of the last backward pass.
    pub fn parameters_and_gradients(&mut self) -> (&mut [E], &mut [E]) {
        (&mut self.parameters, &mut self.gradients)
    }

    /// The gradients of the last backward pass.
    pub fn gradients(&self) -> &[E] {
        &self.gradients
    }

    /// The parts of the flat parameters that are weights, or all of them with the biases.
    pub fn ranges(&self, biases: bool) -> impl Iterator<Item = Range<usize>> + '_ {
        let end = move |layer: &Layer| if biases { layer.bias.end } else { layer.weight.end };
        self.layers.iter().map(move |layer| layer.weight.start..end(layer))
    }

    /// `torch.nn.Sequential`'s names of the tensors, with shapes and places in the flat vector.
    pub fn names(&self) -> Vec<(String, Vec<usize>, Range<usize>)> {
        let mut names = Vec::with_capacity(2 * self.layers.len());
        for layer in &self.layers {
            let LayerConfig { inputs, outputs, .. } = layer.config;
            let index = decimal(layer.index);
            let name = |part| joined(&[index.as_str(), part], ".");
            names.push((name("weight"), vec![outputs, inputs], layer.weight.clone()));
            names.push((name("bias"), vec![outputs], layer.bias.clone()));
        }
        names
    }

    /// A flat vector of this network's size as named tensors.
    pub fn named(&self, flat: &[E]) -> Vec<(String, Tensor<E>)> {
        let tensor = |(name, shape, range): (String, Vec<usize>, Range<usize>)| {
            (name, Tensor { shape, data: flat[range].to_vec() })
        };
        self.names().into_iter().map(tensor).collect()
    }

    /// Copies of all weights and biases by name.
    pub fn state_dict(&self) -> Vec<(String, Tensor<E>)> {
        self.named(&self.parameters)
    }

    /// Puts all weights and biases; errors as PyTorch's strict `load_state_dict`, and then nothing
    /// is changed.
    pub fn load_state_dict(&mut self, dict: &[(String, Tensor<E>)]) -> Result<()> {
        let names = self.names();
        let given: Vec<Given> =
            dict.iter().map(|(name, tensor)| (name.as_str(), &tensor.shape[..])).collect();
        check_state_dict(&names, &given)?;
        for (name, _, range) in names {
            if let Some((_, tensor)) = dict.iter().find(|(given, _)| *given == name) {
                self.parameters[range].copy_from_slice(&tensor.data);
            }
        }
        Ok(())
    }

    /// Room for batches of up to `samples`, with gradients if it is for training.
    pub fn buffers(&self, samples: usize, training: bool) -> Buffers<E> {
        let vectors = vectors_for(samples);
        let rows = |n: usize, wanted: bool| {
            vec![[E::default(); LANES]; if wanted { n * vectors } else { 0 }]
        };
        let layer = |layer: &Layer| {
            let LayerConfig { outputs, activation, dropout, .. } = layer.config;
            LayerBuffers {
                z: rows(outputs, training && activation.needs_input()),
                a: rows(outputs, true),
                dropped: rows(outputs, training && dropout > 0.0),
                mask: rows(outputs, training && dropout > 0.0),
                grad: rows(outputs, training),
            }
        };
        Buffers {
            vectors,
            samples,
            input: rows(self.layers[0].config.inputs, true),
            first: 0,
            layers: self.layers.iter().map(layer).collect(),
        }
    }
}

/// A tensor of a state_dict: its name and its shape.
type Given<'a> = (&'a str, &'a [usize]);

/// Whether a state_dict has each of the names, in its shape, and no other.
fn check_state_dict(names: &[(String, Vec<usize>, Range<usize>)], given: &[Given]) -> Result<()> {
    let (mut missing, mut unexpected) = (Vec::new(), Vec::new());
    let mut mismatches = Vec::new();
    for (name, wanted, _) in names {
        match given.iter().find(|(given, _)| given == name) {
            None => missing.push(name.as_str()),
            Some((_, shape)) if shape != wanted => mismatches.push(words!(
                "size mismatch for {name}: copying a param with shape {} from checkpoint, the \
                 shape in current model is {}.",
                size(shape),
                size(wanted)
            )),
            Some(_) => {}
        }
    }
    for (given, _) in given {
        if names.iter().all(|(name, ..)| name != given) {
            unexpected.push(*given);
        }
    }
    let mut problems = Vec::new();
    if !missing.is_empty() {
        problems.push(words!("Missing key(s) in state_dict: \"{}\". ", joined(&missing, "\", \"")));
    }
    if !unexpected.is_empty() {
        let list = joined(&unexpected, "\", \"");
        problems.push(words!("Unexpected key(s) in state_dict: \"{list}\". "));
    }
    problems.extend(mismatches);
    if problems.is_empty() {
        return Ok(());
    }
    let list = joined(&problems, "\n\t");
    let message = words!("Error(s) in loading state_dict for Sequential:\n\t{list}");
    Err(Error::new(ErrorKind::RuntimeError, message))
}

fn split_parameters<'a, E>(layer: &Layer, flat: &'a mut [E]) -> (&'a mut [E], &'a mut [E]) {
    let (before, bias) = flat[..layer.bias.end].split_at_mut(layer.bias.start);
    (&mut before[layer.weight.clone()], bias)
}

impl<E: Element> Buffers<E> {
    /// Says how many samples the next batch has, at most as many as there is room for.
    pub fn set_samples(&mut self, samples: usize) {
        self.samples = samples;
        self.vectors = vectors_for(samples);
    }

    /// The length of a row of the present batch, in vectors.
    pub fn vectors(&self) -> usize {
        self.vectors
    }

    /// The inputs (in, batch) of the present batch, to be filled.
    pub fn input_mut(&mut self, features: usize) -> &mut [Vector<E>] {
        if FULL {
            self.first = 0;
        }
        &mut self.input[..features * self.vectors]
    }

    /// Room for the inputs of so many batches of the size that these buffers are for.
    pub fn make_room_for_batches(&mut self, batches: usize) {
        if FULL && batches > 1 {
            self.input = vec![[E::default(); LANES]; self.input.len() * batches];
        }
    }

    /// All of that room. What [`Buffers::input_mut`] gives is its beginning.
    pub fn room_for_inputs(&mut self) -> &mut [Vector<E>] {
        &mut self.input
    }

    /// The present batch's inputs are there already: in that room, from vector `first` on.
    pub fn set_input(&mut self, first: usize) {
        self.first = first;
    }

    fn input(&self, features: usize) -> &[Vector<E>] {
        &self.input[self.begin()..][..features * self.vectors]
    }

    fn begin(&self) -> usize {
        if FULL { self.first } else { 0 }
    }

    /// What the network gave (out, batch) for the present batch.
    pub fn output(&self, features: usize) -> &[Vector<E>] {
        &self.layers[self.layers.len() - 1].output()[..features * self.vectors]
    }

    /// Copies what the activation of a unit gave for the present batch; `units` is its layer's out.
    pub fn copy_unit(&self, layer: usize, units: usize, index: usize, to: &mut [Vector<E>]) {
        copy_feature(&self.layers[layer].a[..units * self.vectors], units, index, to);
    }

    /// What the network gave (out, batch) for the present batch, and where the gradient with respect to
    /// it goes.
    pub fn output_and_gradient(&mut self, features: usize) -> (&[Vector<E>], &mut [Vector<E>]) {
        let last = self.layers.len() - 1;
        let LayerBuffers { a, dropped, grad, .. } = &mut self.layers[last];
        let output = if dropped.is_empty() { a } else { dropped };
        let size = features * self.vectors;
        (&output[..size], &mut grad[..size])
    }
}

/// Decides which units a training step drops.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// The seed of the run.
    pub seed: u64,
    /// The step of the run: each drops others.
    pub step: u64,
}

/// The network's output for the inputs in `buffers`. Units are dropped only in training.
pub fn forward<L: Math>(
    network: &Sequential<L::Element>,
    buffers: &mut Buffers<L::Element>,
    stop: Stop,
    dropping: Option<Dropout>,
) {
    let (vectors, begin) = (buffers.vectors, buffers.begin());
    // Made where the first units are dropped, and in most networks never.
    let mut stream = None;
    let last = network.layers.len() - 1;
    for (i, layer) in network.layers.iter().enumerate() {
        let LayerConfig { inputs, outputs, activation, dropout } = layer.config;
        let (before, rest) = buffers.layers.split_at_mut(i);
        let own = &mut rest[0];
        let x = before.last().map_or(&buffers.input[begin..], LayerBuffers::output);
        let size = outputs * vectors;
        let a = &mut own.a[..size];
        let weight = &network.parameters[layer.weight.clone()];
        let bias = &network.parameters[layer.bias.clone()];
        linear::<L>(weight, bias, &x[..inputs * vectors], a);
        if i == last && stop == Stop::AtLogits {
            return;
        }
        if !own.z.is_empty() {
            own.z[..size].copy_from_slice(a);
        }
        activation.forward::<L>(a);
        if let (Some(of), false) = (dropping, own.mask.is_empty()) {
            let stream =
                stream.get_or_insert_with(|| Stream::new(of.seed, Purpose::Dropout, of.step));
            draw_mask(stream, dropout, outputs, &mut own.mask[..size]);
            for ((to, &a), &mask) in own.dropped.iter_mut().zip(&*a).zip(&own.mask[..size]) {
                (L::load(&a) * L::load(&mask)).store(to);
            }
        }
    }
}

/// Factors of inverted dropout for a layer of so many units: 0 with probability `p`, else 1 / (1 − p).
/// Srivastava et al., 2014. They are drawn for two vectors at a time, however many lie side by side.
fn draw_mask<E: Element>(stream: &mut Stream, p: f64, units: usize, mask: &mut [Vector<E>]) {
    let keep = if p < 1.0 { E::from_f64(1.0 / (1.0 - p)) } else { E::default() };
    let vectors = mask.len() / units;
    for first in (0..vectors).step_by(PANEL) {
        for unit in 0..units {
            for v in first..vectors.min(first + PANEL) {
                mask[place(units, vectors, unit, v)] =
                    array::from_fn(|_| if stream.unit() < p { E::default() } else { keep });
            }
        }
    }
}

/// The gradients of all parameters, from the gradient with respect to the output that
/// [`Buffers::output_and_gradient`] holds.
pub fn backward<L: Math>(network: &mut Sequential<L::Element>, buffers: &mut Buffers<L::Element>) {
    let (vectors, begin) = (buffers.vectors, buffers.begin());
    // Whether the gradient of the layer is with respect to its z already.
    let mut through = false;
    for (i, layer) in network.layers.iter().enumerate().rev() {
        let LayerConfig { inputs, outputs, activation, .. } = layer.config;
        let size = outputs * vectors;
        let (before, rest) = buffers.layers.split_at_mut(i);
        let LayerBuffers { z, a, mask, grad, .. } = &mut rest[0];
        let grad = &mut grad[..size];
        if !(FULL && through) {
            for (grad, mask) in grad.iter_mut().zip(&*mask) {
                (L::load(grad) * L::load(mask)).store(grad);
            }
            activation.backward::<L>(z, &a[..size], grad);
        }
        let (dweight, dbias) = split_parameters(layer, &mut network.gradients);
        match before.last_mut() {
            None => {
                let x = &buffers.input[begin..][..inputs * vectors];
                linear_backward_parameters::<L>(grad, x, dweight, dbias);
            }
            Some(before) => {
                let x = &before.output()[..inputs * vectors];
                linear_backward_parameters::<L>(grad, x, dweight, dbias);
                let weight = &network.parameters[layer.weight.clone()];
                let dx = &mut before.grad[..inputs * vectors];
                let mut activation = Activation::Identity;
                let mut y: &[Vector<L::Element>] = &[];
                if FULL {
                    y = &before.a[..inputs * vectors];
                    let own = network.layers[i - 1].config.activation;
                    through = before.mask.is_empty() && !own.needs_input();
                    if through {
                        activation = own;
                    }
                }
                activation.backward_through_linear::<L>(weight, inputs, grad, dx, y);
            }
        }
    }
}
