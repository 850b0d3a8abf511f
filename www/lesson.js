/** What a lesson hides: the field `hide` names panels, tabs, parts of the bar, and single controls. */
import { state } from "./state.js";

/** Whether the link hides this. @param {string} name of a field or of a part of the page */
export const hidden = (name) => state.values.hide.includes(name);
