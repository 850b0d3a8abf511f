/** The tools to draw points with, on demand: the button that brings them, and the bar itself. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { history } from "../history.js";
import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import { tools } from "../point-editor.js";

/** @import { Session } from "../session.js" */

/** The button in the panel's head. */
export class PointSwitch extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    if (hidden("points")) return nothing;
    const { editor } = this.session;
    const name = t("points.edit");
    return html`<button type="button" class="icon-button" aria-label=${name} title=${name}
      aria-pressed=${editor.active} @click=${() => editor.activate(!editor.active)}>
      ${icon("pencil")}</button>`;
  }

  firstUpdated() {
    this.listen(this.session.editor, "change", () => this.requestUpdate());
  }
}

export class PointToolbar extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    const { editor } = this.session;
    if (!editor.active) return nothing;
    return html`<div class="point-tools" role="toolbar" aria-label=${t("points.tools")}>
      ${this.#choices("label", [0, 1], editor.label, (label) => html`<span class="swatch c${label}">${label}</span>`)}
      ${this.#choices("tool", tools, editor.tool, (tool) => icon(tool))}
      ${this.#choices("test", [false, true], editor.test,
        (test) => html`<span class="shape-sample ${test ? "test" : "train"}"></span>`)}
      <span class="point-buttons">
        ${this.#button("undo", t("tools.undo"), () => history.undo(), history.canUndo)}
        ${this.#button("redo", t("tools.redo"), () => history.redo(), history.canRedo)}
        ${this.#button("bin", t("points.clear"), () => editor.clear(), editor.points.length > 0)}
      </span>
    </div>`;
  }

  /** @param {string} picture @param {string} name @param {() => void} run @param {boolean} enabled */
  #button(picture, name, run, enabled) {
    return html`<button type="button" class="icon-button" aria-label=${name} title=${name}
      ?disabled=${!enabled} @click=${run}>${icon(picture)}</button>`;
  }

  /**
   * One of several, side by side: pictures with names.
   *
   * @template {string | number | boolean} Value
   * @param {"label" | "tool" | "test"} key
   * @param {Value[]} values
   * @param {Value} chosen
   * @param {(value: Value) => unknown} picture
   */
  #choices(key, values, chosen, picture) {
    return html`<div class="segments" role="radiogroup" aria-label=${t(`points.${key}`)}>
      ${values.map((value) => {
        const name = t(`points.${key}.${value}`);
        return html`<label class="segment" title=${name}>
          <input type="radio" name=${`points-${key}`} aria-label=${name} .checked=${live(value === chosen)}
            @change=${() => this.session.editor.choose({ [key]: value })}><span>${picture(value)}</span>
        </label>`;
      })}
    </div>`;
  }

  firstUpdated() {
    this.listen(this.session.editor, "change", () => this.requestUpdate());
    this.listen(this.session, "plane", () => this.requestUpdate());
    this.untilGone(history.subscribe(() => this.requestUpdate()));
  }
}

customElements.define("bce-point-switch", PointSwitch);
customElements.define("bce-point-toolbar", PointToolbar);
