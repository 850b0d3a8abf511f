/** What real data are: their size, their classes, where they come from and under which licence. */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";

/** @import { Session } from "../session.js" */

/** How many features there are, as a text. @param {number} columns */
export const featureCount = (columns) =>
  ({ key: columns === 1 ? "about.feature" : "about.features", parameters: { columns } });

export class DataAbout extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const { dataset } = this.session;
    if (!dataset) return "";
    const [rows, columns] = dataset.inputs.shape;
    const [negative, positive] = dataset.target_names;
    const isOwn = state.values.dataset === "csv";
    const { source, licence } = dataset;
    return html`<div class="about">
      <p>${t("about.size", { rows, features: featureCount(columns) })}</p>
      <p>${t("about.classes", { negative, positive })}</p>
      <p>${t("about.standardized")}</p>
      ${source ? html`<p class="source">${t("about.source", { source, licence })}</p>` : ""}
      ${isOwn ? html`<button type="button" class="button" @click=${this.#edit}>${t("about.edit")}</button>`
        : ""}
    </div>`;
  }

  #edit = () => this.dispatchEvent(new CustomEvent("open-csv", { bubbles: true }));

  firstUpdated() {
    this.listen(this.session, "plane", () => this.requestUpdate());
  }
}

customElements.define("bce-data-about", DataAbout);
