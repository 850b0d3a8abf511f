/** How each contestant looks in pictures that show several: a colour, and dashes for whom colours do not tell. */

/** @typedef {{ colour: string, dash: number[] }} Look a token of style.css, and the line's pattern */

/** @type {Record<string, Look>} */
export const looks = {
  bce: { colour: "--train", dash: [] },
  pos_weight: { colour: "--run-4", dash: [] },
  weight: { colour: "--run-1", dash: [7, 3] },
  focal: { colour: "--run-2", dash: [] },
  resampling: { colour: "--run-5", dash: [3, 3] },
  mse: { colour: "--run-4", dash: [] },
  one_vs_rest: { colour: "--train", dash: [] },
  softmax: { colour: "--run-4", dash: [7, 3] },
  smooth_l1: { colour: "--run-5", dash: [7, 3] },
};
