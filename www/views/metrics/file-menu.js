/** The menu of files: what the views that are seen can be saved as. */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { icon } from "../../components/icons.js";
import { menu } from "../../components/menu.js";
import { t } from "../../i18n/index.js";
import { files, saveFile } from "./files.js";

/** @import { Pictured } from "./files.js" */
/** @import { Measurement } from "./measurement.js" */

export class FileMenu extends PageElement {
  /** @type {Measurement} */
  measurement = UNSET;

  /**
   * The view of a file, among those beside this menu.
   *
   * @param {string} selector
   * @returns {Pictured | null}
   */
  #view(selector) {
    return this.closest("bce-metrics")?.querySelector(selector) ?? null;
  }

  render() {
    return menu({
      id: "metric-files",
      label: t("metrics.save"),
      look: "icon-button",
      content: icon("download"),
      body: html`<ul class="choices">${files.map((file) => html`
        <li ?hidden=${!this.#view(file.view)?.checkVisibility()}>
          <button type="button" @click=${() => this.#save(file)}>${t(`metrics.file.${file.name}`)}</button>
        </li>`)}</ul>`,
    });
  }

  firstUpdated() {
    // Which views are seen may have changed since.
    this.listen(this.find("[popover]"), "beforetoggle", () => this.requestUpdate());
  }

  /** @param {(typeof files)[number]} file */
  #save(file) {
    const { measured } = this.measurement;
    if (measured) saveFile(file, measured, this.#view(file.view));
    this.find("[popover]").hidePopover();
  }
}

customElements.define("bce-metric-files", FileMenu);
