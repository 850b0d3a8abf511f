/** Some test images at a time: what is there, and what is found. One of them is looked at closely. */
import { html } from "lit";

import { TEST_IMAGES } from "../../fields/detection.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { SHOWN } from "./finder.js";
import { FinderView } from "./finder-view.js";
import { drawFound, drawImage, drawTrue } from "./picture.js";

/** @import { Space } from "./picture.js" */

export class DetectionGallery extends FinderView {
  render() {
    const { page } = this.finder;
    const { detection_image, detection_view } = state.values;
    return html`
      <div class="gallery" role="group" aria-label=${t("detection.gallery")}>
        ${Array.from({ length: SHOWN }, (_, k) => html`<button type="button" class="gallery-image"
          aria-pressed=${detection_view === "test" && detection_image === page + k}
          aria-label=${t("detection.image", { number: page + k + 1 })}
          @click=${() => state.set({ detection_image: page + k, detection_view: "test" })}>
          <canvas class="shapes"></canvas></button>`)}
      </div>
      <div class="gallery-bar">
        <ul class="box-key">
          <li><span class="box-sample true"></span>${t("detection.true")}</li>
          <li><span class="box-sample found"></span>${t("detection.found")}</li>
        </ul>
        <div class="gallery-turn">
          <button type="button" class="button" ?disabled=${page === 0} aria-label=${t("detection.before")}
            @click=${() => this.#turn(-1)}>‹</button>
          <span class="figure">${t("detection.shown", { first: page + 1, last: page + SHOWN, count: TEST_IMAGES })}</span>
          <button type="button" class="button" ?disabled=${page + SHOWN >= TEST_IMAGES} aria-label=${t("detection.after")}
            @click=${() => this.#turn(1)}>›</button>
        </div>
      </div>`;
  }

  /** @param {number} pages */
  #turn(pages) {
    const image = Math.max(0, Math.min(TEST_IMAGES - 1, this.finder.page + pages * SHOWN));
    state.set({ detection_image: image, detection_view: "test" });
  }

  /** @param {Space} space @param {number} k */
  draw(space, k) {
    const { finder } = this;
    const images = finder.images;
    const pixels = finder.pixels(k);
    if (!images || !pixels) return;
    drawImage(space, pixels, images);
    drawTrue(space, images.test_objects, finder.page + k);
    // What was found on another page is on its way out.
    if (finder.found && finder.first === finder.page) drawFound(space, finder.found, k);
  }
}

customElements.define("bce-detection-gallery", DetectionGallery);
