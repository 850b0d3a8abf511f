/** What the classification views and the threshold say. */
export default {
  "tab.metrics": "Metrics",

  "field.threshold": "Threshold",
  "help.threshold": "Class 1 is predicted where the probability is at least this; the boundary and every count follow.",
  "field.contours": "Contours",
  "help.contours": "Thin lines where the probability is 0.1, 0.2, … 0.9: close together the network is sure, far apart it is not.",
  "field.discretize": "Discretize",
  "help.discretize": "Two colours: the class that is predicted at the threshold, instead of the probability.",
  "field.metrics_part": "Part",
  "choice.metrics_part.test": "test",
  "choice.metrics_part.train": "train",
  "field.metrics_view": "View",
  "choice.metrics_view.threshold": "Threshold",
  "choice.metrics_view.ranking": "ROC & PR",
  "choice.metrics_view.calibration": "Calibration",

  "numbers.accuracy_at_half": "Accuracy at 0.5",
};
