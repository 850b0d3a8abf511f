/** The network's inputs. */
export default {
  "field.inputs": "Inputs",
  "help.inputs": "What the network sees of a point: its coordinates, and what follows from them. With the right inputs a network needs no hidden layer.",
};
