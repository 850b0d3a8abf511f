/** Loss or accuracy of both networks over the epochs. */
import { html } from "lit";

import { t } from "../../i18n/index.js";
import { ContestView } from "../side/contest-view.js";
import { drawCourses } from "../side/curves.js";

/** @import { Space } from "../metrics/drawn-view.js" */
/** @import { Seen } from "../../side/classes.js" */

export class ClassCourse extends ContestView {
  static properties = { kind: {} };

  constructor() {
    super();
    /** @type {"loss" | "accuracy"} */
    this.kind = "loss";
  }

  render() {
    return html`<canvas role="img" aria-label=${t(`classes.${this.kind}_summary`)}></canvas>`;
  }

  /** @param {Space} space */
  draw(space) {
    const accuracy = this.kind === "accuracy";
    const courses = this.contest.standings.map(({ name, curve, extra }) => {
      if (!accuracy) return { name, epochs: curve.column("epoch"), values: curve.column("test_loss") };
      const seen = /** @type {Seen | null} */ (extra)?.course ?? [];
      return { name, epochs: seen.map(({ epoch }) => epoch), values: seen.map((each) => each.accuracy) };
    });
    drawCourses(space, courses, t(`classes.${this.kind}`), accuracy);
  }
}

customElements.define("bce-class-course", ClassCourse);
