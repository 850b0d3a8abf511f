/** One image large, with what each cell of the grid says of it: a test image, or one that is drawn by hand. */
import { html } from "lit";

import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { OWN } from "./finder.js";
import { FinderView } from "./finder-view.js";
import { drawCells, drawFound, drawImage, drawTrue } from "./picture.js";

/** @import { Space } from "./picture.js" */

export class DetectionCells extends FinderView {
  /** The place of the image that is looked at. */
  get #place() {
    const { detection_view, detection_image } = state.values;
    return detection_view === "own" ? OWN : detection_image - this.finder.page;
  }

  render() {
    return html`<canvas class="shapes" role="img" aria-label=${t("detection.cells_picture")}></canvas>`;
  }

  /** @param {Space} space */
  draw(space) {
    const { finder } = this;
    const { images, outputs, found } = finder;
    const place = this.#place;
    const pixels = finder.pixels(place);
    if (!images || !pixels) return;
    drawImage(space, pixels, images);
    const own = place === OWN;
    const known = outputs && found && (own || finder.first === finder.page);
    if (known) {
      const width = outputs.shape[1];
      drawCells(space, outputs.data.subarray(place * width, (place + 1) * width), images);
    }
    if (!own) drawTrue(space, images.test_objects, state.values.detection_image);
    if (known) drawFound(space, found, place);
  }
}

customElements.define("bce-detection-cells", DetectionCells);
