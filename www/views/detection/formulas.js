/** The formulas of the loss, which come with the task's stage. */
import { formulas } from "../../formulas.js";

const mean = String.raw`\ell = -\frac1N\sum_{\text{cells}}\,\sum_{\text{labels}}`;
const boxes = String.raw`\\ &\quad + \textit{box\_weight}\cdot\overline{\text{SmoothL1}_\beta(b,\,b^*)}`;
const aligned = (/** @type {string} */ body) => String.raw`\begin{aligned} ` + body + boxes + String.raw` \end{aligned}`;

formulas.detection_loss = {
  BCE: aligned(String.raw`&${mean}\bigl[\,t\,\log\sigma(z) + (1-t)\,\log(1-\sigma(z))\,\bigr]`),
  focal: aligned(String.raw`&${mean}\alpha_t\,(1-p_t)^{\gamma}\,\log p_t`),
  pos_weight: aligned(String.raw`&${mean}\bigl[\,\textit{pos\_weight}\cdot t\,\log\sigma(z) + (1-t)\,\log(1-\sigma(z))\,\bigr]`),
};
