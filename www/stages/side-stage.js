/** What the stages of networks side by side share: they hold the contest and keep it to the state. */
import "../i18n/metrics-texts.js";
import { UNSET } from "../components/element.js";
import { fields } from "../fields.js";
import { SideBySide } from "../side/side-by-side.js";
import { state } from "../state.js";
import { loadStyle } from "../styles.js";
import { Stage } from "./stage.js";

/** @import { Values } from "../fields.js" */
/** @import { Notices } from "../notices.js" */

await Promise.all([
  loadStyle(new URL("../styles/metrics.css", import.meta.url).href),
  loadStyle(new URL("../styles/side.css", import.meta.url).href),
]);

export class SideStage extends Stage {
  /** @type {SideBySide} */
  contest = UNSET;

  /** Before the element is drawn. @param {Notices} notices */
  set notices(notices) {
    this.contest = new SideBySide(notices);
  }

  /** What the bar steers. */
  get driver() {
    return this.contest;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(this.contest, "contestants", () => this.requestUpdate());
    this.listen(this.contest, "status", () => this.requestUpdate());
    this.untilGone(state.subscribe((keys) => this.follow(keys)));
    this.#prepare();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.contest.end();
  }

  /** Lets those take part that the values say. @param {Values} _values @returns {Promise<void>} */
  async prepare(_values) {}

  /** @param {(keyof Values)[]} keys */
  follow(keys) {
    this.contest.follow(keys);
    if (keys.includes("threshold")) this.contest.renew();
    if (keys.some((key) => fields[key].effect !== "view")) this.#prepare();
  }

  async #prepare() {
    try {
      await this.prepare(state.values);
    } catch (error) {
      this.contest.refuse(error);
    }
  }
}
