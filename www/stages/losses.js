/** Choosing a loss: the same network under several of them, and what each does with a sample. */
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";

import "../views/side/boundary.js";
import "../views/side/curves.js";
import "../views/side/loss-function.js";
import { control, controls, folded } from "../components/control.js";
import { panel } from "../components/panel.js";
import { formatLoss, formatShare } from "../format.js";
import { t } from "../i18n/index.js";
import { smallGrid } from "../side/imbalance.js";
import { dotsOf, lossCurves, lossesContestants, lossesProblem } from "../side/losses.js";
import { state } from "../state.js";
import { swatch } from "../views/side/table.js";
import { SideStage } from "./side-stage.js";

/** @import { Values } from "../fields.js" */
/** @import { Dots, LossCurves, Problem } from "../side/losses.js" */
/** @import { Standing } from "../side/runner.js" */

/** How far the pictures reach: as far as any sample of the run has come. */
const REACHES = [8, 16, 32, 64, 128];

export class LossesStage extends SideStage {
  /** @type {Problem | null} */
  problem = null;
  /** @type {Map<string, LossCurves>} by contestant */
  curves = new Map();

  #reach = REACHES[0];
  /** What the curves are of. */
  #drawn = "";

  /** @param {Values} values */
  async prepare(values) {
    const problem = await lossesProblem(this.contest.client.datasets, values, this.problem);
    if (values !== state.values) return;
    this.problem = problem;
    this.contest.compete(lossesContestants(values, problem), { grid: smallGrid(problem.plane), observe: dotsOf });
  }

  firstUpdated() {
    this.listen(this.contest, "contestants", () => {
      this.#reach = REACHES[0];
      this.#bringCurves();
    });
    this.listen(this.contest, "frame", () => this.#bringCurves());
    this.listen(this.contest, "figures", () => this.#write());
    this.#bringCurves();
  }

  /** The curves of all contestants, as far as their samples reach. */
  async #bringCurves() {
    const { standings, client } = this.contest;
    const dots = /** @type {(Dots | null)[]} */ (standings.map(({ extra }) => extra));
    const farthest = dots.reduce((most, each) =>
      (each ? each.z.reduce((far, z) => Math.max(far, Math.abs(z)), most) : most), this.#reach);
    this.#reach = REACHES.find((reach) => reach >= farthest) ?? REACHES[REACHES.length - 1];
    const wanted = JSON.stringify([this.#reach, standings.map(({ config }) => config.loss)]);
    if (wanted === this.#drawn) return;
    this.#drawn = wanted;
    const reach = this.#reach;
    const curves = await Promise.all(standings.map(async ({ name, config }) =>
      /** @type {const} */ ([name, await lossCurves(client, config.loss, reach)])));
    if (wanted !== this.#drawn) return;
    this.curves = new Map(curves);
    this.requestUpdate();
  }

  /** What the axes of the gradients span: one scale for all, so that they can be compared. */
  get #slopes() {
    const steepest = Math.max(0.01, ...[...this.curves.values()].flatMap(({ slope }) => slope.flatMap(largest)));
    return { reach: this.#reach, low: -steepest * 1.08, high: steepest * 1.08 };
  }

  get panels() {
    return {
      data: () => this.#data(),
      network: () => this.#losses(),
      curve: () => this.#chart(),
    };
  }

  #data() {
    return panel("data", html`
      ${control("compared_data")}
      ${controls("compared_samples", "compared_noise")}
      ${control("compared_label_noise")}
      ${control("data_seed")}
      <h3 class="side-group">${t("side.losses")}</h3>
      ${control("with_bce_loss")}
      ${control("with_focal_loss")}${controls("compared_gamma", "compared_alpha")}
      ${control("with_mse")}
      ${control("with_smooth_l1")}${control("compared_beta")}
      <h3 class="side-group">${t("side.all")}</h3>
      ${control("lr")}${control("batch_size")}
      ${folded(t("settings.more"), "optimizer", "activation", "init", "gain", "a", "mode", "nonlinearity", "seed")}`);
  }

  #losses() {
    const { standings } = this.contest;
    const slopes = this.#slopes;
    return panel("losses", html`<div class="side-cards loss-cards">
      ${repeat(standings, ({ name }) => name, (standing) => this.#card(standing, slopes))}</div>
      ${standings.length === 0 && this.contest.status === "ready" ? html`<p class="side-none">${t("side.nobody")}</p>` : ""}`);
  }

  /** @param {Standing} standing @param {{ reach: number, low: number, high: number }} slopes */
  #card({ name, stuck }, slopes) {
    const curves = this.curves.get(name) ?? null;
    const losses = { reach: this.#reach, low: 0, high: curves ? Math.max(...curves.loss.map(largest)) * 1.04 : 1 };
    return html`<figure class="side-card">
      <figcaption><strong>${swatch(name)}${t(`side.${name}`)}</strong>
        <span>${stuck ? t("side.stuck", { epoch: stuck.epoch }) : t(`losses.${name}.wrong`)}</span></figcaption>
      <bce-side-boundary name=${name} .contest=${this.contest} .plane=${this.problem?.plane}></bce-side-boundary>
      <p class="side-figures"><span data-figures=${name}></span></p>
      <bce-loss-function name=${name} kind="loss" .contest=${this.contest} .curves=${curves} .range=${losses}>
      </bce-loss-function>
      <bce-loss-function name=${name} kind="slope" .contest=${this.contest} .curves=${curves} .range=${slopes}>
      </bce-loss-function>
    </figure>`;
  }

  /** The numbers under the pictures: seldom enough to be read. */
  #write() {
    for (const { name, frame } of this.contest.standings) {
      const place = this.find(`[data-figures="${name}"]`);
      if (!place || !frame) continue;
      place.textContent = t("losses.figures", { loss: formatLoss(frame.eval_loss),
        accuracy: formatShare(frame.accuracy), test_accuracy: formatShare(frame.test_accuracy) });
    }
  }

  #chart() {
    return html`<section class="panel curve side-charts" aria-label=${t("side.charts")}>
      <figure><figcaption>${control("side_curve")}</figcaption>
        <bce-side-curves .contest=${this.contest}></bce-side-curves></figure>
    </section>`;
  }

  updated() {
    this.#write();
  }
}

/** @param {Float32Array} values */
const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

customElements.define("bce-losses-stage", LossesStage);
