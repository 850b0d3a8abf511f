/** The network's diagram. */
export default {
  "network.units": "Units: arrow keys go from one to the next, Enter opens its weights",
  "network.unit": "layer {layer}, unit {unit}",
  "network.output": "output",
  "network.open": "{unit}: weights and bias",
  "network.bias": "bias",
  "network.weight_from": "from {unit}",
  "network.edit_hint": "Type, or use the arrow keys; training goes on. Enter closes.",
  "network.edited": "{name} set by hand",
  "network.told_value": "{name}: {value}",
  "network.told_gradient": "gradient of {name}: {value}",
  "network.point": "Point at a unit or a line; click to change its weights.",
  "network.looking": "Shown: {unit} (orange below 0, blue above)",
  "field.show_gradients": "Gradients",
  "help.show_gradients": "Lines show the gradient of the last step instead of the weight: where the loss pulls, and how hard.",
};
