/** 网络的输入。 */
export default {
  "field.inputs": "输入",
  "help.inputs": "网络看到的点的信息：坐标，以及由坐标算出的量。输入选得合适时，不需要隐藏层。",
};
