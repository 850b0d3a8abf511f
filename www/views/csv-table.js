/** The first rows of a CSV as a table: what each column holds, and what it is used for. */
import { html } from "lit";
import { live } from "lit/directives/live.js";

import { kindOf, labelOf, readColumns } from "../csv.js";
import { t } from "../i18n/index.js";

/** @import { CSVColumn, CSVOptions, CSVPreview } from "bce-playground" */

/** A table lays out every cell: of more columns only the first are shown. */
const MOST_COLUMNS = 40;

/**
 * @param {CSVPreview} preview
 * @param {CSVOptions} options how it is read
 * @param {(column: number, used: boolean) => void} use whether a column is an input
 */
export function csvTable(preview, options, use) {
  const shown = preview.columns.slice(0, MOST_COLUMNS);
  const isRead = readColumns(preview, options);
  const label = labelOf(preview, options);
  /** @param {number} column */
  const look = (column) => (column === label ? "label" : isRead[column] ? "" : "unused");
  return html`<div class="csv-table" role="region" aria-label=${t("csv.preview")} tabindex="0">
      <table>
        <thead>
          <tr>${shown.map(({ name }, k) => html`<th scope="col" class=${look(k)}>${name}</th>`)}</tr>
          <tr>${shown.map((column, k) => html`<td class="kind ${look(k)}">${kind(column)}</td>`)}</tr>
          <tr>${shown.map(({ name }, k) => html`<td class=${look(k)}>${k === label
            ? html`<span class="csv-role">${t("csv.label")}</span>`
            : html`<label class="csv-role"><input type="checkbox" .checked=${live(isRead[k])}
                aria-label=${t("csv.use_column", { name })}
                @change=${(/** @type {{ target: HTMLInputElement }} */ { target }) => use(k, target.checked)}>
                <span aria-hidden="true">${t("csv.input")}</span></label>`}</td>`)}</tr>
        </thead>
        <tbody>${preview.first_rows.map((cells) => html`<tr>${shown.map((_, k) => html`
          <td class="figure ${look(k)}">${cells[k]}</td>`)}</tr>`)}</tbody>
      </table>
    </div>
    <p class="csv-more">${t("csv.first_rows", { shown: preview.first_rows.length, rows: preview.rows })}
      ${preview.columns.length > shown.length
        ? t("csv.more_columns", { more: preview.columns.length - shown.length }) : ""}</p>`;
}

/** @param {CSVColumn} column */
function kind(column) {
  const { values, missing } = column;
  const text = t(kindOf(column), { labels: values.length, first: values[0] ?? "", second: values[1] ?? "" });
  return missing > 0 ? html`${text}<br>${t("csv.kind.missing", { missing })}` : text;
}
