/** Detection as multi-label: images, what each cell of the grid says, the loss and its parts, how much is found. */
import { html } from "lit";

import "../components/layers.js";
import "../views/detection/balance.js";
import "../views/detection/cells.js";
import "../views/detection/formulas.js";
import "../views/detection/found-list.js";
import "../views/detection/gallery.js";
import "../views/detection/map-course.js";
import "../views/detection/pad.js";
import "../views/detection/quality.js";
import "../views/loss-curve.js";
import { control, controls, folded } from "../components/control.js";
import { UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { panel } from "../components/panel.js";
import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";
import { loadStyle } from "../styles.js";
import { Finder } from "../views/detection/finder.js";
import { mark } from "../views/classes/seen-view.js";
import { Stage } from "./stage.js";

/** @import { Session } from "../session.js" */

await Promise.all([
  loadStyle(new URL("../styles/classes.css", import.meta.url).href),
  loadStyle(new URL("../styles/detection.css", import.meta.url).href),
]);

const SHAPES = /** @type {const} */ (["disc", "square", "triangle"]);
const TOOLS = /** @type {const} */ (["pen", "eraser", ...SHAPES]);

export class DetectionStage extends Stage {
  /** @type {Session} */
  session = UNSET;
  /** @type {Finder} made with the session, before anything is drawn */
  finder = UNSET;

  willUpdate() {
    this.finder ??= new Finder(this.session);
  }

  firstUpdated() {
    this.listen(this.session, "plane", () => this.requestUpdate());
    this.untilGone(this.finder.follow());
  }

  get panels() {
    return {
      data: () => this.#data(),
      settings: () => this.#settings(),
      boundary: () => this.#images(),
      network: () => this.#cells(),
      curve: () => this.#curve(),
      metrics: () => this.#quality(),
    };
  }

  get last() {
    return ["data", "settings"];
  }

  #data() {
    return panel("data", html`
      <ul class="class-key">${SHAPES.map((name, k) => html`<li>${mark(k)}${t(`detection.class.${name}`)}</li>`)}</ul>
      ${controls("shapes_samples", "shapes_noise", "shapes_distractors", "shapes_grid")}
      ${control("data_seed")}
      <bce-cell-balance .session=${this.session} .finder=${this.finder}></bce-cell-balance>`);
  }

  #settings() {
    return panel("settings", html`
      ${control("detection_loss")}
      ${controls("detection_pos_weight", "detection_alpha", "detection_gamma")}
      ${controls("box_weight", "box_beta")}
      ${control("detection_lr")}${control("detection_batch")}
      ${folded(t("detection.network"), "detection_activation", "optimizer", "seed", "weight_decay", "adamw_weight_decay")}
      ${hidden("detection_layers") ? "" : html`<details class="more"><summary>${t("field.detection_layers")}</summary>
        <bce-layers field="detection_layers"></bce-layers></details>`}`);
  }

  #images() {
    return panel("images", html`<bce-detection-gallery .finder=${this.finder}></bce-detection-gallery>`,
      [control("detection_score"), control("detection_nms")]);
  }

  #cells() {
    const own = state.values.detection_view === "own";
    return panel("cells", html`<div class="cells-body">
        <div class="cells-picture"><div class="cells-square">
          <bce-detection-cells .finder=${this.finder}></bce-detection-cells>
          ${own ? html`<bce-detection-pad></bce-detection-pad>` : ""}
        </div></div>
        <div class="cells-side">
          ${own ? this.#tools() : ""}
          <bce-found-list .finder=${this.finder}></bce-found-list>
          <p class="cells-how">${t("detection.cells_how")}</p>
        </div>
      </div>`, control("detection_view"));
  }

  #tools() {
    const { detection_tool, drawing } = state.values;
    return html`<div class="pad-tools" role="radiogroup" aria-label=${t("field.detection_tool")}>
        ${TOOLS.map((tool) => html`<label class="pad-tool" title=${t(`choice.detection_tool.${tool}`)}>
          <input type="radio" name="detection_tool" value=${tool} .checked=${tool === detection_tool}
            aria-label=${t(`choice.detection_tool.${tool}`)} @change=${() => state.set({ detection_tool: tool })}>
          <span>${tool === "pen" ? icon("pencil") : tool === "eraser" ? icon("erase") : mark(SHAPES.indexOf(tool))}</span>
        </label>`)}
      </div>
      <button type="button" class="button" ?disabled=${drawing === ""} @click=${() => state.set({ drawing: "" })}>
        ${t("detection.clear")}</button>`;
  }

  #curve() {
    return panel("curve", html`<div class="panel-body">
        <bce-loss-curve .session=${this.session}></bce-loss-curve>
        <bce-map-course .finder=${this.finder}></bce-map-course>
      </div>`);
  }

  #quality() {
    return html`<section class="panel quality-panel" aria-label=${t("detection.quality")}>
      <bce-detection-quality .finder=${this.finder}></bce-detection-quality></section>`;
  }
}

customElements.define("bce-detection-stage", DetectionStage);
