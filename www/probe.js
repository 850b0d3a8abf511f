/**
 * One place on the plane that is kept an eye on: what the network says of it, live. Event: "change",
 * when it is pinned, moved or taken away, and when there is a newer answer.
 */
import { probeInputs } from "./plane.js";

/** @import { Place } from "./point-editor.js" */
/** @import { Session } from "./session.js" */

/** @typedef {{ p: number, logit: number }} Answer */

export class Probe extends EventTarget {
  /** @type {Place | null} null: nothing is pinned */
  place = null;
  /** @type {Answer | null} null until the network has answered */
  answer = null;

  #session;
  #asking = false;
  /** Whether something has changed since the question that is under way. */
  #stale = false;
  /** The columns that the place is a place of. */
  #columns = "";

  /** @param {Session} session */
  constructor(session) {
    super();
    this.#session = session;
    session.addEventListener("frame", () => this.#ask());
    session.addEventListener("plane", () => this.#see());
  }

  /** Pins the probe, or moves it. @param {Place} place */
  pin(place) {
    if (!this.place) this.answer = null;
    this.place = place;
    this.#tell();
    this.#ask();
  }

  unpin() {
    if (!this.place) return;
    this.place = null;
    this.answer = null;
    this.#tell();
  }

  /** A place means nothing among other columns. */
  #see() {
    const columns = JSON.stringify([this.#session.dataset?.feature_names, this.#session.plane?.features]);
    if (columns !== this.#columns) this.unpin();
    this.#columns = columns;
    this.#ask();
  }

  /** One question at a time; what changes meanwhile is asked once more at the end. */
  async #ask() {
    const { client, plane } = this.#session;
    const { place } = this;
    if (!place || !plane) return;
    this.#stale = this.#asking;
    if (this.#asking) return;
    this.#asking = true;
    try {
      const { formulas } = plane;
      const inputs = probeInputs(plane, place);
      const [p, logit] = await Promise.all([client.predict(inputs, { formulas }), client.logits(inputs, { formulas })]);
      if (place === this.place && plane === this.#session.plane) {
        this.answer = { p: p.data[0], logit: logit.data[0] };
        this.#tell();
      }
    } catch {
      // The worker has crashed, or other data are on their way: the next frame asks again.
    } finally {
      this.#asking = false;
    }
    if (this.#stale) this.#ask();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
