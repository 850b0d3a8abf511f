/**
 * What PyTorch's names compute, as LaTeX. `formula.<group>` is the text that names the symbols.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const formulas = {
  loss: {
    BCELoss: String.raw`\ell = -w\,\bigl[\,t\,\log p + (1-t)\,\log(1-p)\,\bigr]`,
    BCEWithLogitsLoss:
      String.raw`\ell = -w\,\bigl[\,\textit{pos\_weight}\cdot t\,\log\sigma(z) + (1-t)\,\log(1-\sigma(z))\,\bigr]`,
    sigmoid_focal_loss: String.raw`\begin{aligned} \ell &= -\alpha_t\,(1-p_t)^{\gamma}\,\log p_t \\
      p_t &= t\,\sigma(z) + (1-t)\,(1-\sigma(z)) \\ \alpha_t &= t\,\alpha + (1-t)\,(1-\alpha) \end{aligned}`,
    MSELoss: String.raw`\ell = (p-t)^2`,
    SmoothL1Loss: String.raw`\ell = \begin{cases} \dfrac{(p-t)^2}{2\beta} & |p-t| < \beta \\[1ex]
      |p-t| - \dfrac{\beta}{2} & \text{else} \end{cases}`,
  },
  optimizer: {
    SGD: String.raw`\begin{aligned} b &\leftarrow \mu\,b + (1-\tau)\,g \\ \theta &\leftarrow \theta - \eta\,b \end{aligned}`,
    Adam: String.raw`\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\
      v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\
      \theta &\leftarrow \theta - \eta\,\frac{m/(1-\beta_1^k)}{\sqrt{v/(1-\beta_2^k)}+\epsilon} \end{aligned}`,
    AdamW: String.raw`\begin{aligned} \theta &\leftarrow \theta - \eta\,\lambda\,\theta \\
      m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\
      \theta &\leftarrow \theta - \eta\,\frac{m/(1-\beta_1^k)}{\sqrt{v/(1-\beta_2^k)}+\epsilon} \end{aligned}`,
    RMSprop: String.raw`\begin{aligned} v &\leftarrow \alpha\,v + (1-\alpha)\,g^2 \\
      b &\leftarrow \mu\,b + \frac{g}{\sqrt v+\epsilon} \\ \theta &\leftarrow \theta - \eta\,b \end{aligned}`,
    Adagrad: String.raw`\begin{aligned} s &\leftarrow s + g^2 \\
      \theta &\leftarrow \theta - \frac{\eta}{1+(k-1)\,\textit{lr\_decay}}\cdot\frac{g}{\sqrt s+\epsilon} \end{aligned}`,
  },
  scheduler: {
    StepLR: String.raw`\eta_e = \eta_0\,\gamma^{\lfloor e/\textit{step\_size}\rfloor}`,
    MultiStepLR: String.raw`\eta_e = \eta_0\,\gamma^{\,\#\{m\,\in\,\textit{milestones}\;:\;m\le e\}}`,
    ExponentialLR: String.raw`\eta_e = \eta_0\,\gamma^{e}`,
    CosineAnnealingLR: String.raw`\eta_e = \eta_{\min} + \tfrac12(\eta_0-\eta_{\min})\Bigl(1+\cos\frac{\pi e}{T_{\max}}\Bigr)`,
    LinearLR: String.raw`\eta_e = \eta_0\,\Bigl[f_s + (f_e-f_s)\,\frac{\min(e,\,n)}{n}\Bigr]`,
    ConstantLR: String.raw`\eta_e = \begin{cases} \eta_0\cdot\textit{factor} & e < n \\ \eta_0 & \text{else} \end{cases}`,
    PolynomialLR: String.raw`\eta_e = \eta_0\,\Bigl(1-\frac{\min(e,\,n)}{n}\Bigr)^{\textit{power}}`,
  },
  activation: {
    tanh: String.raw`f(z) = \frac{e^{z}-e^{-z}}{e^{z}+e^{-z}}`,
    relu: String.raw`f(z) = \max(0,\,z)`,
    sigmoid: String.raw`f(z) = \frac{1}{1+e^{-z}}`,
    identity: String.raw`f(z) = z`,
    leaky_relu: String.raw`f(z) = \max(0,\,z) + \textit{negative\_slope}\cdot\min(0,\,z)`,
    elu: String.raw`f(z) = \begin{cases} z & z > 0 \\ \alpha\,(e^{z}-1) & z \le 0 \end{cases}`,
    gelu: String.raw`f(z) = z\cdot\Phi(z)`,
    silu: String.raw`f(z) = \frac{z}{1+e^{-z}}`,
    softplus: String.raw`f(z) = \frac{1}{\beta}\,\log\bigl(1+e^{\beta z}\bigr)`,
    logsigmoid: String.raw`f(z) = -\log\bigl(1+e^{-z}\bigr)`,
  },
  penalty: {
    l1: String.raw`\mathcal L = \ell + \lambda\sum_i |\theta_i|`,
    l2: String.raw`\mathcal L = \ell + \lambda\sum_i \theta_i^2`,
  },
  init: {
    default: String.raw`\theta \sim \mathcal U(-b,\,b),\quad b = \frac{1}{\sqrt{n_{\text{in}}}}`,
    zeros: String.raw`\theta = 0`,
    xavier_uniform: String.raw`\theta \sim \mathcal U(-b,\,b),\quad b = \textit{gain}\,\sqrt{\frac{6}{n_{\text{in}}+n_{\text{out}}}}`,
    xavier_normal: String.raw`\theta \sim \mathcal N(0,\,s^2),\quad s = \textit{gain}\,\sqrt{\frac{2}{n_{\text{in}}+n_{\text{out}}}}`,
    kaiming_uniform: String.raw`\theta \sim \mathcal U(-b,\,b),\quad b = g\,\sqrt{\frac{3}{n}}`,
    kaiming_normal: String.raw`\theta \sim \mathcal N(0,\,s^2),\quad s = \frac{g}{\sqrt n}`,
  },
};
