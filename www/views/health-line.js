/** One line about what may be wrong with the network, and a way to ask why. */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { t } from "../i18n/index.js";

/** @import { Session } from "../session.js" */

export class HealthLine extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const { finding } = this.session.health;
    // The status is there before its first text: only then is that announced.
    return html`<div class="health" role="status">${finding ? html`
      ${icon("warning")}<span class="health-text">${t(`health.${finding.topic}`, finding.parameters)}</span>
      <button type="button" class="health-why" @click=${() => this.session.explain(finding.topic)}>
        ${t("health.why")}</button>` : ""}</div>`;
  }

  firstUpdated() {
    this.listen(this.session, "health", () => this.requestUpdate());
  }
}

customElements.define("bce-health-line", HealthLine);
