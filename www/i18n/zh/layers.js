/** 各层单独的设置；展开时才加载。 */
export default {
  "layers.layer": "层",
  "layers.activation": "第 {layer} 层的激活函数",
  "layers.dropout": "第 {layer} 层的随机失活率（百分比）",
  "layers.as_all": "与其他层相同：{value}",
};
