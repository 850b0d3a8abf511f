/** The data sets to choose from, each as a small picture of itself. */
import { html } from "lit";
import { live } from "lit/directives/live.js";

import { onTheme, token } from "../colours.js";
import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { datasets } from "../fields.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";
import { begin } from "./canvas.js";

/** @import { Points } from "../plane.js" */
/** @import { Session } from "../session.js" */

/** Points in a picture: enough to see the shape, few enough to see points. */
const MOST_POINTS = 220;

export class DataThumbnails extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** @type {Map<string, Points | null>} */
  #pictures = new Map();
  /** What each canvas shows: the state changes much more often than the data sets. */
  #drawn = /** @type {WeakMap<HTMLCanvasElement, Points>} */ (new WeakMap());
  /** What the pictures of one's own data are made from. */
  #own = { csv: "", points: "" };

  render() {
    const { dataset } = state.values;
    return html`<div class="thumbnails" role="radiogroup" aria-label=${t("field.dataset")}>
      ${Object.keys(datasets).map((name) => html`<label class="thumbnail">
        <input type="radio" name="dataset" value=${name} .checked=${live(name === dataset)}
          @click=${() => this.#choose(name)}>
        <span class="thumbnail-picture">
          ${isEmpty(name) ? icon(name === "csv" ? "file" : "pencil")
            : html`<canvas data-name=${name}></canvas>`}
        </span>
        <span class="thumbnail-name">${t(`choice.dataset.${name}`)}</span>
      </label>`)}
    </div>`;
  }

  firstUpdated() {
    this.listen(this.session, "status", () => this.#load());
    this.untilGone(onTheme(() => {
      this.#drawn = new WeakMap();
      this.#draw();
    }));
  }

  updated() {
    const { csv, points } = state.values;
    const { csv: csvBefore, points: pointsBefore } = this.#own;
    this.#own = { csv, points };
    if (csv !== csvBefore) this.#pictures.delete("csv");
    if (points !== pointsBefore) this.#pictures.delete("points");
    this.#load();
    this.#draw();
  }

  /** An own CSV is chosen in its dialog; the radio button stays where it was until then. */
  #choose(/** @type {string} */ name) {
    if (name === "csv") {
      this.requestUpdate();
      this.dispatchEvent(new CustomEvent("open-csv", { bubbles: true }));
      return;
    }
    if (name === state.values.dataset) return;
    state.set({ dataset: name, x_feature: null, y_feature: null });
    if (name === "points" && isEmpty(name)) this.session.editor.activate(true);
  }

  async #load() {
    if (this.session.status !== "ready") return;
    for (const name of Object.keys(datasets)) {
      if (this.#pictures.has(name) || isEmpty(name)) continue;
      this.#pictures.set(name, null);
      this.#pictures.set(name, await this.session.preview(name));
      this.#draw();
    }
  }

  #draw() {
    for (const canvas of this.querySelectorAll("canvas")) {
      const points = this.#pictures.get(String(canvas.dataset.name));
      if (!points || this.#drawn.get(canvas) === points) continue;
      this.#drawn.set(canvas, points);
      drawThumbnail(canvas, points);
    }
  }
}

/** Whether this is one's own data, and there are none yet. @param {string} name */
function isEmpty(name) {
  const { csv, points } = state.values;
  return (name === "csv" && csv === "") || (name === "points" && points === "");
}

/** @param {HTMLCanvasElement} canvas @param {Points} points */
function drawThumbnail(canvas, { x, y, label }) {
  canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
  canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
  const { context, width, height } = begin(canvas);
  /** @param {Float32Array} values @param {number} size */
  const place = (values, size) => {
    // Not Math.min: a value that is missing is NaN.
    const low = values.reduce((least, value) => (value < least ? value : least), Infinity);
    const high = values.reduce((most, value) => (value > most ? value : most), -Infinity);
    return (/** @type {number} */ value) => size * (0.1 + (0.8 * (value - low)) / (high - low || 1));
  };
  const toX = place(x, width);
  const toY = place(y, height);
  const radius = width / 34;
  const colours = [token("--class-0"), token("--class-1")];
  const skip = Math.ceil(x.length / MOST_POINTS);
  for (let k = 0; k < x.length; k += skip) {
    context.fillStyle = colours[label[k]];
    context.beginPath();
    context.arc(toX(x[k]), height - toY(y[k]), radius, 0, 2 * Math.PI);
    context.fill();
  }
}

customElements.define("bce-data-thumbnails", DataThumbnails);
