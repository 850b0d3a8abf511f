/** What a hidden layer has in place of what all have: an activation, a dropout. */
import { html } from "lit";

import { activations } from "../fields/network.js";
import { formatNumber, loadTexts, t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import { complaintOf } from "../refusal.js";
import { state } from "../state.js";
import { FieldElement, PageElement } from "./element.js";

/** @import { NumberItem } from "../fields/declare.js" */

await loadTexts({
  en: () => import("../i18n/en/layers.js"),
  zh: () => import("../i18n/zh/layers.js"),
});

/** A layer's item of a list: null, or an end of the list before it, is what all layers have. */
class LayerControl extends FieldElement {
  /** Counted from 0. */
  get layer() {
    return Number(this.getAttribute("layer"));
  }

  get own() {
    return this.value[this.layer] ?? null;
  }

  /** The list ends with the last layer that has something of its own. @param {unknown} item */
  changeItem(item) {
    const { layer, value } = this;
    const list = Array.from({ length: Math.max(layer + 1, value.length) }, (_, k) =>
      (k === layer ? item : value[k] ?? null));
    while (list.at(-1) === null) list.pop();
    this.change(list);
  }
}

class LayerActivation extends LayerControl {
  render() {
    const { own, layer } = this;
    return html`<select class="box" aria-label=${t("layers.activation", { layer: layer + 1 })}
      @change=${(/** @type {{ target: HTMLSelectElement }} */ { target }) => this.changeItem(target.value || null)}>
      <option value="" .selected=${own === null}>${t("layers.as_all", { value: state.values.activation })}</option>
      ${activations.map((name) => html`<option value=${name} .selected=${name === own}>${name}</option>`)}
    </select>`;
  }
}

class LayerDropout extends LayerControl {
  /** @param {number | null} share */
  #percent = (share) => (share === null ? "" : String(Number((share * 100).toPrecision(12))));

  /** @param {{ target: HTMLInputElement }} event */
  #type = ({ target }) => {
    const emptied = target.value === "" && !target.validity.badInput;
    this.changeItem(emptied ? null : Number((target.valueAsNumber / 100).toPrecision(12)));
    target.value = this.#percent(this.own);
  };

  render() {
    const { min, max } = /** @type {NumberItem} */ (this.declared.item);
    return html`<span class="joined"><input type="number" class="box figure" min=${min * 100} max=${max * 100} step="any"
      aria-label=${t("layers.dropout", { layer: this.layer + 1 })} .value=${this.#percent(this.own)}
      placeholder=${formatNumber(state.values.dropout * 100)} @change=${this.#type}>%</span>`;
  }
}

class LayerSettings extends PageElement {
  render() {
    const columns = [
      { key: "layer_activations", title: "field.activation",
        control: (/** @type {number} */ k) => html`<bce-layer-activation field="layer_activations" layer=${k}></bce-layer-activation>` },
      { key: "layer_dropouts", title: "field.dropout",
        control: (/** @type {number} */ k) => html`<bce-layer-dropout field="layer_dropouts" layer=${k}></bce-layer-dropout>` },
    ].filter(({ key }) => !hidden(key));
    const why = complaintOf("layer_dropouts");
    return html`<table class="layer-settings" @refused=${() => this.requestUpdate()}>
        <thead><tr><th scope="col">${t("layers.layer")}</th>${columns.map(({ title }) =>
          html`<th scope="col">${t(title)}</th>`)}</tr></thead>
        <tbody>${state.values.hidden_layer_sizes.map((_, k) => html`<tr><th scope="row">${k + 1}</th>
          ${columns.map(({ control }) => html`<td>${control(k)}</td>`)}</tr>`)}</tbody>
      </table>
      ${why ? html`<p class="complaint" role="alert">${t(why.key, why.parameters)}</p>` : ""}`;
  }
}

customElements.define("bce-layer-activation", LayerActivation);
customElements.define("bce-layer-dropout", LayerDropout);
customElements.define("bce-layer-settings", LayerSettings);
