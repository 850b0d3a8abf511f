/** Messages of the core and of the parser as texts of the page, which are there in every language. */

/** @import { Text } from "./refusal.js" */

/** What a message is like, and the text for it; groups are the text's parameters. @typedef {[pattern: RegExp, key: string]} Kind */

/** The text of the first kind that the message is of; null if it is of none. @param {Kind[]} kinds @param {string} message @returns {Text | null} */
export function textOf(kinds, message) {
  for (const [pattern, key] of kinds) {
    const found = pattern.exec(message);
    if (found) return { key, parameters: { ...found.groups } };
  }
  return null;
}
