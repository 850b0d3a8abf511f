/** The tabs with the settings of the training, which every stage has. */
import { html } from "lit";

import { control, controls, folded } from "../components/control.js";
import { t } from "../i18n/index.js";

export function training() {
  return html`<div class="halves">
    <div>
      ${control("loss")}
      ${controls("pos_weight", "focal_alpha", "focal_gamma", "smooth_l1_beta", "reduction")}
      ${folded(t("settings.more"), "weight", "output_activation")}
    </div>
    <div>
      ${control("optimizer")}
      ${controls("lr", "batch_size", "momentum", "betas")}
      ${folded(t("settings.more"), "nesterov", "dampening", "rmsprop_alpha", "centered", "amsgrad", "eps",
        "lr_decay", "initial_accumulator_value", "adagrad_eps", "maximize", "shuffle")}
    </div>
  </div>`;
}

export const regularisation = () => html`
  ${controls("penalty", "lambda", "penalty_on")}
  ${controls("weight_decay", "adamw_weight_decay", "dropout")}`;

export const schedule = () => html`
  ${control("scheduler")}
  ${controls("first_scheduler", "second_scheduler", "switch_epoch", "step_size", "milestones", "gamma",
    "exponential_gamma", "T_max", "eta_min", "start_factor", "end_factor", "linear_iters",
    "constant_factor", "constant_iters", "polynomial_iters", "power", "max_lr", "one_cycle_epochs",
    "pct_start", "anneal_strategy", "cycle_momentum", "base_momentum", "max_momentum", "div_factor",
    "final_div_factor", "three_phase", "plateau_mode", "plateau_factor", "patience",
    "plateau_threshold", "threshold_mode", "cooldown", "min_lr", "plateau_eps")}`;

export const weights = () => html`
  ${controls("init", "gain", "mode", "nonlinearity", "a", "seed")}
  ${controls("negative_slope", "elu_alpha", "approximate", "softplus_beta", "softplus_threshold")}`;
