/** 工具栏里关于目标检测的文字：其余的随页面载入。 */
export default {
  "choice.task.detection": "目标检测",
  "preset.detection": "找出形状",
  "preset.detection.about": "在线条和斑点之间找圆、方块和三角形：4 × 4 网格的每个格子上的 BCE。",
  "preset.detection_easy": "轻松找出形状",
  "preset.detection_easy.about": "没有噪声和干扰物，图像更少，网络更小：几秒就能学会。",
  "preset.detection_focal": "稀少的格子与 Focal Loss",
  "preset.detection_focal.about": "8 × 8 网格，大约三十个格子才有一个有目标，使用 Focal Loss。",
};
