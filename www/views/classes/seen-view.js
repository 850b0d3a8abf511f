/** What the tables of this folder share: they follow two networks side by side, as often as one can read. */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { colourOf, markText } from "./marks.js";
import { onTheme, token } from "../../colours.js";

/** @import { SideBySide } from "../../side/side-by-side.js" */
/** @import { Problem, Seen } from "../../side/classes.js" */

export class SeenView extends PageElement {
  static properties = { problem: { attribute: false }, name: {} };

  /** @type {SideBySide} */
  contest = UNSET;

  constructor() {
    super();
    /** @type {Problem | null} */
    this.problem = null;
    /** Which of the networks; empty: all. */
    this.name = "";
  }

  firstUpdated() {
    this.listen(this.contest, "figures", () => this.requestUpdate());
    this.untilGone(onTheme(() => this.requestUpdate()));
  }

  /** What has been seen of a network, of these classes. @param {string} name @returns {Seen | null} */
  seen(name) {
    const seen = this.contest.standings.find((standing) => standing.name === name)?.extra ?? null;
    return seen?.probe.length === this.problem?.classes.length ? seen : null;
  }
}

/** The mark of a class. @param {number} k */
export const mark = (k) => html`<svg class="class-mark" viewBox="0 0 16 16" aria-hidden="true"><path d=${markText(k)}
  fill=${colourOf(k)} stroke=${token("--point-outline")}></path></svg>`;
