/** More ways to train than the bar has room for: one point, so many epochs, and when to stop. */
import { html } from "lit";

import { until } from "../configuration.js";
import { fields } from "../fields.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";
import { control, controls } from "./control.js";
import { PageElement, UNSET } from "./element.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";

/** @import { Driver } from "./transport.js" */

export class RunMenu extends PageElement {
  /** @type {Driver} */
  driver = UNSET;

  render() {
    return menu({
      id: "run-menu",
      label: t("run.label"),
      look: `icon-button run-button ${until(state.values) ? "set" : ""}`,
      content: icon("more"),
      body: this.#body(),
    });
  }

  #body() {
    const { driver } = this;
    const { n_epochs, seed } = state.values;
    const ready = driver.status === "ready";
    /** @type {(name: string, run: () => void) => unknown} */
    const button = (name, run) => html`<button type="button" class="button" ?disabled=${!ready}
      title=${t(`run.${name}_help`)} @click=${run}>${t(`run.${name}`, { n_epochs })}</button>`;
    const next = () => state.set({ seed: seed === fields.seed.max ? 0 : seed + 1 });
    return html`
      <div class="run-steps">
        ${button("sample", () => driver.player.stepSample())}
        ${button("new_weights", next)}
      </div>
      <div class="run-epochs">
        ${control("n_epochs")}
        ${button("epochs", () => driver.player.playEpochs(state.values.n_epochs))}
      </div>
      <h3>${t("run.until")}</h3>
      ${controls("train_loss_below", "test_loss_below", "accuracy_from", "test_accuracy_from", "no_gain_for",
        "until_epoch")}`;
  }

  firstUpdated() {
    this.listen(this.driver, "status", () => this.requestUpdate());
  }
}

customElements.define("bce-run-menu", RunMenu);
