/** Loss and accuracy of both parts, as figures that keep their places. */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { formatLoss, formatShare } from "../format.js";
import { t } from "../i18n/index.js";
import { state } from "../state.js";

/** @import { Session } from "../session.js" */

/** @import { Figures } from "bce-playground/client" */

/**
 * @typedef {object} Row
 * @property {"loss" | "accuracy"} name
 * @property {keyof Figures} train
 * @property {keyof Figures} test
 * @property {(value: number | null) => string} format
 */

/**
 * The rows of the table: what a frame calls the values, and how they are written.
 *
 * @type {Row[]}
 */
const ROWS = [
  { name: "loss", train: "eval_loss", test: "test_loss", format: formatLoss },
  { name: "accuracy", train: "accuracy", test: "test_accuracy", format: formatShare },
];

/** Training knows no threshold but 0.5: where another one is set, that is said. @param {string} name */
function nameOf(name) {
  return name === "accuracy" && state.values.threshold !== 0.5 ? "numbers.accuracy_at_half" : `numbers.${name}`;
}

export class Numbers extends PageElement {
  /** @type {Session} */
  session = UNSET;

  render() {
    return html`<table class="numbers">${ROWS.map(({ name }) => html`<tbody>
      <tr><th colspan="2" scope="rowgroup">${t(nameOf(name))}</th></tr>
      ${["train", "test"].map((part) => html`<tr>
        <th scope="row"><span class="shape-sample ${part}"></span>${t(`part.${part}`)}</th>
        <td class="figure" data-value="${name}-${part}"></td>
      </tr>`)}
    </tbody>`)}</table>`;
  }

  firstUpdated() {
    this.listen(this.session, "figures", () => this.#show());
  }

  #show() {
    const { frame } = this.session;
    if (!frame) return;
    for (const { name, train, test, format } of ROWS) {
      this.find(`[data-value=${name}-train]`).textContent = format(frame[train]);
      this.find(`[data-value=${name}-test]`).textContent = format(frame[test]);
    }
  }
}

customElements.define("bce-numbers", Numbers);
