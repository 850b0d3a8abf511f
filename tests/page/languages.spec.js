// The tables of texts, and the page in each language.

import { readFileSync, readdirSync } from "node:fs";
import { fields } from "../../www/fields.js";
import { expect, open, test } from "./playground.js";

const WWW = new URL("../../www/", import.meta.url);
/**
 * All texts of a language: those of the start, and those that come with a task.
 *
 * @param {string} language
 * @returns {Promise<Record<string, string>>}
 */
async function textsOf(language) {
  const parts = readdirSync(new URL(`i18n/${language}/`, WWW)).map((file) => `${language}/${file}`);
  const files = await Promise.all([`${language}.js`, ...parts].map((file) => import(`../../www/i18n/${file}`)));
  return Object.assign({}, ...files.map((file) => file.default));
}
const [en, zh] = [await textsOf("en"), await textsOf("zh")];
const SOURCES = readdirSync(WWW, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".js"))
  .map((file) => ({ file, text: readFileSync(new URL(file, WWW), "utf8") }));

/** The arguments of PyTorch that are called here as they are there. */
const PYTORCH = new Set(["negative_slope", "alpha", "approximate", "beta", "threshold", "gain", "a", "mode", "nonlinearity",
  "gamma", "dampening", "eps", "amsgrad", "centered", "lr_decay", "initial_accumulator_value", "maximize", "step_size",
  "milestones", "T_max", "eta_min", "start_factor", "end_factor", "total_iters", "factor", "power", "max_lr", "total_steps",
  "pct_start", "anneal_strategy", "cycle_momentum", "base_momentum", "max_momentum", "div_factor", "final_div_factor",
  "three_phase", "patience", "threshold_mode", "cooldown", "min_lr"]);

test("both languages have the same keys, with the same parameters, and no empty text", () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  const parameters = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(en)) {
    const other = zh[key];
    expect(parameters(other), key).toEqual(parameters(text));
    expect(other.length * text.length, key).toBeGreaterThan(0);
  }
});

test("every key that the sources name has a text, and every field its label", () => {
  const known = new Set(Object.keys(en));
  for (const { file, text } of SOURCES) {
    for (const [, key] of text.matchAll(/"((?:notice|points|problem|action|csv|panel|part|tab|tabs|settings|presets|lesson|history|page|about|boundary|curve|numbers|metrics?|layers|transport|tools|speed|training)\.[a-z_.]+)"/g)) {
      expect(known.has(key), `${key} in ${file}`).toBe(true);
    }
  }
  // A field without a label goes by PyTorch's name for it: it needs one that is no key of our own.
  for (const { key, label, argument } of Object.values(fields)) {
    expect(known.has(label) || PYTORCH.has(argument), key).toBe(true);
  }
});

test("no source writes markup from text", () => {
  for (const { file, text } of SOURCES) {
    expect(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|unsafeHTML|unsafeSVG|eval\(/.test(text), file).toBe(false);
  }
});

test("the switch changes every text, and is remembered", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { name: "Decision boundary" })).toBeVisible();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { name: "决策边界" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(page).toHaveTitle(/交叉熵/);
  await page.reload();
  await expect(page.getByRole("heading", { name: "决策边界" })).toBeVisible();
  // Only names are left in Latin letters: PyTorch's, formulas', people's own.
  const texts = await page.locator("bce-page").evaluate((root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode;
      if (parentElement?.checkVisibility() && /[a-z]{3}/i.test(textContent ?? "")) found.push(String(textContent).trim());
    }
    return found;
  });
  const names = /^(BCE 游乐场|English|[一-鿿]+ \((epoch|batch|PNG|CSV)\)|自己的 CSV|BCELoss|BCEWithLogitsLoss|mean|sum|Adam|SGD|tanh|relu|sigmoid|identity|default|zeros|xavier_\w+|kaiming_\w+|Betas|x\d²?|x1 · x2|sin x\d|方向键.+ Shift .+)$/;
  expect(texts.filter((text) => !names.test(text))).toEqual([]);
});

test.describe("a Chinese browser", () => {
  test.use({ locale: "zh-CN" });
  test("opens in Chinese", async ({ page }) => {
    await open(page);
    await expect(page.getByRole("heading", { name: "决策边界" })).toBeVisible();
  });
});
