/** What a layer may have of its own; loaded when it is unfolded. */
export default {
  "layers.layer": "Layer",
  "layers.activation": "Activation of layer {layer}",
  "layers.dropout": "Dropout of layer {layer} in percent",
  "layers.as_all": "as all layers: {value}",
};
