// Tables of one's own as people have them: from spreadsheets, with words, holes and several labels.

import { findings } from "./axe.js";
import { anotherRun, expect, losses, open, stateOf, test, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** @param {Page} page @param {string} text */
async function paste(page, text) {
  await page.getByRole("radio", { name: "Own CSV" }).click();
  await page.getByLabel("Or paste it here").fill(text);
}

/** The cells of one row of the preview. @param {Page} page @param {number} row */
const rowOf = (page, row) => page.locator(".csv-table tr").nth(row).locator("th, td").allTextContents();

const result = (/** @type {Page} */ page) => page.locator(".csv-result");
const use = (/** @type {Page} */ page) => page.getByRole("button", { name: "Use these data" });

test("a paste from a German spreadsheet: tabs, decimal commas, a column of words", async ({ page }) => {
  await open(page);
  await paste(page, "Name\tGröße\tGewicht\tGesund\nAnna\t1,68\t61,5\tja\nBernd\t1,82\t90\tnein\nCem\t1,75\t70,25\tja\nDora\t1,6\t80,5\tnein\n");
  await expect(result(page)).toContainText("4 rows, 2 features. Class 1: nein (2 rows). Class 0: ja (2 rows).");
  expect(await rowOf(page, 0)).toEqual(["Name", "Größe", "Gewicht", "Gesund"]);
  expect((await rowOf(page, 1)).map((text) => text.trim()))
    .toEqual(["4 different words", "numbers", "numbers", "2 different words"]);
  expect((await rowOf(page, 3)).map((text) => text.trim())).toEqual(["Anna", "1,68", "61,5", "ja"]);
  // The names are no input, and nobody had to say so.
  await expect(page.getByLabel("Use Name as an input")).not.toBeChecked();
  await expect(page.getByLabel("Use Gewicht as an input")).toBeChecked();
  await page.getByRole("dialog").getByLabel("Class 1").selectOption("ja");
  await anotherRun(page, () => use(page).click());
  await expect(page.locator(".about")).toContainText("1: ja, 0: nein");
  expect((await stateOf(page)).csv_features).toEqual([1, 2]);
  await expect(page).toHaveURL(/csv_features=1,2/);
});

test("a table copied from a spreadsheet can be pasted anywhere; a sentence stays what it is", async ({ page }) => {
  await open(page);
  const pasteOnPage = (/** @type {string} */ text) => page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", content);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await pasteOnPage("Hello, world");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await pasteOnPage("a\ty\n1\tno\n2\tyes\n3\tno\n");
  await expect(result(page)).toContainText("3 rows, 1 feature.");
});

test("the label is found where it stands, and inputs are chosen one by one", async ({ page, browser }) => {
  await open(page, "", "100");
  await paste(page, "kind;a;b;c\nyes;1;2;3\nno;3;4;3\nyes;1.5;2;3\nno;3.5;5;3\n");
  await expect(page.getByLabel("Label column")).toHaveValue("kind");
  await expect(result(page)).toContainText("4 rows, 3 features");
  expect((await rowOf(page, 1)).at(-1)?.trim()).toBe("always 3");
  await page.getByLabel("Use a as an input").uncheck();
  await expect(result(page)).toContainText("4 rows, 2 features");
  await page.getByLabel("Use c as an input").uncheck();
  await expect(result(page)).toContainText("4 rows, 1 feature.");
  // The last one stays.
  await page.getByLabel("Use b as an input").click();
  await expect(page.getByLabel("Use b as an input")).toBeChecked();
  await page.getByLabel("Use c as an input").check();
  // A constant column is standardised to 0 and harms nobody.
  await anotherRun(page, () => use(page).click());
  await untilEpoch(page, 20);
  const run = await losses(page, 20);
  expect(run.join(" ")).not.toContain("Infinity");
  expect(await page.evaluate(() => Number.isFinite(window.playground.frame?.eval_loss))).toBe(true);
  const elsewhere = await (await browser.newContext()).newPage();
  await expect(page).toHaveURL(/csv_features=2,3/);
  await open(elsewhere, new URL(page.url()).hash);
  await untilEpoch(elsewhere, 20);
  expect(await losses(elsewhere, 20)).toEqual(run);
  await elsewhere.context().close();
});

test("missing values are named, and their rows left out or filled with the mean", async ({ page }) => {
  await open(page, "", "100");
  await paste(page, "a,b,y\n1,2,no\n,3,yes\n3,NA,yes\n4,5,no\n5,6,yes\n6,1,no\n");
  await expect(page.locator(".csv-error")).toContainText("Missing values: 2, line 3, column 1 (a); line 4, column 2 (b).");
  await expect(use(page)).toBeDisabled();
  await page.getByLabel("Missing values").selectOption("leave the row out");
  await expect(result(page)).toContainText("4 rows, 2 features");
  await expect(result(page)).toContainText("2 rows with missing values are left out: line 3, column 1 (a)");
  await page.getByLabel("Missing values").selectOption("take the mean");
  await expect(result(page)).toContainText("6 rows, 2 features");
  await expect(result(page)).toContainText("2 missing values get the mean of the train part");
  await anotherRun(page, () => use(page).click());
  await untilEpoch(page, 10);
  expect(await page.evaluate(() => Number.isFinite(window.playground.frame?.eval_loss))).toBe(true);
  // Only columns that are read count.
  await page.getByRole("button", { name: "Open the CSV again" }).click();
  await page.getByLabel("Missing values").selectOption("are an error");
  await page.getByLabel("Use b as an input").uncheck();
  await expect(page.locator(".csv-error")).toContainText("Missing values: 1, line 3, column 1 (a).");
});

test("more than two labels: a sentence says what to choose, and then it is one against the rest", async ({ page }) => {
  await open(page);
  await paste(page, "x,y,kind\n1,2,cat\n2,3,dog\n3,1,cow\n4,2,cat\n5,1,dog\n6,2,cow\n");
  await expect(page.locator(".csv-error")).toContainText("The label kind has 3 different values. Choose under Class 1");
  await page.getByRole("dialog").getByLabel("Class 1").selectOption("dog");
  await expect(result(page)).toContainText("Class 1: dog (2 rows). Class 0: cat, cow (4 rows).");
  await anotherRun(page, () => use(page).click());
  await expect(page.locator(".about")).toContainText("1: dog, 0: cat, cow");
});

test("what may be thousands is asked for: the decimal sign can be said", async ({ page }) => {
  await open(page);
  await paste(page, "a;y\n1,500;no\n2,250;yes\n3,125;no\n4,750;yes\n");
  await expect(page.locator(".csv-table")).toBeVisible();
  await page.getByLabel("Use a as an input").check();
  await expect(page.locator(".csv-error")).toContainText("line 2, column 1");
  await page.getByLabel("Decimal sign").selectOption("comma");
  await expect(result(page)).toContainText("4 rows, 1 feature.");
});

test("in Chinese an error of the core is Chinese too, with its place", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { name: "决策边界" })).toBeVisible();
  await page.evaluate(() => document.querySelector("bce-page")?.dispatchEvent(new CustomEvent("open-csv")));
  await page.locator("bce-csv-panel textarea").fill("a,y\n1,0\noops,1\n2,1\n");
  await expect(page.locator(".csv-error")).toContainText('第 3 行第 1 列：列 "a"："oops" 不是数字');
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe-core finds nothing in the dialog with a preview, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page);
    await paste(page, "n,a,b,y\nAnn,1,2,no\nBob,,3,yes\nCy,3,4,yes\nDi,3,5,no\n");
    await expect(page.locator(".csv-table")).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test("labels are flipped and smoothed as the data panel says, and the link says so too", async ({ page }) => {
  await open(page, "#dataset=gauss&noise=0&n_samples=200&seed=3", "1000");
  await untilEpoch(page, 60);
  expect(await page.evaluate(() => window.playground.frame?.accuracy)).toBe(1);
  await anotherRun(page, async () => {
    await page.getByLabel("Label noise, exact value").fill("20");
    await page.keyboard.press("Enter");
  });
  await expect(page).toHaveURL(/label_noise=0.2/);
  await untilEpoch(page, 10);
  expect(await page.evaluate(() => window.playground.frame?.test_accuracy ?? 1)).toBeLessThan(0.95);
  await page.evaluate(() => { location.hash = "#dataset=gauss&noise=0&n_samples=200&label_smoothing=0.2"; });
  await expect.poll(async () => (await stateOf(page)).label_smoothing).toBe(0.2);
  await untilEpoch(page, 100);
  // No network can be better than the entropy of its soft labels, H(0.1) = 0.325.
  const { eval_loss, accuracy } = await page.evaluate(() => ({ ...window.playground.frame }));
  expect(eval_loss).toBeGreaterThan(0.325);
  expect(accuracy).toBeGreaterThan(0.98);
});
