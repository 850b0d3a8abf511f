//! Which quantity was the first that is not finite, in the order in which a step computes them.
//!
//! Looked for only after a loss or a parameter was found to be so: a step itself checks no more than
//! those.

use super::{Buffers, LayerBuffers, Sequential};
use crate::kernels::linear;
use crate::lanes::{Element, LANES, Lanes};
use crate::math::Math;
use crate::value::{decimal, joined};

/// What a step computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The rows of the batch.
    Input,
    /// A Linear's weight.
    Weight,
    /// A Linear's bias.
    Bias,
    /// What a hidden Linear gives.
    PreActivation,
    /// What the last Linear gives.
    Logit,
    /// What an activation gives, and dropout leaves.
    Activation,
    /// The loss of the batch.
    Loss,
    /// What is added to it.
    Penalty,
    /// The gradient of a weight or a bias.
    Gradient,
}

/// A quantity that is not finite, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub quantity: Quantity,
    /// Its layer; none for the loss and the penalty.
    pub layer: Option<usize>,
    /// `torch.nn.Sequential`'s name of the parameters that it is, or is the gradient of.
    pub name: Option<String>,
}

impl Quantity {
    /// Its name in messages and in JavaScript.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::Input => "input",
            Quantity::Weight => "weight",
            Quantity::Bias => "bias",
            Quantity::PreActivation => "pre-activation",
            Quantity::Logit => "logit",
            Quantity::Activation => "activation",
            Quantity::Loss => "loss",
            Quantity::Penalty => "penalty",
            Quantity::Gradient => "gradient",
        }
    }
}

impl Fault {
    /// A fault that is in no layer.
    pub fn of(quantity: Quantity) -> Fault {
        Fault { quantity, layer: None, name: None }
    }

    /// For people: `loss`, `logit`, `0.weight`, `gradient of 2.bias`, `activation of layers[0]`.
    pub fn text(&self) -> String {
        let quantity = self.quantity.name();
        match (&self.name, self.layer, self.quantity) {
            // Put together without `format!`, which the start module does not have.
            (Some(name), _, Quantity::Gradient) => joined(&[quantity, name], " of "),
            (Some(name), ..) => name.clone(),
            (None, Some(layer), Quantity::PreActivation | Quantity::Activation) => {
                joined(&[quantity, " of layers[", &decimal(layer), "]"], "")
            }
            _ => quantity.to_owned(),
        }
    }
}

/// Whether there is neither a NaN nor an infinity. A step asks it of all parameters, so it runs in
/// lanes and without a way out in the middle.
#[inline(never)]
pub fn all_finite<L: Lanes>(x: &[L::Element]) -> bool {
    // 0 · x is 0, but NaN of a NaN and of an infinity. Four sums, so that none waits for another.
    let zero = L::constant(0.0);
    let mut sums = [zero; 4];
    let (vectors, rest) = x.as_chunks::<LANES>();
    let (fours, last) = vectors.as_chunks::<4>();
    for four in fours {
        for (sum, x) in sums.iter_mut().zip(four) {
            *sum = *sum + zero * L::load(x);
        }
    }
    for (sum, x) in sums.iter_mut().zip(last) {
        *sum = *sum + zero * L::load(x);
    }
    let [a, b, c, d] = sums;
    ((a + b) + (c + d)).sum() == L::Element::default() && rest.iter().all(|x| x.is_finite())
}

impl<E: Element> Sequential<E> {
    /// The name of the first weight or bias that is not.
    pub fn first_non_finite(&self) -> Option<String> {
        (0..self.layers.len()).find_map(|i| self.bad_tensor(i, &self.parameters)?.name)
    }

    /// The first gradient of the last backward pass that is not finite, from the last layer on, else
    /// the first weight or bias, from the first layer on.
    pub fn parameter_fault(&self) -> Option<Fault> {
        let layers = || 0..self.layers.len();
        let gradient = layers().rev().find_map(|i| {
            let at = self.bad_tensor(i, &self.gradients)?;
            Some(Fault { quantity: Quantity::Gradient, ..at })
        });
        gradient.or_else(|| layers().find_map(|i| self.bad_tensor(i, &self.parameters)))
    }

    /// The weight or bias of a layer that is not finite in a flat vector.
    fn bad_tensor(&self, i: usize, flat: &[E]) -> Option<Fault> {
        let layer = &self.layers[i];
        let parts =
            [(Quantity::Weight, &layer.weight, "weight"), (Quantity::Bias, &layer.bias, "bias")];
        let (quantity, _, part) =
            parts.into_iter().find(|(_, range, _)| !finite(&flat[(*range).clone()]))?;
        let name = joined(&[decimal(layer.index).as_str(), part], ".");
        Some(Fault { quantity, layer: Some(i), name: Some(name) })
    }
}

fn finite<E: Element>(x: &[E]) -> bool {
    x.iter().all(|x| x.is_finite())
}

/// The first quantity of the last forward pass that is not finite.
#[cold]
#[inline(never)]
pub fn forward_fault<L: Math>(
    network: &Sequential<L::Element>,
    buffers: &Buffers<L::Element>,
) -> Option<Fault> {
    let vectors = buffers.vectors;
    let fault = |quantity, layer| Some(Fault { quantity, layer: Some(layer), name: None });
    let mut x = buffers.input(network.layers[0].config.inputs);
    if !finite(x.as_flattened()) {
        return fault(Quantity::Input, 0);
    }
    let last = network.layers.len() - 1;
    for (i, (layer, own)) in network.layers.iter().zip(&buffers.layers).enumerate() {
        let parameters = network.bad_tensor(i, &network.parameters);
        if parameters.is_some() {
            return parameters;
        }
        let size = layer.config.outputs * vectors;
        let mut z = vec![[L::Element::default(); LANES]; size];
        let weight = &network.parameters[layer.weight.clone()];
        linear::<L>(weight, &network.parameters[layer.bias.clone()], x, &mut z);
        if !finite(z.as_flattened()) {
            let hidden = i < last;
            return fault(if hidden { Quantity::PreActivation } else { Quantity::Logit }, i);
        }
        x = &LayerBuffers::output(own)[..size];
        if !finite(x.as_flattened()) {
            return fault(Quantity::Activation, i);
        }
    }
    None
}
