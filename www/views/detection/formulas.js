/** The formulas of the loss, which come with the task's stage. */
import { formulas } from "../../formulas.js";

/** The loss of a label, below what is made of it. @param {string} label */
const withBoxes = (label) => String.raw`\begin{array}{l}
  \displaystyle\ell = \frac1N\sum_{\text{cells}}\sum_{\text{labels}}\ell(z,t) \\[1.4em]
  \qquad {} + \textit{box\_weight}\cdot\underset{\text{boxes}}{\text{mean}}\;\;\text{SmoothL1}_\beta(b, b^*) \\[0.8em]
  ${label} \end{array}`;

formulas.detection_loss = {
  BCE: withBoxes(String.raw`\ell(z,t) = -t\,\log\sigma(z) - (1-t)\,\log(1-\sigma(z))`),
  focal: withBoxes(String.raw`\ell(z,t) = -\alpha_t\,(1-p_t)^{\gamma}\,\log p_t`),
  pos_weight: withBoxes(String.raw`\begin{array}{l} \ell(z,t) = -\textit{pos\_weight}\cdot t\,\log\sigma(z) \\[0.3em]
    \qquad {} - (1-t)\,\log(1-\sigma(z)) \end{array}`),
};
