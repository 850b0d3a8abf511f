/** One output, two classes: data, network, decision boundary, loss, and what steers the training. */
import { html } from "lit";

import "../components/layers.js";
import "../components/tabs.js";
import "../views/boundary-key.js";
import "../views/data-about.js";
import "../views/data-thumbnails.js";
import "../views/decision-boundary.js";
import "../views/health-line.js";
import "../views/network.js";
import "../views/numbers.js";
import "../views/point-toolbar.js";
import "../views/points-about.js";
import { control, controls } from "../components/control.js";
import { UNSET } from "../components/element.js";
import { afterFirstFrame, later } from "../components/later.js";
import { panel } from "../components/panel.js";
import { datasets } from "../fields.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";
import { regularisation, schedule, training, weights } from "./settings.js";
import { Stage } from "./stage.js";

/** @import { Session } from "../session.js" */

const lossCurve = afterFirstFrame(() => import("../views/loss-curve.js"));
const pictureFiles = afterFirstFrame(() => import("../views/picture-files.js"));
const metrics = later(() => import("../views/metrics/metrics.js"));

export class BinaryStage extends Stage {
  /** @type {Session} */
  session = UNSET;

  #tabs = [
    { name: "training", body: training },
    { name: "regularisation", body: regularisation },
    { name: "schedule", body: () => schedule(this.session) },
    { name: "weights", body: weights },
    { name: "metrics", body: () => metrics(() => html`<bce-metrics .session=${this.session}></bce-metrics>`) },
  ];

  get panels() {
    return {
      data: () => this.#data(),
      network: () => this.#network(),
      boundary: () => this.#boundary(),
      curve: () => this.#curve(),
      settings: () => html`<bce-tabs class="panel settings" .tabs=${this.#tabs}></bce-tabs>`,
    };
  }

  get last() {
    return ["data", "network", "settings"];
  }

  #data() {
    const { kind } = datasets[state.values.dataset];
    const measured = kind === "real" || kind === "own";
    return panel("data", html`
      ${hidden("dataset") ? "" : html`<bce-data-thumbnails .session=${this.session}></bce-data-thumbnails>`}
      ${measured ? html`<bce-data-about .session=${this.session}></bce-data-about>` : ""}
      ${kind === "drawn" ? html`<bce-points-about .session=${this.session}></bce-points-about>` : ""}
      ${controls("noise", "n_samples", "ratio", "positive", "train_size", "label_noise", "label_smoothing")}
      ${control("data_seed")}`);
  }

  #network() {
    return panel("network", html`
      <bce-network .session=${this.session}></bce-network>
      ${control("inputs")}
      ${controls("negative_slope", "elu_alpha", "approximate", "softplus_beta", "softplus_threshold")}
      ${hidden("hidden_layer_sizes") ? "" : html`<bce-layers field="hidden_layer_sizes"></bce-layers>`}`,
    [this.#files("network"), control("show_gradients"), control("activation")]);
  }

  #boundary() {
    return panel("boundary", html`
      <bce-decision-boundary .session=${this.session}></bce-decision-boundary>
      <bce-boundary-key .session=${this.session}></bce-boundary-key>`,
    [control("contours"), control("show_test"),
      html`<bce-point-switch .session=${this.session}></bce-point-switch>`, this.#files("boundary")]);
  }

  /** @param {string} picture */
  #files(picture) {
    return pictureFiles(() => html`<bce-picture-files of=${picture} .session=${this.session}></bce-picture-files>`);
  }

  #curve() {
    return panel("curve", html`<div class="panel-body">
        <div class="numbers-side">
          <bce-numbers .session=${this.session}></bce-numbers>
          <bce-health-line .session=${this.session}></bce-health-line>
        </div>
        ${lossCurve(() => html`<bce-loss-curve .session=${this.session}></bce-loss-curve>`)}
      </div>`);
  }
}

customElements.define("bce-binary-stage", BinaryStage);
