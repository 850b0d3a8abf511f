/** What PyTorch says to the shape of a weight or of a target: the answer, or its error and the usual cause. */
import { html } from "lit";

import { control } from "../../components/control.js";
import { formatLoss } from "../../format.js";
import { t } from "../../i18n/index.js";
import { state } from "../../state.js";
import { ReadingView } from "./reading-view.js";

/** @import { Tensor } from "bce-playground" */
/** @import { Values } from "../../fields.js" */
/** @import { Batch } from "./reading.js" */

/** @typedef {{ key: string, loss: number | null, error: { name: string, message: string } | null }} Answer */

export class LabelShapes extends ReadingView {
  /** @type {Answer | null} */
  #answer = null;
  #asked = "";

  render() {
    const { batch } = this.reading;
    if (!batch) return html`<p class="multilabel-waiting">${t("multilabel.waiting")}</p>`;
    const call = callOf(state.values, batch);
    this.#ask(call, batch);
    const answer = this.#answer?.key === call.key ? this.#answer : null;
    return html`<div class="shapes">
      <div class="shapes-asked">${control("multilabel_argument")}${control("multilabel_shape")}
        <pre class="shapes-call"><code>${call.written}</code></pre>
        <div class="shapes-answer ${answer?.error ? "refused" : ""}" role="status" data-answer=${answer ? answer.error ? "error" : "loss" : "none"}>
          ${answer ? answer.error ? html`<code>${answer.error.name}: ${answer.error.message}</code>`
            : html`<code>tensor(${formatLoss(answer.loss)})</code>` : ""}</div>
        <p class="multilabel-says">${answer ? t(sayingOf(call, Boolean(answer.error)), { rows: call.rows, labels: call.labels }) : ""}</p>
      </div>
      <div class="shapes-spread-space">${spread(call, Boolean(answer?.error))}${control("multilabel_rows")}</div>
    </div>`;
  }

  /** Asks the core, which answers as PyTorch does. @param {Call} call @param {Batch} batch */
  async #ask(call, { probabilities, logits, targets }) {
    // The same of newer probabilities is asked as well: the loss falls while it trains.
    const asked = `${call.key} ${probabilities.data.join()}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    const { client } = this.session;
    const { argument, given } = call;
    const target = argument === "target" ? { shape: given.shape, data: taken(targets, given) } : targets;
    const options = argument === "target" ? {} : { [argument]: given };
    /** @type {Promise<{ output: Tensor }>} */
    const reply = argument === "pos_weight" ? client.binaryCrossEntropyWithLogits(logits, target, options)
      : client.binaryCrossEntropy(probabilities, target, options);
    this.#answer = await reply.then(
      ({ output }) => ({ key: call.key, loss: output.data[0], error: null }),
      ({ name, message }) => ({ key: call.key, loss: null, error: { name, message } }),
    );
    this.requestUpdate();
  }
}

/** @typedef {ReturnType<typeof callOf>} Call */

/** @param {Values} values @param {Batch} batch */
function callOf({ multilabel_argument: argument, multilabel_shape: name }, { targets }) {
  const [rows, labels] = targets.shape;
  const shape = { K: [labels], Nx1: [rows, 1], N: [rows], NxK: [rows, labels], "1xK": [1, labels] }[name];
  // 1, 2, 3, …: one sees which element gets which.
  const data = Float32Array.from({ length: shape.reduce((all, each) => all * each, 1) }, (_, k) => k + 1);
  const size = (/** @type {number[]} */ each) => `(${each.join(", ")}${each.length === 1 ? "," : ""})`;
  const end = argument === "pos_weight" ? "_with_logits" : "";
  const input = argument === "pos_weight" ? "logits" : "p";
  const written = argument === "target"
    ? `F.binary_cross_entropy(p, target)\n# p: ${size([rows, labels])}   target: ${size(shape)}`
    : `F.binary_cross_entropy${end}(${input}, target, ${argument}=w)\n# ${input}, target: ${size([rows, labels])}   w: ${size(shape)}`;
  return { argument, name, rows, labels, key: `${argument} ${name} ${rows} ${labels}`, written, given: { shape, data } };
}

/** The text that says what an answer means. @param {Call} call @param {boolean} refused */
function sayingOf({ argument, name, rows, labels }, refused) {
  if (argument === "target") return refused ? "multilabel.shape.target_refused" : "multilabel.shape.target";
  if (refused) return name === "N" ? "multilabel.shape.N_refused" : "multilabel.shape.refused";
  return name === "N" && rows === labels ? "multilabel.shape.N_taken" : `multilabel.shape.${name}`;
}

/** As many targets as the shape asks for. @param {Tensor} targets @param {Tensor} given */
const taken = ({ data }, given) => Float32Array.from(given.data, (_, k) => data[k % data.length]);

/** Which number each element gets: (rows, labels), with what is given spread over it. @param {Call} call @param {boolean} refused */
function spread({ argument, rows, labels, given: { shape } }, refused) {
  if (argument === "target") return "";
  const [down, across] = shape.length === 1 ? [1, shape[0]] : shape;
  const at = (/** @type {number} */ row, /** @type {number} */ k) => (down === 1 ? 0 : row) * across + (across === 1 ? 0 : k) + 1;
  return html`<table class="shapes-spread ${refused ? "refused" : ""}">
    <caption>${t(refused ? "multilabel.spread_refused" : "multilabel.spread", { rows, labels })}</caption>
    <tbody>${Array.from({ length: rows }, (_, row) => html`<tr>${Array.from({ length: labels }, (_, k) => html`<td class="figure"
      .style=${`--share: ${refused ? 0 : Math.round((100 * at(row, k)) / (rows * labels))}%`}>${refused ? "?" : at(row, k)}</td>`)}</tr>`)}</tbody>
  </table>`;
}

customElements.define("bce-label-shapes", LabelShapes);
