/** Several labels for a row: where each of them is, all in one picture, and what their loss is made of. */
import { html } from "lit";

import "../components/label-slider.js";
import "../views/health-line.js";
import "../views/multilabel/batch.js";
import "../views/multilabel/boundary.js";
import "../views/multilabel/combined.js";
import "../views/multilabel/metrics.js";
import "../views/multilabel/samples.js";
import "../views/multilabel/shapes.js";
import "../views/multilabel/strip.js";
import "../views/multilabel/subset-key.js";
import "../views/multilabel/together.js";
import { control, folded } from "../components/control.js";
import { UNSET } from "../components/element.js";
import { afterFirstFrame } from "../components/later.js";
import { panel } from "../components/panel.js";
import { formatDecimal } from "../format.js";
import { t } from "../i18n/index.js";
import { nameOf } from "../labels.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";
import { loadStyle } from "../styles.js";
import { mark } from "../views/classes/seen-view.js";
import { Reading } from "../views/multilabel/reading.js";
import { Stage } from "./stage.js";

/** @import { Session } from "../session.js" */

await Promise.all([
  loadStyle(new URL("../styles/side.css", import.meta.url).href),
  loadStyle(new URL("../styles/classes.css", import.meta.url).href),
  loadStyle(new URL("../styles/multilabel.css", import.meta.url).href),
  loadStyle(new URL("../styles/multilabel-numbers.css", import.meta.url).href),
]);

const lossCurve = afterFirstFrame(() => import("../views/loss-curve.js"));

export class MultilabelStage extends Stage {
  /** @type {Session} */
  session = UNSET;
  /** @type {Reading} */
  reading = UNSET;

  connectedCallback() {
    this.reading = new Reading(this.session);
    super.connectedCallback();
    this.untilGone(this.reading.follow());
    this.listen(this.reading, "measured", () => this.requestUpdate());
  }

  /** The labels of the data that are shown; none before there are any. */
  get #labels() {
    const names = this.reading.measured?.labels ?? [];
    return this.session.dataset?.target_names === names ? names : [];
  }

  get #onPlane() {
    return state.values.multilabel_data === "overlapping_regions";
  }

  get panels() {
    return {
      data: () => this.#data(),
      boundary: () => this.#pictures(),
      curve: () => this.#curve(),
      metrics: () => this.#views(),
    };
  }

  #data() {
    return panel("data", html`
      ${control("multilabel_data")}
      <p class="multilabel-says">${t(`multilabel.about.${state.values.multilabel_data}`)}</p>
      ${control("multilabel_samples")}${control("multilabel_noise")}
      ${control("data_seed")}
      <h3 class="side-group">${t("multilabel.training")}</h3>
      ${control("loss")}${control("hidden_layer_sizes")}
      ${control("lr")}${control("batch_size")}
      ${folded(t("settings.more"), "optimizer", "activation", "focal_alpha", "focal_gamma", "smooth_l1_beta", "momentum",
        "weight_decay", "penalty", "lambda", "dropout", "init", "train_size", "seed")}`);
  }

  #pictures() {
    const { session, reading } = this;
    const plane = this.#onPlane;
    const beside = plane ? [control("metrics_part")] : [control("multilabel_errors"), control("metrics_part")];
    return panel("labels", html`<div class=${plane ? "label-pictures plane" : "label-pictures"}>
      ${plane ? html`<bce-labels-combined .session=${session} .reading=${reading}></bce-labels-combined>`
        : html`<bce-label-samples .session=${session} .reading=${reading}></bce-label-samples>`}
      <div class="label-beside">
        <div class="label-cards">${this.#labels.map((name, k) => this.#card(name, k))}</div>
        ${plane ? html`<bce-subset-key .session=${session} .reading=${reading}></bce-subset-key>`
          : html`<p class="multilabel-says">${t("multilabel.strip_says")}</p>`}
      </div></div>`, beside);
  }

  /** @param {string} name @param {number} k */
  #card(name, k) {
    const { session, reading } = this;
    const f1 = reading.measured?.metrics.per_label[k].f1 ?? 0;
    return html`<figure class="label-card">
      <figcaption><strong>${mark(k)}${nameOf(name)}</strong>${this.#onPlane ? html`<span class="figure">F1 ${formatDecimal(f1, 2)}</span>` : ""}</figcaption>
      ${this.#onPlane ? html`<bce-label-boundary label=${k} .session=${session} .reading=${reading}></bce-label-boundary>`
        : html`<bce-label-strip label=${k} .session=${session} .reading=${reading}></bce-label-strip>`}
      ${hidden("multilabel_thresholds") ? "" : html`<bce-label-slider field="multilabel_thresholds" label=${k}
        .names=${this.#labels} text="p ≥" what=${t("multilabel.threshold")}></bce-label-slider>`}
    </figure>`;
  }

  #curve() {
    return panel("curve", html`<bce-health-line .session=${this.session}></bce-health-line>
      ${lossCurve(() => html`<bce-loss-curve .session=${this.session}></bce-loss-curve>`)}`);
  }

  #views() {
    const { session, reading } = this;
    const view = {
      metrics: () => html`<bce-label-metrics .session=${session} .reading=${reading}></bce-label-metrics>`,
      together: () => html`<bce-labels-together .session=${session} .reading=${reading}></bce-labels-together>`,
      batch: () => html`<bce-label-batch .session=${session} .reading=${reading}></bce-label-batch>`,
      shapes: () => html`<bce-label-shapes .session=${session} .reading=${reading}></bce-label-shapes>`,
    }[state.values.multilabel_view];
    return html`<section class="panel multilabel-views" aria-label=${t("multilabel.views")}>
      <div class="multilabel-choice">${control("multilabel_view")}</div>
      ${view()}</section>`;
  }
}

customElements.define("bce-multilabel-stage", MultilabelStage);
