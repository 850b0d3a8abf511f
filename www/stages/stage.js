/** What all stages share: panels that a lesson may hide, in an order that suits the width. */
import { repeat } from "lit/directives/repeat.js";

import { PageElement } from "../components/element.js";
import { hidden } from "../lesson.js";

/** Where all is one column, as in style.css. */
const narrow = matchMedia("(max-width: 759px)");

export class Stage extends PageElement {
  /**
   * The panels by the names by which a lesson hides them, in the order of the page.
   *
   * @returns {Record<string, () => unknown>}
   */
  get panels() {
    return {};
  }

  /**
   * In one column these come after all others: what is trained stands before what it is made of. The order is
   * the document's own, not the style sheet's, so that the tab key and a screen reader go by it too.
   *
   * @returns {string[]}
   */
  get last() {
    return ["data"];
  }

  render() {
    const { panels, last } = this;
    const names = Object.keys(panels);
    const order = narrow.matches ? [...names.filter((name) => !last.includes(name)), ...last] : names;
    return repeat(order.filter((name) => !hidden(name)), (name) => name, (name) => panels[name]());
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(narrow, "change", () => this.requestUpdate());
  }
}
