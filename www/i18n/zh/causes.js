/** PyTorch 的报错通常由什么引起，每条一两句话。 */
export default {
  "cause.shapes": "常见原因：标签的形状是 (N)，而输出的形状是 (N, 1)；标签也需要写成一列。",
  "cause.input_range": "BCELoss 需要概率，而这里是 logit：请让输出以 sigmoid 结尾，或改用 BCEWithLogitsLoss。",
  "cause.target_range": "常见原因：标签是 1 和 2，或 −1 和 1，而不是 0 和 1；或者是百分数；或者缺了一个标签。",
  "cause.reduction": "可用的 reduction 是 none、mean 和 sum，写法须与此一致。",
  "cause.scalar": "训练需要让一个数变小：请把 reduction 设为 mean 或 sum。",
  "cause.weight_shape": "权重应当每个标签一个数，或每行一个数并写成一列 (N, 1)。",
  "cause.focal_alpha": "alpha 是正类所占的比重，从 0 到 1；它不是 pos_weight。",
  "cause.negative_beta": "beta 是距离，不能为负；取 0 就是 L1 损失。",
  "cause.grad_output": "grad_output 的形状与损失相同：除非 reduction 是 none，否则只有一个数。",
  "cause.width": "数据的列数与第一层的输入数不同；也许标签列还留在输入里。",
  "cause.nesterov": "Nesterov 沿动量方向向前看：momentum 要大于 0，dampening 要等于 0。",
  "cause.schedule_end": "学习率调度已经走完：总步数应与训练的轮数一样多。",
  "cause.output_end": "选“自动”时，输出的结尾就是损失所期望的。",
};
