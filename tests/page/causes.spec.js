// PyTorch's messages stand with what usually causes them, in the reader's language.

import { readFileSync } from "node:fs";
import { causeOf } from "../../www/causes.js";
import en from "../../www/i18n/en.js";
import { expect, notices, open, test, untilEpoch } from "./playground.js";

const doc = readFileSync(new URL("../../docs/pytorch.md", import.meta.url), "utf8");

test("every message that the docs explain has a cause on the page", () => {
  const rows = [...doc.matchAll(/^\| `([^`]+)` \| (?:warning|\w+Error)/gm)];
  expect(rows.length).toBeGreaterThan(10);
  for (const [, message] of rows) expect(Object.keys(en)).toContain(causeOf(message));
});

test("no message of another kind gets one", () => {
  for (const message of ["", "unknown key \"lr_\"; known here: lr", "Invalid learning rate: -1"]) {
    expect(causeOf(message)).toBe(null);
  }
});

test("logits given to BCELoss pause the run, with the reason in either language", async ({ page }) => {
  await open(page, "#loss=BCELoss&output_activation=identity");
  await untilEpoch(page, 0);
  const stopped = notices(page).filter({ hasText: "all elements of input should be between 0 and 1" });
  await expect(stopped).toContainText("BCELoss takes probabilities, and these are logits");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(stopped).toContainText("BCELoss 需要概率");
});
