/** The hidden layers: how many, and how many units each. */
import { html } from "lit";

import { t } from "../i18n/index.js";
import { FieldElement } from "./element.js";
import { help } from "./help.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";
import { later } from "./later.js";
import { stepper } from "./stepper.js";

/** @import { NumberItem } from "../fields/declare.js" */

/** A new layer is as wide as the last one; the first has as many units as this. */
const FIRST_LAYER = 8;

const settings = later(() => import("./layer-settings.js"));

export class Layers extends FieldElement {
  /** @param {number} count */
  #setCount = (count) => {
    const [least, most] = this.declared.length;
    if (!(count >= least && count <= most)) {
      this.refuse(count, "problem.list_length");
      return;
    }
    const width = this.value.at(-1) ?? FIRST_LAYER;
    const { layer_activations, layer_dropouts } = state.values;
    state.set({
      hidden_layer_sizes: Array.from({ length: Math.round(count) }, (_, k) => this.value[k] ?? width),
      // A layer that comes again later is like the others.
      layer_activations: layer_activations.slice(0, count),
      layer_dropouts: layer_dropouts.slice(0, count),
    });
  };

  render() {
    const { declared, value } = this;
    const [min, max] = declared.length;
    return html`<div class="field layers">
      <span class="field-label"><span>${t(declared.label)}</span>${help(declared)}</span>
      ${stepper({
        id: this.controlId, value: value.length, min, max, change: this.#setCount,
        names: {
          value: t(declared.label), less: t("layers.remove"), more: t("layers.add"),
        },
      })}
      <div class="layer-list">${value.map(this.#layer)}</div>
      ${value.length === 0 || (hidden("layer_activations") && hidden("layer_dropouts")) ? "" : html`
        <details class="more" @toggle=${this.#unfold}><summary>${t("layers.own")}</summary>
          ${this.#unfolded ? settings(() => html`<bce-layer-settings></bce-layer-settings>`) : ""}
        </details>`}
    </div>`;
  }

  #unfolded = false;

  #unfold = () => {
    this.#unfolded = true;
    this.requestUpdate();
  };

  /** @param {number} units @param {number} k */
  #layer = (units, k) => {
    const { min, max } = /** @type {NumberItem} */ (this.declared.item);
    const layer = k + 1;
    return stepper({
      id: `${this.controlId}-${k}`, value: units, min, max,
      change: (wanted) => this.change(this.value.with(k, wanted)),
      names: {
        value: t("layers.units", { layer }),
        less: t("layers.less", { layer }),
        more: t("layers.more", { layer }),
      },
    });
  };
}

customElements.define("bce-layers", Layers);
