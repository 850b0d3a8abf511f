/** What is found in the image that is looked at, the surest first, in words. */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { formatDecimal } from "../../format.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { mark } from "../classes/seen-view.js";
import { OWN } from "./finder.js";

/** @import { Finder } from "./finder.js" */

/** Nobody reads figures that change faster, in milliseconds. */
const WRITTEN_EVERY = 150;
const MOST = 6;

export class FoundList extends PageElement {
  /** @type {Finder} */
  finder = UNSET;

  #written = -Infinity;
  #timer = 0;

  render() {
    const { finder: { found, page, images } } = this;
    const { detection_view, detection_image } = state.values;
    const place = detection_view === "own" ? OWN : detection_image - page;
    const here = found ? [...found.images.keys()].filter((k) => found.images[k] === place) : [];
    return html`<h3>${t("detection.found_here")}</h3>
      ${here.length === 0 || !found || !images ? html`<p class="found-none">${t("detection.nothing")}</p>` : html`<ol class="found-list">
        ${here.slice(0, MOST).map((k) => html`<li>${mark(found.labels[k])}<span>${t(`detection.class.${images.target_names[found.labels[k]]}`)}</span>
          <span class="figure">${formatDecimal(found.scores[k])}</span></li>`)}
      </ol>`}`;
  }

  firstUpdated() {
    this.listen(this.finder, "found", () => {
      clearTimeout(this.#timer);
      const wait = this.#written + WRITTEN_EVERY - performance.now();
      const write = () => {
        this.#written = performance.now();
        this.requestUpdate();
      };
      if (wait <= 0) write();
      else this.#timer = window.setTimeout(write, wait);
    });
  }
}

customElements.define("bce-found-list", FoundList);
