// The tabs of settings: every loss, optimizer, schedule and penalty, live, and explained.

import { fields } from "../../www/fields.js";
import { formulas } from "../../www/formulas.js";
import { expect, notices, open, stateOf, test, trained, untilEpoch } from "./playground.js";

/** @import { Page } from "@playwright/test" */

/** @param {Page} page */
const config = (page) => page.evaluate(() => window.playground.client.config);
/** The run and its epoch. @param {Page} page */
const where = (page) => page.evaluate(() => {
  const { run = 0, epoch = 0, error = null } = window.playground.frame ?? {};
  return { run, epoch, error };
});
/** @param {Page} page @param {string} name */
const list = (page, name) => page.getByRole("combobox", { name, exact: true });

/** Waits until training goes on for some epochs with no fault. @param {Page} page */
async function goesOn(page) {
  const { epoch } = await where(page);
  await untilEpoch(page, epoch + 3);
  expect((await where(page)).error).toBeNull();
}

test("every loss trains on, live, with the end that it is made for", async ({ page }) => {
  await open(page, "", "1000");
  const { run } = await where(page);
  const ends = { BCELoss: "sigmoid", BCEWithLogitsLoss: "identity", sigmoid_focal_loss: "identity", MSELoss: "sigmoid",
    SmoothL1Loss: "sigmoid" };
  for (const [loss, end] of Object.entries(ends)) {
    await list(page, "Loss function").selectOption(loss);
    await expect.poll(async () => (await config(page)).loss.name).toBe(loss);
    expect((await config(page)).layers.at(-1)?.activation).toBe(end);
    await goesOn(page);
  }
  expect((await where(page)).run).toBe(run);
  await expect(notices(page).filter({ hasText: "does not work" })).toHaveCount(0);
});

test("what a loss weighs changes live: pos_weight, weight, alpha, gamma, beta, reduction", async ({ page }) => {
  await open(page, "#loss=BCEWithLogitsLoss");
  const { run } = await where(page);
  await page.getByRole("slider", { name: "pos_weight" }).press("ArrowRight");
  await expect.poll(async () => (await config(page)).loss).toMatchObject({ pos_weight: [2], weight: null });
  await page.getByText("More", { exact: true }).first().click();
  await page.getByRole("slider", { name: "weight", exact: true }).press("ArrowLeft");
  await expect.poll(async () => (await config(page)).loss).toMatchObject({ pos_weight: [2], weight: [0.5] });
  await page.getByRole("radio", { name: "sum" }).check();
  await list(page, "Loss function").selectOption("sigmoid_focal_loss");
  await page.getByRole("spinbutton", { name: "alpha" }).fill("0.9");
  await page.getByRole("spinbutton", { name: "alpha" }).press("Enter");
  await page.getByRole("slider", { name: "gamma" }).press("Home");
  await expect.poll(async () => (await config(page)).loss)
    .toEqual({ name: "sigmoid_focal_loss", reduction: "sum", alpha: 0.9, gamma: 0 });
  await list(page, "Loss function").selectOption("SmoothL1Loss");
  await page.getByRole("spinbutton", { name: "beta", exact: true }).fill("0.3");
  await page.getByRole("spinbutton", { name: "beta", exact: true }).press("Enter");
  await expect.poll(async () => (await config(page)).loss).toEqual({ name: "SmoothL1Loss", reduction: "sum", beta: 0.3 });
  expect((await where(page)).run).toBe(run);
});

test("every optimizer trains on, with PyTorch's defaults", async ({ page }) => {
  await open(page, "", "1000");
  const expected = {
    SGD: { momentum: 0, dampening: 0, nesterov: false, weight_decay: 0, maximize: false },
    AdamW: { betas: [0.9, 0.999], eps: 1e-8, amsgrad: false, weight_decay: 0.01, maximize: false },
    RMSprop: { alpha: 0.99, eps: 1e-8, momentum: 0, centered: false, weight_decay: 0 },
    Adagrad: { lr_decay: 0, initial_accumulator_value: 0, eps: 1e-10, weight_decay: 0 },
    Adam: { betas: [0.9, 0.999], eps: 1e-8, amsgrad: false, weight_decay: 0 },
  };
  const { run } = await where(page);
  for (const [name, rest] of Object.entries(expected)) {
    await list(page, "Optimizer").selectOption(name);
    await expect.poll(async () => (await config(page)).optimizer).toMatchObject({ name, lr: 0.01, ...rest });
    await goesOn(page);
  }
  expect((await where(page)).run).toBe(run);
});

test("an L1 penalty, weight decay and dropout are switched on while it trains", async ({ page }) => {
  await open(page, "#tab=regularisation", "1000");
  const { run } = await where(page);
  await page.getByRole("radio", { name: "l1" }).check();
  await page.getByRole("slider", { name: "Strength" }).press("ArrowRight");
  await page.getByRole("radio", { name: "biases too" }).check();
  await expect.poll(async () => (await config(page)).penalty).toEqual({ kind: "l1", lambda: 0.003, on: "all" });
  await page.getByRole("slider", { name: "Dropout" }).press("ArrowRight");
  await expect.poll(async () => (await config(page)).layers.map(({ dropout }) => dropout)).toEqual([0.05, 0.05, 0]);
  await goesOn(page);
  expect((await where(page)).run).toBe(run);
});

test("every schedule is drawn as the core computes it, and trained with", async ({ page }) => {
  await open(page, "#tab=schedule", "300");
  for (const name of fields.scheduler.choices.slice(1)) {
    await list(page, "Learning rate schedule").selectOption(name);
    await expect.poll(async () => (await config(page)).scheduler?.name).toBe(name);
    await goesOn(page);
    if (name === "ReduceLROnPlateau") continue;
    await expect(page.locator(".schedule-summary")).toContainText(/Learning rate over [\d,]+ epochs: from [\d.]+/);
    await expect(page.locator(".schedule-summary")).toContainText(/Now, in epoch [\d,]+: /);
  }
  await list(page, "Learning rate schedule").selectOption("StepLR");
  await page.getByRole("spinbutton", { name: "step_size" }).fill("5");
  await page.getByRole("spinbutton", { name: "step_size" }).press("Enter");
  await expect(page.locator(".schedule-summary")).toContainText("over 20 epochs: from 0.01 to 1e−5");
});

test("a schedule that is over pauses the run, as often as one plays on", async ({ page }) => {
  await open(page, "#tab=schedule&scheduler=OneCycleLR&one_cycle_epochs=3&speed=max");
  const said = notices(page).filter({ hasText: "Tried to step" });
  const play = page.getByRole("button", { name: "Play", exact: true });
  for (let times = 0; times < 3; times += 1) {
    await expect(said).toBeVisible();
    await said.getByRole("button", { name: "Close" }).click();
    await play.click();
  }
  await expect(play).toBeVisible();
});

test("a cosine schedule leads the rate that is trained with", async ({ page }) => {
  await trained(page, 20, "#tab=schedule&scheduler=CosineAnnealingLR&T_max=40&lr=0.02&speed=1000");
  const { epoch, lr } = await page.evaluate(() => window.playground.frame ?? { epoch: 0, lr: 0 });
  expect(lr).toBeCloseTo(0.01 * (1 + Math.cos((Math.PI * epoch) / 40)), 9);
});

test("a sigmoid before BCEWithLogitsLoss is allowed and warned of, as long as it is there", async ({ page }) => {
  await open(page, "#loss=BCEWithLogitsLoss", "300");
  await page.getByRole("radio", { name: "sigmoid" }).check();
  const warning = notices(page).filter({ hasText: "takes the sigmoid again" });
  await expect(warning).toBeVisible();
  await goesOn(page);
  await page.getByRole("radio", { name: "auto" }).check();
  await expect(warning).toHaveCount(0);
});

test("identity before BCELoss is allowed; what BCELoss says of its outputs pauses the run", async ({ page }) => {
  await open(page);
  await page.getByRole("radio", { name: "identity" }).check();
  await expect(notices(page).filter({ hasText: "expects probabilities" })).toBeVisible();
  await expect(notices(page).filter({ hasText: "all elements of input should be between 0 and 1" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("what PyTorch refuses is said beside the control, in PyTorch's words", async ({ page }) => {
  await open(page, "#optimizer=SGD");
  await page.getByText("More", { exact: true }).last().click();
  await page.getByRole("switch", { name: "Nesterov" }).click();
  const complaint = page.locator("bce-switch[field=nesterov] .complaint");
  await expect(complaint).toHaveText("Nesterov momentum requires a momentum and zero dampening");
  expect((await stateOf(page)).nesterov).toBe(false);
  await page.getByRole("spinbutton", { name: "Momentum" }).fill("0.9");
  await page.getByRole("spinbutton", { name: "Momentum" }).press("Enter");
  await expect(complaint).toHaveCount(0);
  await page.getByRole("switch", { name: "Nesterov" }).click();
  await expect.poll(async () => (await config(page)).optimizer).toMatchObject({ nesterov: true, momentum: 0.9 });
});

test("initialisations take their arguments, and activations theirs", async ({ page }) => {
  await open(page, "#tab=weights");
  await list(page, "Weights start as").selectOption("kaiming_normal");
  await page.getByRole("radio", { name: "fan_out" }).check();
  await list(page, "nonlinearity").selectOption("tanh");
  await expect.poll(async () => (await config(page)).init)
    .toMatchObject({ name: "kaiming_normal", mode: "fan_out", nonlinearity: "tanh" });
  await list(page, "Weights start as").selectOption("xavier_uniform");
  await page.getByRole("spinbutton", { name: "gain" }).fill("2");
  await page.getByRole("spinbutton", { name: "gain" }).press("Enter");
  await expect.poll(async () => (await config(page)).init).toEqual({ name: "xavier_uniform", gain: 2 });
  await list(page, "Activation").selectOption("leaky_relu");
  await page.getByRole("spinbutton", { name: "negative_slope" }).fill("0.2");
  await page.getByRole("spinbutton", { name: "negative_slope" }).press("Enter");
  await expect.poll(async () => (await config(page)).layers[0])
    .toMatchObject({ activation: "leaky_relu", activation_params: { negative_slope: 0.2 } });
});

test("each activation has a control for its own parameters, and trains", async ({ page }) => {
  await open(page, "#dataset=gauss&hidden_layer_sizes=4", "1000");
  for (const name of fields.activation.choices) {
    await list(page, "Activation").selectOption(name);
    await expect.poll(async () => (await config(page)).layers[0].activation).toBe(name);
    await page.waitForFunction(() => (window.playground.frame?.epoch ?? 0) > 2);
  }
});

test("a choice shows its formula on demand, and a control its default", async ({ page }) => {
  await open(page);
  for (const loss of Object.keys(formulas.loss)) {
    await list(page, "Loss function").selectOption(loss);
    await page.getByRole("button", { name: `The formula of ${loss}` }).click();
    await expect(page.locator("#formula-loss math")).toContainText("ℓ");
    await page.keyboard.press("Escape");
    await expect(page.locator("#formula-loss")).toBeHidden();
  }
  await page.getByRole("button", { name: "What is this: Learning rate" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#help-lr")).toContainText("Default: 0.01");
});

test("every formula is one that KaTeX can set", async () => {
  const { default: katex } = await import("katex");
  for (const [group, byName] of Object.entries(formulas)) {
    for (const [name, latex] of Object.entries(byName)) {
      expect(fields[/** @type {"lr"} */ (group)].choices, `${group} ${name}`).toContain(name);
      expect(katex.renderToString(latex, { output: "mathml", displayMode: true, strict: "error" })).toContain("<math");
    }
  }
});

test("the tabs are walked with the arrow keys, and the link opens the same one", async ({ page }) => {
  await open(page);
  await page.getByRole("tab", { name: "Training" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Regularisation" })).toBeFocused();
  await expect(page.getByRole("radio", { name: "l2" })).toBeVisible();
  await expect(page).toHaveURL(/tab=regularisation/);
  await page.keyboard.press("Home");
  await expect(page.getByRole("tab", { name: "Training" })).toHaveAttribute("aria-selected", "true");
});
