/** 分类视图与阈值的文字。 */
export default {
  "tab.metrics": "评估指标",

  "field.threshold": "阈值",
  "help.threshold": "概率不小于阈值时预测为正类；决策边界和所有计数都随之变化。",
  "field.contours": "等概率线",
  "help.contours": "概率为 0.1、0.2、…、0.9 处的细线：线密处网络很有把握，线疏处没有把握。",
  "field.discretize": "只显示类别",
  "help.discretize": "只用两种颜色：显示按阈值预测的类别，而不是概率。",
  "field.metrics_part": "数据部分",
  "choice.metrics_part.test": "测试集",
  "choice.metrics_part.train": "训练集",
  "field.metrics_view": "视图",
  "choice.metrics_view.threshold": "阈值",
  "choice.metrics_view.ranking": "ROC 与 PR",
  "choice.metrics_view.calibration": "校准",

  "numbers.accuracy_at_half": "准确率（阈值 0.5）",
};
