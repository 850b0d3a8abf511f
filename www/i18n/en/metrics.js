/** What the classification views and the threshold say. */
export default {
  "field.threshold": "Threshold",
  "help.threshold": "Class 1 is predicted where the probability is at least this; the boundary and every count follow.",
  "field.contours": "Contours",
  "help.contours": "Thin lines where the probability is 0.1, 0.2, … 0.9: close together the network is sure, far apart it is not.",
};
