/**
 * The dialog for data of one's own: open, drop or paste a CSV, say which column is the label, see
 * what was understood, and only then use it. Nothing on the page changes before that, and a text
 * with an error stays where it is, to be put right.
 */
import { html } from "lit";

import { PageElement, UNSET } from "../components/element.js";
import { icon } from "../components/icons.js";
import { csvOptions } from "../configuration.js";
import { labelOf, likelyFeatures, likelyLabel, missingValues, readColumns } from "../csv.js";
import { choiceLabel, defaults, fields } from "../fields.js";
import { hasText, t } from "../i18n/index.js";
import { state } from "../state.js";
import { csvTable } from "./csv-table.js";
import { featureCount } from "./data-about.js";

/** @import { CSVPreview } from "bce-playground" */
/** @import { Reading } from "../csv.js" */
/** @import { Values } from "../fields.js" */
/** @import { Session } from "../session.js" */

/** @typedef {"csv_header" | "csv_delimiter" | "csv_decimal" | "csv_label" | "csv_missing" | "csv_positive"} Option */
/** @typedef {Pick<Values, "csv" | "csv_features" | Option>} Draft */
/** @typedef {{ target: HTMLSelectElement }} SelectEvent */

/** The text is read this long after the last key, in milliseconds. */
const PAUSE = 250;
/** A text area lays out every line it holds: of a longer text it shows so many characters. */
const MOST_SHOWN = 60_000;

export class CsvPanel extends PageElement {
  /** @type {Session} */
  session = UNSET;

  /** @type {Draft} */
  #draft = draftOf(defaults());
  /** @type {Reading | null} what came of the draft; null while it is not read yet */
  #reading = null;
  /** Of the last text that was a table: it stays in sight while the next one is read. */
  #preview = /** @type {CSVPreview | null} */ (null);
  /** Whether nobody has said yet which column is the label, and which are inputs. */
  #guess = { label: false, features: false };
  #timer = 0;

  /** Opens the dialog, with another text if there is one. @param {string} [text] */
  open(text) {
    if (this.#draft.csv === "") this.#draft = draftOf(state.values);
    if (!this.#dialog.open) this.#dialog.showModal();
    if (text === undefined) this.#change({});
    else this.#anew({ csv: text });
  }

  /** Another text, or another way to cut it: what its columns are is open again. @param {Partial<Draft>} changes */
  #anew(changes) {
    this.#guess = { label: true, features: true };
    this.#change({ ...changes, csv_label: null, csv_features: [], csv_positive: "" });
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
    this.#show({ preview: null, error });
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
    if (draft !== this.#draft) return;
    const better = reading.preview && this.#guessed(reading.preview);
    if (better && JSON.stringify(better) !== JSON.stringify(draft)) {
      this.#draft = better;
      await this.#read();
    } else {
      this.#show(reading);
    }
  }

  /** The draft with the columns that nobody has chosen yet. @param {CSVPreview} preview @returns {Draft} */
  #guessed(preview) {
    const last = preview.columns.length - 1;
    let { csv_label, csv_features } = this.#draft;
    if (this.#guess.label) {
      const likely = likelyLabel(preview);
      csv_label = likely === last ? null : likely;
    }
    if (this.#guess.features) csv_features = likelyFeatures(preview, csv_label ?? last);
    return { ...this.#draft, csv_label, csv_features };
  }

  /** @param {Reading} reading */
  #show(reading) {
    this.#reading = reading;
    this.#preview = reading.preview;
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
  #typed = ({ target }) => {
    const sameColumns = firstLine(target.value) === firstLine(this.#draft.csv);
    if (sameColumns) this.#change({ csv: target.value });
    else this.#anew({ csv: target.value });
  };

  /** Whether a column is an input. @param {number} column @param {boolean} used */
  #useColumn(column, used) {
    if (!this.#preview) return;
    const options = csvOptions(this.#draft);
    const label = labelOf(this.#preview, options);
    const isRead = readColumns(this.#preview, options).with(column, used);
    const features = isRead.flatMap((read, k) => (read && k !== label ? [k] : []));
    if (features.length === 0) {
      // At least one is: the box is checked again.
      this.requestUpdate();
      return;
    }
    this.#guess.features = false;
    const all = features.length === isRead.length - 1;
    this.#change({ csv_features: all ? [] : features });
  }

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
      ${this.#preview ? csvTable(this.#preview, csvOptions(this.#draft),
        (column, used) => this.#useColumn(column, used)) : ""}
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
        <textarea class="box figure" rows="7" spellcheck="false" wrap="off" ?readonly=${!whole}
          placeholder=${t("csv.placeholder")} .value=${whole ? csv : csv.slice(0, MOST_SHOWN)}
          @input=${this.#typed}></textarea></label>
      ${whole ? "" : html`<div class="csv-beginning">
        <span>${t("csv.beginning", { characters: csv.length })}</span>
        <button type="button" class="button" @click=${() => this.#anew({ csv: "" })}>
          ${t("csv.clear")}</button></div>`}`;
  }

  #options() {
    const { csv_header, csv_delimiter, csv_decimal, csv_label, csv_missing, csv_positive } = this.#draft;
    const preview = this.#preview;
    const options = csvOptions(this.#draft);
    const columns = preview?.columns ?? [];
    const label = preview ? labelOf(preview, options) : -1;
    const values = columns[label]?.values.toSorted() ?? [];
    const positive = csv_positive || this.#reading?.dataset?.target_names[1];
    const hasMissing = preview !== null && missingValues(preview, options).count > 0;
    /** @type {(key: "csv_header" | "csv_delimiter" | "csv_decimal", value: string) => unknown} */
    const cut = (key, value) => this.#option(key, fields[key].choices, value,
      (chosen) => this.#anew({ [key]: chosen }));
    return [
      cut("csv_header", csv_header),
      cut("csv_delimiter", csv_delimiter),
      cut("csv_decimal", csv_decimal),
      this.#option("csv_label", columns.map(({ name }) => name), columns.at(csv_label ?? -1)?.name,
        (_, index) => this.#chooseLabel(index)),
      this.#option("csv_positive", positive ? values : ["", ...values], positive ?? "",
        (value) => this.#change({ csv_positive: value })),
      hasMissing || csv_missing !== "refuse"
        ? this.#option("csv_missing", fields.csv_missing.choices, csv_missing,
          (value) => this.#change({ csv_missing: value })) : "",
    ];
  }

  /** @param {number} column */
  #chooseLabel(column) {
    const { csv_features } = this.#draft;
    this.#guess.label = false;
    // What was an input and is the label now is no input any more.
    const features = csv_features.filter((feature) => feature !== column);
    this.#change({ csv_label: column, csv_features: features, csv_positive: "" });
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
      // Of two labels the core knows which is class 1, of more only the person.
      if (value === "") return t(values.length > 3 ? "csv.choose" : "choice.csv_header.auto");
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
    return html`<p>${t("csv.understood", { rows, features: featureCount(columns), negative, positive, positives, negatives })}
      ${this.#filled(rows)}</p>`;
  }

  /** What has become of missing values. @param {number} rows that are left */
  #filled(rows) {
    const preview = this.#preview;
    if (!preview) return "";
    const { count, places } = missingValues(preview, csvOptions(this.#draft));
    if (count === 0) return "";
    const dropped = preview.rows - rows;
    return this.#draft.csv_missing === "drop" ? t("csv.dropped", { dropped, places })
      : t("csv.filled", { count, places });
  }
}

/** @param {string} text */
const firstLine = (text) => text.trimStart().split(/[\r\n]/, 1)[0];

/** What of the state is an own CSV and how it is read. @param {Values} values @returns {Draft} */
function draftOf({ csv, csv_header, csv_delimiter, csv_decimal, csv_label, csv_features, csv_missing, csv_positive }) {
  return { csv, csv_header, csv_delimiter, csv_decimal, csv_label, csv_features, csv_missing, csv_positive };
}

customElements.define("bce-csv-panel", CsvPanel);
