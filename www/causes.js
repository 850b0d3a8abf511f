/** What usually causes a message of PyTorch's, which itself says only what was found. */

/** A part of a message, and the text of its cause. docs/pytorch.md has the same in more words. */
const CAUSES = /** @type {[RegExp, string][]} */ ([
  [/^(Using a target size|Target size) \(.+\) (that is different to|must be the same as)/, "cause.shapes"],
  [/^all elements of input should be between 0 and 1$/, "cause.input_range"],
  [/^all elements of target should be between 0 and 1$/, "cause.target_range"],
  [/(is not a valid value for reduction|for arg 'reduction'|reduction='elementwise_mean')/, "cause.reduction"],
  [/^grad can be implicitly created only for scalar outputs$/, "cause.scalar"],
  [/^(output with shape|Attempting to broadcast|The size of tensor a)/, "cause.weight_shape"],
  [/^Invalid alpha value: .+ for ignore\.$/, "cause.focal_alpha"],
  [/negative values for beta\.$/, "cause.negative_beta"],
  [/^Mismatch in shape: grad_output/, "cause.grad_output"],
  [/mat1 and mat2 shapes cannot be multiplied/, "cause.width"],
  [/^Nesterov momentum requires/, "cause.nesterov"],
  [/^Tried to step \d+ times/, "cause.schedule_end"],
  [/^The network ends in /, "cause.output_end"],
]);

/**
 * The key of the text that says what usually causes a message, or null.
 *
 * @param {string} message
 */
export function causeOf(message) {
  const found = CAUSES.find(([pattern]) => pattern.test(message));
  return found ? found[1] : null;
}
