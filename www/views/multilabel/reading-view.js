/** What the views of this folder share: they follow one reading of the network. */
import { onTheme } from "../../colours.js";
import { PageElement, UNSET } from "../../components/element.js";

/** @import { Session } from "../../session.js" */
/** @import { Reading } from "./reading.js" */

/** Written numbers and tables: as often as there are newer ones. */
export class ReadingView extends PageElement {
  static properties = { label: { type: Number } };

  /** @type {Session} */
  session = UNSET;
  /** @type {Reading} */
  reading = UNSET;

  constructor() {
    super();
    /** Which label, where it is about one. */
    this.label = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(this.reading, "measured", () => this.requestUpdate());
    this.untilGone(onTheme(() => this.requestUpdate()));
  }
}
