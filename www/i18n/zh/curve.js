/** 损失曲线的文字。 */
export default {
  "curve.save_png": "保存图片 (PNG)",
  "curve.save_csv": "保存数据 (CSV)",
};
