/** 分类视图与阈值的文字。 */
export default {
  "field.threshold": "阈值",
  "help.threshold": "概率不小于阈值时预测为正类；决策边界和所有计数都随之变化。",
  "field.contours": "等概率线",
  "help.contours": "概率为 0.1、0.2、…、0.9 处的细线：线密处网络很有把握，线疏处没有把握。",
};
