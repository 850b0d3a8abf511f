/** Several classes: sigmoids one against the rest, and softmax with cross-entropy beside them. */
import { html } from "lit";

import "../views/classes/claims.js";
import "../views/classes/confusion.js";
import "../views/classes/course.js";
import "../views/classes/probe.js";
import "../views/classes/regions.js";
import "../views/classes/scores.js";
import { control, controls, folded } from "../components/control.js";
import { panel } from "../components/panel.js";
import { t } from "../i18n/index.js";
import { classesContestants, classesProblem, observing } from "../side/classes.js";
import { state } from "../state.js";
import { loadStyle } from "../styles.js";
import { swatch } from "../views/side/table.js";
import { mark } from "../views/classes/seen-view.js";
import { SideStage } from "./side-stage.js";

/** @import { Values } from "../fields.js" */
/** @import { Problem } from "../side/classes.js" */

await loadStyle(new URL("../styles/classes.css", import.meta.url).href);

const NETWORKS = ["one_vs_rest", "softmax"];
/** What is seen anew without training. @type {(keyof Values)[]} */
const LOOKS = ["classes_threshold", "classes_across", "classes_up"];

export class ClassesStage extends SideStage {
  /** @type {Problem | null} */
  problem = null;

  /** @param {Values} values */
  async prepare(values) {
    const problem = await classesProblem(this.contest.client.datasets, values, this.problem);
    if (values !== state.values) return;
    this.problem = problem;
    // The frame's own picture is of a single output: the smallest will do.
    const [x, y] = problem.ranges;
    const grid = { width: 1, height: 1, x, y };
    this.contest.compete(classesContestants(values, problem), { grid, observe: observing(problem, () => state.values) });
    this.requestUpdate();
  }

  /** @param {(keyof Values)[]} keys */
  follow(keys) {
    super.follow(keys);
    if (keys.some((key) => LOOKS.includes(key))) this.contest.renew();
  }

  get panels() {
    return {
      data: () => this.#data(),
      boundary: () => this.#regions(),
      curve: () => this.#charts(),
      metrics: () => this.#tables(),
    };
  }

  #data() {
    const { problem } = this;
    return panel("data", html`
      ${control("classes_data")}
      ${problem ? html`<ul class="class-key">${problem.classes.map((name, k) => html`<li>${mark(k)}${name}</li>`)}</ul>` : ""}
      ${control("classes_samples")}${control("classes_noise")}
      ${control("classes_x")}${control("classes_y")}
      ${control("data_seed")}
      <h3 class="side-group">${t("side.all")}</h3>
      ${control("hidden_layer_sizes")}
      ${control("lr")}${control("batch_size")}
      ${folded(t("settings.more"), "optimizer", "activation", "seed")}
      <h3 class="side-group">${t("side.softmax")}</h3>
      ${control("classes_smoothing")}`);
  }

  #regions() {
    const { contest, problem } = this;
    return panel("regions", html`<div class="class-cards">${NETWORKS.map((name) => html`<figure class="class-card">
      <figcaption><strong>${swatch(name)}${t(`side.${name}`)}</strong><span>${t(`side.${name}.about`)}</span></figcaption>
      <bce-class-regions name=${name} .contest=${contest} .problem=${problem}></bce-class-regions>
      <div class="class-beside">
        <bce-class-confusion name=${name} .contest=${contest} .problem=${problem}></bce-class-confusion>
        <bce-class-claims name=${name} .contest=${contest} .problem=${problem}></bce-class-claims>
      </div>
    </figure>`)}</div>`, control("classes_threshold"));
  }

  #charts() {
    return html`<section class="panel curve side-charts" aria-label=${t("side.charts")}>
      ${/** @type {const} */ (["loss", "accuracy"]).map((kind) => html`<figure><figcaption>${t(`classes.${kind}`)}</figcaption>
        <bce-class-course kind=${kind} .contest=${this.contest}></bce-class-course></figure>`)}
    </section>`;
  }

  #tables() {
    const { contest, problem } = this;
    return html`<section class="panel class-numbers" aria-label=${t("classes.numbers")}>
      <figure><figcaption>${t("classes.probe")}</figcaption>
        <bce-class-probe .contest=${contest} .problem=${problem}></bce-class-probe>
        ${controls("classes_across", "classes_up")}</figure>
      <figure class="class-table"><figcaption>${t("classes.scores")}</figcaption>
        <div class="side-table-space" tabindex="0" role="region" aria-label=${t("classes.scores_caption")}>
          <bce-class-scores .contest=${contest} .problem=${problem}></bce-class-scores></div></figure>
    </section>`;
  }
}

customElements.define("bce-classes-stage", ClassesStage);
