/** What goes into one unit: its weights and its bias, to be read while it trains, and to be changed. */
import { html } from "lit";

import { PageElement, UNSET } from "../../components/element.js";
import { history } from "../../history.js";
import { formatNumber, t } from "../../i18n/index.js";
import { biasIndex, weightIndex } from "./layout.js";

/** @import { Session } from "../../session.js" */
/** @typedef {{ layer: number, unit: number }} Edited layer 1 is the first hidden one */

const STEP = 0.1;

export class UnitEditor extends PageElement {
  /** @type {Session} */
  session = UNSET;
  /** @type {number[]} */
  sizes = [];
  /** @type {Edited | null} */
  edited = null;
  /** @type {(layer: number, unit: number) => string} */
  nameOf = UNSET;

  /** @param {Edited} edited @param {number} [from] the weight to begin with */
  async open(edited, from) {
    this.edited = edited;
    this.requestUpdate();
    await this.updateComplete;
    const dialog = /** @type {HTMLElement} */ (this.find("[popover]"));
    dialog.showPopover();
    this.#show();
    this.find(from === undefined ? "input" : `input[data-from="${from}"]`)?.select();
  }

  firstUpdated() {
    this.listen(this.session, "frame", () => this.#show());
    this.listen(this.session, "run", () => this.find("[popover]")?.hidePopover());
  }

  updated() {
    this.#show();
  }

  render() {
    const { edited } = this;
    if (!edited) return html`<div popover class="unit-editor"></div>`;
    const { layer, unit } = edited;
    const into = this.sizes[layer - 1];
    return html`<div popover class="unit-editor" role="dialog" aria-label=${this.nameOf(layer, unit)}
        @keydown=${this.#key} @focusout=${this.#show}>
      <h3>${this.nameOf(layer, unit)}</h3>
      <div class="unit-values">
        ${Array.from({ length: into }, (_, from) => this.#row(
          t("network.weight_from", { unit: this.nameOf(layer - 1, from) }),
          weightIndex(this.sizes, { layer, from, to: unit }), from))}
        ${this.#row(t("network.bias"), biasIndex(this.sizes, layer, unit), null)}
      </div>
      <p class="unit-hint">${t("network.edit_hint")}</p>
    </div>`;
  }

  /** @param {string} label @param {number} index @param {number | null} from */
  #row(label, index, from) {
    /** @param {{ target: HTMLInputElement }} event */
    const change = ({ target }) => {
      if (!Number.isFinite(target.valueAsNumber)) return;
      this.#remember(index, target.valueAsNumber, this.#parameterName(from));
      this.session.setParameter(index, target.valueAsNumber, this.#parameterName(from));
    };
    return html`<label><span>${label}</span>
      <input type="number" class="box figure" step=${STEP} data-index=${index} data-from=${from ?? "bias"}
        @focus=${() => { this.#editing = null; }} @input=${change}></label>`;
  }

  /** What the box with the focus has changed so far: one thing to take back. @type {{ after: number } | null} */
  #editing = null;

  /** @param {number} index @param {number} value @param {string} name */
  #remember(index, value, name) {
    if (this.#editing) {
      this.#editing.after = value;
      return;
    }
    const { frame, network } = this.session;
    const before = Number(frame?.parameters?.[index]);
    const edit = { after: value };
    this.#editing = edit;
    history.record({
      label: { key: "network.edited", parameters: { name } },
      undo: () => void this.session.setParameter(index, before, name),
      redo: () => void this.session.setParameter(index, edit.after, name),
      // Another network has other weights.
      valid: () => this.session.network?.run === network?.run,
    });
  }

  /** @param {number | null} from */
  #parameterName(from) {
    const { layer, unit } = /** @type {Edited} */ (this.edited);
    const to = this.nameOf(layer, unit);
    return from === null ? `${to}, ${t("network.bias")}` : `${this.nameOf(layer - 1, from)} → ${to}`;
  }

  /** Enter closes; the arrow keys are the number boxes' own. @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.key !== "Enter") return;
    // The focus goes back to the unit, which would take the key for a click.
    event.preventDefault();
    this.find("[popover]").hidePopover();
  };

  /** The present values, but for the one that is being typed. */
  #show = () => {
    const parameters = this.session.frame?.parameters;
    if (!this.edited || !parameters || !this.find("[popover]")?.matches(":popover-open")) return;
    for (const input of this.querySelectorAll("input")) {
      if (input === document.activeElement) continue;
      input.value = formatted(parameters[Number(input.dataset.index)]);
    }
  };
}

/** A number as a number box takes it. @param {number} x */
const formatted = (x) => (Number.isFinite(x) ? String(Number(x.toPrecision(4))) : "");

/** A value for people. @param {number} x */
export const spoken = (x) => (Number.isFinite(x) ? formatNumber(Number(x.toPrecision(3))) : String(x));

customElements.define("bce-unit-editor", UnitEditor);
