/** How much of the plane is claimed by one class, by none, by several. */
import { html } from "lit";

import { formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { claims } from "../../side/classes.js";
import { state } from "../../state.js";
import { SeenView } from "./seen-view.js";

export class ClassClaims extends SeenView {
  render() {
    const { problem } = this;
    const seen = this.seen(this.name);
    if (!problem || !seen) return "";
    const shares = claims(seen.mesh, problem.classes.length, state.values.classes_threshold);
    return html`<dl class="class-claims" data-claims=${this.name}>
      ${/** @type {const} */ (["one", "none", "several"]).map((kind) => html`<div>
        <dt><span class="claim-sample ${kind}" aria-hidden="true"></span>${t(`classes.${kind}`)}</dt>
        <dd class="figure" data-claim=${kind}>${formatShare(shares[kind])}</dd></div>`)}
    </dl>`;
  }
}

customElements.define("bce-class-claims", ClassClaims);
