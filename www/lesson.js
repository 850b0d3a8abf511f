/** What a lesson hides: the field `hide` names panels, tabs, parts of the bar, and single controls. */
import data from "./fields/data.js";
import loss from "./fields/loss.js";
import network from "./fields/network.js";
import optimizer from "./fields/optimizer.js";
import view, { barParts, panels, tabs } from "./fields/view.js";
import { state } from "./state.js";

/** @import { Table } from "./fields/declare.js" */

/** Whether the link hides this. @param {string} name of a field or of a part of the page */
export const hidden = (name) => state.values.hide.includes(name);

/** Fields that no control stands for: they follow from others, or belong to a dialog. */
const WITHOUT_CONTROL = ["csv", "csv_header", "csv_delimiter", "csv_label", "csv_positive",
  "tab", "hide", "x_feature", "y_feature"];

/** @param {Table} table */
const controlsOf = (table) => Object.keys(table).filter((key) => !WITHOUT_CONTROL.includes(key));

/**
 * Everything that a lesson can hide, in the groups in which its editor shows it; a group's title is
 * the text `lesson.<name>`.
 */
export const lessonGroups = [
  { name: "panels", items: panels },
  { name: "tabs", items: tabs },
  { name: "bar", items: barParts },
  { name: "data", items: controlsOf(data) },
  { name: "network", items: controlsOf(network) },
  { name: "loss", items: controlsOf(loss) },
  { name: "optimizer", items: controlsOf(optimizer) },
  { name: "schedule", items: ["scheduler"] },
  { name: "view", items: controlsOf(view) },
];
