/**
 * The last value that was refused, by its field's bounds or by the core: its control shows why, until
 * something else is changed.
 */
import { state } from "./state.js";

/** @import { Values } from "./fields.js" */

/** @typedef {{ key: string, parameters: { [name: string]: any } }} Text */

/** What the core has refused, and what the page has to say of it in place of the message. */
/** @typedef {Error & { path?: string | null, text?: Text }} Refused */

/** @type {{ keys: (keyof Values)[], why: Text } | null} */
let last = null;

state.subscribe((_, cause) => { if (cause !== "refusal") last = null; });

/** Why the field's last value was refused; null if it was not. @param {keyof Values} key */
export const complaintOf = (key) => (last?.keys.includes(key) ? last.why : null);

/** @param {(keyof Values)[]} keys @param {Text} why */
export function refuse(keys, why) {
  last = { keys, why };
}
