/** The network's diagram. */
export default {
  "network.units": "神经元:方向键切换,回车键打开其权重",
  "network.unit": "第 {layer} 层第 {unit} 个神经元",
  "network.output": "输出",
  "network.open": "{unit}:权重和偏置",
  "network.bias": "偏置",
  "network.weight_from": "来自 {unit}",
  "network.edit_hint": "可以输入,也可以用方向键;训练会继续。回车键关闭。",
  "network.edited": "手动设置了 {name}",
  "network.told_value": "{name}:{value}",
  "network.told_gradient": "{name} 的梯度:{value}",
  "network.point": "指向神经元或连线；点击可修改权重。",
  "network.looking": "显示:{unit}(橙色小于 0,蓝色大于 0)",
  "field.show_gradients": "梯度",
  "help.show_gradients": "连线显示最近一步的梯度而不是权重:损失往哪里拉,拉得多用力。",
};
