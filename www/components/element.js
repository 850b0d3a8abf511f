/** What all elements of the page share: they render into the page itself, and follow the state. */
import { LitElement, html } from "lit";

import { boundsOf, fields } from "../fields.js";
import { t } from "../i18n/index.js";
import { complaintOf, refuse } from "../refusal.js";
import { state } from "../state.js";

/** @import { Field, Values } from "../fields.js" */
/** @import { Text } from "../refusal.js" */

/** A property that whoever makes the element sets before it is drawn. */
export const UNSET = /** @type {any} */ (undefined);

/**
 * What a subclass lists in `static properties` it sets in its constructor: a class field would hide the
 * accessor by which Lit sees a change.
 */
export class PageElement extends LitElement {
  /** @type {(() => void)[]} */
  #atEnd = [];

  /** Without a shadow root one style sheet holds for all, and labels reach their controls. */
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.#atEnd.length === 0) this.untilGone(state.subscribe(() => this.requestUpdate()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    // What only moves to another place on the page is back by then, and goes on.
    queueMicrotask(() => {
      if (!this.isConnected) for (const stop of this.#atEnd.splice(0)) stop();
    });
  }

  /**
   * Calls `stop` when the element leaves the page.
   *
   * @param {() => void} stop
   */
  untilGone(stop) {
    this.#atEnd.push(stop);
  }

  /**
   * Listens for as long as the element is on the page.
   *
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} listener
   */
  listen(target, type, listener) {
    target.addEventListener(type, listener);
    this.untilGone(() => target.removeEventListener(type, listener));
  }

  /**
   * The part of the element that its own template has put there.
   *
   * @param {string} selector
   * @returns {any}
   */
  find(selector) {
    return this.querySelector(selector);
  }
}

/** A control of one field of the state, named by its attribute `field`. */
export class FieldElement extends PageElement {
  /** @returns {keyof Values} */
  get field() {
    return /** @type {keyof Values} */ (this.getAttribute("field"));
  }

  /** @returns {Field} */
  get declared() {
    return fields[this.field];
  }

  /** @returns {any} */
  get value() {
    return state.values[this.field];
  }

  /** The id of the control proper, and of the sentence that explains it. */
  get controlId() {
    return `field-${this.field}`;
  }

  get helpId() {
    return `help-${this.field}`;
  }

  /**
   * Sets the field. A value that it does not take is reported, and the control shows the old.
   *
   * @param {unknown} value
   */
  change(value) {
    const [refused] = state.set({ [this.field]: value });
    if (refused) this.refuse(value, refused.problem);
  }

  /**
   * Reports a value that cannot be.
   *
   * @param {unknown} value
   * @param {string | Text} problem the text that says why; its key, where it names but the field's bounds
   */
  refuse(value, problem) {
    const reason = typeof problem === "string" ? { key: problem, parameters: boundsOf(this.field) } : problem;
    const detail = { field: this.declared, value, reason };
    refuse([this.field], reason);
    this.dispatchEvent(new CustomEvent("refused", { bubbles: true, detail }));
    this.requestUpdate();
  }

  /** Why the last value was refused, below the control. */
  complaint() {
    const why = complaintOf(this.field);
    return why ? html`<p class="complaint" role="alert">${t(why.key, why.parameters)}</p>` : "";
  }
}
