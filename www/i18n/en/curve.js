/** The loss chart's texts. */
export default {
  "curve.save_png": "Save picture (PNG)",
  "curve.save_csv": "Save numbers (CSV)",
};
