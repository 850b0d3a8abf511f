/** What is said of the tasks that have their texts with their stages, before they are opened. */
export default {
  "choice.task.imbalance": "类别不平衡",
  "choice.task.losses": "损失函数",
  "preset.imbalance": "1 % 的正类",
  "preset.imbalance.about": "一百个里只有一个：普通 BCE 与 pos_weight、样本权重、Focal Loss、重采样并排比较。",
  "preset.why_not_mse": "为什么不用 MSE？",
  "preset.why_not_mse.about": "初始权重过大，答案自信地错了：BCE 能恢复，MSE 停滞不前。",
  "preset.losses": "选择损失函数",
  "preset.losses.about": "同样的样本，BCE、Focal Loss、MSE 与 Smooth L1：各自的损失与梯度。",
  "choice.task.classes": "多分类",
  "preset.classes": "五个类别",
  "preset.classes.about": "只有一层：softmax 能找到中间的类别，一对其余的 sigmoid 却把它漏掉。",
  "preset.iris_classes": "鸢尾花，三个类别",
  "preset.iris_classes.about": "用两个测量值区分三个品种：每类一个 sigmoid，旁边是一个 softmax。",
};
