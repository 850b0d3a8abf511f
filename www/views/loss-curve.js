/** The loss over the epochs, of the train and of the test data, as it forms. */
import { html } from "lit";
import uPlot from "uplot";

import { token } from "../colours.js";
import { PageElement, UNSET } from "../components/element.js";
import { saveCSV, savePNG } from "../export.js";
import { formatCount, formatLoss } from "../format.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";
import { keepSharp } from "./canvas.js";
import { LINES, chartOptions } from "./loss-chart.js";

/** @import { Session } from "../session.js" */

export class LossCurve extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** @type {uPlot | null} */
  #chart = null;
  #drawn = "";

  render() {
    return html`
      <div class="legend">
        ${LINES.map(({ part }) => html`<span class="legend-item ${part}">
          <span class="line-sample"></span>${t(`part.${part}`)}
          <span class="figure" data-part=${part}></span></span>`)}
        <span class="legend-item epoch figure" data-part="epoch"></span>
      </div>
      <div class="curve-files">
        <button type="button" class="button" @click=${this.#savePNG}>${t("curve.save_png")}</button>
        <button type="button" class="button" @click=${this.#saveCSV}>${t("curve.save_csv")}</button>
      </div>
      <div class="chart" role="img" aria-labelledby="panel-curve"></div>`;
  }

  firstUpdated() {
    this.listen(this.session, "frame", () => this.#update());
    this.untilGone(keepSharp([this.find(".chart")], () => this.#rebuild()));
    this.untilGone(() => this.#chart?.destroy());
  }

  /** A new scale or language needs a new chart. */
  updated() {
    if (this.#chart && this.#drawn !== this.#wanted) this.#rebuild();
  }

  get #wanted() {
    const { log_scale, language } = state.values;
    return `${log_scale} ${language}`;
  }

  #rebuild() {
    const space = this.find(".chart");
    const { width, height } = space.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    this.#drawn = this.#wanted;
    this.#chart?.destroy();
    const options = chartOptions({ width, height, log: state.values.log_scale });
    options.hooks = { setCursor: [() => this.#tell()] };
    this.#chart = new uPlot(options, this.#data(), space);
  }

  /** @returns {uPlot.AlignedData} */
  #data() {
    const { curve } = this.session;
    // A logarithm has no place for 0 or NaN: uPlot leaves out what is null.
    const drawable = (/** @type {number} */ value) => (Number.isFinite(value) && value > 0 ? value : null);
    const lines = LINES.map(({ column }) => Array.from(curve.column(column), drawable));
    return [curve.column("epoch"), ...lines];
  }

  #savePNG = () => {
    const key = LINES.map(({ part, colour, dash }) => ({ text: t(`part.${part}`), colour: token(colour), dash }));
    return savePNG(this.find("canvas"), "loss", { title: t("panel.curve"), key });
  };

  #saveCSV = () => {
    const { curve } = this.session;
    saveCSV(Object.fromEntries(curve.names.map((name) => [name, curve.column(name)])), "loss");
  };

  #update() {
    this.#chart?.setData(this.#data());
    this.#tell();
  }

  /** The values under the pointer: the last ones stand in the numbers above. */
  #tell() {
    const { curve } = this.session;
    const k = this.#chart?.cursor.idx ?? -1;
    const pointed = k >= 0 && k < curve.length;
    for (const { column, part } of LINES) {
      const text = pointed ? formatLoss(curve.column(column)[k]) : "";
      this.find(`[data-part=${part}]`).textContent = text;
    }
    const epoch = pointed ? t("curve.at_epoch", { epoch: formatCount(curve.column("epoch")[k]) }) : "";
    this.find("[data-part=epoch]").textContent = epoch;
  }
}

customElements.define("bce-loss-curve", LossCurve);
