/** Few positives, and what is done about them: several networks from the same data, seed and weights. */
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";

import "../views/side/boundary.js";
import "../views/side/curves.js";
import "../views/side/pr-curves.js";
import "../views/side/reliability.js";
import "../views/side/table.js";
import { control, controls, folded } from "../components/control.js";
import { panel } from "../components/panel.js";
import { formatCount, formatDecimal, formatLoss, formatShare } from "../format.js";
import { t } from "../i18n/index.js";
import { imbalanceContestants, imbalanceProblem, posWeight, smallGrid } from "../side/imbalance.js";
import { state } from "../state.js";
import { swatch } from "../views/side/table.js";
import { SideStage } from "./side-stage.js";

/** @import { BinaryMetrics } from "bce-playground" */
/** @import { Values } from "../fields.js" */
/** @import { Problem } from "../side/imbalance.js" */

export class ImbalanceStage extends SideStage {
  /** @type {Problem | null} */
  problem = null;
  /** Of the answer that is the same for every row: the share of positives. @type {BinaryMetrics | null} */
  constant = null;

  /** @param {Values} values */
  async prepare(values) {
    const problem = await imbalanceProblem(this.contest.client.datasets, values, this.problem);
    if (values !== state.values) return;
    const other = problem !== this.problem;
    this.problem = problem;
    this.contest.compete(imbalanceContestants(values, problem), { grid: smallGrid(problem.plane), metrics: true });
    if (other) await this.#measureConstant();
  }

  /** @param {(keyof Values)[]} keys */
  follow(keys) {
    super.follow(keys);
    if (keys.includes("threshold") && this.problem) this.#measureConstant();
  }

  /** What the constant answer's numbers are, by the core like those of the others. */
  async #measureConstant() {
    const { train: [negatives, positives], split } = /** @type {Problem} */ (this.problem);
    const labels = split.test_targets?.data ?? new Float32Array();
    const scores = new Float64Array(labels.length).fill(positives / (negatives + positives));
    const { threshold } = state.values;
    this.constant = await this.contest.client.metrics.binary(scores, labels, { threshold });
    this.requestUpdate();
  }

  get panels() {
    return {
      data: () => this.#data(),
      boundary: () => this.#boundaries(),
      curve: () => this.#charts(),
      metrics: () => this.#table(),
    };
  }

  #data() {
    const { problem } = this;
    return panel("data", html`
      ${control("rare_share")}
      ${problem ? html`<p class="side-counts">${this.#counts(problem)}</p>` : ""}
      ${control("rare_data")}
      ${controls("rare_samples", "rare_noise")}
      ${control("data_seed")}
      <h3 class="side-group">${t("side.contestants")}</h3>
      ${control("with_bce")}
      ${control("with_pos_weight")}${control("rare_pos_weight")}
      ${control("with_weight")}
      ${control("with_focal")}${controls("rare_alpha", "rare_gamma")}
      ${control("with_resampling")}
      <h3 class="side-group">${t("side.all")}</h3>
      ${control("lr")}${control("batch_size")}
      ${folded(t("settings.more"), "optimizer", "activation", "seed")}`);
  }

  /** @param {Problem} problem */
  #counts({ train, test }) {
    return t("side.counts", { train: train[0] + train[1], train_positives: train[1], test: test[0] + test[1],
      test_positives: test[1] });
  }

  #boundaries() {
    const { problem } = this;
    const { standings } = this.contest;
    return panel("boundaries", html`<div class="side-cards">
      ${repeat(standings, ({ name }) => name, ({ name, stuck }) => html`<figure class="side-card">
        <figcaption><strong>${swatch(name)}${t(`side.${name}`)}</strong>
          <span>${stuck ? t("side.stuck", { epoch: stuck.epoch }) : this.#about(name)}</span></figcaption>
        <bce-side-boundary name=${name} .contest=${this.contest} .plane=${problem?.plane}></bce-side-boundary>
      </figure>`)}</div>
      ${standings.length === 0 && this.contest.status === "ready" ? html`<p class="side-none">${t("side.nobody")}</p>` : ""}`);
  }

  /** What tells a contestant from plain BCE, with its numbers. @param {string} name */
  #about(name) {
    const { problem } = this;
    if (!problem) return "";
    const { rare_alpha: alpha, rare_gamma: gamma } = state.values;
    const { train: [negatives, positives] } = problem;
    const rows = negatives + positives;
    const weight = (/** @type {number} */ count) => formatDecimal(rows / (2 * count));
    switch (name) {
      case "pos_weight": return t("side.pos_weight.about", { pos_weight: posWeight(state.values, problem) });
      case "weight": return t("side.weight.about", { negative: weight(negatives), positive: weight(positives) });
      case "focal": return t("side.focal.about", { alpha, gamma });
      case "resampling": return t("side.resampling.about", { positives: Math.max(negatives, positives) });
      default: return t("side.bce.about");
    }
  }

  #charts() {
    return html`<section class="panel curve side-charts" aria-label=${t("side.charts")}>
      <figure><figcaption>${t("metrics.pr")}</figcaption>
        <bce-side-pr-curves .contest=${this.contest}></bce-side-pr-curves></figure>
      <figure><figcaption>${t("side.reliability")}</figcaption>
        <bce-side-reliability .contest=${this.contest}></bce-side-reliability></figure>
      <figure><figcaption>${control("side_curve")}</figcaption>
        <bce-side-curves .contest=${this.contest}></bce-side-curves></figure>
    </section>`;
  }

  #table() {
    return panel("scores", html`
      <div class="side-table-space" tabindex="0" role="group" aria-labelledby="panel-scores"><bce-side-table .contest=${this.contest} .constant=${this.constant}></bce-side-table></div>
      ${this.#constantSays()}`, [control("threshold"), control("least_precision")]);
  }

  /** What plain accuracy hides, in the numbers of these data. */
  #constantSays() {
    const { constant } = this;
    if (!constant) return "";
    return html`<p class="side-says">${t("side.constant.says", { accuracy: formatShare(constant.accuracy),
      log_loss: formatLoss(constant.log_loss_torch_bce), positives: formatCount(constant.tp + constant.fn) })}</p>`;
  }
}

customElements.define("bce-imbalance-stage", ImbalanceStage);
