/**
 * The dialog for data of one's own: open, drop or paste a CSV, say which column is the label, see
 * what was understood, and only then use it. Nothing on the page changes before that, and a text
 * with an error stays where it is, to be put right.
 */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { csvOptions } from "../configuration.js";
import { choiceLabel, fields } from "../fields.js";
import { hasText, t } from "../i18n/index.js";
import { state } from "../state.js";

/** @import { Reading } from "../csv.js" */
/** @import { Values } from "../fields.js" */
/** @import { Session } from "../session.js" */

/** @typedef {Pick<Values, "csv" | "csv_header" | "csv_delimiter" | "csv_label" | "csv_positive">} Draft */
/** @typedef {"csv_header" | "csv_delimiter" | "csv_label" | "csv_positive"} Option */
/** @typedef {{ target: HTMLSelectElement }} SelectEvent */

/** The text is read this long after the last key, in milliseconds. */
const PAUSE = 250;
/** A text area lays out every line it holds: of a longer text it shows so many characters. */
const MOST_SHOWN = 60_000;

export class CsvPanel extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** @type {Draft} */
  #draft = { csv: "", csv_header: "auto", csv_delimiter: "auto", csv_label: null, csv_positive: "" };
  /** @type {Reading | null} what came of the draft; null while it is not read yet */
  #reading = null;
  /** The choices of the last reading: lists keep them while the next one is under way. */
  #columns = /** @type {string[]} */ ([]);
  #labels = /** @type {string[]} */ ([]);
  #timer = 0;

  /** Opens the dialog, with another text if there is one. @param {string} [text] */
  open(text) {
    const { csv, csv_header, csv_delimiter, csv_label, csv_positive } = state.values;
    if (this.#draft.csv === "") this.#draft = { csv, csv_header, csv_delimiter, csv_label, csv_positive };
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#change(text === undefined ? {} : { csv: text, csv_label: null, csv_positive: "" });
  }

  /** Opens the dialog with a file's text. @param {File | undefined} file */
  async openFile(file) {
    if (!file) return;
    const most = fields.csv.max_length;
    if (file.size <= most) {
      this.open(await file.text());
      return;
    }
    this.open();
    clearTimeout(this.#timer);
    const error = { key: "csv.too_big", parameters: { megabytes: most / 1e6 } };
    this.#show({ columns: [], labels: [], error });
  }

  /** @returns {HTMLDialogElement} */
  get #dialog() {
    return this.find("dialog");
  }

  /** @param {Partial<Draft>} changes */
  #change(changes) {
    this.#draft = { ...this.#draft, ...changes };
    this.#reading = null;
    this.requestUpdate();
    clearTimeout(this.#timer);
    if (this.#draft.csv.trim() !== "") this.#timer = window.setTimeout(() => this.#read(), PAUSE);
  }

  async #read() {
    const draft = this.#draft;
    const reading = await this.session.readCSV(draft.csv, csvOptions(draft));
    if (draft === this.#draft) this.#show(reading);
  }

  /** @param {Reading} reading */
  #show(reading) {
    this.#reading = reading;
    this.#columns = reading.columns;
    this.#labels = reading.labels;
    this.requestUpdate();
  }

  #use() {
    state.set({ ...this.#draft, dataset: "csv", x_feature: null, y_feature: null });
    this.#dialog.close();
  }

  /** Selects a line of the text. @param {number} line counted from 1 */
  #select(line) {
    /** @type {HTMLTextAreaElement} */
    const area = this.find("textarea");
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    area.scrollTop = (line - 3) * parseFloat(getComputedStyle(area).lineHeight);
  }

  /** @param {DragEvent} event */
  #dropped = (event) => {
    event.preventDefault();
    event.stopPropagation();
    this.openFile(event.dataTransfer?.files[0]);
  };

  /** @param {{ target: HTMLInputElement }} event */
  #chosen = ({ target }) => {
    this.openFile(target.files?.[0]);
    // The same file, put right, can be chosen again.
    target.value = "";
  };

  /** @param {{ target: HTMLTextAreaElement }} event */
  #typed = ({ target }) => this.#change({ csv: target.value });

  render() {
    const close = () => this.#dialog.close();
    return html`<dialog class="csv" aria-labelledby="csv-title" @drop=${this.#dropped}>
      <header class="panel-head"><h2 id="csv-title">${t("csv.title")}</h2>
        <button type="button" class="icon-button" aria-label=${t("csv.cancel")} @click=${close}>
          ${icon("close")}</button></header>
      <p class="dialog-how">${t("csv.how")}</p>
      <label class="csv-file button">${icon("file")}<span>${t("csv.open")}</span>
        <input type="file" accept=".csv,.tsv,.txt,text/csv" class="unseen" @change=${this.#chosen}></label>
      ${this.#text()}
      <div class="csv-options">${this.#options()}</div>
      <div class="csv-result" role="status">${this.#outcome()}</div>
      <footer><button type="button" class="button" @click=${close}>${t("csv.cancel")}</button>
        <button type="button" class="button primary" ?disabled=${!this.#reading?.dataset}
          @click=${() => this.#use()}>${t("csv.use")}</button></footer>
    </dialog>`;
  }

  #text() {
    const { csv } = this.#draft;
    const whole = csv.length <= MOST_SHOWN;
    return html`<label class="field"><span class="field-label">${t("csv.text")}</span>
        <textarea class="box figure" rows="9" spellcheck="false" wrap="off" ?readonly=${!whole}
          placeholder=${t("csv.placeholder")} .value=${whole ? csv : csv.slice(0, MOST_SHOWN)}
          @input=${this.#typed}></textarea></label>
      ${whole ? "" : html`<div class="csv-beginning">
        <span>${t("csv.beginning", { characters: csv.length })}</span>
        <button type="button" class="button" @click=${() => this.#change({ csv: "" })}>
          ${t("csv.clear")}</button></div>`}`;
  }

  #options() {
    const { csv_header, csv_delimiter, csv_label, csv_positive } = this.#draft;
    const positive = csv_positive || this.#reading?.dataset?.target_names[1];
    return [
      this.#option("csv_header", fields.csv_header.choices, csv_header,
        (value) => this.#change({ csv_header: value })),
      this.#option("csv_delimiter", fields.csv_delimiter.choices, csv_delimiter,
        (value) => this.#change({ csv_delimiter: value })),
      this.#option("csv_label", this.#columns, this.#columns.at(csv_label ?? -1),
        (_, index) => this.#change({ csv_label: index, csv_positive: "" })),
      this.#option("csv_positive", this.#labels, positive,
        (value) => this.#change({ csv_positive: value })),
    ];
  }

  /**
   * A drop-down list of one option of reading.
   *
   * @param {Option} key
   * @param {string[]} values
   * @param {string | undefined} chosen
   * @param {(value: string, index: number) => void} change
   */
  #option(key, values, chosen, change) {
    const name = (/** @type {string} */ value) => {
      const text = choiceLabel(fields[key], value);
      return hasText(text) ? t(text) : value;
    };
    const changed = (/** @type {SelectEvent} */ { target }) => change(target.value, target.selectedIndex);
    return html`<label class="field"><span class="field-label">${t(fields[key].label)}</span>
      <select class="box" ?disabled=${values.length === 0} @change=${changed}>
        ${values.map((value) => html`
          <option value=${value} .selected=${value === chosen}>${name(value)}</option>`)}
      </select></label>`;
  }

  #outcome() {
    const { dataset, positives = 0, error, line } = this.#reading ?? {};
    if (error) {
      return html`<p class="csv-error">${icon("warning")}<span>${t(error.key, error.parameters)}</span>
        ${line && this.#draft.csv.length <= MOST_SHOWN ? html`<button type="button" class="button" @click=${() => this.#select(line)}>
          ${t("csv.show_line", { line })}</button>` : ""}</p>`;
    }
    if (!dataset) return html`<p>${t(this.#draft.csv.trim() === "" ? "csv.empty" : "csv.reading")}</p>`;
    const [rows, columns] = dataset.inputs.shape;
    const [negative, positive] = dataset.target_names;
    const negatives = rows - positives;
    return html`<p>${t("csv.understood", { rows, columns, negative, positive, positives, negatives })}</p>`;
  }
}

customElements.define("bce-csv-panel", CsvPanel);
