/** The runs side by side: what differed, where they ended, and whether they are shown and kept. */
import { html } from "lit";

import { icon } from "../../components/icons.js";
import { saveCSV } from "../../export.js";
import { formatCount, formatLoss, formatShare } from "../../format.js";
import { t } from "../../i18n/index.js";
import { KEPT_RUNS } from "../../runs.js";
import { trainColumn } from "./lines.js";
import { runName } from "./naming.js";

/** @import { Curve } from "../../curve.js" */
/** @import { KeptRun, Runs } from "../../runs.js" */

/** @typedef {{ epoch: number, train: number, test: number, accuracy: number }} End where a run stands */

/** @param {ArrayLike<number>[]} columns epoch, train loss, test loss, test accuracy @returns {End} */
const endOf = (columns) => {
  const [epoch, train, test, accuracy] = columns.map((column) => column[column.length - 1]);
  return { epoch: epoch ?? 0, train, test, accuracy };
};

/** @param {KeptRun["columns"]} columns */
const keptEnd = (columns) => endOf([columns.epoch, trainColumn(columns), columns.test_loss, columns.test_accuracy]);

/**
 * @param {Runs} runs
 * @param {Curve} curve of the present run
 */
export function runsTable(runs, curve) {
  if (runs.comparable.length === 0) return html`<p class="menu-note">${t("curve.runs_none")}</p>`;
  const present = endOf([curve.column("epoch"),
    trainColumn({ eval_loss: curve.column("eval_loss"), train_loss: curve.column("train_loss") }), curve.column("test_loss"),
    curve.column("test_accuracy")]);
  const kept = runs.comparable.map((run) => ({ run, end: keptEnd(run.columns) }));
  const best = Math.min(...[present, ...kept.map(({ end }) => end)].map(({ test }) => (Number.isNaN(test) ? Infinity : test)));
  return html`
    <table class="runs">
      <thead><tr>
        <td></td>
        <th scope="col">${t("curve.run")}</th>
        <th scope="col">${t("curve.run_epochs")}</th>
        <th scope="col">${t("curve.run_train")}</th>
        <th scope="col">${t("curve.run_test")}</th>
        <th scope="col">${t("curve.run_accuracy")}</th>
        <td></td>
      </tr></thead>
      <tbody>
        <tr class="present">
          <td><span class="line-sample train"></span></td>
          <th scope="row">${t("curve.present")}</th>
          ${figures(present, best)}
          <td></td>
        </tr>
        ${[...kept].reverse().map(({ run, end }) => row(runs, run, end, best))}
      </tbody>
    </table>
    <div class="menu-buttons">
      <button type="button" class="button" ?disabled=${runs.kept.every((run) => run.pinned)}
        @click=${() => runs.clear()}>${t("curve.clear_runs")}</button>
      <button type="button" class="button" @click=${() => saveRuns(runs, curve)}>${t("curve.save_runs")}</button>
    </div>`;
}

/** @param {Runs} runs @param {KeptRun} run @param {End} end @param {number} best */
function row(runs, run, end, best) {
  const { id, slot, shown, pinned } = run;
  const name = runName(run, runs.present).full;
  const full = !pinned && runs.kept.filter((each) => each.pinned).length >= KEPT_RUNS - 1;
  return html`<tr>
    <td><label class="switch run-switch"><input type="checkbox" role="switch" .checked=${shown}
        aria-label=${t("curve.show_run", { name })}
        @change=${(/** @type {{ target: HTMLInputElement }} */ { target }) => runs.show(id, target.checked)}>
      <span class="line-sample run-${slot + 1}"></span></label></td>
    <th scope="row">${name}</th>
    ${figures(end, best)}
    <td class="run-buttons">
      <button type="button" class="icon-button small" aria-pressed=${pinned} ?disabled=${full}
        aria-label=${t("curve.pin_run", { name })} title=${t("curve.pin_run", { name })}
        @click=${() => runs.pin(id, !pinned)}>${icon("pin")}</button>
      <button type="button" class="icon-button small" aria-label=${t("curve.drop_run", { name })}
        title=${t("curve.drop_run", { name })} @click=${() => runs.drop(id)}>${icon("close")}</button>
    </td>
  </tr>`;
}

/** @param {End} end @param {number} best the lowest test loss of all */
function figures({ epoch, train, test, accuracy }, best) {
  return html`<td class="figure">${formatCount(epoch)}</td>
    <td class="figure">${formatLoss(train)}</td>
    <td class="figure ${test === best ? "best" : ""}">${formatLoss(test)}</td>
    <td class="figure">${formatShare(accuracy)}</td>`;
}

/** All runs in one long table: each point with the name of its run. @param {Runs} runs @param {Curve} curve */
function saveRuns(runs, curve) {
  const all = [
    ...runs.comparable.map((run) => ({ name: runName(run, runs.present).full, column: (/** @type {keyof KeptRun["columns"]} */ key) => run.columns[key] })),
    { name: t("curve.present"), column: curve.column },
  ];
  const run = all.flatMap(({ name, column }) => Array(column("epoch").length).fill(name));
  const columns = Object.fromEntries(curve.names.map((key) => [key, all.flatMap(({ column }) => [...column(key)])]));
  saveCSV({ run, ...columns }, "runs");
}
