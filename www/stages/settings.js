/** The tabs with the settings of the training, which every stage has. */
import { html } from "lit";

import { control, controls, folded } from "../components/control.js";
import { later } from "../components/later.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";

/** @import { Session } from "../session.js" */

const scheduleCurve = later(() => import("../views/schedule-curve.js"));

export const training = () => html`<div class="halves">
    <div>
      ${control("loss")}
      ${control("output_activation")}
      ${controls("reduction", "pos_weight", "focal_alpha", "focal_gamma", "smooth_l1_beta")}
      ${folded(t("settings.more"), "weight")}
    </div>
    <div>
      ${control("optimizer")}
      ${controls("lr", "batch_size", "momentum", "betas", "rmsprop_alpha")}
      ${folded(t("settings.more"), "nesterov", "dampening", "amsgrad", "centered", "maximize", "shuffle",
        "eps", "lr_decay", "initial_accumulator_value", "adagrad_eps")}
    </div>
  </div>`;

export const regularisation = () => html`
  ${controls("penalty", "lambda", "penalty_on")}
  ${controls("weight_decay", "adamw_weight_decay", "dropout")}`;

/** @param {Session} session */
export const schedule = (session) => html`
  ${control("scheduler")}
  ${state.values.scheduler === "none" ? ""
    : scheduleCurve(() => html`<bce-schedule-curve .session=${session}></bce-schedule-curve>`)}
  ${controls("first_scheduler", "second_scheduler", "switch_epoch", "step_size", "milestones", "gamma",
    "exponential_gamma", "T_max", "eta_min", "start_factor", "end_factor", "linear_iters",
    "constant_factor", "constant_iters", "polynomial_iters", "power", "max_lr", "one_cycle_epochs",
    "plateau_factor", "patience")}
  ${folded(t("settings.more"), "pct_start", "anneal_strategy", "cycle_momentum", "three_phase",
    "base_momentum", "max_momentum", "div_factor", "final_div_factor", "plateau_mode", "threshold_mode",
    "plateau_threshold", "cooldown", "min_lr", "plateau_eps")}`;

export const weights = () => html`
  ${controls("init", "gain", "mode", "nonlinearity", "a", "seed")}`;
