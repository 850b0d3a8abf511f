/**
 * What the page says without being asked: `tone` "info" goes by itself, "warning" and "error" stay
 * until they are closed. A notice with the `id` of one that is there takes its place.
 */

import { causeOf } from "./causes.js";

/** @typedef {{ [name: string]: any }} Parameters of a text: numbers, words, or `{ key }` of a text */
/** @typedef {{ key: string, parameters?: Parameters, run: () => void }} Action a button */
/** @typedef {"info" | "warning" | "error"} Tone */
/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} key
 * @property {Parameters} parameters
 * @property {string | null} cause the text of what usually causes the message in it
 * @property {Tone} tone
 * @property {Action[]} actions
 * @property {number} number rises: no two entries have the same
 */
/** @typedef {ReturnType<typeof createNotices>} Notices */

const SHOWN_FOR = 5000;

export function createNotices() {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {Entry[]} */
  let entries = [];
  let counter = 0;

  /** @param {Entry[]} next */
  const change = (next) => {
    entries = next;
    for (const listener of [...listeners]) listener();
  };
  /** @param {string} id */
  const close = (id) => change(entries.filter((entry) => entry.id !== id));

  return {
    /** What is shown now, oldest first. */
    get entries() {
      return entries;
    },

    /**
     * Says the text of `key`.
     *
     * @param {string} key
     * @param {Parameters} [parameters]
     * @param {{ id?: string, tone?: Tone, actions?: Action[] }} [how]
     */
    say(key, parameters = {}, { id = key, tone = "info", actions = [] } = {}) {
      const cause = causeOf(String(parameters.message ?? ""));
      /** @type {Entry} */
      const entry = { id, key, parameters, cause, tone, actions, number: (counter += 1) };
      change([...entries.filter((other) => other.id !== id), entry]);
      if (tone === "info") {
        setTimeout(() => change(entries.filter((other) => other !== entry)), SHOWN_FOR);
      }
    },

    close,

    /** Calls `listener` after every change; returns how to stop that. @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
