/** What the network says of the pinned place: coordinates to type, probability, logit, class. */
import { html, nothing } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { formatDecimal, formatLoss } from "../format.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";

/** @import { Plane } from "../plane.js" */
/** @import { Place } from "../point-editor.js" */
/** @import { Session } from "../session.js" */

/** @typedef {{ target: HTMLInputElement }} Typed */

const NONE = "–";

export class ProbeView extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const { probe, plane, dataset, editor } = this.session;
    const { place, answer } = probe;
    if (!place || !plane || editor.active) return nothing;
    const { threshold } = state.values;
    const label = answer && answer.p >= threshold ? 1 : 0;
    const name = dataset?.target_names[label] ?? "";
    // In the corner that is farthest from the place.
    const middle = [plane.x, plane.y].map(([low, high]) => (low + high) / 2);
    const corner = `${place.x > middle[0] ? "left" : "right"} ${place.y > middle[1] ? "bottom" : "top"}`;
    return html`<div class="probe ${corner}" role="group" aria-label=${t("probe.label")}>
      ${this.#coordinate(0)}${this.#coordinate(1)}
      <dl>
        <div><dt>${t("probe.p")}</dt><dd class="figure">${answer ? formatLoss(answer.p) : NONE}</dd></div>
        <div><dt>${t("probe.logit")}</dt><dd class="figure">${answer ? formatDecimal(answer.logit, 3) : NONE}</dd></div>
        <div class="probe-class"><dt>${t("probe.class")}</dt><dd class=${answer ? `c${label}` : ""}>
          ${answer ? `${label}${name === String(label) ? "" : ` ${name}`}` : NONE}</dd></div>
      </dl>
      <button type="button" class="icon-button" aria-label=${t("probe.unpin")} title=${t("probe.unpin")}
        @click=${() => probe.unpin()}>${icon("close")}</button>
    </div>`;
  }

  /** One coordinate, in the data's own units. @param {0 | 1} axis */
  #coordinate(axis) {
    const { probe } = this.session;
    const { names, scale, offset } = /** @type {Plane} */ (this.session.plane);
    const place = /** @type {Place} */ (probe.place);
    const key = /** @type {const} */ (["x", "y"])[axis];
    const shown = () => String(Number(((probe.place ?? place)[key] * scale[axis] + offset[axis]).toPrecision(4)));
    const type = (/** @type {Typed} */ { target }) => {
      const value = (target.valueAsNumber - offset[axis]) / scale[axis];
      if (Number.isFinite(value)) probe.pin({ ...place, [key]: value });
      target.value = shown();
    };
    // Not `live`: a newer answer must not write over what is being typed.
    return html`<label class="probe-coordinate"><span title=${names[axis]}>${names[axis]}</span>
      <input type="number" class="box figure" step="any" .value=${shown()} @change=${type}></label>`;
  }

  firstUpdated() {
    this.listen(this.session.probe, "change", () => this.requestUpdate());
    this.listen(this.session.editor, "change", () => this.requestUpdate());
  }
}

customElements.define("bce-probe", ProbeView);
