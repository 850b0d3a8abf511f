/** 图片文件；第一帧之后加载。 */
export default {
  "pictures.save.boundary": "保存决策边界",
  "pictures.save.network": "保存网络",
  "pictures.save.schedule": "保存学习率调度",
};
