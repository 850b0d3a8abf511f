// The page as `cargo xtask serve` gives it: from Vite's development server, where Lit throws at what it
// lets pass in the built page.

import { expect, test } from "@playwright/test";
import { createServer } from "vite";
import { fields } from "../../www/fields.js";

const configFile = new URL("../../vite.config.js", import.meta.url).pathname;

/** Pictures that each task has at once. @type {Record<string, string>} */
const PICTURES = {
  binary: "bce-decision-boundary canvas",
  imbalance: "bce-side-boundary canvas",
  multilabel: "bce-labels-combined canvas",
  classes: "bce-class-regions canvas",
  losses: "bce-loss-function canvas",
  detection: "bce-detection-gallery canvas",
};

test("every task trains and draws on the development server, and nothing is thrown", async ({ page }) => {
  const server = await createServer({ configFile, logLevel: "error", server: { host: "127.0.0.1", port: 0 } });
  try {
    await server.listen();
    /** @type {string[]} */
    const thrown = [];
    page.on("pageerror", (error) => thrown.push(error.message));
    for (const task of fields.task.choices) {
      await page.goto("about:blank");
      await page.goto(`${server.resolvedUrls?.local[0]}#task=${task}`);
      await expect(page.locator(`bce-${task}-stage`)).toBeVisible();
      await expect(page.locator(PICTURES[task]).first()).toBeVisible();
      const epoch = async () => Number((await page.locator("[data-value=epoch]").textContent())?.replaceAll(",", ""));
      await expect.poll(epoch).toBeGreaterThan(0);
    }
    expect(thrown).toEqual([]);
  } finally {
    await server.close();
  }
});
