/**
 * The network as it is: every unit a small picture of what it gives over the plane, every weight a
 * line, its colour the sign, its width the size. Pointing at a unit, or focusing it, shows it large
 * on the decision boundary; a click opens its weights and its bias.
 */
import { html } from "lit";

import "./network/unit-editor.js";
import { onTheme } from "../colours.js";
import { PageElement, UNSET } from "../components/element.js";
import { ofLayer } from "../fields/network.js";
import { formatNumber, t } from "../i18n/index.js";
import { UNIT_SIDE } from "../frames.js";
import { state } from "../state.js";
import { picturesOfInputs } from "../inputs.js";
import { pictureOfInput } from "../units.js";
import { keepSharp } from "./canvas.js";
import { biasIndex, layout, linkAt, weightIndex } from "./network/layout.js";
import { createPicture } from "./network/picture.js";
import { spoken } from "./network/unit-editor.js";

/** @import { Session } from "../session.js" */
/** @import { Column, Link } from "./network/layout.js" */
/** @import { UnitEditor } from "./network/unit-editor.js" */

/** Where each arrow key goes: in layers, in units. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** @typedef {{ layer: number, unit: number }} Chosen layer 0 is the inputs */

export class Network extends PageElement {
  /** @type {Session} */
  session = UNSET;

  #picture = createPicture();
  /** @type {Column[]} */
  #columns = [];
  /** @type {Chosen | null} */
  #unit = null;
  /** @type {Link | null} */
  #link = null;
  /** The unit that the tab key reaches. @type {Chosen} */
  #stop = { layer: 1, unit: 0 };
  /** @type {Float32Array[]} */
  #inputPictures = [];

  get #sizes() {
    const inputs = this.session.plane?.formulas?.length ?? this.session.dataset?.inputs.shape[1] ?? 2;
    return [inputs, ...state.values.hidden_layer_sizes, 1];
  }

  render() {
    const sizes = this.#sizes;
    const layers = sizes.map((size, layer) => (this.#kindOf(layer) ? `${size} (${this.#kindOf(layer)})` : size));
    const summary = t("network.summary", { sizes: layers.join(" → ") });
    const units = this.#columns.slice(1).flatMap(({ layer, places }) =>
      places.map(({ unit }) => this.#button(layer, unit)));
    return html`<div class="network-space">
        <canvas class="network-picture" role="img" aria-label=${summary}></canvas>
        <div class="network-units" role="group" aria-label=${t("network.units")}
          @pointermove=${this.#point} @pointerleave=${this.#leave} @click=${this.#clickLink}
          @keydown=${this.#move}>${units}</div>
      </div>
      <output class="network-told figure" aria-live="off"></output>
      <bce-unit-editor .session=${this.session} .sizes=${sizes} .nameOf=${this.#nameOf}></bce-unit-editor>`;
  }

  /** @param {number} layer @param {number} unit */
  #button(layer, unit) {
    const { layer: stopLayer, unit: stopUnit } = this.#stop;
    const chosen = { layer, unit };
    return html`<button type="button" class="network-unit" data-layer=${layer} data-unit=${unit}
      tabindex=${layer === stopLayer && unit === stopUnit ? 0 : -1}
      aria-label=${t("network.open", { unit: this.#nameOf(layer, unit) })}
      @focus=${() => this.#choose(chosen)} @blur=${() => this.#choose(null)}
      @pointerenter=${() => this.#choose(chosen)} @pointerleave=${() => this.#choose(null)}
      @click=${() => this.#editor.open(chosen)}></button>`;
  }

  /** @returns {UnitEditor} */
  get #editor() {
    return this.find("bce-unit-editor");
  }

  /** @type {(layer: number, unit: number) => string} */
  #nameOf = (layer, unit) => {
    const sizes = this.#sizes;
    if (layer === 0) return this.session.plane?.formulas?.[unit].name ?? this.session.dataset?.feature_names[unit] ?? `x${unit + 1}`;
    if (layer === sizes.length - 1) return t("network.output");
    return t("network.unit", { layer, unit: unit + 1 });
  };

  /** What the units of a hidden layer do, "relu, dropout 20 %"; nothing for the others. @param {number} layer */
  #kindOf(layer) {
    const { values } = state;
    if (layer === 0 || layer > values.hidden_layer_sizes.length) return "";
    const { activation, dropout } = ofLayer(values, layer - 1);
    return dropout > 0 ? `${activation}, dropout ${formatNumber(Number((dropout * 100).toPrecision(4)))} %` : activation;
  }

  firstUpdated() {
    this.listen(this.session, "frame", () => {
      if (this.#values !== this.#drawn.values || this.session.pictures !== this.#drawn.pictures) this.#draw();
    });
    this.listen(this.session, "plane", () => {
      this.#inputPictures = [];
      this.#arrange();
      this.#paintInputs();
    });
    this.listen(this.session, "run", () => this.#arrange());
    this.untilGone(onTheme(() => this.#picture.recolour()));
    this.untilGone(keepSharp([this.find("canvas")], () => this.#arrange()));
  }

  updated() {
    const { clientWidth, clientHeight } = this.find("canvas");
    const sizes = this.#sizes.join();
    if (clientWidth > 0 && this.#arranged !== `${clientWidth},${clientHeight},${sizes}`) this.#arrange();
    this.#place();
    this.#draw();
  }

  /** Derived inputs, as the core computes them. */
  async #paintInputs() {
    const { client, plane } = this.session;
    if (!plane?.formulas) return;
    try {
      const pictures = await picturesOfInputs(client.datasets, plane, plane.formulas, UNIT_SIDE);
      if (plane !== this.session.plane) return;
      this.#inputPictures = pictures;
      this.#draw();
    } catch {
      // The worker has crashed, which the session says.
    }
  }

  #arranged = "";

  /** Lays the columns out anew. */
  #arrange() {
    const { clientWidth, clientHeight } = this.find("canvas");
    const sizes = this.#sizes;
    this.#arranged = `${clientWidth},${clientHeight},${sizes.join()}`;
    this.#columns = layout(sizes, clientWidth, clientHeight);
    const column = this.#columns[this.#stop.layer];
    if (!column?.places.some(({ unit }) => unit === this.#stop.unit)) this.#stop = { layer: 1, unit: 0 };
    this.requestUpdate();
  }

  /** Puts the buttons over their pictures; the page's policy wants that done from here. */
  #place() {
    for (const button of this.querySelectorAll("button.network-unit")) {
      const { layer, unit } = /** @type {HTMLElement} */ (button).dataset;
      const column = this.#columns[Number(layer)];
      const place = column?.places.find((each) => each.unit === Number(unit));
      if (!place) continue;
      const { style } = /** @type {HTMLElement} */ (button);
      style.setProperty("left", `${place.x - column.side / 2}px`);
      style.setProperty("top", `${place.y - column.side / 2}px`);
      style.setProperty("width", `${column.side}px`);
      style.setProperty("height", `${column.side}px`);
    }
  }

  /** @param {Chosen | null} chosen */
  #choose(chosen) {
    this.#unit = chosen;
    this.#link = null;
    const last = this.#sizes.length - 1;
    const hidden = chosen && chosen.layer > 0 && chosen.layer < last;
    this.session.lookAt(hidden ? { layer: chosen.layer - 1, index: chosen.unit } : null);
    this.#draw();
  }

  /** @param {PointerEvent} event */
  #point = (event) => {
    if (this.#unit || event.target !== event.currentTarget) return;
    this.#link = linkAt(this.#columns, event.offsetX, event.offsetY);
    this.#draw();
  };

  #leave = () => {
    this.#link = null;
    this.#draw();
  };

  /** @param {PointerEvent} event */
  #clickLink = ({ target, currentTarget, offsetX, offsetY }) => {
    if (target !== currentTarget) return;
    const link = linkAt(this.#columns, offsetX, offsetY);
    if (link) this.#editor.open({ layer: link.layer, unit: link.to }, link.from);
  };

  /** The arrow keys go from unit to unit; the tab key leaves the diagram. @param {KeyboardEvent} event */
  #move = (event) => {
    const step = ARROWS[event.key];
    if (!step || !(event.target instanceof HTMLElement) || !event.target.matches(".network-unit")) return;
    event.preventDefault();
    const { layer, unit } = this.#stop;
    const next = this.#columns[layer + step[0]];
    if (!next || next.layer === 0) return;
    const at = this.#columns[layer].places.findIndex((place) => place.unit === unit);
    const k = Math.min(Math.max(at + step[1], 0), next.places.length - 1);
    this.#stop = { layer: next.layer, unit: next.places[k].unit };
    const selector = `[data-layer="${next.layer}"][data-unit="${this.#stop.unit}"]`;
    this.requestUpdate();
    this.updateComplete.then(() => this.find(selector)?.focus());
  };

  /** What the links show, if anything. */
  get #values() {
    const { frame } = this.session;
    return (state.values.show_gradients ? frame?.gradients : frame?.parameters) ?? null;
  }

  /** @type {{ values: Float32Array | null, pictures: Session["pictures"] | null }} */
  #drawn = { values: null, pictures: null };

  #draw() {
    const canvas = this.find("canvas");
    if (!canvas?.width || this.#columns.length === 0) return;
    const { pictures, plane } = this.session;
    const values = this.#values;
    this.#drawn = { values, pictures };
    const sizes = this.#sizes;
    const count = sizes.slice(1).reduce((sum, out, k) => sum + (sizes[k] + 1) * out, 0);
    const { show_gradients } = state.values;
    if (plane && !plane.formulas && this.#inputPictures.length !== sizes[0]) {
      this.#inputPictures = Array.from({ length: sizes[0] }, (_, feature) =>
        pictureOfInput(feature, plane.features, UNIT_SIDE));
    }
    this.#picture.draw(canvas, {
      sizes,
      columns: this.#columns,
      values: values?.length === count ? values : null,
      relative: show_gradients,
      pictures: [this.#inputPictures, ...pictures],
      link: this.#link,
      unit: this.#unit,
    });
    this.#tell(values?.length === count ? values : null);
  }

  /** @param {Float32Array | null} values */
  #tell(values) {
    const told = this.find(".network-told");
    const text = this.#told(values);
    // Even the same text, written again, is laid out again.
    if (told.textContent !== text) told.textContent = text;
  }

  /** @param {Float32Array | null} values */
  #told(values) {
    const sizes = this.#sizes;
    const key = state.values.show_gradients ? "network.told_gradient" : "network.told_value";
    if (values && this.#link) {
      const { layer, from, to } = this.#link;
      const name = `${this.#nameOf(layer - 1, from)} → ${this.#nameOf(layer, to)}`;
      return t(key, { name, value: spoken(values[weightIndex(sizes, this.#link)]) });
    }
    if (values && this.#unit) {
      const { layer, unit } = this.#unit;
      const name = [this.#nameOf(layer, unit), this.#kindOf(layer), t("network.bias")].filter(Boolean).join(", ");
      return t(key, { name, value: spoken(values[biasIndex(sizes, layer, unit)]) });
    }
    return t("network.point");
  }
}

customElements.define("bce-network", Network);
