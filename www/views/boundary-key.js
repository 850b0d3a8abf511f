/** How to read the picture: colours, shapes, what the pointer is over; and for data of more than two
 * features, which two are seen. */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";

/** @import { Dataset } from "bce-playground" */
/** @import { Plane } from "../plane.js" */
/** @import { Session } from "../session.js" */

export class BoundaryKey extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const { dataset, plane, unit } = this.session;
    if (unit) {
      const name = t("network.unit", { layer: unit.layer + 1, unit: unit.index + 1 });
      return html`<p class="key key-unit">${t("network.looking", { unit: name })}</p>`;
    }
    return html`
      ${dataset && plane && dataset.inputs.shape[1] > 2 ? this.#features(dataset, plane) : ""}
      <div class="key">
        <span class="key-scale">${this.#className(0)}
          ${this.#colours()}${this.#className(1)}</span>
        <span class="key-shapes">
          <span><span class="shape-sample train"></span>${t("part.train")}</span>
          <span><span class="shape-sample test"></span>${t("part.test")}</span>
        </span>
        <output class="figure key-pointed">${t("boundary.point")}</output>
      </div>`;
  }

  /** The scale, which is also the switch between probabilities and classes. */
  #colours() {
    const { discretize } = state.values;
    if (hidden("discretize")) return html`<span class="key-colours ${discretize ? "discrete" : ""}" aria-hidden="true"></span>`;
    return html`<button type="button" class="key-colours ${discretize ? "discrete" : ""}" aria-pressed=${discretize}
      aria-label=${t("field.discretize")} title=${`${t("field.discretize")}: ${t("help.discretize")}`}
      @click=${() => state.set({ discretize: !discretize })}></button>`;
  }

  /** "0" and "1", with the classes' names where they have any. */
  #className(/** @type {number} */ label) {
    const name = this.session.dataset?.target_names[label] ?? String(label);
    return html`<span class="key-class">
      <b>${label}</b>${name === String(label) ? "" : html` ${name}`}</span>`;
  }

  /** @param {Dataset} dataset @param {Plane} plane */
  #features(dataset, plane) {
    /** @param {number} axis */
    const pick = (axis) => {
      const key = ["x_feature", "y_feature"][axis];
      /** @param {{ target: HTMLSelectElement }} event */
      const change = ({ target }) => {
        const picked = Number(target.value);
        const [x, y] = plane.features;
        // Picking the other axis's feature swaps the two.
        const next = axis === 0 ? [picked, picked === y ? x : y] : [picked === x ? y : x, picked];
        state.set({ x_feature: next[0], y_feature: next[1] });
      };
      return html`<label class="field inline"><span>${t(`field.${key}`)}</span>
        <select class="box" @change=${change}>${dataset.feature_names.map((name, k) => html`
          <option value=${k} .selected=${k === plane.features[axis]}>${name}</option>`)}
        </select></label>`;
    };
    return html`<div class="key-features">${pick(0)}${pick(1)}
      <p>${t("boundary.held", { count: plane.held })}</p></div>`;
  }

  /** The line of the picture, at its place on the scale. */
  updated() {
    this.find(".key-colours")?.style.setProperty("--threshold", String(state.values.threshold));
  }

  firstUpdated() {
    this.listen(this.session, "plane", () => this.requestUpdate());
    this.listen(this.session, "unit", () => this.requestUpdate());
    const panel = /** @type {Element} */ (this.closest(".panel"));
    this.listen(panel, "pointed", ({ detail }) => this.#tell(detail));
  }

  /** @param {{ x: string, y: string, p: string } | null} detail */
  #tell(detail) {
    const text = detail ? t("boundary.pointed", detail) : t("boundary.point");
    const told = this.find(".key-pointed");
    if (told) told.textContent = text;
  }
}

customElements.define("bce-boundary-key", BoundaryKey);
