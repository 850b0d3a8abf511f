/**
 * What the core says of a CSV, as texts of the page: in English word for word, and so in Chinese too. A
 * message that is not known here stands as it is.
 */

import { textOf } from "./known-messages.js";

/** @import { Kind } from "./known-messages.js" */
/** @import { Text } from "./refusal.js" */

export const KINDS = /** @type {Kind[]} */ ([
  [/^the text is empty$/, "csv.core.empty"],
  [/^there is a NUL character; save the file as text in UTF-8$/, "csv.core.nul"],
  [/^this row has (?<width>\d+) cells, the first one has (?<first>\d+); is there a delimiter too many, or too few\?$/, "csv.core.width"],
  [/^the rows have one column, with the comma as delimiter; at least one input and the label are needed$/, "csv.core.narrow_comma"],
  [/^the rows have one column, with the semicolon as delimiter; at least one input and the label are needed$/, "csv.core.narrow_semicolon"],
  [/^the rows have one column, with the tab as delimiter; at least one input and the label are needed$/, "csv.core.narrow_tab"],
  [/^the quote that opens this cell is never closed$/, "csv.core.open_quote"],
  [/^there is text after the closing quote; a quote within a cell is written twice$/, "csv.core.after_quote"],
  [/^this row has more than (?<most>\d+) columns beside the label$/, "csv.core.wide"],
  [/^this cell has more than (?<most>\d+) bytes; is a closing quote missing\?$/, "csv.core.long_cell"],
  [/^there are more than (?<most>\d+) rows$/, "csv.core.many_rows"],
  [/^at least two rows of data are needed, the text has (?<rows>\d+)$/, "csv.core.few_rows"],
  [/^at least two rows of data are needed; without those with missing values there are (?<rows>\d+)$/, "csv.core.few_whole_rows"],
  [/^the cell is empty; fill in a number or remove the row$/, "csv.core.empty_cell"],
  [/^(?<cell>".*") stands for a missing value; fill in a number or remove the row$/s, "csv.core.missing"],
  [/^(?<cell>".*") is not finite; all inputs must be$/s, "csv.core.not_finite"],
  [/^(?<cell>".*") is beyond float32, which ends at 3\.4e38$/s, "csv.core.too_large"],
  [/^(?<cell>".*") is not a number, and goes on over several lines; is a closing quote missing\?$/s, "csv.core.several_lines"],
  [/^(?<cell>".*") is not a number; every column but the label's must be numeric, written like (?<example>\S+) or 1e-3$/s, "csv.core.not_a_number"],
  [/^the label is empty; fill it in or remove the row$/, "csv.core.empty_label"],
  [/^(?<cell>".*") stands for a missing label; remove the row$/s, "csv.core.missing_label"],
  [/^there are more than (?<most>\d+) different labels; is this the label's column\?$/, "csv.core.many_labels"],
  [/^every label is (?<cell>".*"); two classes are needed$/s, "csv.core.one_class"],
  [/^no label is (?<cell>".*"); the labels are (?<labels>.*)$/s, "csv.core.no_such_label"],
]);

const COLUMN = /^column (?<column>"[^]*?"|\d+)(?<label>, the label's)?: (?<rest>[^]*)$/;

/** @param {string} message @returns {Text | string} */
export function textOfError(message) {
  const within = COLUMN.exec(message)?.groups;
  if (within) {
    const parameters = { column: within.column, what: textOfError(within.rest) };
    return { key: within.label ? "csv.core.label_column" : "csv.core.column", parameters };
  }
  return textOf(KINDS, message) ?? message;
}
