// What the tests of TrainerClient share.

import assert from "node:assert/strict";

import { TrainerClient } from "bce-playground/client";
import { moonsConfig, xorData } from "./runs.js";

/** @import { Frame } from "bce-playground/client" */

/**
 * @param {(client: TrainerClient) => Promise<void>} use
 * @param {object} [changes]
 */
export async function withClient(use, changes) {
  const client = new TrainerClient(moonsConfig(changes), xorData());
  try {
    await use(client);
  } finally {
    await client.free();
  }
}

/**
 * @param {TrainerClient} client
 * @param {object} [options]
 * @returns {Promise<Frame>}
 */
export async function frame(client, options) {
  const newest = await client.frame(options);
  assert.ok(newest);
  return newest;
}
