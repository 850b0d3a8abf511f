// How long the processor has worked for the worker of a browser's page: what a busy machine does not
// change.

import { readFile, readdir } from "node:fs/promises";

/** @import { Browser } from "@playwright/test" */

/**
 * The processor's time of the page's worker, in milliseconds, as Linux counts it.
 *
 * @param {Browser} browser
 */
export async function workerTime(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  for (const { id } of processInfo.filter(({ type }) => type === "renderer")) {
    const folder = `/proc/${id}/task`;
    for (const thread of await readdir(folder)) {
      const name = await readFile(`${folder}/${thread}/comm`, "utf8");
      if (!name.startsWith("DedicatedWorker")) continue;
      const [nanoseconds] = (await readFile(`${folder}/${thread}/schedstat`, "utf8")).split(" ");
      return Number(nanoseconds) / 1e6;
    }
  }
  throw new Error("The worker's thread was not found.");
}
