// Real data, and data of one's own.

import { anotherRun, expect, losses, notices, open, pause, shown, stateOf, test, untilEpoch } from "./playground.js";

const CSV = "height,weight,kind\n1.5,2,cat\n0.3,-1,dog\n1.7,2.2,cat\n0.2,-0.9,dog\n1.4,1.8,cat\n0.1,-1.2,dog\n1.6,2.5,cat\n0.4,-1.1,dog\n";

test("the breast cancer data reach a test accuracy of 0.95", async ({ page }) => {
  await open(page, "", "max");
  await anotherRun(page, () => page.getByRole("radio", { name: "Cancer" }).click());
  await expect(page.locator(".about")).toContainText("569 rows, 30 features");
  await expect(page.locator(".about")).toContainText("CC BY 4.0");
  await expect(page.locator(".key-features")).toContainText("The other 28 features stand at their mean");
  await untilEpoch(page, 30);
  await pause(page);
  expect(await shown(page, "accuracy-test")).toBeGreaterThanOrEqual(95);
});

test("the boundary is drawn over the two features that are picked", async ({ page }) => {
  await open(page, "#dataset=iris");
  await expect(page.getByLabel("Across")).toHaveValue("2");
  const before = await page.evaluate(() => Array.from(window.playground.frame?.grid ?? []).slice(0, 500));
  await page.getByLabel("Across").selectOption({ index: 0 });
  await expect(page).toHaveURL(/x_feature=0/);
  await expect.poll(() => page.evaluate(() => Array.from(window.playground.frame?.grid ?? []).slice(0, 500)))
    .not.toEqual(before);
  // The other axis's feature swaps the two.
  await page.getByLabel("Across").selectOption({ index: 3 });
  const { x_feature, y_feature } = await stateOf(page);
  expect([x_feature, y_feature]).toEqual([3, 0]);
});

test("iris: the species of class 1 is chosen", async ({ page }) => {
  await open(page, "#dataset=iris");
  await expect(page.locator(".about")).toContainText("1: virginica");
  await anotherRun(page, () => page.getByRole("combobox", { name: "Class 1" }).selectOption("setosa"));
  await expect(page.locator(".about")).toContainText("1: setosa");
});

test("an own CSV is read, previewed and trained on; the link carries it", async ({ page, browser }) => {
  await open(page, "", "100");
  await page.getByRole("radio", { name: "Own CSV" }).click();
  await page.getByLabel("Or paste it here").fill(CSV);
  await expect(page.locator(".csv-result")).toContainText("8 rows, 2 features. Class 1: dog (4 rows).");
  await page.getByRole("dialog").getByLabel("Class 1").selectOption("cat");
  await expect(page.locator(".csv-result")).toContainText("Class 1: cat (4 rows)");
  await anotherRun(page, () => page.getByRole("button", { name: "Use these data" }).click());
  await expect(page.locator(".about")).toContainText("1: cat, 0: dog");
  await untilEpoch(page, 30);
  const first = await losses(page, 30);
  await expect(page).toHaveURL(/csv=/);

  const elsewhere = await (await browser.newContext()).newPage();
  await open(elsewhere, new URL(page.url()).hash);
  await untilEpoch(elsewhere, 30);
  expect(await losses(elsewhere, 30)).toEqual(first);
  await elsewhere.context().close();
});

test("the label's column can be another one, and a file can be dropped", async ({ page }) => {
  await open(page);
  const text = "kind;a;b\r\nyes;1;2\r\nno;3;4\r\nyes;1.5;2\r\nno;3.5;4\r\n";
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], "animals.csv", { type: "text/csv" }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  }, text);
  await expect(page.getByLabel("Or paste it here")).toHaveValue(text.replaceAll("\r\n", "\n"));
  // Two words are a label wherever they stand.
  await expect(page.getByLabel("Label column")).toHaveValue("kind");
  await expect(page.locator(".csv-result")).toContainText("4 rows, 2 features. Class 1: yes (2 rows)");
  await page.getByLabel("Label column").selectOption("b");
  await expect(page.locator(".csv-result")).toContainText("4 rows, 1 feature. Class 1: 4 (2 rows)");
  await page.getByLabel("Use kind as an input").check();
  await expect(page.locator(".csv-result")).toContainText("line 2, column 1");
});

test("a CSV with an error on line 7 says line 7, and leaves everything as it was", async ({ page }) => {
  await open(page, "", "1000");
  await untilEpoch(page, 20);
  const before = await stateOf(page);
  const { run } = await page.evaluate(() => ({ run: window.playground.frame?.run }));
  const lines = CSV.split("\n");
  lines[6] = "0.1,oops,dog";
  await page.getByRole("radio", { name: "Own CSV" }).click();
  await page.getByLabel("Or paste it here").fill(lines.join("\n"));
  await expect(page.locator(".csv-error")).toContainText("line 7, column 2");
  await expect(page.locator(".csv-error")).toContainText("oops");
  await expect(page.getByRole("button", { name: "Use these data" })).toBeDisabled();
  await page.getByRole("button", { name: "Show line 7" }).click();
  const selected = await page.getByLabel("Or paste it here").evaluate((area) => {
    const { value, selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (area);
    return value.slice(selectionStart, selectionEnd);
  });
  expect(selected).toBe("0.1,oops,dog");

  await page.getByRole("button", { name: "Cancel" }).last().click();
  expect(await stateOf(page)).toEqual(before);
  expect(await page.evaluate(() => window.playground.frame?.run)).toBe(run);
  await page.getByRole("radio", { name: "Own CSV" }).click();
  await expect(page.getByLabel("Or paste it here")).toHaveValue(lines.join("\n"));
});

test("a CSV too large for a link trains, and the page says that the link lacks it", async ({ page }) => {
  await open(page);
  const noise = Array.from({ length: 5000 }, (_, k) =>
    `${(k * 7919) % 100003},${(k * 104729) % 99991},${(k * 31337) % 65537},${k % 2}`);
  await page.getByRole("radio", { name: "Own CSV" }).click();
  const buffer = Buffer.from(`a,b,c,label\n${noise.join("\n")}`);
  await page.getByLabel("Open a file").setInputFiles({ name: "big.csv", mimeType: "text/csv", buffer });
  await expect(page.locator(".csv-beginning")).toContainText("Only the beginning");
  await anotherRun(page, () => page.getByRole("button", { name: "Use these data" }).click());
  await expect(notices(page).filter({ hasText: "too large for a link" })).toBeVisible();
  await expect(page).not.toHaveURL(/csv=/);
});

test("markup in names is text", async ({ page }) => {
  await open(page);
  const evil = '"<img src=x onerror=alert(1)>","<script>alert(2)</script>",label\n1,2,<b>yes</b>\n2,1,<i>no</i>\n1,3,<b>yes</b>\n3,1,<i>no</i>\n';
  page.on("dialog", () => { throw new Error("a script ran"); });
  await page.getByRole("radio", { name: "Own CSV" }).click();
  await page.getByLabel("Or paste it here").fill(evil);
  await page.getByRole("button", { name: "Use these data" }).click();
  await expect(page.locator(".about")).toContainText("<b>yes</b>");
  expect(await page.locator("bce-page img, bce-page script, bce-page b:has-text('yes')").count()).toBe(0);
});
