/** What usually causes PyTorch's messages, a sentence or two each. */
export default {
  "cause.shapes": "Often labels of shape (N) stand against outputs of shape (N, 1): they need a column too.",
  "cause.input_range": "BCELoss takes probabilities, and these are logits: let the output end in a sigmoid, or take BCEWithLogitsLoss.",
  "cause.target_range": "Often labels are 1 and 2, or −1 and 1, instead of 0 and 1; or percentages; or one is missing.",
  "cause.reduction": "The reductions are none, mean and sum, written like this.",
  "cause.scalar": "Training needs one number to make smaller: take the reduction mean or sum.",
  "cause.weight_shape": "A weight needs one number for each label, or one for each row as a column (N, 1).",
  "cause.focal_alpha": "alpha is the share of the positives, from 0 to 1; it is not a pos_weight.",
  "cause.negative_beta": "beta is a distance: 0 gives the L1 loss.",
  "cause.grad_output": "grad_output has the shape of the loss: one number unless the reduction is none.",
  "cause.width": "The data have another number of columns than the first layer takes; perhaps the label is among them.",
  "cause.nesterov": "Nesterov looks ahead along the momentum: set momentum above 0, and dampening to 0.",
  "cause.schedule_end": "The schedule is over: give it as many steps as the run has epochs.",
  "cause.output_end": "With “auto” the output ends in what the loss expects.",
};
