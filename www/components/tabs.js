/** Panels of which one is seen at a time: which one is in the state, so that a link can open it. */
import { html } from "lit";

import { t } from "../i18n/index.js";
import { hidden } from "../lesson.js";
import { state } from "../state.js";
import { PageElement, UNSET } from "./element.js";

/** @typedef {{ name: string, body: () => unknown }} Tab `tab.<name>` is its title's text */

/** Where a key goes from tab `k` of `count`. @type {Record<string, (k: number, count: number) => number>} */
const keys = {
  ArrowRight: (k, count) => (k + 1) % count,
  ArrowLeft: (k, count) => (k + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export class Tabs extends PageElement {
  /** @type {Tab[]} */
  tabs = UNSET;

  render() {
    const tabs = this.tabs.filter(({ name }) => !hidden(name));
    const chosen = tabs.find(({ name }) => name === state.values.tab) ?? tabs[0];
    if (!chosen) return "";
    /** @param {KeyboardEvent} event */
    const move = async (event) => {
      const next = keys[event.key]?.(tabs.indexOf(chosen), tabs.length);
      if (next === undefined) return;
      event.preventDefault();
      state.set({ tab: tabs[next].name });
      await this.updateComplete;
      this.find("[aria-selected=true]").focus();
    };
    return html`
      <div class="tabs" role="tablist" aria-label=${t("tabs.label")} @keydown=${move}>
        ${tabs.map(({ name }) => html`<button type="button" role="tab" class="tab" id=${`tab-${name}`}
          aria-selected=${name === chosen.name} aria-controls="tab-body"
          tabindex=${name === chosen.name ? 0 : -1}
          @click=${() => state.set({ tab: name })}>${t(`tab.${name}`)}</button>`)}
      </div>
      <div class="tab-body ${chosen.name}" role="tabpanel" id="tab-body" tabindex="0"
        aria-labelledby=${`tab-${chosen.name}`}>${chosen.body()}</div>`;
  }
}

customElements.define("bce-tabs", Tabs);
