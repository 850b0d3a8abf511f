/** What one's own points are: how many of which part and class, and how to go on with them. */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";

/** @import { Session } from "../session.js" */

export class PointsAbout extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const { editor } = this.session;
    const { points } = editor;
    /** @type {(wanted: (point: import("../points.js").Point) => boolean) => number} */
    const count = (wanted) => points.filter(wanted).length;
    return html`<div class="about">
      <p>${t("points.parts", { train: count(({ test }) => !test), test: count(({ test }) => test) })}</p>
      <p>${t("points.classes", { zeros: count(({ label }) => label === 0), ones: count(({ label }) => label === 1) })}</p>
      ${hidden("points") ? "" : html`<div class="about-actions">
        <button type="button" class="button" ?disabled=${editor.active} @click=${() => editor.activate(true)}>
          ${t("points.edit")}</button>
        <button type="button" class="button" ?disabled=${points.length === 0} @click=${() => editor.clear()}>
          ${t("points.clear")}</button>
      </div>`}
    </div>`;
  }

  firstUpdated() {
    this.listen(this.session.editor, "change", () => this.requestUpdate());
  }
}

customElements.define("bce-points-about", PointsAbout);
